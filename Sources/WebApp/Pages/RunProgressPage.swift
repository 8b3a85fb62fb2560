import Assay

/// `/screens/{s}/runs/{r}` while the run goes on, and when it ended without results.
struct RunProgressPage: Sendable {
  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The run.
  var run: RunRow
  /// What it said of its files, when nothing could be analysed.
  var problems: [InputProblem]

  /// Makes the page.
  init(frame: PageFrame, screen: ScreenHeading, run: RunRow, problems: [InputProblem] = []) {
    self.problems = problems
    self.frame = frame
    self.screen = screen
    self.run = run
  }

  /// The page.
  var html: String {
    let fields: Fields = ["screen": screen.fields, "run": run.fields(of: screen.id)]
    return Templates.page(
      "run-progress", title: "Run \(run.number) · \(screen.name)", frame: frame,
      path: [("Screens", "/"), (screen.name, Links.screen(screen.id))],
      fields.merging(ProblemRows.fields(problems)) { $1 })
  }
}
