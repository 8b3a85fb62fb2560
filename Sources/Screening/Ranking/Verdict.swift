import Synergy

/// What a screen says of a block: the call of the reference models that were chosen beforehand.
public struct Verdict: Sendable, Hashable {
  /// The call that all chosen models share; *mixed* where they reach different calls; *inconclusive* where one of them
  /// is, or the input has a warning.
  public var call: Call
  /// The same in words: `synergistic under Bliss; 3 of 4 models agree (Loewe: inconclusive)`.
  public var words: String
  /// How many of the scored models reach the block's call.
  public var agreeing: Int
  /// How many models were scored and tested.
  public var models: Int
  /// Whether the combination does less than the better of its drugs alone (antagonistic under HSA).
  public var isBelowBetterDrug: Bool

  /// The words without the call that they begin with, for a place where the call stands already.
  public var reason: String {
    words.hasPrefix(call.rawValue + " ") ? String(words.dropFirst(call.rawValue.count + 1)) : words
  }

  /// Takes a verdict that was reached before.
  package init(call: Call, words: String, agreeing: Int, models: Int, isBelowBetterDrug: Bool) {
    self.call = call
    self.words = words
    self.agreeing = agreeing
    self.models = models
    self.isBelowBetterDrug = isBelowBetterDrug
  }

  /// Sums up the calls of a block's models; `nil` without any.
  ///
  /// - Parameters:
  ///   - calls: The models' calls.
  ///   - callModels: The models that the block's call is about.
  ///   - flags: The block's flags, of which some leave no call.
  ///   - restsOnOutliers: Whether a chosen model would reach another call without the wells that do not fit the others.
  init?(
    _ calls: [(model: NullModel, call: Call)], callModels: [NullModel], flags: [String], restsOnOutliers: Bool = false
  ) {
    guard !calls.isEmpty else { return nil }
    let chosen = calls.filter { callModels.contains($0.model) }
    let kinds = Set(chosen.map(\.call))
    let conclusive = kinds.subtracting([.inconclusive])
    var doubts = restsOnOutliers ? ["the call would rest on wells that do not fit the others"] : []
    doubts += Self.doubts.filter { flags.contains($0.flag) }.map(\.words)
    if !doubts.isEmpty || chosen.count < callModels.count {
      call = .inconclusive
    } else if let only = kinds.first, kinds.count == 1 {
      call = only
    } else {
      call = conclusive.count > 1 ? .mixed : .inconclusive
    }
    models = calls.count
    isBelowBetterDrug = calls.contains { $0.model == .hsa && $0.call == .antagonistic }
    let call = call
    agreeing = calls.count { $0.call == call }
    words = Self.words(
      call, chosen: chosen, calls: calls,
      missing: callModels.filter { model in
        !calls.contains { $0.model == model }
      })
    if isBelowBetterDrug { words += "; less effective than the better drug alone" }
    // What the numbers say is no call where the wells are in doubt.
    if conclusive.isEmpty || doubts.isEmpty {
      words = ([words] + doubts).joined(separator: "; ")
    } else {
      words = "inconclusive because \(doubts.joined(separator: ", and ")); by the numbers \(words)"
    }
  }

  /// Why a flag leaves no call, in the order in which it is said.
  private static let doubts = [
    (flag: BlockNote.inputWarning, words: "the input has a warning"),
    (flag: BlockNote.untreatedHigh, words: "the untreated wells read as treated"),
    (flag: BlockNote.untreatedCombinations, words: "the combination wells read as untreated"),
    (flag: BlockNote.unclearBaseline, words: "the untreated level is off and its wells do not tell by how much"),
  ]

  private static func words(
    _ call: Call, chosen: [(model: NullModel, call: Call)], calls: [(model: NullModel, call: Call)],
    missing: [NullModel]
  ) -> String {
    var parts = Call.allCases.compactMap { kind -> String? in
      let models = chosen.filter { $0.call == kind }.map(\.model.name)
      return models.isEmpty ? nil : "\(kind.rawValue) under \(CallRule.list(models))"
    }
    parts += missing.map { "\($0.name) could not be scored" }
    var text = parts.joined(separator: ", ")
    let others = calls.filter { other in !chosen.contains { $0.model == other.model } }
    guard !others.isEmpty, Set(chosen.map(\.call)).count == 1, let own = chosen.first?.call else { return text }
    let differing = Call.allCases.compactMap { kind -> String? in
      let models = others.filter { $0.call == kind && kind != own }.map(\.model.name)
      return models.isEmpty ? nil : "\(CallRule.list(models)): \(kind.rawValue)"
    }
    let agreeing = calls.count { $0.call == own }
    text +=
      differing.isEmpty
      ? "; all \(calls.count) models agree"
      : "; \(agreeing) of \(calls.count) models agree (\(differing.joined(separator: "; ")))"
    return text
  }
}
