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

  /// What words in a table mean.
  static func action(_ word: String) -> Action? {
    switch word {
    case "", "inhibitor", "inhibition", "inhibits", "inhibit", "antagonist", "blocker", "degrader", "degradation",
      "inverseagonist",
      "knockdown", "knockout", "loss", "suppressor", "negativemodulator", "antisense":
      .loss
    case "agonist", "activator", "activation", "activates", "inducer", "partialagonist", "gain", "positivemodulator",
      "stimulator":
      .gain
    default: nil
    }
  }
}
