import Foundation
import Testing

@testable import LeastSquares

@Suite("Differences") struct DifferencesTests {
  /// r₀ = x³, r₁ = exp(x); the derivative of the first at 2 is 12.
  private func column(
    _ method: Differences, at x: Double, lower: Double = -.infinity, upper: Double = .infinity, least: Double = 1,
    domain: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) -> (values: [Double], evaluations: Int) {
    let residuals: NonlinearProblem.Residuals = { x, r in
      r = domain.contains(x[0]) ? [x[0] * x[0] * x[0], exp(x[0])] : [.nan, .nan]
    }
    var quotient = DifferenceQuotient(
      method: method, bounds: Bounds(lower: [lower], upper: [upper]), leastMagnitudes: [least], residuals: residuals)
    var r = [0.0, 0]
    residuals([x], &r)
    var jacobian = Matrix(rows: 2, columns: 1)
    quotient.evaluate(at: [x], residuals: r, roots: nil, into: &jacobian)
    return (jacobian.elements, quotient.evaluations)
  }

  @Test("Central differences have nine digits for two evaluations") func central() {
    let (values, evaluations) = column(.central, at: 2)
    #expect(isClose(values, [12, exp(2)], relative: 1e-9) && evaluations == 2)
  }

  @Test("Ridders' extrapolation has eleven digits") func ridders() {
    let (values, evaluations) = column(.ridders, at: 2)
    #expect(isClose(values, [12, exp(2)], relative: 1e-11) && evaluations <= 24)
  }

  @Test(
    "Beside a wall differences go to one side",
    arguments: [(Differences.central, 1e-7), (.ridders, 1e-9)], [true, false])
  func walls(method: (Differences, Double), isUpper: Bool) {
    let (values, _) = isUpper ? column(method.0, at: 2, upper: 2) : column(method.0, at: 2, lower: 2)
    #expect(isClose(values, [12, exp(2)], relative: method.1))
  }

  @Test("In a box narrower than the step differences stay inside", arguments: [Differences.central, .ridders])
  func narrow(method: Differences) {
    let (values, _) = column(method, at: 2, lower: 2 - 1e-7, upper: 2 + 1e-7)
    #expect(isClose(values, [12, exp(2)], relative: 1e-6))
  }

  @Test("Where one side is not finite the other is used", arguments: [Differences.central, .ridders])
  func domain(method: Differences) {
    let (values, _) = column(method, at: 2, domain: 2...10)
    #expect(isClose(values, [12, exp(2)], relative: 1e-7))
  }

  @Test("A column that cannot be had is NaN") func impossible() {
    #expect(column(.central, at: 2, domain: 2...2).values.allSatisfy { $0.isNaN })
  }

  @Test("At zero the least magnitude sets the step") func zero() {
    let (values, _) = column(.central, at: 0, least: 1e-3)
    #expect(abs(values[0]) < 1e-15 && isClose([values[1]], [1], relative: 1e-7))
  }
}
