import Foundation
import LeastSquares
import Testing

@Suite("Why a search stops") struct StoppingTests {
  @Test("Residuals that are not finite at the start are a status", arguments: [Double.nan, .infinity, 1e200])
  func nonFiniteStart(value: Double) throws {
    let problem = NonlinearProblem(residualCount: 2, parameterCount: 1) { _, r in r = [1, value] }
    let solution = try LevenbergMarquardt.minimize(problem, from: [3])
    #expect(solution.reason == .nonFiniteStart && !solution.isConverged)
    #expect(solution.parameters == [3] && solution.rss.isNaN && solution.unscaledCovariance == nil)
  }

  @Test("A Jacobian that is not finite at the start is a status") func nonFiniteJacobian() throws {
    var problem = Examples.decay()
    problem.jacobian = { _, jacobian in jacobian[0, 0] = .nan }
    let solution = try LevenbergMarquardt.minimize(problem, from: [1, 1])
    #expect(solution.reason == .nonFiniteJacobian && solution.rss.isFinite)
  }

  @Test("Steps to where the model is not finite are refused, and the search goes on", arguments: [true, false])
  func refuses(analytic: Bool) throws {
    // √x is NaN below 0; an eager first step from 9 to the minimum at 0.01 leads there.
    let problem = NonlinearProblem(
      residualCount: 2, parameterCount: 1,
      jacobian: analytic
        ? { x, j in
          j[0, 0] = 0.5 / x[0].squareRoot(); j[1, 0] = 0
        } : nil
    ) { x, r in
      r[0] = x[0].squareRoot() - 0.1
      r[1] = 1
    }
    var options = LevenbergMarquardt.Options()
    options.initialDamping = 1e-10
    let solution = try LevenbergMarquardt.minimize(problem, from: [9], options: options)
    #expect(isClose(solution.parameters, [0.01], relative: 1e-6))
    #expect(solution.isConverged)
  }

  @Test("A Jacobian that is not finite where a step leads refuses the step") func refusesJacobian() throws {
    let problem = NonlinearProblem(
      residualCount: 1, parameterCount: 1, jacobian: { x, j in j[0, 0] = x[0] > 2 ? .nan : 1 },
      residuals: { x, r in r[0] = x[0] - 3 })
    let solution = try LevenbergMarquardt.minimize(problem, from: [0])
    #expect(solution.parameters[0] <= 2 && solution.parameters[0] > 1.9)
    #expect(!solution.isConverged)
  }

  @Test("The iteration limit is kept, and 0 judges the start", arguments: [0, 1, 5])
  func iterationLimit(limit: Int) throws {
    var options = LevenbergMarquardt.Options()
    options.maxIterations = limit
    let solution = try LevenbergMarquardt.minimize(Examples.rosenbrock(), from: [-1.2, 1], options: options)
    #expect(solution.reason == .iterationLimit && solution.iterations == limit)
    #expect(solution.unscaledCovariance != nil)
    if limit == 0 {
      #expect(solution.parameters == [-1.2, 1] && abs(solution.rss - 24.2) < 1e-12)
      #expect(solution.residualEvaluations == 1 && solution.jacobianEvaluations == 1)
    }
  }

  @Test("A Jacobian of the wrong sign makes no progress") func wrongJacobian() throws {
    var problem = Examples.decay()
    let right = problem.jacobian
    problem.jacobian = { x, jacobian in
      right?(x, &jacobian)
      jacobian = jacobian.scaled(by: -1)
    }
    let solution = try LevenbergMarquardt.minimize(problem, from: [1, 1])
    #expect(solution.reason == .noProgress && solution.parameters == [1, 1])
  }

  @Test("Started at the minimum the search stays there") func atMinimum() throws {
    let first = try LevenbergMarquardt.minimize(Examples.decay(), from: [1, 1])
    let again = try LevenbergMarquardt.minimize(Examples.decay(), from: first.parameters)
    #expect(again.isConverged && isClose(again.parameters, first.parameters, relative: 1e-11))
  }

  @Test("Each tolerance stops the search, and says so") func tolerances() throws {
    func reason(_ change: (inout LevenbergMarquardt.Options) -> Void) throws -> StopReason {
      var options = LevenbergMarquardt.Options()
      (options.gradientTolerance, options.stepTolerance, options.rssTolerance) = (0, 0, 0)
      change(&options)
      return try LevenbergMarquardt.minimize(Examples.decay(), from: [1, 1], options: options).reason
    }
    #expect(try reason { $0.gradientTolerance = 1e-6 } == .gradientSmall)
    #expect(try reason { $0.stepTolerance = 1e-6 } == .stepSmall)
    #expect(try reason { $0.rssTolerance = 1e-6 } == .rssChangeSmall)
    #expect(try reason { _ in } == .precisionLimit)
  }

  @Test("No residual left is a gradient of zero") func exact() throws {
    let problem = NonlinearProblem(residualCount: 1, parameterCount: 1) { _, r in r[0] = 0 }
    let solution = try LevenbergMarquardt.minimize(problem, from: [1])
    #expect(solution.reason == .gradientSmall && solution.orthogonality == 0 && solution.rank == 0)
  }

  @Test("Sizes and options that do not fit are errors") func errors() {
    #expect(throws: LeastSquaresError.dimensionMismatch("start", expected: 2, found: 1)) {
      try LevenbergMarquardt.minimize(Examples.decay(), from: [1])
    }
    #expect(throws: LeastSquaresError.nonFinite("start", index: 1)) {
      try LevenbergMarquardt.minimize(Examples.decay(), from: [1, .nan])
    }
    #expect(throws: LeastSquaresError.invalidWeight(index: 0, value: -1)) {
      try LevenbergMarquardt.minimize(Examples.decay(weights: [-1, 1, 1, 1, 1, 1]), from: [1, 1])
    }
    #expect(throws: LeastSquaresError.dimensionMismatch("residuals", expected: 2, found: 1)) {
      let wrong = NonlinearProblem(residualCount: 2, parameterCount: 1) { _, r in r = [1] }
      return try LevenbergMarquardt.minimize(wrong, from: [1])
    }
    #expect(throws: LeastSquaresError.dimensionMismatch("elements of the Jacobian", expected: 12, found: 1)) {
      var wrong = Examples.decay()
      wrong.jacobian = { _, jacobian in jacobian = Matrix(rows: 1, columns: 1) }
      return try LevenbergMarquardt.minimize(wrong, from: [1, 1])
    }
    #expect(throws: LeastSquaresError.emptyProblem) {
      try LevenbergMarquardt.minimize(NonlinearProblem(residualCount: 0, parameterCount: 1) { _, _ in }, from: [1])
    }
    var options = LevenbergMarquardt.Options()
    options.stepTolerance = -1
    #expect(throws: LeastSquaresError.invalidOption("stepTolerance", value: -1)) {
      try LevenbergMarquardt.minimize(Examples.decay(), from: [1, 1], options: options)
    }
  }
}
