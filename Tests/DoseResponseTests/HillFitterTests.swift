import DoseResponse
import Foundation
import ReferenceData
import Testing

/// What a fit says of data of every shape.
@Suite("Hill fits")
struct HillFitterTests {
  static let doses: [Double] = [0, 0.1, 0.3, 1, 3, 10, 30]

  private func responses(_ curve: HillCurve) -> [Double] { Self.doses.map { curve.response(at: $0) } }

  @Test(
    "a noiseless curve is found again",
    arguments: [
      HillCurve(e0: 0, emax: 100, hill: 1, ec50: 1), HillCurve(e0: -5, emax: 62, hill: 3.3, ec50: 0.4),
      HillCurve(e0: 90, emax: 10, hill: 0.7, ec50: 5), HillCurve(e0: 1e-6, emax: 3e-6, hill: 2, ec50: 2),
    ])
  func recovers(curve: HillCurve) {
    let fit = HillFitter().fit(doses: Self.doses, responses: responses(curve))
    #expect(fit.status == .converged)
    #expect(abs(fit.curve.e0 - curve.e0) < 1e-6 * abs(curve.emax - curve.e0))
    #expect(abs(fit.curve.emax - curve.emax) < 1e-6 * abs(curve.emax - curve.e0))
    #expect(abs(fit.curve.hill / curve.hill - 1) < 1e-6)
    #expect(abs(fit.curve.ec50 / curve.ec50 - 1) < 1e-6)
    #expect(fit.r2 > 1 - 1e-12)
  }

  @Test("E0 fixed stays where it is put")
  func fixedE0() {
    let curve = HillCurve(e0: 7, emax: 80, hill: 1.4, ec50: 2)
    let fit = HillFitter().fit(doses: Self.doses, responses: responses(curve), e0: 7)
    #expect(fit.curve.e0 == 7)
    #expect(abs(fit.curve.ec50 - 2) < 1e-6)
    let moved = HillFitter().fit(doses: Self.doses, responses: responses(curve), e0: 0)
    #expect(moved.curve.e0 == 0)
    #expect(moved.rss > 1)
  }

  @Test("constant responses are flat at their level", arguments: [0.0, 50, -3e5, 1e-9, 1.0 / 3])
  func constant(level: Double) {
    let fit = HillFitter().fit(doses: Self.doses, responses: Self.doses.map { _ in level })
    #expect(fit.status == .flat)
    #expect(abs(fit.curve.e0 - level) <= 1e-12 * abs(level))
    #expect(fit.curve.e0 == fit.curve.emax)
    #expect(fit.relativeIC50(within: [0.1, 30]) == nil)
  }

