import Foundation
import LeastSquares
import Testing

/// What rounding alone may do to results of order one from a well-conditioned problem.
private let rounding = 1e-12

@Suite("Linear least squares") struct LinearLeastSquaresTests {
  private let x = [1.0, 2, 3, 4, 5]
  private let y = [2.1, 3.9, 6.2, 7.8, 10.1]

  private func line(_ x: [Double]) throws -> Matrix { try Matrix(x.map { [1, $0] }) }

  @Test(
    "A straight line has the textbook's slope, RSS and standard deviations",
    arguments: [LinearLeastSquares.Method.fullRank, .rankRevealing(tolerance: 1e-12), .automatic])
  func straightLine(method: LinearLeastSquares.Method) throws {
    let solution = try LinearLeastSquares.solve(line(x), y, method: method)
    // Sxx = 10, Sxy = 19.9, ȳ = 6.02, Syy = 39.708
    let slope = 1.99
    let rss = 39.708 - 19.9 * 19.9 / 10
    #expect(abs(solution.coefficients[1, 0] - slope) < rounding)
    #expect(abs(solution.coefficients[0, 0] - (6.02 - 3 * slope)) < rounding)
    #expect(abs(solution.rss[0] - rss) < rounding)
    let deviations = try #require(solution.standardDeviations())
    #expect(abs(deviations[1] - (rss / 3 / 10).squareRoot()) < rounding)
    #expect(abs(deviations[0] - (rss / 3 * (1.0 / 5 + 9.0 / 10)).squareRoot()) < rounding)
    let covariance = try #require(solution.unscaledCovariance)
    #expect(abs(covariance[0, 1] + 0.3) < rounding)
    #expect(solution.status == .unique && solution.rank == 2 && solution.degreesOfFreedom == 3)
  }

  @Test("Several right-hand sides are solved as each alone is") func severalRightHandSides() throws {
    let both = try LinearLeastSquares.solve(line(x), Matrix(rows: 5, columns: 2, elements: y + x))
    let first = try LinearLeastSquares.solve(line(x), y)
    #expect(zip(both.coefficients.column(0), first.coefficients.column(0)).allSatisfy { abs($0 - $1) < rounding })
    #expect(abs(both.coefficients[0, 1]) < rounding && abs(both.coefficients[1, 1] - 1) < rounding)
    #expect(both.rss[1] < rounding)
    #expect(both.covariance(of: 2) == nil)
  }

  @Test("A weight of 2 counts as the row given twice, a weight of 0 as the row excluded") func weights() throws {
    let weighted = try LinearLeastSquares.solve(line(x), y, weights: [1, 2, 1, 1, 0])
    let repeated = try LinearLeastSquares.solve(line([1, 2, 2, 3, 4]), [2.1, 3.9, 3.9, 6.2, 7.8])
    #expect(abs(weighted.coefficients[1, 0] - repeated.coefficients[1, 0]) < rounding)
    #expect(abs(weighted.rss[0] - repeated.rss[0]) < rounding)
    let (a, b) = try (#require(weighted.unscaledCovariance), #require(repeated.unscaledCovariance))
    #expect(abs(a[0, 0] - b[0, 0]) < rounding)
    #expect(weighted.observations == 4 && weighted.degreesOfFreedom == 2)
  }

  @Test("Equal columns share the coefficient, and single variances are not given") func equalColumns() throws {
    let a = try Matrix([[1, 1, 0], [1, 1, 1], [1, 1, 2], [1, 1, 3]])
    let solution = try LinearLeastSquares.solve(a, [2, 5, 8, 11])
    #expect(solution.status == .minimumNorm && solution.rank == 2)
    #expect(zip(solution.coefficients.column(0), [1, 1, 3]).allSatisfy { abs($0 - $1) < rounding })
    #expect(solution.unscaledCovariance == nil && solution.standardDeviations() == nil)
  }

  @Test("Full rank asked of dependent columns is an error that gives the rank") func fullRankRefused() throws {
    let a = try Matrix([[1, 2, 3], [2, 4, 6.5], [3, 6, 9], [4, 8, 12]])
    #expect(throws: LeastSquaresError.rankDeficient(rank: 2, columns: 3)) {
      try LinearLeastSquares.solve(a, [1, 2, 3, 4], method: .fullRank)
    }
  }

