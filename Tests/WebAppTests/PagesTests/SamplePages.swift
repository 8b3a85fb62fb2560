import Foundation
import Reporting
import Screening
import Synergy

@testable import WebApp

extension PageSamples {
  /// Every page, by the name of its file.
  func pages(canEdit: Bool = true) throws -> [String: String] {
    let frame = canEdit ? Self.frame : Self.reading
    var pages: [String: String] = [:]
    let started = RunRow(number: 2, state: .finished, blocks: 27, created: Self.now, by: "Ada")
    pages["screens"] =
      ScreensPage(
        frame: frame,
        screens: [
          .init(screen: Self.screen, files: 4, runs: 3, lastRun: Self.runs[0]),
          .init(
            screen: ScreenHeading(
              id: "8", name: Self.hostile + Self.long, owner: "Bo", isPrivate: true, isArchived: false,
              created: Self.now), files: 1, runs: 1, lastRun: started),
          .init(
            screen: ScreenHeading(
              id: "9", name: "Pilot", owner: "Ada", isPrivate: false, isArchived: false, created: Self.now), files: 0,
            runs: 0, lastRun: nil),
        ], showsArchived: false, archived: 2
      ).html
    pages["screens-empty"] = ScreensPage(frame: frame, screens: [], showsArchived: false, archived: 0).html
    pages["screen"] = screenPage(frame).html
    pages["screen-empty"] =
      ScreenPage(
        frame: frame, screen: Self.screen, files: [], options: RunOptionsForm(ScreenOptions(threads: 1)), runs: [],
        largestUpload: 200_000_000
      ).html
    for (name, page) in filePages(frame) { pages[name] = page.html }
    for run in Self.runs where run.state != .finished {
      pages["run-\(run.state.rawValue)"] = RunProgressPage(frame: frame, screen: Self.screen, run: run).html
    }
    pages["review"] = reviewPage(frame).html
    var query = RankingQuery()
    query.words = "no such drug"
    pages["review-none"] = reviewPage(frame, query: query).html
    pages["combination"] = try combinationPage(frame, place: shown, isChanged: true).html
    pages["combination-fresh"] = try combinationPage(frame, place: 5, isChanged: false).html
    pages["combination-hostile"] = try combinationPage(frame, place: place(of: "h1"), isChanged: true).html
    pages["combination-long"] = try combinationPage(frame, place: place(of: "h3"), isChanged: false).html
    pages["side-by-side"] = try sideBySidePage(frame, places: [shown, 5, place(of: "h3")]).html
    pages["side-by-side-empty"] = try sideBySidePage(frame, places: []).html
    pages["comparison"] =
      ComparisonPage(
        frame: frame, screen: Self.screen, run: Self.run,
        other: RunRow(number: 1, state: .finished, created: Self.now - 4000), comparison: other,
        models: source.options.synergy.models
      ).html
    pages["plates"] =
      PlatesPage(
        frame: frame, screen: Self.screen, report: plates,
        unmatched: ["plate <P9> of export.csv has no layout", "layout plate SIM-P5 has no export"],
        problems: plateProblems
      ).html
    pages["sign-in"] =
      SignInPage(
        frame: PageFrame(
          canEdit: false, csrf: "x", version: "0.1.0",
          notice: "This server is reached without TLS: passwords can be read on the way."),
        message: "Name or password is wrong.", name: "\"><script>", next: "/screens/7"
      ).html
    pages["error"] = ErrorPage(frame: frame, status: 404).html
    pages["surface"] = SurfacePage(analysis: try analysis(shown)).html
    return pages
  }

  private func screenPage(_ frame: PageFrame) -> ScreenPage {
    ScreenPage(
      frame: frame, screen: Self.screen, files: Self.files, options: RunOptionsForm(source.options), runs: Self.runs,
      leftOut: 2,
      history: [
        .init(at: Self.now, by: "Ada", action: "uploaded", subject: "<b>names.csv", detail: "4.21 kB"),
        .init(at: Self.now - 60, by: "Bo", action: "excluded", subject: "block 17", detail: "bubble <in> the well"),
      ], largestUpload: 200_000_000, hindrance: "1 export has no layout: its plates are excluded from a run.")
  }

