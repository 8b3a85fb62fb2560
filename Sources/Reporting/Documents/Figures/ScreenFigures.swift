import Screening
import Synergy

/// The charts of a whole screen.
struct ScreenFigures {
  let source: ReportSource

  /// The most blocks that are drawn as dots, best first: more would hide each other.
  private static let mostDots = 3000

  private var shown: [BlockSummary] { Array(source.ranked.prefix(Self.mostDots)) }

  /// Synergy against sensitivity; none for fewer than two blocks.
  var sensitivity: [NamedChart] {
    let isTested = source.hasCalls
    return ScreenScatter.sensitivity(shown, isTested: isTested).map {
      [
        NamedChart(
          name: "screen-sensitivity", title: "Synergy and sensitivity",
          detail: "top right: effective and synergistic", chart: $0)
      ]
    } ?? []
  }

  /// The score against the untreated level, where there is something to warn of.
  var baseline: [NamedChart] {
    let options = source.options.synergy
    guard BaselineWords(source.ranked, options: options.baseline).isWarning else { return [] }
    let rule = CallRule(options: options.inference, models: options.models)
    return ScreenScatter.baseline(shown, model: rule.callModels.first).map {
      [NamedChart(name: "screen-untreated-level", title: "Untreated level", detail: "as read", chart: $0)]
    } ?? []
  }

  /// Each model's effect against q; none where nothing was tested.
  var volcanoes: [NamedChart] {
    source.options.synergy.models.compactMap { model in
      ScreenScatter.volcano(shown, model: model, options: source.options.synergy.inference).map {
        NamedChart(name: "screen-volcano-\(model.rawValue)", title: model.name, chart: $0)
      }
    }
  }

  /// All of them.
  var all: [NamedChart] { sensitivity + baseline + volcanoes }
}
