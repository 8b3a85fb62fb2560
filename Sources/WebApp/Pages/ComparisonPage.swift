import Reporting
import Synergy

/// `/screens/{s}/runs/{r}/against/{r2}`: what changed from run r2 to run r, and why.
struct ComparisonPage: Sendable {
  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The run whose blocks are listed.
  var run: RunRow
  /// The run that it is compared with.
  var other: RunRow
  /// What is different.
  var comparison: RunComparison
  /// The models of `run`.
  var models: [NullModel]

  /// Makes the page.
  init(
    frame: PageFrame, screen: ScreenHeading, run: RunRow, other: RunRow, comparison: RunComparison, models: [NullModel]
  ) {
    self.frame = frame
    self.screen = screen
    self.run = run
    self.other = other
    self.comparison = comparison
    self.models = models
  }

  /// The page.
  var html: String {
    Templates.page(
      "comparison", title: "Run \(run.number) against run \(other.number) · \(screen.name)", frame: frame,
      path: [
        ("Screens", "/"), (screen.name, Links.screen(screen.id)),
        ("Run \(run.number)", Links.run(run.number, of: screen.id)),
      ],
      [
        "screen": screen.fields, "run": run.fields(of: screen.id), "other": other.fields(of: screen.id),
        "reverse": Links.comparison(other.number, against: run.number, of: screen.id),
        "comparison": Markup(
          ScreenParts.comparison(comparison, models: models, title: "run \(other.number)") {
            Links.block($0, run: run.number, of: screen.id)
          }),
      ])
  }
}
