import Foundation
import Reporting
import Screening

/// What a run says on standard output with `--json`.
enum SummaryJSON {
  private struct Summary: Encodable {
    struct Block: Encodable {
      var rank: Int
      var block_id: String
      var drugs: [String]
      var sample: String?
      var call: String?
      var call_reason: String?
      var consensus: Double?
      var css: Double?
      var scores: [String: Double]
      var flags: [String]
    }
    var directory: String
    var blocks: Int
    var errors: Int
    var warnings: Int
    var infos: Int
    var top: [Block]
  }

  static func text(ranked: [BlockSummary], problems: ProblemCounts, directory: String, top: Int = 10) -> String {
    let summary = Summary(
      directory: directory, blocks: ranked.count, errors: problems.errors, warnings: problems.warnings,
      infos: problems.infos,
      top: ranked.prefix(top).enumerated().map { place, block in
        Summary.Block(
          rank: place + 1, block_id: block.id, drugs: block.drugs, sample: block.sample,
          call: block.verdict?.call.rawValue,
          call_reason: block.verdict?.words, consensus: block.consensus,
          css: block.css,
          scores: Dictionary(
            uniqueKeysWithValues: block.scores.compactMap { score in score.mean.map { (score.model.rawValue, $0) } }),
          flags: block.flags)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(summary)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
