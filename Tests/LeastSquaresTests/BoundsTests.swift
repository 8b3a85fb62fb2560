import Foundation
import LeastSquares
import Testing

@Suite("Bounds") struct BoundsTests {
  private let free = Result { try LevenbergMarquardt.minimize(Examples.decay(), from: [1, 1]) }

  @Test("Bounds that hold nothing back change nothing but the last digits") func inactive() throws {
    let bounds = Bounds(lower: [0, 0], upper: [100, 10])
    let solution = try LevenbergMarquardt.minimize(Examples.decay(bounds: bounds), from: [1, 1])
    #expect(try isClose(solution.parameters, free.get().parameters, relative: 1e-10))
    #expect(solution.activeBounds.isEmpty && solution.boundStates == [.free, .free])
  }

  @Test("With the rate held at a wall the amplitude is that of linear least squares", arguments: [0.3, 0.8])
  func active(wall: Double) throws {
    let isUpper = wall < 0.5
    let bounds = Bounds(lower: [0, isUpper ? 0 : wall], upper: [100, isUpper ? wall : 10])
    let solution = try LevenbergMarquardt.minimize(
      Examples.decay(bounds: bounds), from: [1, isUpper ? 0.1 : 5])
    let direct = try LinearLeastSquares.solve(Matrix(column: Examples.t.map { exp(-wall * $0) }), Examples.y)
    #expect(solution.parameters[1] == wall)
    #expect(isClose([solution.parameters[0]], direct.coefficients.column(0), relative: 1e-10))
    #expect(isClose([solution.rss], direct.rss, relative: 1e-12))
    #expect(solution.boundStates == [.free, isUpper ? .atUpper : .atLower] && solution.activeBounds == [1])
    // The held parameter is known: the other's variance is that of the problem without it.
    let deviation = try #require(direct.standardDeviations())
    #expect(isClose(solution.standardDeviations ?? [], [deviation[0], 0], relative: 1e-9))
    #expect(solution.degreesOfFreedom == 5 && solution.rank == 1 && solution.isConverged)
  }

  @Test(
    "Starts on a wall, in a corner and outside the box arrive", arguments: [[0.0, 0], [0, 10], [100, 0], [-5, 99]])
  func starts(start: [Double]) throws {
    let bounds = Bounds(lower: [0, 0], upper: [100, 10])
    let solution = try LevenbergMarquardt.minimize(Examples.decay(bounds: bounds), from: start)
    // At a = 0 the residuals do not depend on k: the search must find its way from there.
    #expect(try isClose(solution.parameters, free.get().parameters, relative: 1e-9), "\(solution)")
  }

  @Test("Equal bounds fix a parameter") func fixed() throws {
    let bounds = Bounds(lower: [-.infinity, 0.5], upper: [.infinity, 0.5])
    for analytic in [true, false] {
      let solution = try LevenbergMarquardt.minimize(
        Examples.decay(analytic: analytic, bounds: bounds), from: [1, 0.9])
      let direct = try LinearLeastSquares.solve(Matrix(column: Examples.t.map { exp(-0.5 * $0) }), Examples.y)
      #expect(isClose([solution.parameters[0]], direct.coefficients.column(0), relative: 1e-8))
      #expect(solution.boundStates == [.free, .fixed] && solution.parameters[1] == 0.5)
    }
  }

  @Test("With everything fixed the start is the answer") func allFixed() throws {
    let bounds = Bounds(lower: [5, 0.5], upper: [5, 0.5])
    let solution = try LevenbergMarquardt.minimize(Examples.decay(bounds: bounds), from: [1, 1])
    #expect(solution.parameters == [5, 0.5] && solution.isConverged && solution.iterations == 0)
    #expect(solution.activeBounds == [0, 1] && solution.standardDeviations == [0, 0])
  }

  /// The minimum (1, 1) lies outside; in the box it is at x = 0.5, y = x².
  @Test("Rosenbrock's valley ends at the wall") func rosenbrock() throws {
    let bounds = Bounds(lower: [-2, -2], upper: [0.5, 2])
    let solution = try LevenbergMarquardt.minimize(Examples.rosenbrock(bounds: bounds), from: [-1.2, 1])
    #expect(isClose(solution.parameters, [0.5, 0.25], relative: 1e-12))
    #expect(solution.boundStates == [.atUpper, .free])
  }

  @Test("The model is never asked outside the box", arguments: [Differences.central, .ridders])
  func neverOutside(method: Differences) throws {
    final class Log { var outside = 0 }
    let log = Log()
    let inner = Examples.decay(analytic: false)
    for bounds in [Bounds(lower: [0, 0.6], upper: [4, 0.7]), Bounds(lower: [5.0136, 0], upper: [5.0137, 0.3])] {
      let problem = NonlinearProblem(residualCount: 6, parameterCount: 2, bounds: bounds) { x, r in
        for j in 0..<2 where x[j] < bounds.lower[j] || x[j] > bounds.upper[j] { log.outside += 1 }
        inner.residuals(x, &r)
      }
      var options = LevenbergMarquardt.Options()
      options.differences = method
      let solution = try LevenbergMarquardt.minimize(problem, from: [1, 1], options: options)
      #expect(solution.isConverged)
      let exact = try LevenbergMarquardt.minimize(Examples.decay(bounds: bounds), from: [1, 1])
      #expect(isClose(solution.parameters, exact.parameters, relative: 1e-9))
    }
    #expect(log.outside == 0)
  }

  @Test("Bounds that are no box are an error") func invalid() {
    #expect(throws: LeastSquaresError.invalidBounds(index: 1, lower: 2, upper: 1)) {
      try LevenbergMarquardt.minimize(Examples.decay(bounds: Bounds(lower: [0, 2], upper: [1, 1])), from: [1, 1])
    }
    #expect(throws: LeastSquaresError.dimensionMismatch("upper bounds", expected: 2, found: 1)) {
      try LevenbergMarquardt.minimize(Examples.decay(bounds: Bounds(lower: [0, 2], upper: [1])), from: [1, 1])
    }
  }
}
