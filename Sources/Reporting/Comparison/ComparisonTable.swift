import Screening
import Synergy

/// The rows of `comparison.csv`: one block each, as the newer run ranks them, then those of the older run alone.
struct ComparisonTable {
  private let comparison: RunComparison
  private let drugs: Int

  /// A table of a comparison.
  init(_ comparison: RunComparison) {
    self.comparison = comparison
    let blocks = comparison.paired.map(\.new) + comparison.added.map(\.block) + comparison.removed.map(\.block)
    drugs = max(2, blocks.map(\.drugs.count).max() ?? 2)
  }

  /// The columns.
  var columns: [TableColumn] {
    [
      .text("status", "same, changed, added or removed"), .integer("rank", "rank in the newer run"),
      .integer("old_rank", "rank in the older run"), .integer("rise", "ranks that it rose"), .block,
      .text("old_block_id", "its name in the older run"),
    ] + (1...drugs).map { .text("drug\($0)", "drug \($0)") } + [
      .sample, .text("call", "the call in the newer run"), .text("old_call", "the call in the older run"),
      .points("consensus", "in the newer run"), .points("old_consensus", "in the older run"),
    ]
      + RankingTable.models.flatMap { model -> [TableColumn] in
        let (name, title) = (model.rawValue, model.name)
        return [
          .points(name, "\(title) score in the newer run"), .points("\(name)_old", "in the older run"),
          .points("\(name)_change", "the difference"), .points("\(name)_low", "lower end of the newer interval"),
          .points("\(name)_high", "upper end of it"), .points("\(name)_old_low", "lower end of the older interval"),
          .points("\(name)_old_high", "upper end of it"),
        ]
      } + [.text("reasons", "why it changed")]
  }

  /// All rows, in the order of `columns`.
  var rows: [[Field]] {
    comparison.paired.map { block in
      row(
        block.isChanged ? "changed" : "same", (block.rank, block.new), (block.oldRank, block.old),
        reasons: block.reasons)
    } + comparison.added.map { row("added", ($0.rank, $0.block), nil, reasons: ["only in the newer run"]) }
      + comparison.removed.map { row("removed", nil, ($0.rank, $0.block), reasons: ["only in the older run"]) }
  }

  private func row(
    _ status: String, _ new: (rank: Int, block: BlockSummary)?, _ old: (rank: Int, block: BlockSummary)?,
    reasons: [String]
  ) -> [Field] {
    func whole(_ number: Int?) -> Field { number.map { .integer($0) } ?? .text(nil) }
    let either = new?.block ?? old?.block
    var row: [Field] = [
      .text(status), whole(new?.rank), whole(old?.rank),
      whole(new.flatMap { new in old.map { $0.rank - new.rank } }), .text(new?.block.id), .text(old?.block.id),
    ]
    row += (0..<drugs).map { .text(either?.drugs.at($0)) }
    row += [
      .text(either?.sample), .text(new?.block.verdict?.call.rawValue), .text(old?.block.verdict?.call.rawValue),
      .number(new?.block.consensus), .number(old?.block.consensus),
    ]
    for model in RankingTable.models {
      let (now, before) = (new?.block.score(of: model), old?.block.score(of: model))
      row += [
        .number(now?.mean), .number(before?.mean),
        .number(now?.mean.flatMap { mean in before?.mean.map { mean - $0 } }),
        .number(now?.interval?.low), .number(now?.interval?.high), .number(before?.interval?.low),
        .number(before?.interval?.high),
      ]
    }
    row.append(.text(reasons.joined(separator: "; ")))
    return row
  }

  /// The whole file.
  var text: [UInt8] {
    var out = ByteWriter()
    out.text(columns.header)
    for row in rows { out.csv(row) }
    return out.bytes
  }
}