  @Test("Fewer rows than columns give the solution of minimum norm") func underdetermined() throws {
    let solution = try LinearLeastSquares.solve(Matrix([[1, 2]]), [5])
    #expect(zip(solution.coefficients.column(0), [1, 2]).allSatisfy { abs($0 - $1) < rounding })
    #expect(solution.rank == 1 && solution.status == .minimumNorm)
  }

  @Test("Rank does not depend on the columns' units", arguments: [1e-200, 1e-20, 1, 1e20, 1e150])
  func units(unit: Double) throws {
    let solution = try LinearLeastSquares.solve(Matrix(x.map { [1, $0 * unit] }), y, method: .fullRank)
    #expect(abs(solution.coefficients[1, 0] * unit - 1.99) < rounding)
    #expect(solution.rank == 2)
  }

  /// NIST StRD Wampler1, y = 1 + x + … + x⁵ at x = 0…20: every certified coefficient is 1. The condition number of the
  /// scaled columns is about 1e3, of AᵀA as given 1e13.
  @Test("Wampler's polynomial comes back to ten digits") func wampler() throws {
    let x = (0...20).map(Double.init)
    let a = try Matrix(x.map { value in (0...5).map { pow(value, Double($0)) } })
    let solution = try LinearLeastSquares.solve(a, x.map { v in (0...5).reduce(0) { $0 + pow(v, Double($1)) } })
    #expect(solution.status == .unique)
    #expect(solution.coefficients.column(0).allSatisfy { abs($0 - 1) < 1e-8 })
    #expect(abs(solution.coefficients[5, 0] - 1) < 1e-12)
  }

  @Test("Nearly equal columns keep full rank down to the tolerance") func nearlyCollinear() throws {
    let a = try Matrix(x.map { [$0, $0 + 1e-9 * $0 * $0] })
    #expect(try LinearLeastSquares.solve(a, y).rank == 2)
    #expect(try LinearLeastSquares.solve(a, y, method: .rankRevealing(tolerance: 1e-6)).rank == 1)
  }

  @Test("Bad input is an error, not a trap") func badInput() throws {
    let a = try line(x)
    #expect(throws: LeastSquaresError.dimensionMismatch("rows of b", expected: 5, found: 2)) {
      try LinearLeastSquares.solve(a, [1, 2])
    }
    #expect(throws: LeastSquaresError.nonFinite("b", index: 1)) { try LinearLeastSquares.solve(a, [1, .nan, 3, 4, 5]) }
    #expect(throws: LeastSquaresError.nonFinite("A", index: 1)) {
      try LinearLeastSquares.solve(Matrix([[1], [.infinity]]), [1, 2])
    }
    #expect(throws: LeastSquaresError.invalidWeight(index: 2, value: -1)) {
      try LinearLeastSquares.solve(a, y, weights: [1, 1, -1, 1, 1])
    }
    #expect(throws: LeastSquaresError.dimensionMismatch("weights", expected: 5, found: 1)) {
      try LinearLeastSquares.solve(a, y, weights: [1])
    }
    #expect(throws: LeastSquaresError.emptyProblem) { try LinearLeastSquares.solve(Matrix(rows: 0, columns: 0), []) }
    #expect(throws: LeastSquaresError.invalidOption("tolerance", value: 1)) {
      try LinearLeastSquares.solve(a, y, method: .rankRevealing(tolerance: 1))
    }
  }

  @Test(
    "Each error says what was found and what to do",
    arguments: [
      (LeastSquaresError.dimensionMismatch("rows of b", expected: 5, found: 2), "rows of b: expected 5, found 2"),
      (.emptyProblem, "at least one of each"),
      (.nonFinite("b", index: 3), "b holds a value that is not finite at index 3"),
      (.invalidWeight(index: 2, value: -1), "weight 2 is -1.0"),
      (.invalidBounds(index: 0, lower: 2, upper: 1), "parameter 0 has bounds [2.0, 1.0]"),
      (.invalidOption("stepTolerance", value: -1), "option stepTolerance is -1.0"),
      (.rankDeficient(rank: 1, columns: 2), "rank 1 of 2"), (.lapack("dgels", info: -4), "dgels answered info = -4"),
    ])
  func messages(error: LeastSquaresError, part: String) {
    #expect(error.description.contains(part))
  }
}
