/// The numerical rank of a factored matrix, and (AᵀA)⁻¹ from R⁻¹ where the rank is full.
///
/// With A P = Q R, (AᵀA)⁻¹ = P R⁻¹ R⁻ᵀ Pᵀ (Golub & Van Loan 2013, §5.3.8 and §5.4.2). AᵀA itself is never formed, so
/// the condition number is not squared. The columns are first scaled to length one: rank then does not depend on their
/// units.
struct RankAndCovariance {
  /// Number of independent columns.
  var rank: Int
  /// (AᵀA)⁻¹, n × n, in the order of the columns of A; `nil` when the rank is below n.
  var unscaledCovariance: Matrix?

  /// A column counts as dependent when its diagonal of the pivoted R, for columns of length one, is below this times
  /// the first diagonal.
  static func defaultTolerance(rows: Int, columns: Int) -> Double { Double(max(rows, columns)) * 0x1p-52 }

  /// - Parameters:
  ///   - r: The upper triangle (or trapezoid) of a QR factorisation, k × n with columns `leading` apart; what lies
  ///     below the diagonal is ignored.
  ///   - columns: Which of the n columns take part, in the order in which the covariance is to be.
  ///   - tolerance: Reciprocal condition number below which columns are dependent.
  init(
    triangle r: [Double], leading: Int, rows k: Int, columns: [Int], tolerance: Double
  ) throws(LeastSquaresError) {
    let n = columns.count
    var scaled = [Double](repeating: 0, count: k * n)
    var lengths = [Double](repeating: 0, count: n)
    for (j, source) in columns.enumerated() {
      let column = (0...min(source, max(0, k - 1))).map { k == 0 ? 0 : r[$0 + source * leading] }
      let length = norm(column)
      lengths[j] = length
      guard length > 0 else { continue }
      for i in 0..<min(k, column.count) { scaled[i + j * k] = column[i] / length }
    }
    let order = try LAPACK.factorPivotedQR(&scaled, rows: k, columns: n)
    let diagonal = (0..<min(k, n)).map { abs(scaled[$0 + $0 * k]) }
    let threshold = tolerance * (diagonal.first ?? 0)
    rank = diagonal.prefix { $0 > threshold }.count
    guard rank == n, n > 0, let inverse = try LAPACK.inverseOfUpperTriangle(scaled, leading: k, size: n) else { return }
    var covariance = Matrix(rows: n, columns: n)
    for a in 0..<n {
      for b in a..<n {
        // Row a of R⁻¹ begins at column a, so the sum over common columns begins at max(a, b) = b.
        var sum = 0.0
        for column in b..<n { sum += inverse[a + column * n] * inverse[b + column * n] }
        let (i, j) = (order[a], order[b])
        let value = sum / lengths[i] / lengths[j]
        covariance[i, j] = value
        covariance[j, i] = value
      }
    }
    unscaledCovariance = covariance
  }
}

/// Euclidean length, scaled so that it neither overflows nor underflows on the way.
func norm(_ values: [Double]) -> Double {
  let largest = values.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return largest }
  if largest > 1e-140, largest < 1e140 {
    return values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
  return largest * values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
