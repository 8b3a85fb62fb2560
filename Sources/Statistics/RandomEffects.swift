/// Scores of one combination in several samples, taken together: how far they differ beyond their noise, and their mean
/// when the samples are a draw from more of their kind.
///
/// With yᵢ the scores, vᵢ their squared standard errors, wᵢ = 1/vᵢ and ȳ the mean weighted by w:
/// - Q = Σ wᵢ (yᵢ − ȳ)², which is χ² with k − 1 degrees of freedom where all samples have one true score
///   (Cochran 1954, Biometrics 10, 101–129);
/// - I² = max(0, (Q − (k − 1)) / Q), the share of the spread that is not noise (Higgins & Thompson 2002, Stat. Med. 21,
///   1539–1558);
/// - τ² = max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)), the variance between samples, and the mean weighted by 1/(vᵢ + τ²)
///   (DerSimonian & Laird 1986, Control. Clin. Trials 7, 177–188).
///
/// The interval of that mean takes Hartung & Knapp's variance (2001, Stat. Med. 20, 3875–3889), never less than
/// DerSimonian & Laird's (Röver, Knapp & Friede 2015, BMC Med. Res. Methodol. 15, 99), and Student's t with k − 1
/// degrees of freedom: few samples say little of further ones, and the interval does not hide it.
public struct RandomEffects: Sendable, Hashable {
  /// Samples.
  public var count: Int
  /// Cochran's Q.
  public var q: Double
  /// P(Q or more) where all samples have one true score.
  public var p: Double
  /// I², 0 … 1.
  public var iSquared: Double
  /// τ, standard deviation of the true scores between samples, percentage points.
  public var tau: Double
  /// The random-effects mean, percentage points.
  public var mean: Double
  /// Its standard error after DerSimonian & Laird, percentage points.
  public var standardError: Double
  /// Where the mean of such samples lies.
  public var interval: Interval

  /// Takes scores together.
  ///
  /// - Returns: `nil` for fewer than two scores, or a standard error that is not above 0.
  public init?(_ scores: [(value: Double, standardError: Double)], confidence: Double) {
    guard scores.count > 1,
      scores.allSatisfy({ $0.value.isFinite && $0.standardError > 0 && $0.standardError.isFinite })
    else { return nil }
    let degrees = Double(scores.count - 1)
    func pooled(_ weights: [Double]) -> (mean: Double, sum: Double, spread: Double) {
      let sum = weights.reduce(0, +)
      let mean = zip(weights, scores).reduce(0) { $0 + $1.0 * $1.1.value } / sum
      let spread = zip(weights, scores).reduce(0) { $0 + $1.0 * ($1.1.value - mean) * ($1.1.value - mean) }
      return (mean, sum, spread)
    }
    let weights = scores.map { 1 / ($0.standardError * $0.standardError) }
    let fixed = pooled(weights)
    let room = fixed.sum - weights.reduce(0) { $0 + $1 * $1 } / fixed.sum
    let between = max(0, (fixed.spread - degrees) / room)
    let random = pooled(scores.map { 1 / ($0.standardError * $0.standardError + between) })
    count = scores.count
    q = fixed.spread
    p = ChiSquare.upper(q, degrees: degrees)
    iSquared = q > degrees ? (q - degrees) / q : 0
    tau = between.squareRoot()
    mean = random.mean
    standardError = (1 / random.sum).squareRoot()
    let half =
      StudentT.critical(1 - confidence, degrees: degrees)
      * (max(1, random.spread / degrees) / random.sum).squareRoot()
    interval = Interval(low: mean - half, high: mean + half)
  }
}
