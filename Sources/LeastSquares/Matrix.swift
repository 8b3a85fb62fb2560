/// A dense real matrix stored by columns: element (i, j) is `elements[i + j * rows]`, as BLAS and LAPACK want it.
public struct Matrix: Sendable, Equatable {
  /// Number of rows, ≥ 0.
  public let rows: Int
  /// Number of columns, ≥ 0.
  public let columns: Int
  /// The elements, column after column; `rows * columns` of them.
  public private(set) var elements: [Double]

  /// A matrix with every element the same.
  ///
  /// - Precondition: `rows` and `columns` are not negative.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "Matrix: negative size")
    self.rows = rows
    self.columns = columns
    elements = [Double](repeating: value, count: rows * columns)
  }

  /// A matrix from its elements, column after column.
  ///
  /// - Throws: ``LeastSquaresError/dimensionMismatch(_:expected:found:)`` when there are not `rows * columns` elements.
  public init(rows: Int, columns: Int, elements: [Double]) throws(LeastSquaresError) {
    guard rows >= 0, columns >= 0, elements.count == rows * columns else {
      throw .dimensionMismatch(
        "elements of a \(rows) × \(columns) matrix", expected: rows * columns, found: elements.count)
    }
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix from its rows, as one writes it on paper.
  ///
  /// - Throws: ``LeastSquaresError/dimensionMismatch(_:expected:found:)`` when the rows differ in length.
  public init(_ rows: [[Double]]) throws(LeastSquaresError) {
    let columns = rows.first?.count ?? 0
    self.init(rows: rows.count, columns: columns)
    for (i, row) in rows.enumerated() {
      guard row.count == columns else {
        throw .dimensionMismatch("columns of row \(i)", expected: columns, found: row.count)
      }
      for (j, value) in row.enumerated() { self[i, j] = value }
    }
  }

  /// One column from its elements.
  public init(column: [Double]) {
    rows = column.count
    columns = 1
    elements = column
  }

  /// The element in row `i` and column `j`, both from 0.
  ///
  /// - Precondition: 0 ≤ `i` < `rows` and 0 ≤ `j` < `columns`.
  public subscript(i: Int, j: Int) -> Double {
    get {
      precondition(i >= 0 && i < rows, "Matrix: row out of range")
      return elements[i + j * rows]
    }
    set {
      precondition(i >= 0 && i < rows, "Matrix: row out of range")
      elements[i + j * rows] = newValue
    }
  }

  /// Column `j`, from 0.
  public func column(_ j: Int) -> [Double] { Array(elements[(j * rows)..<((j + 1) * rows)]) }

  /// The main diagonal.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// Every element multiplied by `factor`.
  public func scaled(by factor: Double) -> Matrix {
    var result = self
    for index in result.elements.indices { result.elements[index] *= factor }
    return result
  }

  /// Calls `body` with the elements in place, column after column.
  public mutating func withUnsafeMutableElements<Result>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    try elements.withUnsafeMutableBufferPointer { try body($0) }
  }
}

extension BLAS {
  /// The product op(A) op(B) of two matrices, by `dgemm`.
  ///
  /// - Parameters:
  ///   - a: A, m × k, or k × m when `transposeA` is set.
  ///   - transposeA: Whether op(A) = Aᵀ.
  ///   - b: B, k × n, or n × k when `transposeB` is set.
  ///   - transposeB: Whether op(B) = Bᵀ.
  /// - Returns: The m × n product.
  /// - Throws: ``LeastSquaresError/dimensionMismatch(_:expected:found:)`` when the inner sizes differ.
  public static func multiply(
    _ a: Matrix, transposeA: Bool = false, _ b: Matrix, transposeB: Bool = false
  ) throws(LeastSquaresError) -> Matrix {
    let (m, k) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    guard inner == k else { throw .dimensionMismatch("rows of the right factor", expected: k, found: inner) }
    var result = Matrix(rows: m, columns: n)
    a.elements.withUnsafeBufferPointer { left in
      b.elements.withUnsafeBufferPointer { right in
        result.withUnsafeMutableElements { product in
          guard let left = left.baseAddress, let right = right.baseAddress, let product = product.baseAddress,
            m > 0, n > 0, k > 0
          else { return }
          gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1, a: left, lda: a.rows,
            b: right, ldb: b.rows, beta: 0, c: product, ldc: m)
        }
      }
    }
    return result
  }
}
