import Reporting
import Screening
import Statistics
import Synergy

/// `/screens/{s}/runs/{r}/side-by-side?blocks=1,2,3`: combinations beside each other, row by row.
struct SideBySidePage: Sendable {
  /// One of the combinations.
  struct Entry: Sendable {
    /// What was computed of it.
    var analysis: BlockAnalysis
    /// Its row of the ranking.
    var summary: BlockSummary
    /// Its rank.
    var rank: Int
    /// What people decided of it.
    var review: Review

    /// Makes an entry.
    init(analysis: BlockAnalysis, summary: BlockSummary, rank: Int, review: Review) {
      self.analysis = analysis
      self.summary = summary
      self.rank = rank
      self.review = review
    }
  }

  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The run.
  var run: RunRow
  /// Its results.
  var source: ReportSource
  /// The combinations, at most ``most``.
  var entries: [Entry]

  /// The most that stand beside each other.
  static let most = 6

  /// Makes the page.
  init(frame: PageFrame, screen: ScreenHeading, run: RunRow, source: ReportSource, entries: [Entry]) {
    self.frame = frame
    self.screen = screen
    self.run = run
    self.source = source
    self.entries = Array(entries.prefix(Self.most))
  }

  /// The block indices of an address's `blocks` parameters, in their order, each once: `1,2,3` or one a parameter.
  static func indices(_ values: some Sequence<String>) -> [Int] {
    values.flatMap { $0.split(separator: ",") }.compactMap { Int($0) }.reduce(into: []) {
      if !$0.contains($1), $0.count < most { $0.append($1) }
    }
  }

  /// The page.
  var html: String {
    Templates.page(
      "side-by-side", title: "Side by side · \(screen.name)", frame: frame,
      path: [
        ("Screens", "/"), (screen.name, Links.screen(screen.id)),
        ("Run \(run.number)", Links.run(run.number, of: screen.id)),
      ],
      [
        "screen": screen.fields, "run": run.fields(of: screen.id), "isEmpty": entries.isEmpty,
        "entries": entries.map { entry -> Fields in
          [
            "rank": entry.rank, "names": entry.summary.drugs.joined(separator: " × "),
            "sample": optional(entry.summary.sample),
            "blockLink": Links.block(entry.summary.index, run: run.number, of: screen.id),
            "isStarred": entry.review.isStarred,
            "status": entry.review.status == .none ? false : entry.review.status.words as Any,
          ]
        },
        "rows": rows, "synergyLegend": Markup(ReportMaps.synergyLegend),
        "responseLegend": Markup(ReportMaps.responseLegend),
      ])
  }

  private var rows: [Fields] {
    let models = source.options.synergy.models
    var rows: [Fields] = [
      text("Call") { $0.summary.verdict?.words ?? "not tested" },
      points("Consensus, points") { ($0.summary.consensus, nil) },
    ]
    rows += models.map { model in
      points("\(model.name) mean, points") { entry in
        let score = entry.summary.score(of: model)
        return (
          score?.mean,
          score?.interval.map {
            "\(ReportText.points($0.low)) … \(ReportText.points($0.high)), p \(ReportText.p(score?.p))"
          }
        )
      }
    }
    rows.append(text("CSS, %") { $0.summary.css.map { ReportText.significant($0, digits: 3) } ?? "–" })
    rows.append(
      text("Warnings") { $0.summary.flags.isEmpty ? "none" : $0.summary.flags.joined(separator: ", ") })
    let figures = entries.map {
      CombinationParts(analysis: $0.analysis, summary: $0.summary, rank: $0.rank, of: source).figures
    }
    for (place, name) in (["Response, % inhibition"] + models.map { "\($0.name), points" }).enumerated() {
      rows.append([
        "rowName": name,
        "values": figures.map { own -> Fields in
          ["figure": Markup(place < own.count ? own[place].map : ""), "text": false, "colour": false, "detail": false]
        },
      ])
    }
    return rows
  }

  private func text(_ name: String, _ value: (Entry) -> String) -> Fields {
    [
      "rowName": name,
      "values": entries.map { ["text": value($0), "figure": false, "colour": false, "detail": false] as Fields },
    ]
  }

  private func points(_ name: String, _ value: (Entry) -> (Double?, String?)) -> Fields {
    [
      "rowName": name,
      "values": entries.map { entry -> Fields in
        let (mean, detail) = value(entry)
        return [
          "text": ReportText.points(mean), "figure": false, "detail": optional(detail),
          "colour": optional(mean.map(ReportText.synergyClass)),
        ]
      },
    ]
  }
}
