import Assay
import Foundation
import Reporting
import Screening
import Synergy

/// `/screens/{s}/runs/{r}/blocks/{i}`: the report's page of a combination, with what people decided and say of it, and
/// wells that can be left out.
struct CombinationPage: Sendable {
  /// A block before or after this one in the table that the reader came from.
  struct Neighbour: Sendable {
    var index: Int
    var rank: Int

    /// Makes a neighbour.
    init(index: Int, rank: Int) {
      self.index = index
      self.rank = rank
    }
  }

  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The run.
  var run: RunRow
  /// Its results (`ResultsFile.head`).
  var source: ReportSource
  /// What was computed of the block.
  var analysis: BlockAnalysis
  /// Its row of the ranking.
  var summary: BlockSummary
  /// Its rank.
  var rank: Int
  /// The blocks before and after it by rank.
  var previous: Neighbour?
  var next: Neighbour?
  /// What people decided of it.
  var review: Review
  /// What they wrote, oldest first.
  var comments: [Comment]
  /// Wells that were left out since, and those put back, oldest first.
  var leftOut: [LeftOutWell]
  /// Its scores without them; `nil` where none is left out.
  var rescored: Rescored?
  /// Whether the server has plotly.js for the surface.
  var hasPlotly: Bool

  /// Makes the page.
  init(
    frame: PageFrame, screen: ScreenHeading, run: RunRow, source: ReportSource, analysis: BlockAnalysis,
    summary: BlockSummary, rank: Int, previous: Neighbour? = nil, next: Neighbour? = nil, review: Review,
    comments: [Comment] = [], leftOut: [LeftOutWell] = [], rescored: Rescored? = nil, hasPlotly: Bool
  ) {
    self.frame = frame
    self.screen = screen
    self.run = run
    self.source = source
    self.analysis = analysis
    self.summary = summary
    self.rank = rank
    self.previous = previous
    self.next = next
    self.review = review
    self.comments = comments
    self.leftOut = leftOut
    self.rescored = rescored
    self.hasPlotly = hasPlotly
  }

  /// The page.
  var html: String {
    let parts = CombinationParts(analysis: analysis, summary: summary, rank: rank, of: source)
    let link = Links.block(summary.index, run: run.number, of: screen.id)
    let names = summary.drugs.joined(separator: " × ")
    var fields: Fields = [
      "screen": screen.fields, "run": run.fields(of: screen.id), "rank": rank, "names": names,
      "sample": optional(summary.sample), "index": summary.index, "blockApi": Links.api(link),
      "surfaceLink": hasPlotly && canDrawSurface ? link + "/surface" as Any : false,
      "sentence": Markup(parts.sentence), "facts": Markup(parts.facts), "maps": Markup(parts.maps),
      "background": Markup(parts.background), "comments": comments.map(\.fields),
      "commentCount": comments.isEmpty ? "none yet" : Words.count(comments.count, "comment"),
      "isStarred": review.isStarred,
      "statuses": Review.Status.allCases.map {
        ["value": $0.rawValue, "words": $0.words, "isChosen": $0 == review.status] as Fields
      }, "statusWords": review.status.words,
      "decidedBy": optional(review.by), "decidedAt": optional(review.at.map(Words.time)),
      "axes": axes,
      "replicates": summary.replicates, "legend": Markup(ReportMaps.synergyLegend),
      "responseLegend": Markup(ReportMaps.responseLegend),
    ]
    for (key, neighbour) in [("previous", previous), ("next", next)] {
      fields[key] = optional(
        neighbour.map {
          ["neighbourLink": Links.block($0.index, run: run.number, of: screen.id), "neighbourRank": $0.rank] as Fields
        })
    }
    fields.merge(LeftOutPanel(leftOut: leftOut, rescored: rescored, analysis: analysis).fields) { $1 }
    return Templates.page(
      "combination", title: "#\(rank) \(names) · \(screen.name)", frame: frame,
      path: [
        ("Screens", "/"), (screen.name, Links.screen(screen.id)),
        ("Run \(run.number)", Links.run(run.number, of: screen.id)),
      ], fields)
  }

  /// The drugs and units of doses, for the script, as JSON.
  private var axes: String {
    let axes = analysis.matrix.axes.map { ["drug": $0.drug, "unit": $0.unit.description] }
    return (try? JSONEncoder().encode(axes)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }

  /// A surface needs two doses above 0 of each drug.
  private var canDrawSurface: Bool {
    analysis.matrix.drugCount == 2 && analysis.matrix.axes.allSatisfy { $0.positiveDoses.count > 1 }
  }
}
