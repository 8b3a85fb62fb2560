import Assay

/// A combination's data for the page, before its axes have numbers.
struct CombinationRow: Sendable {
  var axes: [DoseAxis]
  /// JSON of its slices.
  var slices: [UInt8]
}

/// The rows of a run's blocks as they were analysed, so that the report need not read them again. More than a page has
/// room for twice over are let go: which are the best is known at the end alone.
struct HeldRows: Sendable {
  /// How large the data of a page may become: 5,000 blocks of 10 × 10 doses have room.
  static let maxBytes = 12_000_000

  private var rows: [Int: CombinationRow?] = [:]
  private var byteCount = 0

  /// Takes a block's row; `nil` of one that cannot be drawn.
  mutating func add(_ row: CombinationRow?, of index: Int) {
    guard byteCount <= 2 * Self.maxBytes else { return }
    byteCount += row?.slices.count ?? 0
    rows[index] = .some(row)
    if byteCount > 2 * Self.maxBytes { rows = [:] }
  }

  subscript(index: Int) -> CombinationRow?? { rows[index] }
}
