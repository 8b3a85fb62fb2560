import Reporting

/// What a finished run's page says of all of its blocks together: the same for everybody who looks, and made once.
struct RunOverview: Sendable {
  /// The run, its blocks in outline (`ResultsFile.overview`).
  let source: ReportSource
  /// What came out, and what to distrust.
  let headline: String
  let warnings: String
  /// The report's charts and problems.
  let charts: String
  let problems: String

  /// Makes the parts.
  init(of source: ReportSource) {
    self.source = source
    (headline, warnings) = ScreenParts.overview(of: source)
    charts = ScreenParts.charts(of: source)
    problems = ScreenParts.problems(of: source)
  }
}
