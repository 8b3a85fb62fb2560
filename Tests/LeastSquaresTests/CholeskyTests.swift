import LeastSquares
import Testing

@Suite("Cholesky's factorisation")
struct CholeskyTests {
  @Test("L Lᵀ is the matrix, and a solution solves it")
  func solves() throws {
    let matrix = try Matrix([[4, 2, -1], [2, 5, 0.5], [-1, 0.5, 3]])
    let factor = try #require(Cholesky(matrix))
    let product = try BLAS.multiply(factor.lower, factor.lower, transposeB: true)
    #expect(zip(product.elements, matrix.elements).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(factor.lower[0, 1] == 0 && factor.lower[0, 2] == 0 && factor.lower[1, 2] == 0)
    let right = try Matrix([[1, 0], [-2, 3], [0.5, 7]])
    let solved = try BLAS.multiply(matrix, factor.solve(right))
    #expect(zip(solved.elements, right.elements).allSatisfy { abs($0 - $1) < 1e-14 })
    // bᵀ A⁻¹ b of b = A e is eᵀ A e.
    #expect(abs(factor.square([4, 2, -1]) - 4) < 1e-14)
  }

  @Test("a matrix that is not positive definite has none")
  func indefinite() throws {
    #expect(Cholesky(try Matrix([[1, 2], [2, 1]])) == nil)
    #expect(Cholesky(try Matrix([[0, 0], [0, 1]])) == nil)
  }
}
