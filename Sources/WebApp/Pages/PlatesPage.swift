import Assay
import Reporting
import Screening

/// `/screens/{s}/plates` (before a run) and `/screens/{s}/runs/{r}/plates`: what the plates of a plate screen are worth.
struct PlatesPage: Sendable {
  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The run whose plates these are; `nil` before one.
  var run: RunRow?
  /// The plates with their verdicts; `nil` when exports and layouts could not be joined.
  var report: PlateReport?
  /// What has no partner, a line each: `plate P7 of export.csv has no layout`.
  var unmatched: [String]
  /// What was refused, doubted or noted.
  var problems: [InputProblem]

  /// The most plates whose maps are drawn, the worst first.
  static let mostMaps = 40

  /// Makes the page.
  init(
    frame: PageFrame, screen: ScreenHeading, run: RunRow? = nil, report: PlateReport?, unmatched: [String] = [],
    problems: [InputProblem] = []
  ) {
    self.frame = frame
    self.screen = screen
    self.run = run
    self.report = report
    self.unmatched = unmatched
    self.problems = problems
  }

  /// The page.
  var html: String {
    var fields: Fields = [
      "screen": screen.fields, "run": optional(run?.fields(of: screen.id)), "unmatched": unmatched,
      "hasUnmatched": !unmatched.isEmpty, "hasPlates": report?.plates.isEmpty == false,
      "plates": Markup(report.map { PlateParts.section(of: $0, mostMaps: Self.mostMaps) } ?? ""),
    ]
    fields.merge(ProblemRows.fields(problems)) { $1 }
    var path: [(name: String, link: String?)] = [("Screens", "/"), (screen.name, Links.screen(screen.id))]
    if let run { path.append(("Run \(run.number)", Links.run(run.number, of: screen.id))) }
    return Templates.page("plates", title: "Plates · \(screen.name)", frame: frame, path: path, fields)
  }
}
