import Foundation
import Spreadsheets

/// The names of the row before, in the columns that tell stretches apart. On its own, so that a row is compared with it
/// without a copy of the whole reader.
struct LastNames {
  let columns: [Int]
  /// `columns`, neighbours together: the first and the last column of each run.
  private let runs: [ClosedRange<Int>]
  /// The names, a 0 behind each.
  private(set) var key: [UInt8] = []
  /// The length of each name, and the bytes of the row's `runs`.
  private var lengths: [Int] = []
  private var runBytes: [UInt8] = []

  init(columns: [Int]) {
    self.columns = columns
    runs = columns.reduce(into: []) { runs, column in
      if let last = runs.last, last.upperBound + 1 == column {
        runs[runs.count - 1] = last.lowerBound...column
      } else {
        runs.append(column...column)
      }
    }
  }

  /// Takes the names of a row.
  mutating func take(_ row: borrowing TextRow) {
    key.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    for column in columns {
      let range = row.range(column)
      key.append(contentsOf: row.bytes[range])
      key.append(0)
      lengths.append(range.count)
    }
    runBytes.removeAll(keepingCapacity: true)
    for run in runs {
      let (first, end) = (row.range(run.lowerBound).lowerBound, row.range(run.upperBound).upperBound)
      if first < end { runBytes.append(contentsOf: row.bytes[first..<end]) }
    }
  }

  /// Whether a row's names are these, byte for byte.
  ///
  /// Names in neighbouring columns are compared at once, with what lies between them; where only that differs (a space, a
  /// quote), one by one.
  func areThose(of row: borrowing TextRow) -> Bool {
    row.bytes.withUnsafeBytes { bytes in
      for place in columns.indices where row.range(columns[place]).count != lengths[place] { return false }
      let isSame = runBytes.withUnsafeBytes { last in
        var start = 0
        for run in runs {
          let (first, end) = (row.range(run.lowerBound).lowerBound, row.range(run.upperBound).upperBound)
          guard first <= end, start + end - first <= last.count,
            end == first || memcmp(bytes.baseAddress! + first, last.baseAddress! + start, end - first) == 0
          else { return false }
          start += end - first
        }
        return start == last.count
      }
      if isSame { return true }
      var place = 0
      for column in columns {
        for byte in row.range(column) {
          guard bytes[byte] == key[place] else { return false }
          place += 1
        }
        place += 1
      }
      return true
    }
  }
}
