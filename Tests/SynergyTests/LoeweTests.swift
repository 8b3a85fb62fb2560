import DoseResponse
import Foundation
import ReferenceData
import Testing

@testable import Synergy

/// The reference against its own equation and the limits that are known exactly.
@Suite("Loewe additivity")
struct LoeweTests {
  private func reference(_ curves: [HillCurve], highest: Double = 100) -> LoeweReference {
    LoeweReference(curves: curves, highestDoses: curves.map { _ in highest })
  }

  /// Σ d/D(y) with the inverse Hill curve; a drug that never reaches y contributes 0.
  private func sum(_ curves: [HillCurve], _ doses: [Double], at y: Double) -> Double {
    zip(curves, doses).reduce(0) { sum, pair in sum + (pair.0.dose(at: y).map { pair.1 / $0 } ?? 0) }
  }

  static let pairs: [[HillCurve]] = [
    [HillCurve(e0: 0, emax: 100, hill: 1, ec50: 1), HillCurve(e0: 0, emax: 100, hill: 2, ec50: 10)],
    [HillCurve(e0: -3, emax: 90, hill: 0.5, ec50: 3), HillCurve(e0: 4, emax: 40, hill: 4, ec50: 0.2)],
    [HillCurve(e0: 0, emax: -80, hill: 1.5, ec50: 1), HillCurve(e0: 2, emax: -30, hill: 1, ec50: 5)],
    [HillCurve(e0: 13.9, emax: 100.2, hill: 20, ec50: 0.02), HillCurve(e0: 23.3, emax: 105.5, hill: 8, ec50: 0.006)],
    [
      HillCurve(e0: 0, emax: 70, hill: 1, ec50: 1), HillCurve(e0: 1, emax: 90, hill: 0.8, ec50: 4),
      HillCurve(e0: 2, emax: 50, hill: 3, ec50: 0.5),
    ],
  ]

  @Test("solves its equation", arguments: pairs)
  func solves(curves: [HillCurve]) throws {
    let loewe = reference(curves)
    let ends = curves.map(\.emax)
    for first in [0.001, 0.03, 0.5, 2, 30] {
      for second in [0.002, 0.1, 1, 7, 80] {
        let doses = curves.indices.map { [first, second, first * 3][$0] }
        let y = try #require(loewe.response(at: doses))
        // At a curve's end the sum may fall from above 1 to below it within a few units in the last place of y.
        if ends.contains(where: { abs($0 - y) < 1e-6 }) {
          let around = [sum(curves, doses, at: y - 1e-5), sum(curves, doses, at: y + 1e-5)].sorted()
          #expect(around[0] <= 1 && around[1] >= 1, "\(doses) \(y)")
        } else {
          #expect(abs(sum(curves, doses, at: y) - 1) < 1e-7, "\(doses) \(y)")
        }
      }
    }
  }

  @Test("a drug combined with itself gives its own curve at the summed dose")
  func sham() throws {
    let curve = HillCurve(e0: 2, emax: 95, hill: 1.7, ec50: 3)
    let loewe = reference([curve, curve])
    for (first, second) in [(0.01, 0.5), (1.0, 1.0), (3.0, 60.0), (1e-6, 1e-6)] {
      #expect(abs(try #require(loewe.response(at: [first, second])) - curve.response(at: first + second)) < 1e-10)
    }
  }

  @Test("a weaker drug beyond its Emax contributes nothing")
  func partialAgonist() throws {
    let strong = HillCurve(e0: 0, emax: 100, hill: 1, ec50: 1)
    let weak = HillCurve(e0: 0, emax: 20, hill: 1, ec50: 1)
    #expect(abs(try #require(reference([strong, weak]).response(at: [9, 50])) - strong.response(at: 9)) < 1e-10)
  }

  @Test("a steep drug is not overrun: the reference stays at its Emax until the other drug reaches it alone")
  func steep() throws {
    let curves = Self.pairs[3]
    let y = try #require(reference(curves).response(at: [0.15, 0.000293]))
    #expect(abs(y - 100.2) < 1e-6)
  }

  @Test(
    "every root satisfies the equation, whatever the curves: rising, falling and flat ones, steep and shallow, weak and strong"
  )
  func randomCurves() {
    var random = SplitMix64(seed: 11)
    var checked = 0
    for _ in 0..<20_000 {
      let sign = Bool.random(using: &random) ? 1.0 : -1.0
      let curves = (0..<Int.random(in: 2...3, using: &random)).map { _ in
        HillCurve(
          e0: .random(in: -10...10, using: &random), emax: sign * .random(in: -20...120, using: &random),
          hill: exp(.random(in: -1.5...3, using: &random)), ec50: exp(.random(in: -5...5, using: &random)))
      }
      let doses = curves.map { _ in exp(Double.random(in: -7...7, using: &random)) }
      let loewe = reference(curves)
      guard let y = loewe.response(at: doses) else { continue }
      checked += 1
      // Strictly falling from above 1 to below it: the sum a hair to the near side is at least 1, a hair beyond at most
      // 1.
      let up =
        zip(curves, [100.0, 100, 100]).map { $0.response(at: $1) - $0.e0 }.max { abs($0) < abs($1) }! > 0 ? 1.0 : -1.0
      func sum(_ y: Double) -> Double {
        zip(curves, doses).reduce(0) { sum, pair in
          let (curve, dose) = pair
          guard up * (curve.emax - curve.e0) > 0, up * (curve.emax - y) > 0 else { return sum }
          guard up * (y - curve.e0) > 0 else { return .infinity }
          return sum + dose / curve.ec50 * exp(log((curve.emax - y) / (y - curve.e0)) / curve.hill)
        }
      }
      #expect(sum(y - up * 1e-8) >= 1 - 1e-9 && sum(y + up * 1e-8) <= 1 + 1e-9, "\(curves) \(doses) \(y)")
    }
    #expect(checked > 10_000)
  }

  @Test("turning every response round turns the reference round")
  func mirrored() throws {
    let curves = Self.pairs[1]
    let turned = curves.map { HillCurve(e0: 100 - $0.e0, emax: 100 - $0.emax, hill: $0.hill, ec50: $0.ec50) }
    let one = try #require(reference(curves).response(at: [2, 0.3]))
    let other = try #require(reference(turned).response(at: [2, 0.3]))
    #expect(abs(100 - one - other) < 1e-10)
  }

  @Test("an inactive drug that drifts the other way leaves the active drug's own curve")
  func idle() throws {
    let active = HillCurve(e0: 0, emax: 90, hill: 1, ec50: 1)
    let drifting = HillCurve(e0: 3, emax: -4, hill: 1, ec50: 1)
    let loewe = reference([active, drifting])
    #expect(abs(try #require(loewe.response(at: [5, 5])) - active.response(at: 5)) < 1e-10)
    // Where the active drug alone stays below where the drifting one starts, no effect solves the equation.
    #expect(loewe.response(at: [0.01, 5]) == nil)
  }

  @Test("two flat drugs have no reference")
  func flat() {
    let flat = HillCurve(e0: 0, emax: 0, hill: 1, ec50: 1)
    #expect(reference([flat, flat]).response(at: [1, 1]) == nil)
  }
}
