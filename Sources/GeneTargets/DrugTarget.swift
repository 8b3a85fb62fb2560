/// A gene whose product a drug acts on.
public struct DrugTarget: Sendable, Hashable, Codable {
  /// What a drug does to its target.
  public enum Action: String, Sendable, Codable {
    /// As the loss of the gene does: inhibitor, antagonist, degrader.
    case loss
    /// The opposite: agonist, activator.
    case gain
  }

  /// The drug, as the table calls it.
  public var drug: String
  /// The gene.
  public var gene: String
  /// What the drug does to it.
  public var action: Action
  /// The action as it was written; empty where nothing was said.
  public var writtenAction: String
  /// Where it is stated; empty where nothing was said.
  public var source: String
  /// A complex or a family of paralogs, whose genes count as one target; empty for a gene by itself.
  public var group: String

  /// A target.
  public init(
    drug: String, gene: String, action: Action = .loss, writtenAction: String = "", source: String = "",
    group: String = ""
  ) {
    (self.drug, self.gene, self.action, self.writtenAction) = (drug, gene, action, writtenAction)
    (self.source, self.group) = (source, group)
  }

  private static let words: [String: Action] = [
    "inhibitor": .loss, "inhibition": .loss, "inhibits": .loss, "inhibit": .loss, "antagonist": .loss, "blocker": .loss,
    "degrader": .loss, "degradation": .loss, "knockdown": .loss, "knockout": .loss, "loss": .loss, "suppressor": .loss,
    "antisense": .loss, "agonist": .gain, "activator": .gain, "activation": .gain, "activates": .gain, "inducer": .gain,
    "stimulator": .gain, "gain": .gain,
  ]

  /// What is meant by `inhibitor`, `covalent BTK inhibitor`, `partial agonist`, `negative modulator`; nothing means inhibitor. `nil` where no word says a
  /// direction, or several say different ones.
  static func action(_ written: String) -> Action? {
    let parts = written.lowercased().split { !$0.isLetter }.map(String.init)
    if parts.isEmpty { return .loss }
    if parts.contains("inverse") { return parts.contains("agonist") ? .loss : nil }
    if parts.contains(where: { $0.hasPrefix("modulator") }) {
      return parts.contains("negative") ? .loss : parts.contains("positive") ? .gain : nil
    }
    let found = Set(parts.compactMap { words[$0] ?? words[String($0.dropLast())] })
    return found.count == 1 ? found.first : nil
  }
}
