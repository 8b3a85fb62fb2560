import Compounds
import Screening
import Synergy

/// What the report says of a whole screen, for a page: the headline, calls, charts, problems, and rows of the ranking.
package enum ScreenParts {
  /// What came out, in a sentence, and the warnings: problems and flags.
  package static func overview(of source: ReportSource) -> (headline: String, warnings: String) {
    let digest = ReportDigest(source: source)
    return (
      text { out in
        out.text("<p class=\"say\">")
        out.html(digest.headline)
        out.text("</p>")
      }, text { $0.warnings(of: digest) }
    )
  }

  /// How many blocks have each call, as a bar; empty where nothing was tested.
  package static func callBar(_ counts: [(call: Call, count: Int)]) -> String {
    text { CallBar.write(counts, to: &$0) }
  }

  /// The charts of the screen; a dot has its block's index in `data-b`.
  package static func charts(of source: ReportSource) -> String { text { ScreenCharts(source: source).write(to: &$0) } }

  /// The problems, like ones together.
  package static func problems(of source: ReportSource) -> String {
    text { $0.problems(of: source) }
  }

  /// The cells of a block's row in the ranking in two parts, for a table that has its own between them: rank, drugs,
  /// sample, call; consensus, each model's mean, the first model's peak, CSS, flags.
  package static func cells(
    of summary: BlockSummary, rank: Int, models: [NullModel], compounds: CompoundRegistry, link: String
  ) -> (identity: String, numbers: String) {
    let row = RankedRow(
      summary: summary, rank: rank, models: models, knowledge: compounds.knowledge(of: summary.drugs), link: link)
    return (text { row.identity(to: &$0) }, text { row.numbers(to: &$0) })
  }

  /// What changed since another run; `link` leads to a block of the newer run.
  package static func comparison(
    _ comparison: RunComparison, models: [NullModel], title: String, link: (Int) -> String
  ) -> String {
    text { ComparisonSection.write(comparison, models: models, place: .page(title: title), link: link, to: &$0) }
  }

  private static func text(_ write: (inout ByteWriter) -> Void) -> String {
    var out = ByteWriter(capacity: 16_000)
    write(&out)
    return out.string
  }
}
