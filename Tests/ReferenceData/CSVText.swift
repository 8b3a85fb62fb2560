/// Comma-separated text by the book (RFC 4180), read without the product's own reader.
public enum CSVText {
  /// The fields of every row, the header's first. A last row without a line end counts.
  public static func fields(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    let characters = Array(text.unicodeScalars)
    var place = 0
    while place < characters.count {
      let character = characters[place]
      place += 1
      if isQuoted, character == "\"", place < characters.count, characters[place] == "\"" {
        field.append("\"")
        place += 1
      } else if character == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, character == "," || character == "\n" {
        row.append(field)
        field = ""
        if character == "\n" {
          rows.append(row)
          row = []
        }
      } else {
        field.unicodeScalars.append(character)
      }
    }
    if !row.isEmpty || !field.isEmpty { rows.append(row + [field]) }
    return rows
  }

  /// The rows below the header, each by the names of its columns.
  public static func rows(_ text: String) -> [[String: String]] {
    let rows = fields(text)
    guard let header = rows.first else { return [] }
    return rows.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
  }
}
