import Synergy

extension NoiseModel {
  /// The noise of one well for a reader: `±7.2 in an untreated well, ±2.7 at full inhibition`.
  var words: String {
    let ends = [sdAt0, sdAt100].map { AxisText.significant($0, digits: 2) }
    return ends[0] == ends[1] ? "±\(ends[0])" : "±\(ends[0]) in an untreated well, ±\(ends[1]) at full inhibition"
  }
}

extension NoiseModel.Source {
  /// Where the noise is from, in words.
  var words: String {
    switch self {
    case .replicates: "replicate wells"
    case .screen: "the whole screen"
    case .residuals, .lackOfFit: "the residuals of a smooth surface"
    }
  }
}
