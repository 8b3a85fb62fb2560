import DoseResponse

/// Rows of numbers, one row a quantity, one number in it for each copy of a block. Kept between blocks.
///
/// The first copy of every row is the one without noise.
final class CopyBuffer {
  /// Numbers in a row: a multiple of ``HillResampling/width``.
  let copies: Int
  private var storage: UnsafeMutablePointer<Double>
  private var capacity: Int
  private(set) var rows = 0

  init(copies: Int) {
    self.copies = (copies + HillResampling.width - 1) / HillResampling.width * HillResampling.width
    capacity = 0
    storage = .allocate(capacity: 1)
  }

  deinit { storage.deallocate() }

  /// Makes room for so many rows; what the buffer held is lost. Rows are not cleared.
  func reserve(rows: Int) {
    self.rows = rows
    guard rows * copies > capacity else { return }
    storage.deallocate()
    capacity = rows * copies
    storage = .allocate(capacity: capacity)
    storage.initialize(repeating: 0, count: capacity)
  }

  /// A row.
  @inline(__always)
  subscript(row: Int) -> UnsafeMutablePointer<Double> {
    precondition(row < rows)
    return storage + row * copies
  }
}
