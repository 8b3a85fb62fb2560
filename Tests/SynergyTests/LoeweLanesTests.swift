import DoseResponse
import Foundation
import ReferenceData
import Testing

@testable import Synergy

/// Eight Loewe problems at once against one at a time.
@Suite("Loewe additivity in lanes")
struct LoeweLanesTests {
  private static let highest = (100.0, 80.0)

  private func lanes(_ pairs: [[HillCurve]]) -> LoeweLanes {
    func values(_ key: KeyPath<HillCurve, Double>) -> (Lanes, Lanes) {
      var result = (Lanes(), Lanes())
      for lane in pairs.indices {
        result.0[lane] = pairs[lane][0][keyPath: key]
        result.1[lane] = pairs[lane][1][keyPath: key]
      }
      return result
    }
    return LoeweLanes(
      e0: values(\.e0), emax: values(\.emax), hill: values(\.hill), ec50: values(\.ec50), highestDoses: Self.highest)
  }

  private func alone(_ pair: [HillCurve]) -> LoeweReference {
    LoeweReference(curves: pair, highestDoses: [Self.highest.0, Self.highest.1])
  }

  private func randomCurve(_ random: inout SplitMix64, scale: Double) -> HillCurve {
    HillCurve(
      e0: .random(in: -10...10, using: &random), emax: scale * .random(in: -20...120, using: &random),
      hill: exp(.random(in: -2.3...3, using: &random)), ec50: exp(.random(in: -5...5, using: &random)))
  }

  @Test("each lane has the root of its own curves, or none where they have none", arguments: [1.0, -1, 1e6])
  func equalsReference(scale: Double) {
    var random = SplitMix64(seed: 5)
    var roots = 0
    for trial in 0..<2_000 {
      let pairs = (0..<8).map { _ in (0..<2).map { _ in randomCurve(&random, scale: scale) } }
      let doses = (
        trial % 17 == 0 ? 0 : exp(Double.random(in: -7...7, using: &random)),
        trial % 19 == 0 ? 0 : exp(Double.random(in: -7...7, using: &random))
      )
      let found = lanes(pairs).response(at: doses)
      for lane in 0..<8 {
        guard let expected = alone(pairs[lane]).response(at: [doses.0, doses.1]) else {
          #expect(found[lane].isNaN, "\(pairs[lane]) \(doses)")
          continue
        }
        roots += 1
        #expect(abs(found[lane] - expected) <= 1e-11 * max(1, abs(expected)), "\(pairs[lane]) \(doses)")
      }
    }
    #expect(roots > 10_000)
  }

  @Test("a lane's bits do not depend on its neighbours")
  func independent() {
    var random = SplitMix64(seed: 6)
    for _ in 0..<200 {
      let pairs = (0..<8).map { _ in (0..<2).map { _ in randomCurve(&random, scale: 1) } }
      let doses = (exp(Double.random(in: -5...5, using: &random)), exp(Double.random(in: -5...5, using: &random)))
      let together = lanes(pairs).response(at: doses)
      for lane in 0..<8 {
        let own = lanes([[HillCurve]](repeating: pairs[lane], count: 8)).response(at: doses)[0]
        #expect(own.bitPattern == together[lane].bitPattern || own.isNaN && together[lane].isNaN)
      }
    }
  }

  @Test("a lane without curves has no reference and leaves the others theirs")
  func unsound() {
    let pair = [HillCurve(e0: 0, emax: 100, hill: 1, ec50: 1), HillCurve(e0: 0, emax: 80, hill: 2, ec50: 10)]
    var broken = [[HillCurve]](repeating: pair, count: 8)
    broken[0][0].e0 = .nan
    broken[1][1].emax = .infinity
    broken[2][0].hill = 0
    broken[3][1].ec50 = 0
    broken[4][1].ec50 = .nan
    let found = lanes(broken).response(at: (1, 2))
    for lane in 0..<5 { #expect(found[lane].isNaN) }
    for lane in 5..<8 { #expect(abs(found[lane] - (alone(pair).response(at: [1, 2]) ?? .nan)) < 1e-11) }
  }

  @Test("with both doses 0 there is no reference")
  func nothing() {
    let pair = [HillCurve(e0: 0, emax: 100, hill: 1, ec50: 1), HillCurve(e0: 0, emax: 80, hill: 2, ec50: 10)]
    let found = lanes([[HillCurve]](repeating: pair, count: 8)).response(at: (0, 0))
    for lane in 0..<8 { #expect(found[lane].isNaN) }
  }
}
