/// How far the next step may go: the damping λ, and how the gain ratio of one trial sets that of the next.
///
/// The gain ratio ρ is the fall of the residual sum of squares over the fall that the linear model promised. A trial is
/// taken when ρ exceeds ``acceptedGain``. Then λ ← λ max(1/3, 1 − (2ρ − 1)³), which is a third for a model that kept
/// its promise and grows to twice as the promise fails, without jumps between; after a refusal λ ← λ ν, ν ← 2ν, so that
/// a run of refusals shortens the step faster and faster (Nielsen 1999, *Damping parameter in Marquardt's method*,
/// IMM-REP-1999-05, eq. 2.4).
public struct StepRule: Sendable, Equatable {
  /// λ, without unit: it multiplies D², which carries the units.
  public private(set) var damping: Double
  /// ν, the factor of the next refusal.
  public private(set) var growth = 2.0
  /// Least gain ratio at which a trial is taken.
  public let acceptedGain: Double
  /// Least λ; it keeps the damped system of full rank.
  public let minimum: Double
  /// λ beyond which no step is worth trying.
  public let maximum: Double

  /// What became of a trial.
  public enum Verdict: Sendable, Equatable {
    /// The trial is the new point.
    case taken
    /// The trial is dropped and the step shortened.
    case rejected
  }

  /// A rule that begins with damping `initial`.
  public init(initial: Double, acceptedGain: Double = 1e-4, minimum: Double = 1e-30, maximum: Double = 1e20) {
    damping = min(max(initial, minimum), maximum)
    self.acceptedGain = acceptedGain
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Whether the damping has reached its maximum, and shorter steps are of no use.
  public var isExhausted: Bool { damping >= maximum }

  /// Whether the damping is as small as it gets.
  public var isAtMinimum: Bool { damping <= minimum }

  /// Judges a trial and sets the damping of the next.
  ///
  /// - Parameter gain: ρ; `nil` or NaN when the trial had values that are not finite.
  public mutating func judge(gain: Double?) -> Verdict {
    guard let gain, gain > acceptedGain else {
      refuse()
      return .rejected
    }
    take(gain: gain)
    return .taken
  }

  /// Sets the damping after a trial that was taken with gain ratio `gain`.
  public mutating func take(gain: Double) {
    let s = 2 * min(gain, 1) - 1
    damping = max(minimum, damping * max(1.0 / 3, 1 - s * s * s))
    growth = 2
  }

  /// Sets the damping after a trial that was refused.
  public mutating func refuse() {
    damping = min(maximum, damping * growth)
    growth *= 2
  }
}
