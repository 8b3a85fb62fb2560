/// Dense linear least squares: the x that minimises ‖W^½ (A x − b)‖, by LAPACK's QR.
///
/// Householder QR (`dgels`) when the columns of A are independent; column-pivoted complete orthogonal factorisation
/// (`dgelsy`) when they may not be, which gives the rank and, of all minimisers, the one with the smallest ‖x‖
/// (Golub & Van Loan 2013, *Matrix Computations*, 4th ed., §5.3 and §5.5).
///
/// ```swift
/// let line = try LinearLeastSquares.solve(Matrix([[1, 0], [1, 1], [1, 2]]), [1, 3, 5])
/// line.coefficients.column(0)  // [1, 2]
/// ```
public enum LinearLeastSquares {
  /// How a problem is solved.
  public enum Method: Sendable, Equatable {
    /// `dgels`; throws ``LeastSquaresError/rankDeficient(rank:columns:)`` when the columns are dependent to working
    /// precision.
    case fullRank
    /// `dgelsy`. Columns count as dependent below `tolerance`, a reciprocal condition number of A as given (unscaled),
    /// in [0, 1).
    case rankRevealing(tolerance: Double)
    /// `dgels`, and `dgelsy` at max(m, n) ε when that finds the columns dependent, or m < n.
    case automatic
  }

  /// Solves for one or more right-hand sides.
  ///
  /// - Parameters:
  ///   - a: A, m × n. Each column's coefficient carries the unit of b over the column's unit.
  ///   - b: b, m × k: one problem a column, all with the same A and weights.
  ///   - weights: m weights w ≥ 0, in the unit of 1/b² when they are reciprocal variances; `nil` for all 1. A row of
  ///     weight 0
  ///     takes no part and is not counted in the degrees of freedom.
  ///   - method: See ``Method``.
  /// - Returns: The solution, with its covariance when the rank is full.
  /// - Throws: ``LeastSquaresError`` for sizes that do not fit, values that are not finite, bad weights, or, with
  ///   ``Method/fullRank``, dependent columns.
  public static func solve(
    _ a: Matrix, _ b: Matrix, weights: [Double]? = nil, method: Method = .automatic
  ) throws(LeastSquaresError) -> LinearSolution {
    let roots = try check(a, b, weights)
    let left = a.multiplyingRows(by: roots)
    let right = b.multiplyingRows(by: roots)
    let observations = roots.map { $0.count { $0 > 0 } } ?? a.rows
    let scaledTolerance = RankAndCovariance.defaultTolerance(rows: a.rows, columns: a.columns)
    switch method {
    case .fullRank:
      return try byQR(left, right, observations: observations, tolerance: scaledTolerance)
    case .rankRevealing(let tolerance):
      guard tolerance >= 0, tolerance < 1 else { throw .invalidOption("tolerance", value: tolerance) }
      return try byCompleteOrthogonal(left, right, observations: observations, tolerance: tolerance)
    case .automatic:
      do {
        return try byQR(left, right, observations: observations, tolerance: scaledTolerance)
      } catch .rankDeficient {
        return try byCompleteOrthogonal(left, right, observations: observations, tolerance: scaledTolerance)
      }
    }
  }

  /// Solves for one right-hand side of m values; otherwise as ``solve(_:_:weights:method:)-(Matrix,Matrix,_,_)``.
  public static func solve(
    _ a: Matrix, _ b: [Double], weights: [Double]? = nil, method: Method = .automatic
  ) throws(LeastSquaresError) -> LinearSolution {
    try solve(a, Matrix(column: b), weights: weights, method: method)
  }

  private static func check(_ a: Matrix, _ b: Matrix, _ weights: [Double]?) throws(LeastSquaresError) -> [Double]? {
    guard a.rows > 0, a.columns > 0, b.columns > 0 else { throw .emptyProblem }
    guard b.rows == a.rows else { throw .dimensionMismatch("rows of b", expected: a.rows, found: b.rows) }
    if let index = firstNonFinite(a.elements) { throw .nonFinite("A", index: index) }
    if let index = firstNonFinite(b.elements) { throw .nonFinite("b", index: index) }
    return try squareRoots(ofWeights: weights, count: a.rows)
  }

