/// What the loss of a gene does to cells under the drug.
public enum GeneCall: String, Sendable, CaseIterable {
  /// Cells without it are fewer under the drug.
  case sensitises
  /// Cells without it are more.
  case protects
  /// The effect is smaller than the threshold, shown by its interval, whether its direction is found or not.
  case noEffect = "no effect"
  /// The data cannot distinguish these.
  case inconclusive
}
