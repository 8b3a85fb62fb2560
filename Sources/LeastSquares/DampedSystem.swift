/// The algebra of one Levenberg–Marquardt iteration: J factored once, then a small problem for each damping tried.
///
/// With J = Q R the damped problem min ‖J p + r‖² + λ ‖D p‖² is the least-squares problem of [R; √λ D] p ≈ [−Qᵀr; 0] in
/// 2n rows, whatever m (Moré 1978, *The Levenberg–Marquardt algorithm: implementation and theory*, §3). JᵀJ is never
/// formed.
struct DampedSystem {
  /// Rows of J.
  let m: Int
  /// Columns of J.
  let n: Int
  /// min(m, n): rows of R.
  let k: Int
  /// dgeqrf's result, m × n: R above, reflections below.
  private let factored: [Double]
  private let tau: [Double]
  /// The first k elements of Qᵀ r.
  let projected: [Double]
  /// Lengths of J's columns.
  let columnNorms: [Double]
  /// Jᵀ r, half the gradient of the residual sum of squares.
  let gradient: [Double]

  /// Factors the m × n `jacobian` for the m `residuals`, both finite and already multiplied by √w.
  init(jacobian: Matrix, residuals: [Double]) throws(LeastSquaresError) {
    m = jacobian.rows
    n = jacobian.columns
    k = min(m, n)
    var a = jacobian.elements
    tau = try LAPACK.factorQR(&a, rows: m, columns: n)
    factored = a
    var rotated = residuals
    try LAPACK.applyQTransposed(factored, tau: tau, rows: m, to: &rotated)
    projected = Array(rotated.prefix(k))
    var norms = [Double](repeating: 0, count: n)
    var gradient = [Double](repeating: 0, count: n)
    for j in 0..<n {
      norms[j] = norm(Array(factored[(j * m)..<(j * m + min(j + 1, k))]))
      for i in 0..<min(j + 1, k) { gradient[j] += factored[i + j * m] * projected[i] }
    }
    columnNorms = norms
    self.gradient = gradient
  }

  /// Whether the factors are finite, and squares of the columns' lengths would be.
  var isUsable: Bool {
    firstNonFinite(factored) == nil && firstNonFinite(projected) == nil && columnNorms.allSatisfy { $0 < 1e150 }
  }

  /// R[i, j]; zero below the diagonal.
  func r(_ i: Int, _ j: Int) -> Double { i <= j ? factored[i + j * m] : 0 }

  /// R p, which is as long as J p.
  func image(of p: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: k)
    for j in 0..<n where p[j] != 0 {
      for i in 0..<min(j + 1, k) { result[i] += factored[i + j * m] * p[j] }
    }
    return result
  }

  /// The fall of the residual sum of squares that the linear model promises for step p: ‖r‖² − ‖r + J p‖².
  func promisedFall(of p: [Double]) -> Double {
    let image = image(of: p)
    var fall = 0.0
    for i in 0..<k { fall -= image[i] * (2 * projected[i] + image[i]) }
    return fall
  }

  /// The first k elements of Qᵀ v, for an m-vector v.
  func projection(of v: [Double]) throws(LeastSquaresError) -> [Double] {
    var rotated = v
    try LAPACK.applyQTransposed(factored, tau: tau, rows: m, to: &rotated)
    return Array(rotated.prefix(k))
  }

  /// min ‖R p + c‖² + λ ‖D p‖² over the `free` elements of p, the others staying as `fixed` has them.
  ///
  /// - Parameters:
  ///   - target: c, k elements.
  ///   - damping: λ > 0.
  ///   - scale: D, n elements > 0.
  ///   - free: Indices of the unknowns, rising.
  ///   - fixed: p outside `free`; what it holds inside is ignored.
  /// - Returns: All n elements of p.
  func solve(
    target: [Double], damping: Double, scale: [Double], free: [Int], fixed: [Double]
  ) throws(LeastSquaresError) -> [Double] {
    var p = fixed
    for j in free { p[j] = 0 }
    guard !free.isEmpty else { return p }
    let offset = image(of: p)
    let count = free.count
    let rows = k + count
    let root = damping.squareRoot()
    // Unknowns D p rather than p: LAPACK then sees columns of comparable length.
    var a = [Double](repeating: 0, count: rows * count)
    var b = [Double](repeating: 0, count: rows)
    for i in 0..<k { b[i] = -(target[i] + offset[i]) }
    for (position, j) in free.enumerated() {
      for i in 0..<min(j + 1, k) { a[i + position * rows] = factored[i + j * m] / scale[j] }
      a[k + position + position * rows] = root
    }
    try LAPACK.solveFullRank(&a, rows: rows, columns: count, &b, rightHandSides: 1)
    for (position, j) in free.enumerated() { p[j] = b[position] / scale[j] }
    return p
  }

  /// Rank and (JᵀJ)⁻¹ of the `free` columns.
  func rankAndCovariance(free: [Int]) throws(LeastSquaresError) -> RankAndCovariance {
    try RankAndCovariance(
      triangle: factored, leading: m, rows: k, columns: free,
      tolerance: RankAndCovariance.defaultTolerance(rows: m, columns: n))
  }
}
