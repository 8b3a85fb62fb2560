/// Wells that are numbered row by row: 1 is A1, 2 is A2.
enum WellNumber {
  /// The fewest wells that tell the plate's size by themselves: six or twelve may be a part of any plate.
  static let fewest = 24

  /// A well's number, from 1: `1`, `01`, `1536`; `nil` when it is none.
  static func number(_ text: String) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(text), (1...1536).contains(number)
    else { return nil }
    return number
  }
}
