import Foundation
import LeastSquares
import Testing

/// Problems small enough to know the answer of.
enum Examples {
  static let t = [0.0, 1, 2, 3, 4, 5]
  static let y = [5.02, 3.01, 1.85, 1.09, 0.68, 0.41]

  /// A decay a exp(−k t) through six points.
  static func decay(analytic: Bool = true, weights: [Double]? = nil, bounds: Bounds? = nil) -> NonlinearProblem {
    let jacobian: NonlinearProblem.Jacobian = { x, jacobian in
      for i in t.indices {
        jacobian[i, 0] = exp(-x[1] * t[i])
        jacobian[i, 1] = -x[0] * t[i] * exp(-x[1] * t[i])
      }
    }
    return NonlinearProblem(
      residualCount: t.count, parameterCount: 2, weights: weights, bounds: bounds, jacobian: analytic ? jacobian : nil
    ) { x, r in
      for i in t.indices { r[i] = x[0] * exp(-x[1] * t[i]) - y[i] }
    }
  }

  /// Rosenbrock's valley, minimum 0 at (1, 1).
  static func rosenbrock(bounds: Bounds? = nil) -> NonlinearProblem {
    NonlinearProblem(
      residualCount: 2, parameterCount: 2, bounds: bounds,
      jacobian: { x, jacobian in
        jacobian[0, 0] = -20 * x[0]
        jacobian[0, 1] = 10
        jacobian[1, 0] = -1
        jacobian[1, 1] = 0
      },
      residuals: { x, r in
        r[0] = 10 * (x[1] - x[0] * x[0])
        r[1] = 1 - x[0]
      })
  }
}

func isClose(_ a: [Double], _ b: [Double], relative tolerance: Double) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), abs($1)) }
}

