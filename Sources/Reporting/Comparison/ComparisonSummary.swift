import Screening

/// What `isobole report --compare-with` says on the terminal.
public enum ComparisonSummary {
  /// The most blocks, settings and files that are named.
  private static let most = 8

  /// The summary as text, lines ended by `\n`.
  public static func text(_ comparison: RunComparison) -> String {
    let (calls, changed) = (comparison.paired.filter(\.hasOtherCall), comparison.changed)
    var lines = [
      "Against \(TerminalSummary.plain(comparison.old.title)) (\(comparison.old.directory)): "
        + "\(comparison.paired.count) blocks in both, \(comparison.added.count) only in this run, "
        + "\(comparison.removed.count) only in the other run · \(changed.count) changed, \(calls.count) with another call"
    ]
    lines += list(comparison.settings.map { "\($0.name): \($0.old ?? "–") → \($0.new ?? "–")" })
    lines += list(
      comparison.files.map { file in
        "\(TerminalSummary.plain(file.name)): "
          + (file.old == nil ? "new file" : file.new == nil ? "file is gone" : "other content")
      })
    // Calls first, then the largest moves.
    let moved = changed.filter { !$0.hasOtherCall && $0.rise != 0 }.sorted { abs($0.rise) > abs($1.rise) }
    lines += list(
      (calls + moved).map { block in
        let name = TerminalSummary.plain(
          block.new.drugs.joined(separator: " × ") + (block.new.sample.map { " in \($0)" } ?? ""))
        let (call, old) = (block.new.verdict?.call.rawValue ?? "no call", block.old.verdict?.call.rawValue ?? "no call")
        let change = block.hasOtherCall ? "\(old) → \(call), " : ""
        return "\(name): \(change)rank \(block.oldRank) → \(block.rank) (\(block.reasons.joined(separator: "; ")))"
      })
    return lines.joined(separator: "\n") + "\n"
  }

  private static func list(_ items: [String]) -> [String] {
    items.prefix(most).map { "  " + $0 } + (items.count > most ? ["  … and \(items.count - most) more"] : [])
  }
}
