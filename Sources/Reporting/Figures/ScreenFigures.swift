import Screening
import Synergy

/// The charts of a whole screen.
struct ScreenFigures {
  /// Synergy against sensitivity; none for fewer than two blocks.
  let sensitivity: [NamedChart]
  /// The score against the untreated level, where there is something to warn of.
  let baseline: [NamedChart]
  /// Each model's effect against q; none where nothing was tested.
  let volcanoes: [NamedChart]

  /// The most blocks that are drawn as dots, best first: more would hide each other.
  static let mostDots = 3000

  init(source: ReportSource) {
    let shown = Array(source.outlines.prefix(Self.mostDots))
    let options = source.options.synergy
    sensitivity =
      ScreenScatter.sensitivity(shown, isTested: source.hasCalls).map {
        [
          NamedChart(
            name: "screen-sensitivity", title: "Synergy and sensitivity",
            detail: "top right: effective and synergistic", chart: $0)
        ]
      } ?? []
    let rule = CallRule(options: options.inference, models: options.models)
    baseline =
      BaselineWords(source.outlines, options: options.baseline).isWarning
      ? ScreenScatter.baseline(shown, model: rule.callModels.first).map {
        [
          NamedChart(
            name: "screen-untreated-level", title: "Untreated level",
            detail: "as read, and the score after what was done about it", chart: $0)
        ]
      } ?? [] : []
    volcanoes = options.models.compactMap { model in
      ScreenScatter.volcano(shown, model: model, options: options.inference).map {
        NamedChart(name: "screen-volcano-\(model.rawValue)", title: model.name, chart: $0)
      }
    }
  }

  /// All of them.
  var all: [NamedChart] { sensitivity + baseline + volcanoes }
}
