import Assay

/// A part of the report as plain text: sentences, terms with their meaning, a table. Every format draws the same
/// section its own way, so that all of them say the same.
struct ReportSection {
  /// A column of the table.
  struct Column {
    /// What stands in it, which decides how it looks.
    enum Kind { case text, name, option, number, checksum, severity }

    let title: String
    var kind = Kind.text
    /// Part of the width of a printed page, of 1.
    let share: Double
  }

  let title: String
  var sentences: [String] = []
  var terms: [(term: String, meaning: String)] = []
  var columns: [Column] = []
  /// A cell a column; an empty cell is drawn as a dash.
  var rows: [[String]] = []
  /// What the table does not list; `nil` where it lists all.
  var cut: String?
}

extension InputProblem.Severity {
  /// The severity in a word.
  var word: String { rawValue }
}
