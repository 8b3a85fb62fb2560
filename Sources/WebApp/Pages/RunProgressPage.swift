/// `/screens/{s}/runs/{r}` while the run goes on, and when it ended without results.
struct RunProgressPage: Sendable {
  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The run.
  var run: RunRow

  /// Makes the page.
  init(frame: PageFrame, screen: ScreenHeading, run: RunRow) {
    self.frame = frame
    self.screen = screen
    self.run = run
  }

  /// The page.
  var html: String {
    Templates.page(
      "run-progress", title: "Run \(run.number) · \(screen.name)", frame: frame,
      path: [("Screens", "/"), (screen.name, Links.screen(screen.id))],
      ["screen": screen.fields, "run": run.fields(of: screen.id)])
  }
}