  private func filePages(_ frame: PageFrame) -> [(String, FilePage)] {
    [
      (
        "file-matrix",
        FilePage(
          frame: frame, screen: Self.screen, file: Self.files[1],
          understanding: .init(
            format: matrices.format, response: matrices.response, blocks: matrices.blocks,
            problems: matrices.problems
              + [
                .init(
                  file: "f", blockID: "h1", severity: .warning, line: 7,
                  message: "well B07, response \"<OVRFLW>\": expected a number.")
              ]), corrections: [.init(response: "viability"), .init(drug: "selinexor", unit: "uM")])
      ),
      (
        "file-export",
        FilePage(
          frame: frame, screen: Self.screen, file: Self.files[2],
          understanding: .init(format: export.reader, reads: export.plates, problems: export.problems),
          corrections: [.init(plate: "SIM-P1=P1")], layoutPlates: ["P1", "P2"])
      ),
      (
        "file-unknown",
        FilePage(
          frame: frame, screen: Self.screen, file: Self.files[3],
          understanding: .init(
            format: nil,
            excerpt: .init(columns: ["agent", "<dose>", "per_via"], rows: [["selinexor", "<1>", "0.9"]]),
            problems: [
              .init(file: "f", severity: .error, message: "No table, matrix, export or layout was recognised.")
            ]))
      ),
      (
        "file-layout",
        FilePage(
          frame: frame, screen: Self.screen,
          file: FileRow(
            name: "layout.csv", bytes: 9000, sha256: "00", uploaded: Self.now, role: .layout, summary: "layout"),
          understanding: .init(format: "layout table", facts: ["4 plates: P1, P2, P3, P4", "drugs: selinexor"]))
      ),
    ]
  }

  func reviewPage(_ frame: PageFrame, query: RankingQuery = .init()) -> ReviewPage {
    let ids = source.ranked.map(\.id)
    return ReviewPage(
      frame: frame, screen: Self.screen, run: Self.run, overview: overview,
      reviews: [
        ids[0]: Review(isStarred: true, status: .followUp, comments: 2), ids[3]: Review(status: .drop, comments: 1),
        ids[5]: Review(isStarred: true),
      ], query: query,
      outputs: [
        ("report.html", 420_000), ("report.pdf", 80_000), ("report.xlsx", 60_000), ("report.md", 2000),
        ("ranking.csv", 9000), ("cells.csv", 90_000), ("results.json", 800_000),
      ].map { .init(name: $0.0, bytes: $0.1) }, otherRuns: [1], summaries: { $0.map { source.ranked[$0] } })
  }

  func combinationPage(_ frame: PageFrame, place: Int, isChanged: Bool) throws -> CombinationPage {
    let analysis = try analysis(place)
    let summary = source.ranked[place]
    let axes = analysis.matrix.axes
    let doses = axes.map { $0.doses[min(2, $0.doses.count - 1)] }
    let cell = analysis.matrix.cell(at: axes.map { min(2, $0.doses.count - 1) })
    let out = LeftOutWell(
      id: "41", doses: doses, response: analysis.matrix.replicates(of: cell).first, reason: "bubble <in> the well",
      by: "Bo", at: Self.now)
    var undone = out
    undone.id = "40"
    undone.reason = "looked low"
    undone.undoneBy = "Ada"
    undone.undoneAt = Self.now + 60
    let scores = summary.scores.map { score in
      Rescored.Score(
        model: score.model,
        before: .init(mean: score.mean, low: score.interval?.low, high: score.interval?.high, p: score.p),
        after: .init(
          mean: score.mean.map { $0 - 1.3 }, low: score.interval.map { $0.low - 1.6 },
          high: score.interval.map { $0.high - 1 }, p: 0.0123))
    }
    return CombinationPage(
      frame: frame, screen: Self.screen, run: Self.run, source: source, analysis: analysis, summary: summary,
      rank: place + 1, previous: place > 0 ? .init(index: 3, rank: place) : nil, next: .init(index: 5, rank: place + 2),
      review: isChanged ? Review(isStarred: true, status: .followUp, by: "Ada", at: Self.now) : Review(),
      comments: isChanged
        ? [
          .init(text: "Second donor agrees.\n<b>See</b> plate 4 & 5.", by: "Ada", at: Self.now),
          .init(text: String(repeating: "unbroken", count: 40), by: "Bo", at: Self.now + 3600),
        ] : [], leftOut: isChanged ? [undone, out] : [],
      rescored: isChanged
        ? Rescored(scores: scores, consensusBefore: summary.consensus, consensusAfter: 6.2) : nil, hasPlotly: true)
  }

  private func sideBySidePage(_ frame: PageFrame, places: [Int]) throws -> SideBySidePage {
    SideBySidePage(
      frame: frame, screen: Self.screen, run: Self.run, source: source,
      entries: try places.map {
        .init(
          analysis: try analysis($0), summary: source.ranked[$0], rank: $0 + 1,
          review: Review(isStarred: $0 == 0, status: $0 == 0 ? .followUp : .none))
      })
  }
}
