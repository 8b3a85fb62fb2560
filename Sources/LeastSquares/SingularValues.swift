import CLAPACKE

/// The singular value decomposition A = U Σ Vᵀ of a small matrix, by LAPACK's `dgesdd`.
public struct SingularValues: Sendable {
  /// The singular values, largest first; min(rows, columns) of them.
  public let values: [Double]
  /// U: rows × min(rows, columns).
  public let left: Matrix
  /// Vᵀ: min(rows, columns) × columns.
  public let right: Matrix

  /// Decomposes a matrix with at least one row and one column.
  ///
  /// - Throws: ``LeastSquaresError/lapack(_:info:)`` when the matrix has elements that are not finite, or (not seen in
  ///   practice) the iteration does not converge.
  public init(_ matrix: Matrix) throws(LeastSquaresError) {
    _ = BLAS.singleThreaded
    let rank = min(matrix.rows, matrix.columns)
    var a = matrix.elements
    var values = [Double](repeating: 0, count: rank)
    var u = [Double](repeating: 0, count: matrix.rows * rank)
    var vt = [Double](repeating: 0, count: rank * matrix.columns)
    let info = LAPACKE_dgesdd(
      Int32(LAPACK_COL_MAJOR), CChar(UInt8(ascii: "S")), Int32(matrix.rows), Int32(matrix.columns), &a,
      Int32(max(1, matrix.rows)), &values, &u, Int32(max(1, matrix.rows)), &vt, Int32(max(1, rank)))
    if info != 0 { throw .lapack("dgesdd", info: Int(info)) }
    self.values = values
    left = try Matrix(rows: matrix.rows, columns: rank, elements: u)
    right = try Matrix(rows: rank, columns: matrix.columns, elements: vt)
  }
}
