/// The rows of a table in the order of their blocks, taken block after block.
final class BlockRows {
  private let statement: Statement
  /// The block of the row that was stepped to and not read yet; `nil` before the first and after the last.
  private var waiting: Int?
  private var isOver = false

  init(_ statement: Statement) { self.statement = statement }

  /// Begins with the rows of these blocks.
  func begin(_ numbers: Range<Int>) {
    statement.begin { binder in
      binder.add(numbers.lowerBound)
      binder.add(numbers.upperBound)
    }
    (waiting, isOver) = (nil, false)
  }

  /// Reads a block's rows, from the second column on. Blocks are asked for in their order.
  func each(of block: Int, _ read: (inout Statement.Row) throws(ResultsError) -> Void) throws(ResultsError) {
    while !isOver {
      if waiting == nil {
        guard try statement.step() else {
          isOver = true
          return
        }
      }
      var row = statement.row
      let number = try row.requiredInteger()
      guard number <= block else {
        waiting = number
        return
      }
      waiting = nil
      if number == block { try read(&row) }
    }
  }
}
