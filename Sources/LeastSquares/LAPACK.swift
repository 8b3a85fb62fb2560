import CLAPACKE

/// The LAPACK routines this module lives on, behind functions that check sizes and turn `info` into errors.
///
/// All arrays are stored by columns without gaps. Numbers in and out are those of the routine named.
enum LAPACK {
  private static let order = Int32(LAPACK_COL_MAJOR)
  private static let noTranspose = CChar(UInt8(ascii: "N"))
  private static let transpose = CChar(UInt8(ascii: "T"))
  private static let left = CChar(UInt8(ascii: "L"))
  private static let upper = CChar(UInt8(ascii: "U"))
  private static let lower = CChar(UInt8(ascii: "L"))

  /// `dgels`: overwrites the m × n matrix `a` (m ≥ n, full rank) by its QR and the m × k matrix `b` by the solutions
  /// in its first n rows, and below them numbers whose squares add up to the RSS of each column.
  static func solveFullRank(
    _ a: inout [Double], rows m: Int, columns n: Int, _ b: inout [Double], rightHandSides k: Int
  ) throws(LeastSquaresError) {
    precondition(m >= n && a.count == m * n && b.count == m * k)
    _ = BLAS.singleThreaded
    let info = LAPACKE_dgels(
      order, noTranspose, Int32(m), Int32(n), Int32(k), &a, Int32(max(1, m)), &b, Int32(max(1, m)))
    if info > 0 { throw .rankDeficient(rank: Int(info) - 1, columns: n) }
    if info < 0 { throw .lapack("dgels", info: Int(info)) }
  }

  /// `dgelsy`: overwrites `a` by its complete orthogonal factorisation and the max(m, n) × k matrix `b` by the
  /// minimum-norm solutions in its first n rows.
  ///
  /// - Returns: The rank at `tolerance` (reciprocal condition), and for each column of R the column of `a` it is from.
  static func solveRankRevealing(
    _ a: inout [Double], rows m: Int, columns n: Int, _ b: inout [Double], rightHandSides k: Int, tolerance: Double
  ) throws(LeastSquaresError) -> (rank: Int, order: [Int]) {
    let ldb = max(m, n)
    precondition(a.count == m * n && b.count == ldb * k)
    _ = BLAS.singleThreaded
    var pivots = [Int32](repeating: 0, count: n)
    var rank: Int32 = 0
    let info = LAPACKE_dgelsy(
      order, Int32(m), Int32(n), Int32(k), &a, Int32(max(1, m)), &b, Int32(max(1, ldb)), &pivots, tolerance, &rank)
    if info != 0 { throw .lapack("dgelsy", info: Int(info)) }
    return (Int(rank), pivots.map { Int($0) - 1 })
  }

  /// `dgeqrf`: overwrites the m × n matrix `a` by R above and Householder vectors below the diagonal.
  ///
  /// - Returns: The min(m, n) factors τ of the Householder reflections.
  static func factorQR(_ a: inout [Double], rows m: Int, columns n: Int) throws(LeastSquaresError) -> [Double] {
    precondition(a.count == m * n)
    _ = BLAS.singleThreaded
    var tau = [Double](repeating: 0, count: min(m, n))
    let info = LAPACKE_dgeqrf(order, Int32(m), Int32(n), &a, Int32(max(1, m)), &tau)
    if info != 0 { throw .lapack("dgeqrf", info: Int(info)) }
    return tau
  }

  /// `dormqr`: overwrites the m-vector `v` by Qᵀv, with Q as ``factorQR(_:rows:columns:)`` left it.
  static func applyQTransposed(
    _ factored: [Double], tau: [Double], rows m: Int, to v: inout [Double]
  ) throws(LeastSquaresError) {
    precondition(v.count == m)
    let info = LAPACKE_dormqr(
      order, left, transpose, Int32(m), 1, Int32(tau.count), factored, Int32(max(1, m)), tau, &v, Int32(max(1, m)))
    if info != 0 { throw .lapack("dormqr", info: Int(info)) }
  }

  /// `dgeqp3`: overwrites the m × n matrix `a` by its column-pivoted QR, diagonal of R in falling order.
  ///
  /// - Returns: For each column of R the column of `a` it is from.
  static func factorPivotedQR(_ a: inout [Double], rows m: Int, columns n: Int) throws(LeastSquaresError) -> [Int] {
    precondition(a.count == m * n)
    _ = BLAS.singleThreaded
    var pivots = [Int32](repeating: 0, count: n)
    var tau = [Double](repeating: 0, count: min(m, n))
    let info = LAPACKE_dgeqp3(order, Int32(m), Int32(n), &a, Int32(max(1, m)), &pivots, &tau)
    if info != 0 { throw .lapack("dgeqp3", info: Int(info)) }
    return pivots.map { Int($0) - 1 }
  }

  /// `dtrtri`: R⁻¹ of the n × n upper triangle that begins `a`, whose columns are `leading` apart.
  ///
  /// - Returns: R⁻¹ by columns, zeros below the diagonal; `nil` when R has a zero on its diagonal.
  static func inverseOfUpperTriangle(_ a: [Double], leading: Int, size n: Int) throws(LeastSquaresError) -> [Double]? {
    var inverse = [Double](repeating: 0, count: n * n)
    for j in 0..<n {
      for i in 0...j { inverse[i + j * n] = a[i + j * leading] }
    }
    let info = LAPACKE_dtrtri(order, upper, noTranspose, Int32(n), &inverse, Int32(max(1, n)))
    if info > 0 { return nil }
    if info < 0 { throw .lapack("dtrtri", info: Int(info)) }
    return inverse
  }

  /// `dpotrf`: overwrites the lower triangle of the symmetric n × n matrix `a` by its Cholesky factor; `false` when it
  /// is not positive definite.
  static func factorCholesky(_ a: inout [Double], size n: Int) -> Bool {
    precondition(a.count == n * n)
    _ = BLAS.singleThreaded
    return LAPACKE_dpotrf(order, lower, Int32(n), &a, Int32(max(1, n))) == 0
  }

  /// `dpotrs`: overwrites the n × k matrix `b` by the solutions, with `a` as ``factorCholesky(_:size:)`` left it.
  static func solveCholesky(
    _ a: [Double], size n: Int, _ b: UnsafeMutableBufferPointer<Double>, rightHandSides k: Int
  ) {
    precondition(a.count == n * n && b.count == n * k)
    let info = LAPACKE_dpotrs(
      order, lower, Int32(n), Int32(k), a, Int32(max(1, n)), b.baseAddress, Int32(max(1, n)))
    precondition(info == 0, "dpotrs: an argument has an illegal value")
  }
}
