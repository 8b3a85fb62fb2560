/// A well's place on a plate: `A1` is row 0, column 0.
public struct WellPosition: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  /// The row, from 0.
  public let row: Int
  /// The column, from 0.
  public let column: Int

  /// Makes a position; both numbers count from 0.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Reads `A1`, `a01`, `AF48`; `nil` when it is not a row's letters followed by a column's number from 1.
  public init?(_ name: some StringProtocol) {
    let letters = name.utf8.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a }
    let digits = name.utf8.dropFirst(letters.count)
    guard (1...2).contains(letters.count), (1...3).contains(digits.count) else { return nil }
    var column = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      column = column * 10 + Int(digit - 0x30)
    }
    guard column > 0, let row = Self.row(letters: name.prefix(letters.count)) else { return nil }
    self.init(row: row, column: column - 1)
  }

  /// The row that the letters name, from 0: A = 0, Z = 25, AA = 26; `nil` when they are not one or two Latin letters.
  public static func row(letters: some StringProtocol) -> Int? {
    guard (1...2).contains(letters.utf8.count) else { return nil }
    var row = 0
    for letter in letters.utf8 {
      guard ((letter | 0x20) >= 0x61) && ((letter | 0x20) <= 0x7a) else { return nil }
      row = row * 26 + Int((letter | 0x20) - 0x60)
    }
    return row - 1
  }

  /// The row's letters: A, B, …, Z, AA, AB, ….
  public var rowName: String {
    var letters: [UInt8] = []
    var rest = max(0, row)
    while true {
      letters.insert(UInt8(65 + rest % 26), at: 0)
      guard rest >= 26 else { break }
      rest = rest / 26 - 1
    }
    return String(decoding: letters, as: UTF8.self)
  }

  /// `A1`, `H12`, `AF48`.
  public var description: String { rowName + String(column + 1) }

  /// By row, then by column.
  public static func < (a: WellPosition, b: WellPosition) -> Bool { (a.row, a.column) < (b.row, b.column) }
}
