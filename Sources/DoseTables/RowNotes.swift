import Assay

/// Notes of a file's blocks that a row gives cause to, such as a change of unit: each kind is told once a file, with how often
/// and where first, and not once a row and block.
struct RowNotes {
  private struct Note {
    var first: Finding
    var block: String
    var rows = 0
    var blocks: Set<String> = []
    var lines: [Int] = []
  }

  private var notes: [PlateReadingError.Kind: Note] = [:]
  private static let kinds: Set<PlateReadingError.Kind> = [.units, .names]

  /// Takes the notes of a block that are told once, and answers the rest.
  mutating func taking(_ findings: [Finding], ofBlock block: String) -> [Finding] {
    findings.filter { finding in
      let kind = finding.error.kind
      guard finding.severity == .info, Self.kinds.contains(kind) else { return true }
      if case .more(let count, _, _, _) = finding.error {
        notes[kind]?.rows += count
      } else {
        var note = notes[kind] ?? Note(first: finding, block: block)
        note.rows += 1
        note.blocks.insert(block)
        if let line = finding.line, note.lines.count < 5, !note.lines.contains(line) { note.lines.append(line) }
        notes[kind] = note
      }
      return false
    }
  }

  /// What was taken, a problem a kind.
  func problems(file: String) -> [InputProblem] {
    notes.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, note in
      var problem = note.first.problem(file: file, blockID: note.blocks.count == 1 ? note.block : nil)
      if note.rows > 1 {
        problem.message +=
          "; \(note.rows) \(kind.rawValue) in all, in \(note.blocks.count == 1 ? "this block" : "\(note.blocks.count) blocks") "
          + "(\(PlateReadingError.lines(note.lines))\(note.rows > note.lines.count ? " and further" : ""))"
      }
      return problem
    }
  }
}