  private static func byQR(
    _ a: Matrix, _ b: Matrix, observations: Int, tolerance: Double
  ) throws(LeastSquaresError) -> LinearSolution {
    let (m, n, k) = (a.rows, a.columns, b.columns)
    guard m >= n else { throw .rankDeficient(rank: m, columns: n) }
    var factored = a.elements
    var solved = b.elements
    try LAPACK.solveFullRank(&factored, rows: m, columns: n, &solved, rightHandSides: k)
    let triangle = try RankAndCovariance(
      triangle: factored, leading: m, rows: n, columns: Array(0..<n), tolerance: tolerance)
    guard triangle.rank == n else { throw .rankDeficient(rank: triangle.rank, columns: n) }
    var coefficients = Matrix(rows: n, columns: k)
    var rss = [Double](repeating: 0, count: k)
    for column in 0..<k {
      for i in 0..<n { coefficients[i, column] = solved[i + column * m] }
      for i in n..<m { rss[column] += solved[i + column * m] * solved[i + column * m] }
    }
    return LinearSolution(
      coefficients: coefficients, rss: rss, rank: n, status: .unique, observations: observations,
      unscaledCovariance: triangle.unscaledCovariance)
  }

  private static func byCompleteOrthogonal(
    _ a: Matrix, _ b: Matrix, observations: Int, tolerance: Double
  ) throws(LeastSquaresError) -> LinearSolution {
    let (m, n, k) = (a.rows, a.columns, b.columns)
    let tall = max(m, n)
    var factored = a.elements
    var solved = [Double](repeating: 0, count: tall * k)
    for column in 0..<k {
      for i in 0..<m { solved[i + column * tall] = b[i, column] }
    }
    let (rank, order) = try LAPACK.solveRankRevealing(
      &factored, rows: m, columns: n, &solved, rightHandSides: k, tolerance: tolerance)
    var coefficients = Matrix(rows: n, columns: k)
    for column in 0..<k {
      for i in 0..<n { coefficients[i, column] = solved[i + column * tall] }
    }
    let fitted = try BLAS.multiply(a, coefficients)
    let rss = (0..<k).map { column in
      (0..<m).reduce(0) { sum, i in
        let residual = b[i, column] - fitted[i, column]
        return sum + residual * residual
      }
    }
    var covariance: Matrix?
    if rank == n {
      var columns = [Int](repeating: 0, count: n)
      for (position, original) in order.enumerated() { columns[original] = position }
      covariance =
        try RankAndCovariance(triangle: factored, leading: m, rows: n, columns: columns, tolerance: 0)
        .unscaledCovariance
    }
    return LinearSolution(
      coefficients: coefficients, rss: rss, rank: rank, status: rank == n ? .unique : .minimumNorm,
      observations: observations, unscaledCovariance: covariance)
  }
}

/// What ``LinearLeastSquares`` found.
public struct LinearSolution: Sendable, Equatable {
  /// Whether the minimiser is the only one.
  public enum Status: Sendable, Equatable {
    /// The columns are independent: one minimiser.
    case unique
    /// The columns are dependent: of all minimisers, this is the one with the smallest ‖x‖.
    case minimumNorm
  }

  /// The minimisers x, n × k: one column for each right-hand side.
  public let coefficients: Matrix
  /// Weighted residual sum of squares Σ w (A x − b)² of each right-hand side.
  public let rss: [Double]
  /// Numerical rank of W^½ A.
  public let rank: Int
  /// Whether the minimiser is unique.
  public let status: Status
  /// Rows of positive weight.
  public let observations: Int
  /// (Aᵀ W A)⁻¹, n × n, from R⁻¹; `nil` when the rank is below n, where single coefficients are not determined.
  public let unscaledCovariance: Matrix?

  /// Observations less rank; may be negative.
  public var degreesOfFreedom: Int { observations - rank }

  /// Covariance of one right-hand side's coefficients, RSS / (m − n) (Aᵀ W A)⁻¹.
  ///
  /// - Parameter column: The right-hand side, from 0.
  /// - Returns: n × n; `nil` when the rank is not full, no degree of freedom is left, or there is no such column.
  public func covariance(of column: Int = 0) -> Matrix? {
    guard rss.indices.contains(column), degreesOfFreedom > 0 else { return nil }
    return unscaledCovariance?.scaled(by: rss[column] / Double(degreesOfFreedom))
  }

  /// Standard deviations of one right-hand side's coefficients; `nil` where ``covariance(of:)`` is.
  public func standardDeviations(of column: Int = 0) -> [Double]? {
    covariance(of: column)?.diagonal.map { $0.squareRoot() }
  }
}

extension Matrix {
  /// The matrix with row i multiplied by `factors[i]`, or itself without factors.
  func multiplyingRows(by factors: [Double]?) -> Matrix {
    guard let factors else { return self }
    var result = self
    for j in 0..<columns {
      for i in 0..<rows { result[i, j] *= factors[i] }
    }
    return result
  }
}
