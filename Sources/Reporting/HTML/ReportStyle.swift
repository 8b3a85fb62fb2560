/// The report's style sheet: light, dark and paper. The rules are the files of `Assets`; the colours of the scales'
/// levels are made of the palettes, which the charts of other formats have too.
enum ReportStyle {
  /// The style sheet, without what only some reports need.
  static let text =
    ["page.css", "combination.css", "charts.css"].map(ReportAssets.text).joined() + series + palette(isDark: false)
    + ReportAssets.text("dark.css")
    + "@media screen and (prefers-color-scheme: dark) {\n\(palette(isDark: true))}\n"
    + ReportAssets.text("print.css")

  /// What the section over samples needs.
  static let samples = ReportAssets.text("samples.css")
  /// What the section of changes since another run needs.
  static let comparison = ReportAssets.text("comparison.css")

  /// The colours of curves that go from pale to dark.
  private static let series = (0...ChartStroke.seriesSteps).map { step in
    let share = step * 100 / ChartStroke.seriesSteps
    return ".q\(step) { stroke: color-mix(in oklab, var(--q7) \(share)%, var(--q0)); }\n"
  }.joined()

  /// The colours of the scales' levels: `--c` the colour, `--t` the ink that is easiest to read on it.
  private static func palette(isDark: Bool) -> String {
    let synergy = (-DivergingPalette.steps...DivergingPalette.steps).map { level in
      rule(
        "s\(level + DivergingPalette.steps)", isDark ? DivergingPalette.dark(level) : DivergingPalette.light(level))
    }
    let response = (0...SequentialPalette.steps).map { level in
      rule("r\(level)", isDark ? SequentialPalette.dark(level) : SequentialPalette.light(level))
    }
    let signal = (0...SignalPalette.steps).map { level in
      rule("g\(level)", isDark ? SignalPalette.dark(level) : SignalPalette.light(level))
    }
    return (synergy + response + signal).joined()
  }

  private static func rule(_ name: String, _ colour: Colour) -> String {
    ".\(name) { --c: \(colour.css); --t: \(colour.ink.css); }\n"
  }
}