@Suite("Levenberg–Marquardt") struct LevenbergMarquardtTests {
  @Test("A linear model gives what linear least squares gives, covariance included") func linear() throws {
    let a = try Matrix([[1, 1], [1, 2], [1, 3], [1, 5]])
    let b = [1.0, 2.5, 2.9, 5.2]
    let weights = [1.0, 2, 1, 0.5]
    let direct = try LinearLeastSquares.solve(a, b, weights: weights)
    let problem = NonlinearProblem(residualCount: 4, parameterCount: 2, weights: weights) { x, r in
      for i in 0..<4 { r[i] = a[i, 0] * x[0] + a[i, 1] * x[1] - b[i] }
    }
    let solution = try LevenbergMarquardt.minimize(problem, from: [100, -100])
    // Central differences have ten digits even of a linear model.
    #expect(isClose(solution.parameters, direct.coefficients.column(0), relative: 1e-9))
    #expect(isClose([solution.rss], direct.rss, relative: 1e-10))
    let (own, other) = try (#require(solution.covariance), #require(direct.covariance()))
    #expect(isClose(own.elements, other.elements, relative: 1e-9))
    #expect(solution.isConverged && solution.rank == 2)
  }

  @Test("Rosenbrock's valley is followed to its end") func rosenbrock() throws {
    let solution = try LevenbergMarquardt.minimize(Examples.rosenbrock(), from: [-1.2, 1])
    #expect(isClose(solution.parameters, [1, 1], relative: 1e-12))
    #expect(solution.isConverged && solution.rss < 1e-24)
    #expect(solution.differenceEvaluations == 0)
  }

  @Test("Acceleration may be turned off, and each scaling arrives", arguments: [true, false])
  func variants(acceleration: Bool) throws {
    for scaling in [LevenbergMarquardt.Scaling.fading, .largestSoFar, .current] {
      var options = LevenbergMarquardt.Options()
      (options.acceleration, options.scaling) = (acceleration, scaling)
      let solution = try LevenbergMarquardt.minimize(Examples.rosenbrock(), from: [-1.2, 1], options: options)
      #expect(isClose(solution.parameters, [1, 1], relative: 1e-12))
    }
  }

  @Test("Differences give what the analytic Jacobian gives", arguments: [Differences.central, .ridders])
  func differences(method: Differences) throws {
    var options = LevenbergMarquardt.Options()
    options.differences = method
    let exact = try LevenbergMarquardt.minimize(Examples.decay(), from: [1, 1])
    let taken = try LevenbergMarquardt.minimize(Examples.decay(analytic: false), from: [1, 1], options: options)
    let tolerance = method == .ridders ? 1e-11 : 1e-8
    #expect(isClose(taken.parameters, exact.parameters, relative: tolerance))
    #expect(isClose(taken.standardDeviations ?? [], exact.standardDeviations ?? [], relative: tolerance))
    #expect(taken.differenceEvaluations >= 4 * taken.jacobianEvaluations)
  }

  @Test("A weight of 3 counts as the residual given three times") func weights() throws {
    let weighted = try LevenbergMarquardt.minimize(Examples.decay(weights: [1, 3, 1, 1, 0, 1]), from: [1, 1])
    let rows = [0, 1, 1, 1, 2, 3, 5]
    let repeated = NonlinearProblem(residualCount: rows.count, parameterCount: 2) { x, r in
      for (i, row) in rows.enumerated() { r[i] = x[0] * exp(-x[1] * Examples.t[row]) - Examples.y[row] }
    }
    let other = try LevenbergMarquardt.minimize(repeated, from: [1, 1])
    #expect(isClose(weighted.parameters, other.parameters, relative: 1e-9))
    #expect(isClose([weighted.rss], [other.rss], relative: 1e-9))
    let (a, b) = try (#require(weighted.unscaledCovariance), #require(other.unscaledCovariance))
    #expect(isClose(a.elements, b.elements, relative: 1e-8))
    #expect(weighted.observations == 5)
  }

  @Test("In other units the search takes the same steps, to the last bit", arguments: [0x1p-30, 0x1p20])
  func units(unit: Double) throws {
    let plain = try LevenbergMarquardt.minimize(Examples.decay(), from: [1, 1])
    let inner = Examples.decay()
    let scaled = NonlinearProblem(
      residualCount: 6, parameterCount: 2,
      jacobian: { x, jacobian in
        inner.jacobian?([x[0] / unit, x[1]], &jacobian)
        for i in 0..<6 { jacobian[i, 0] /= unit }
      },
      residuals: { x, r in inner.residuals([x[0] / unit, x[1]], &r) })
    let other = try LevenbergMarquardt.minimize(scaled, from: [unit, 1])
    #expect(other.parameters == [plain.parameters[0] * unit, plain.parameters[1]])
    #expect(other.rss == plain.rss && other.iterations == plain.iterations)
  }

  @Test("The residuals' order and sign do not matter") func orderAndSign() throws {
    let plain = try LevenbergMarquardt.minimize(Examples.decay(), from: [1, 1])
    let turned = NonlinearProblem(residualCount: 6, parameterCount: 2) { x, r in
      for i in 0..<6 { r[5 - i] = Examples.y[i] - x[0] * exp(-x[1] * Examples.t[i]) }
    }
    let other = try LevenbergMarquardt.minimize(turned, from: [1, 1])
    #expect(isClose(plain.parameters, other.parameters, relative: 1e-9))
    #expect(isClose([plain.rss], [other.rss], relative: 1e-12))
  }

  @Test("The same search gives the same bits beside others") func concurrency() async throws {
    let alone = try LevenbergMarquardt.minimize(Examples.decay(analytic: false), from: [1, 1])
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { try LevenbergMarquardt.minimize(Examples.decay(analytic: false), from: [1, 1]) == alone }
      }
      for try await same in group { #expect(same) }
    }
  }

  @Test("Parameters that only act as a product leave rank 1 and no covariance") func redundant() throws {
    let problem = NonlinearProblem(residualCount: 3, parameterCount: 2) { x, r in
      for i in 0..<3 { r[i] = x[0] * x[1] * Double(i + 1) - [2.1, 3.9, 6.0][i] }
    }
    let solution = try LevenbergMarquardt.minimize(problem, from: [1, 1])
    #expect(solution.rank == 1 && solution.unscaledCovariance == nil && solution.standardDeviations == nil)
    #expect(isClose([solution.parameters[0] * solution.parameters[1]], [27.9 / 14], relative: 1e-8))
    #expect(solution.isConverged)
  }

  @Test("More parameters than residuals are brought to zero residuals") func underdetermined() throws {
    let problem = NonlinearProblem(residualCount: 1, parameterCount: 2) { x, r in r[0] = x[0] * x[0] + x[1] - 3 }
    let solution = try LevenbergMarquardt.minimize(problem, from: [1, 1])
    #expect(solution.rss < 1e-20 && solution.rank == 1)
    #expect(solution.residualStandardDeviation == nil && solution.covariance == nil)
  }

  @Test("The README's example runs") func readme() throws {
    let t = [0.0, 1, 2, 3, 4, 5]
    let y = [5.02, 3.01, 1.85, 1.09, 0.68, 0.41]
    let decay = NonlinearProblem(
      residualCount: t.count, parameterCount: 2, bounds: Bounds(lower: [0, 0], upper: [.infinity, 10])
    ) { x, r in
      for i in t.indices { r[i] = x[0] * exp(-x[1] * t[i]) - y[i] }
    }
    let fit = try LevenbergMarquardt.minimize(decay, from: [1, 1])
    #expect(fit.isConverged && fit.activeBounds.isEmpty)
    #expect(isClose(fit.parameters, [5.0136, 0.50372], relative: 1e-5))
    #expect(isClose(fit.standardDeviations ?? [], [0.016, 0.0025], relative: 0.5))
  }
}
