import Screening
import Synergy

/// What a block's numbers say, in a sentence that can be read aloud.
struct CallSentence {
  let summary: BlockSummary
  let options: InferenceOptions

  /// The call and under which models: `Synergistic under all 4 nulls`; what stands in its place where nothing was
  /// tested.
  var call: String {
    if let verdict = summary.verdict { return FigureText.capitalised(verdict.words) }
    if summary.consensus == nil { return "No model could score this block" }
    return options.resamples > 0 ? "No call: nothing tells this block's noise" : "Not tested"
  }

  /// The reason in one line: the call, what is sure, and where the effect is.
  var reason: String { [call + ".", sure, place].compactMap { $0 }.joined(separator: " ") }

  /// The reason with what a block's own page has room for.
  var whole: String { [call + ".", sure, place, sensitivity].compactMap { $0 }.joined(separator: " ") }

  /// `At least +21.7 points above what any of the 4 nulls expects (95 % bound).`
  private var sure: String? {
    guard let consensus = summary.consensus else { return nil }
    let points = FigureText.points(consensus)
    let scored = summary.scores.count { $0.mean != nil }
    guard scored > 0 else { return nil }
    let nulls = scored == 1 ? "the null model" : "all \(scored) null models"
    guard summary.scores.contains(where: { $0.interval != nil }) else {
      return scored == 1
        ? "Mean \(points) points against the null model."
        : "Mean \(points) points or more against each of \(scored) null models."
    }
    let bound = "(\(FigureText.share(options.confidence)) bound)"
    if summary.isAntagonistic { return "At most \(points) points against \(nulls) \(bound)." }
    if consensus > 0 { return "At least \(points) points over \(nulls) \(bound)." }
    let least = summary.scores.filter { ($0.interval?.low ?? .infinity) <= consensus }.map(\.model.name)
    let name = least.first.map { " (\($0))" } ?? ""
    return "The lowest bound is \(points) points\(name)."
  }

  /// The window with the largest mean, of the most careful model that has one.
  private var place: String? {
    let peaks = summary.scores.compactMap { score in score.peak.map { (score.model, $0) } }
    guard let least = peaks.min(by: { $0.1.mean < $1.1.mean }), !summary.isAntagonistic, least.1.mean > 0 else {
      return nil
    }
    return "Strongest at \(FigureText.doses(least.1, of: summary)): "
      + "\(FigureText.points(least.1.mean)) points under \(least.0.name)\(peaks.count > 1 ? " and no less under the others" : "")."
  }

  /// How well the pair kills.
  private var sensitivity: String? {
    summary.css.map { "Sensitivity (CSS) \(FigureText.percent($0)) %." }
  }
}
