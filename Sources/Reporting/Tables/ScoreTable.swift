import Screening
import Synergy

/// The rows of `scores.csv`: a block under one model each, blocks as ranked.
struct ScoreTable {
  private let drugs: Int

  /// A table of blocks with so many drugs at most.
  init(drugs: Int) { self.drugs = max(2, drugs) }

  /// The columns.
  var columns: [TableColumn] {
    [.integer("rank", "the block's rank in the screen"), .block, .sample]
      + (1...drugs).map { .text("drug\($0)", "drug \($0)") } + [
        .text("model", "the reference model: zip, bliss, loewe or hsa"),
        .points("mean", "mean synergy over the combination wells"),
        .points("low", "lower end of the interval of the mean, corrected for bias"), .points("high", "upper end of it"),
        .number("p", "", "p value of a true mean of 0"),
        .number("q", "", "the false discovery rate at which the screen would call this score"),
        .text("call", "what the screen says of the score"),
        .points("standard_error", "standard error of the mean"),
        .points("bias", "what the mean would be without an interaction"),
        .points("equivalence_low", "lower end of the 90 % interval of the mean"),
        .points("equivalence_high", "upper end of it"),
        .points("mean_without_outliers", "the mean without wells that do not fit the others, where there are such"),
      ] + Self.window("peak", "largest") + Self.window("trough", "smallest")
  }

  private static func window(_ name: String, _ which: String) -> [TableColumn] {
    [
      .points(name, "the \(which) mean over a window of adjacent doses, corrected for having been chosen"),
      .points("\(name)_low", "lower end of its interval"), .points("\(name)_high", "upper end of it"),
      .text("\(name)_doses", "the window's lowest-highest dose of each drug"),
    ]
  }

  /// A block's rows, in the order of `columns`.
  func rows(_ summary: BlockSummary, rank: Int) -> [[Field]] {
    summary.scores.map { score in
      var row: [Field] = [.integer(rank), .text(summary.id), .text(summary.sample)]
      row += (0..<drugs).map { .text(summary.drugs.at($0)) }
      row += [
        .text(score.model.rawValue), .number(score.mean), .number(score.interval?.low), .number(score.interval?.high),
        .number(score.p), .number(score.q), .text(score.call?.rawValue), .number(score.standardError),
        .number(score.bias), .number(score.equivalence?.low), .number(score.equivalence?.high),
        .number(score.meanWithoutOutliers),
      ]
      for window in [score.peak, score.trough] {
        row += [
          .number(window?.corrected), .number(window?.inference?.interval.low),
          .number(window?.inference?.interval.high), .text(window.map { RankingTable.doses(of: $0.measured) }),
        ]
      }
      return row
    }
  }
}
