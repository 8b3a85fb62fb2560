import DoseTables
import Reporting
import Screening

/// What people decided of a run's combinations, as a table to give away: a row for each that has a star, a decision or a
/// comment, best first.
enum DecisionTable {
  /// The table.
  static func text(
    _ source: ReportSource, reviews: [String: Review], comments: [String: [CommentRecord]]
  ) -> String {
    var lines = [
      SideTable.csv([
        "rank", "block_id", "drugs", "sample", "call", "consensus", "starred", "decision", "decided_by", "decided_at",
        "comments",
      ])
    ]
    for (summary, rank) in zip(source.outlines, source.ranks) {
      guard let review = reviews[summary.id], review.isStarred || review.status != .none || review.comments > 0 else {
        continue
      }
      let said = comments[summary.id, default: []].map { "\($0.by), \($0.at): \($0.text)" }
      lines.append(
        SideTable.csv([
          "\(rank)", summary.id, summary.drugs.joined(separator: " × "), summary.sample ?? "",
          summary.verdict?.call.rawValue ?? "", summary.consensus.map { "\($0)" } ?? "",
          review.isStarred ? "yes" : "", review.status == .none ? "" : review.status.words, review.by ?? "",
          review.at.map(Words.iso) ?? "", said.joined(separator: "\n"),
        ]))
    }
    return lines.joined()
  }
}
