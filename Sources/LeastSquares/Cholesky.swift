/// The factorisation A = L Lᵀ of a symmetric, positive definite matrix, by LAPACK's `dpotrf`.
public struct Cholesky: Sendable {
  /// L: n × n, zeros above the diagonal.
  public let lower: Matrix

  /// Factors a matrix, of which only the lower triangle is read; `nil` when it is not positive definite.
  ///
  /// - Precondition: It is square.
  public init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "Cholesky: not square")
    let size = matrix.rows
    var a = matrix.elements
    guard LAPACK.factorCholesky(&a, size: size) else { return nil }
    for j in 0..<size {
      for i in 0..<j { a[i + j * size] = 0 }
    }
    guard let lower = try? Matrix(rows: size, columns: size, elements: a) else { return nil }
    self.lower = lower
  }

  /// A⁻¹ B, by `dpotrs`.
  ///
  /// - Precondition: B has as many rows as A.
  public func solve(_ right: Matrix) -> Matrix {
    precondition(right.rows == lower.rows, "Cholesky: rows of the right-hand sides")
    var result = right
    result.withUnsafeMutableElements {
      LAPACK.solveCholesky(lower.elements, size: lower.rows, $0, rightHandSides: right.columns)
    }
    return result
  }

  /// bᵀ A⁻¹ b.
  public func square(_ vector: [Double]) -> Double {
    let solved = solve(Matrix(column: vector))
    return zip(vector, solved.elements).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
