import Statistics

/// How a plate's signals become % inhibition.
public struct NormalisationOptions: Sendable, Hashable, Codable {
  /// The formula; x is a well's signal (less the blank), N and P the centres of the negative and positive controls.
  public enum Method: String, Sendable, CaseIterable, Codable {
    /// `npi` when the layouts have positive controls, else `poc`.
    case auto
    /// Normalised percent inhibition, 100 (N − x) / (N − P) (Malo 2006, Nat Biotechnol 24:167).
    case npi
    /// From the percentage of the negative control, 100 (1 − x/N).
    case poc
    /// Growth rate: 100 (1 − GR), GR = 2^(log₂(x/x₀) / log₂(N/x₀)) − 1, x₀ the untreated signal of the day-0 plate
    /// (Hafner 2016, Nat Methods 13:521). 100 is no growth, up to 200 all cells dead.
    case gr
  }

  /// How controls and blanks are summarised.
  public enum Centre: String, Sendable, CaseIterable, Codable {
    /// The median: a bad control well does not move it.
    case median
    /// The mean.
    case mean
  }

  /// What is done about rows and columns that read too high or too low.
  public enum Correction: String, Sendable, CaseIterable, Codable {
    /// Nothing.
    case none
    /// Median polish of each well's deviation from its replicates (the wells with the same treatment); needs replicates
    /// that are scattered over the plate. Treatment effects stay.
    case polish
    /// Median polish of the signals themselves, the row and column part of the B-score (Brideau 2003, J Biomol Screen
    /// 8:634). It takes most wells to be inactive: in a plate of dose matrices it takes away treatment effects.
    case bScore = "b-score"
  }

  /// The formula. Default: auto.
  public var method = Method.auto
  /// How controls and blanks are summarised. Default: median.
  public var centre = Centre.median
  /// Whether the centre of the blank wells is taken off every signal, where a plate has some. Default: yes.
  public var subtractsBlank = true
  /// The positional correction. Default: none.
  public var correction = Correction.none
  /// Which way the signal goes when cells die. Default: lower.
  public var positiveIs = SignalDirection.lower
  /// Whether somebody said which way it goes: it holds whatever the signal is called. Default: no.
  public var isDirectionStated: Bool?

  /// The defaults.
  public init() {}
}

extension SampleStatistics {
  /// The location that a normalisation asks for.
  func centre(_ kind: NormalisationOptions.Centre) -> Double { kind == .median ? median : mean }
}

extension Optional<Double> {
  /// A number that is one; `nil` for NaN and infinity.
  package init(finite value: Double) { self = value.isFinite ? value : nil }
}
