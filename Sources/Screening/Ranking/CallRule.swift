import Foundation
import Synergy

/// The rule of the calls in words: the one place that every report, table and page takes it from.
public struct CallRule: Sendable {
  private let options: InferenceOptions
  private let models: [NullModel]

  /// - Parameters:
  ///   - options: The thresholds, and the models that calls are about.
  ///   - models: The models that were scored.
  public init(options: InferenceOptions, models: [NullModel]) {
    self.options = options
    self.models = models
  }

  /// The models that the calls are about: those of the options that were scored, else the first that was.
  public var callModels: [NullModel] { Self.callModels(options: options, scored: models) }

  static func callModels(options: InferenceOptions, scored: [NullModel]) -> [NullModel] {
    let chosen = options.callModels.filter(scored.contains)
    return chosen.isEmpty ? Array(scored.prefix(1)) : chosen
  }

  /// The models that the call of a block is about: the chosen ones; Loewe where a drug meets itself, since there it is 0
  /// by definition and the others are not.
  public static func callModels(of block: BlockSummary, options: InferenceOptions) -> [NullModel] {
    let scored = block.scores.map(\.model)
    return block.flags.contains(BlockNote.sameDrug) && scored.contains(.loewe)
      ? [.loewe] : callModels(options: options, scored: scored)
  }

  /// Whether a block is one of those that a model's calls and false discovery rate are about.
  static func says(_ block: BlockSummary, of model: NullModel) -> Bool {
    model == .loewe || !block.flags.contains(BlockNote.sameDrug) || !block.scores.contains { $0.model == .loewe }
  }

  /// `Bliss`, `Bliss and Loewe`.
  public var modelNames: String { Self.list(callModels.map(\.name)) }

  /// The whole rule, in sentences.
  public var sentences: String {
    let threshold = Self.number(options.threshold)
    let rate = Self.number(options.falseDiscoveryRate * 100)
    var text =
      "Calls are about \(modelNames). Synergistic: the mean synergy, corrected for bias, is at least +\(threshold) percentage "
      + "points (pp), at a false discovery rate (q) of at most \(rate) %. Antagonistic: at most −\(threshold) pp, at the same rate. "
      + "Additive: shown to be within ±\(threshold) pp (two one-sided tests at 5 %), and every dose window, by its interval, "
      + "within ±\(Self.number(2 * options.threshold)) pp. Inconclusive: the data cannot distinguish these, or are in doubt."
    if callModels.count > 1 {
      text +=
        " Mixed: the models reach different calls. With several models a combination is called only where all of them agree."
    }
    return text
  }

  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(value)
  }
}
