import LeastSquares
import Testing

@Suite("BLAS") struct BLASTests {
  private let a = [1.0, 2, 3, 4, 5, 6]  // by columns: [1 3 5; 2 4 6] as 2 × 3, [1 4; 2 5; 3 6] as 3 × 2
  private let b = [1.0, 0, 2, 1, 1, 1]

  @Test("Products of all four transpositions", arguments: [(false, false), (false, true), (true, false), (true, true)])
  func transpositions(transposeA: Bool, transposeB: Bool) throws {
    let left = try transposeA ? Matrix([[1, 2], [3, 4], [5, 6]]) : Matrix([[1, 3, 5], [2, 4, 6]])
    let right = try transposeB ? Matrix([[1, 0, 2], [1, 1, 1]]) : Matrix([[1, 1], [0, 1], [2, 1]])
    let product = try BLAS.multiply(left, transposeA: transposeA, right, transposeB: transposeB)
    #expect(try product == Matrix([[11, 9], [14, 12]]))
  }

  @Test("gemm scales the product and what C held") func scales() {
    var c = [1.0, 1, 1, 1]
    BLAS.gemm(
      transposeA: false, transposeB: false, m: 2, n: 2, k: 3, alpha: 2, a: a, lda: 2, b: b, ldb: 3, beta: 10, c: &c,
      ldc: 2)
    #expect(c == [32, 38, 28, 34])
  }

  @Test("With beta zero NaN in C is overwritten") func overwrites() {
    var c = [Double](repeating: .nan, count: 4)
    BLAS.gemm(
      transposeA: false, transposeB: false, m: 2, n: 2, k: 3, alpha: 1, a: a, lda: 2, b: b, ldb: 3, beta: 0, c: &c,
      ldc: 2)
    #expect(c == [11, 14, 9, 12])
  }

  @Test("Sizes that do not fit are an error") func mismatch() {
    #expect(throws: LeastSquaresError.dimensionMismatch("rows of the right factor", expected: 3, found: 2)) {
      try BLAS.multiply(Matrix(rows: 2, columns: 3), Matrix(rows: 2, columns: 2))
    }
  }

  @Test("An empty inner dimension gives zeros") func emptyInner() throws {
    #expect(
      try BLAS.multiply(Matrix(rows: 2, columns: 0), Matrix(rows: 0, columns: 2)) == Matrix(rows: 2, columns: 2))
  }

  @Test("Callers side by side get the same bits") func concurrency() async throws {
    let left = try Matrix(rows: 40, columns: 300, elements: (0..<12000).map { 1 / Double($0 + 1) })
    let right = try Matrix(rows: 300, columns: 50, elements: (0..<15000).map { 1 / Double(2 * $0 + 3) })
    let alone = try BLAS.multiply(left, right)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 { group.addTask { try BLAS.multiply(left, right) == alone } }
      for try await same in group { #expect(same) }
    }
    #expect(BLAS.singleThreaded)
  }
}

@Suite("Matrix") struct MatrixTests {
  @Test("Elements are stored by columns") func storage() throws {
    let matrix = try Matrix([[1, 2], [3, 4]])
    #expect(matrix.elements == [1, 3, 2, 4])
    #expect(matrix.column(1) == [2, 4])
    #expect(matrix.diagonal == [1, 4])
    #expect(matrix.scaled(by: 2).elements == [2, 6, 4, 8])
  }

  @Test("Ragged rows are an error") func ragged() {
    #expect(throws: LeastSquaresError.dimensionMismatch("columns of row 1", expected: 2, found: 1)) {
      try Matrix([[1, 2], [3]])
    }
  }

  @Test("A wrong number of elements is an error") func wrongCount() {
    #expect(throws: LeastSquaresError.dimensionMismatch("elements of a 2 × 2 matrix", expected: 4, found: 3)) {
      try Matrix(rows: 2, columns: 2, elements: [1, 2, 3])
    }
  }
}