  @Test("fewer doses than parameters: the values are sound, the parameters are said not to be", arguments: [1, 2, 3])
  func fewDoses(points: Int) {
    let doses = [0, 1.0, 10].prefix(points)
    let responses = [2.0, 30, 55].prefix(points)
    let fit = HillFitter().fit(doses: Array(doses), responses: Array(responses))
    #expect(fit.status == (points == 1 ? .flat : .underdetermined))
    #expect(!fit.isIdentified)
    for (dose, response) in zip(doses, responses) { #expect(abs(fit.curve.response(at: dose) - response) < 1e-4) }
  }

  @Test("nothing to fit is said, not trapped")
  func empty() {
    let fit = HillFitter().fit(doses: [], responses: [])
    #expect(fit.status == .noData)
    #expect(fit.points == 0)
  }

  @Test(
    "odd data give finite numbers and a status",
    arguments: [
      [0.0, 50, 0, 50, 0, 50, 0], [100, 80, 60, 40, 20, 0, -20], [0, 0, 0, 0, 0, 0, 100], [100, 0, 0, 0, 0, 0, 0],
      [1e9, -1e9, 1e9, -1e9, 1e9, -1e9, 1e9], [0, 1e-300, 0, 0, 0, 0, 0], [0, 90, 70, 50, 30, 10, 0],
      [-300, 300, 300, 300, 300, 300, 300],
    ])
  func odd(responses: [Double]) {
    for e0 in [nil, responses[0]] {
      let fit = HillFitter().fit(doses: Self.doses, responses: responses, e0: e0)
      #expect(fit.status != .noData)
      #expect(fit.rss.isFinite)
      for number in [fit.curve.e0, fit.curve.emax, fit.curve.hill, fit.curve.ec50] { #expect(number.isFinite) }
      let mean = responses.reduce(0, +) / 7
      if e0 == nil { #expect(fit.rss <= responses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * (1 + 1e-12)) }
    }
  }

  @Test("without a zero dose and far below saturation the fitted values keep their digits")
  func noZero() {
    // Falling as 1/d: E0 is not in sight, the best curve within the bounds has its EC50 far below the doses.
    let doses = [1.0, 2, 4, 8, 16, 32]
    let fit = HillFitter().fit(doses: doses, responses: doses.map { 10 + 90 / $0 })
    #expect(fit.rss < 1e-6)
    for dose in doses { #expect(abs(fit.curve.response(at: dose) - (10 + 90 / dose)) < 1e-3) }
  }

  @Test("weights count as wells")
  func weights() {
    let noisy = [1.0, 4, 9, 35, 50, 88, 80]
    let fitter = HillFitter()
    let fit = fitter.fit(doses: Self.doses, responses: noisy, weights: [2, 1, 3, 1, 1, 2, 4])
    let unweighted = fitter.fit(doses: Self.doses, responses: noisy)
    func rss(_ curve: HillCurve) -> Double {
      zip(zip(Self.doses, noisy), [2.0, 1, 3, 1, 1, 2, 4]).reduce(0) {
        $0 + $1.1 * pow($1.0.1 - curve.response(at: $1.0.0), 2)
      }
    }
    #expect(abs(rss(fit.curve) - fit.rss) < 1e-8)
    #expect(rss(fit.curve) < rss(unweighted.curve))
  }

  @Test("scaling the doses by a power of two scales EC50 and changes no other bit")
  func scaledExactly() {
    let noisy = [1.0, 4, 9, 35, 50, 88, 80]
    let one = HillFitter().fit(doses: Self.doses, responses: noisy)
    let other = HillFitter().fit(doses: Self.doses.map { $0 * 1024 }, responses: noisy)
    #expect(other.curve.ec50 == one.curve.ec50 * 1024)
    #expect(other.curve.hill == one.curve.hill)
    #expect(other.rss == one.rss)
  }

  @Test("turning the responses round turns the curve round")
  func turned() {
    let noisy = [1.0, 4, 9, 35, 50, 88, 80]
    let one = HillFitter().fit(doses: Self.doses, responses: noisy)
    let other = HillFitter().fit(doses: Self.doses, responses: noisy.map { 100 - $0 })
    #expect(abs(other.curve.e0 - (100 - one.curve.e0)) < 1e-8)
    #expect(abs(other.curve.emax - (100 - one.curve.emax)) < 1e-8)
    #expect(abs(other.curve.ec50 / one.curve.ec50 - 1) < 1e-9)
  }

  @Test("a curve's bits do not depend on what the fitter did before")
  func noMemory() {
    let noisy = [1.0, 4, 9, 35, 50, 88, 80]
    let fresh = HillFitter().fit(doses: Self.doses, responses: noisy)
    let used = HillFitter()
    for points in 2...24 {
      let doses = (0..<points).map { Double($0) * 1.7 }
      _ = used.fit(doses: doses, responses: doses.map { sin($0) * 50 })
    }
    #expect(used.fit(doses: Self.doses, responses: noisy) == fresh)
  }

  @Test("a curve's bits do not depend on what is fitted beside it")
  func noNeighbours() {
    var random = SplitMix64(seed: 3)
    let fitter = HillFitter()
    let designs = [
      fitter.design(doses: Self.doses, weights: Self.doses.map { _ in 1 }, fixedE0: false),
      fitter.design(doses: Self.doses, weights: Self.doses.map { 1 + $0 }, fixedE0: true),
      fitter.design(doses: [1, 2, 4, 8], weights: [1, 1, 2, 1], fixedE0: false),
    ]
    // Runs of one design of every length, and more curves than are polished together.
    let curves = (0..<300).map { number in
      let design = designs[number / (1 + number % 11) % 3]
      return (design: design, responses: (0..<design.points).map { _ in Double.random(in: -20...90, using: &random) })
    }
    for curve in curves { fitter.add(curve.design, responses: curve.responses, e0: 5) }
    let together = fitter.fit()
    for (curve, fit) in zip(curves, together) {
      fitter.add(curve.design, responses: curve.responses, e0: 5)
      #expect(fitter.fit() == [fit])
    }
  }

  @Test("E0 fixed is kept without a zero dose, wherever EC50 lies")
  func fixedE0WithoutZero() {
    let doses = [1.0, 2, 4, 8, 16]
    for ec50 in [0.2, 0.9, 3, 40] {
      let curve = HillCurve(e0: 7, emax: 80, hill: 1.4, ec50: ec50)
      let fit = HillFitter().fit(doses: doses, responses: doses.map { curve.response(at: $0) }, e0: 7)
      #expect(fit.curve.e0 == 7)
      #expect(abs(fit.curve.ec50 / ec50 - 1) < 1e-5)
      #expect(abs(fit.curve.emax - 80) < 1e-4)
    }
  }

  @Test("responses of any size are fitted alike", arguments: [0x1p-600, 0x1p-200, 0x1p300])
  func scaledResponses(factor: Double) {
    let noisy = [1.0, 4, 9, 35, 50, 88, 80]
    let one = HillFitter().fit(doses: Self.doses, responses: noisy)
    let other = HillFitter().fit(doses: Self.doses, responses: noisy.map { $0 * factor })
    #expect(other.curve.ec50 == one.curve.ec50)
    #expect(other.curve.hill == one.curve.hill)
    #expect(other.curve.emax == one.curve.emax * factor)
    #expect(other.r2 == one.r2)
  }

  @Test("bounds on E0 and Emax are kept, and the fit within them is the best found by a dense search")
  func bounded() {
    var random = SplitMix64(seed: 7)
    var bounds = HillBounds()
    bounds.e0 = 0...5
    bounds.emax = 40...100
    for _ in 0..<40 {
      let truth = HillCurve(
        e0: .random(in: -10...10, using: &random), emax: .random(in: 20...130, using: &random), hill: 1.5, ec50: 2)
      let noisy = responses(truth).map { $0 + .random(in: -8...8, using: &random) }
      let fit = HillFitter(bounds: bounds).fit(doses: Self.doses, responses: noisy)
      #expect((0...5).contains(fit.curve.e0) && (40...100).contains(fit.curve.emax))
      var best = Double.infinity
      for row in 0...40 {
        for column in 0...120 {
          let h = 0.1 * pow(200, Double(row) / 40), c = 1e-2 * pow(1e5, Double(column) / 120)
          for e0 in [0.0, 1, 2, 3, 4, 5] {
            for emax in stride(from: 40.0, through: 100, by: 5) {
              let curve = HillCurve(e0: e0, emax: emax, hill: h, ec50: c)
              best = min(best, zip(Self.doses, noisy).reduce(0) { $0 + pow($1.1 - curve.response(at: $1.0), 2) })
            }
          }
        }
      }
      #expect(fit.rss <= best * (1 + 1e-9))
      let rss = zip(Self.doses, noisy).reduce(0) { $0 + pow($1.1 - fit.curve.response(at: $1.0), 2) }
      #expect(abs(rss - fit.rss) < 1e-6)
    }
  }

  @Test("Emax fixed by a range of one value stays there")
  func fixedEmax() {
    var bounds = HillBounds()
    bounds.emax = 100...100
    let fit = HillFitter(bounds: bounds).fit(doses: Self.doses, responses: [0, 2, 9, 30, 52, 60, 71])
    #expect(fit.curve.emax == 100)
    #expect(fit.status == .atBound)
  }
}

/// IC50, RI and AUC against values that are known.
@Suite("Metrics of a curve")
struct MetricTests {
  private let fit = HillFit(
    curve: HillCurve(e0: 0, emax: 80, hill: 1, ec50: 2), rss: 0, r2: 1, points: 6, status: .converged)

  @Test("relative IC50 is EC50 kept within the tested doses")
  func relative() {
    #expect(fit.relativeIC50(within: [0.1, 1, 10]) == 2)
    #expect(fit.relativeIC50(within: [3, 10]) == 3)
    #expect(fit.relativeIC50(within: [0.1, 1]) == 1)
  }

  @Test("absolute IC50 is where the curve crosses 50 %, if it does so within the tested doses")
  func absolute() throws {
    // 80 d/(d + 2) = 50 at d = 10/3.
    let dose = try #require(fit.absoluteIC50(within: [0.1, 10]))
    #expect(abs(dose - 10.0 / 3) < 1e-12)
    #expect(fit.absoluteIC50(within: [0.1, 1]) == nil)
    #expect(fit.absoluteIC50(within: [0.1, 10], level: 90) == nil)
  }

  @Test("the mean response over log dose is the integral", arguments: [(0.01, 5.0), (1, 2), (3, 3000)])
  func mean(low: Double, high: Double) {
    for curve in [fit.curve, HillCurve(e0: 1e9, emax: 3, hill: 4, ec50: 1e-4)] {
      let steps = 20_000
      var sum = 0.0
      for step in 0..<steps {
        sum += curve.response(at: low * pow(high / low, (Double(step) + 0.5) / Double(steps)))
      }
      let mean = sum / Double(steps)
      #expect(abs(curve.meanResponse(from: low, to: high) - mean) < 1e-6 * max(1, abs(mean)))
    }
  }

  @Test("the area is the mean times the decades")
  func area() {
    #expect(abs(fit.areaUnderCurve(from: 0.1, to: 100) - 3 * fit.curve.meanResponse(from: 0.1, to: 100)) < 1e-12)
  }

  @Test("one dose has its own response")
  func oneDose() { #expect(fit.curve.meanResponse(from: 2, to: 2) == 40) }
}
