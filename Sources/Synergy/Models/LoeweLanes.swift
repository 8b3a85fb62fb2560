import DoseResponse

/// Loewe additivity of two drugs, eight problems at a time: what `LoeweReference` finds for one, in each lane for
/// curves and doses of its own.
///
/// The curves are turned so that the block's direction is upward. Let y₁ and y₂ be what each drug does alone. A drug
/// that runs the other way, or whose curve ends before the larger of the two starts or before what the other does
/// alone, leaves the other drug's own effect as the root. Where neither is so, both contribute up to the nearer end,
/// and Σ dᵢ/Dᵢ(y) falls through 1 between max(y₁, y₂) and that end. There Halley on ln Σ in t, y = low + (high −
/// low)/(1 + e⁻ᵗ): in t the logarithm of a lone drug's term is nearly a straight line and that of the sum nearly
/// convex, so that steps from the left hardly ever passes the root; where it leaves its bracket, the bracket is
/// halved. A lane's root does not depend on its neighbours.
struct LoeweLanes {
  /// One drug at one dose, alone: a dose for each lane.
  struct Alone {
    /// ln (dose / EC50).
    fileprivate var logDose: Lanes
    /// What the drug does alone, the block's direction upward.
    fileprivate var effect: Lanes
    /// Whether the dose is above 0.
    fileprivate var isPresent: LaneMask
  }

  private let curves: (Branch, Branch)
  /// 1 where the block's direction is upward, −1 where it is downward.
  private let sign: Lanes
  /// Lanes whose curves are curves.
  private let isSound: LaneMask

  /// ±t beyond which y is an end of its range to double precision.
  private static let farthest = 600.0
  /// Step in t, relative, after which the root is found: convergence is quadratic.
  private static let tolerance = 1e-7
  /// |ln Σ dᵢ/Dᵢ| above which a small step is not believed.
  private static let solved = 1e-6
  private static let iterations = 100

  /// Takes both drugs' curves, a set for each lane, and the highest tested dose of each drug.
  ///
  /// A lane with a parameter that is not finite, or with a hill or an EC50 that is not above 0, has no reference.
  init(
    e0: (Lanes, Lanes), emax: (Lanes, Lanes), hill: (Lanes, Lanes), ec50: (Lanes, Lanes),
    highestDoses: (Double, Double)
  ) {
    let isSound =
      Branch.isSound(e0.0, emax.0, hill.0, ec50.0) .& Branch.isSound(e0.1, emax.1, hill.1, ec50.1)
    var one = Branch(e0.0, emax.0, hill.0, ec50.0, where: isSound)
    var two = Branch(e0.1, emax.1, hill.1, ec50.1, where: isSound)
    // The direction is that of the curve that moves most over its tested doses, the first of equal ones.
    let first = one.alone(at: Lanes(repeating: highestDoses.0)).effect - one.e0
    let second = two.alone(at: Lanes(repeating: highestDoses.1)).effect - two.e0
    let furthest = first.replacing(with: second, where: first * first .< second * second)
    sign = Lanes(repeating: 1).replacing(with: Lanes(repeating: -1), where: furthest .< Lanes())
    one.turn(sign)
    two.turn(sign)
    curves = (one, two)
    self.isSound = isSound
  }

  /// The references at these doses, the same in all lanes; NaN where no effect satisfies the equation.
  func response(at doses: (Double, Double)) -> Lanes {
    response(at: (Lanes(repeating: doses.0), Lanes(repeating: doses.1)))
  }

  /// The references at a pair of doses ≥ 0 for each lane; NaN where no effect satisfies the equation, and where both
  /// doses are 0.
  func response(at doses: (Lanes, Lanes)) -> Lanes { response(first(at: doses.0), second(at: doses.1)) }

  /// The first drug alone at a dose ≥ 0 for each lane: what `response` takes, to be made once for all partner doses.
  func first(at dose: Lanes) -> Alone { curves.0.alone(at: dose) }

  /// The second drug alone.
  func second(at dose: Lanes) -> Alone { curves.1.alone(at: dose) }

  /// The references of two drugs at these doses; NaN where no effect satisfies the equation.
  func response(_ first: Alone, _ second: Alone) -> Lanes {
    let (one, two) = curves
    let none = Lanes(repeating: .nan)
    let nowhere = Lanes(repeating: -.infinity)
    let low = larger(
      nowhere.replacing(with: one.e0, where: first.isPresent),
      nowhere.replacing(with: two.e0, where: second.isPresent))
    // A drug says something above `low` only.
    let speaks1 = first.isPresent .& one.rises .& one.emax .> low
    let speaks2 = second.isPresent .& two.rises .& two.emax .> low
    let effect1 = nowhere.replacing(with: first.effect, where: speaks1)
    let effect2 = nowhere.replacing(with: second.effect, where: speaks2)
    let left = larger(effect1, effect2)
    // The lone drug's effect, if it reaches where the other starts.
    var result = none.replacing(with: left, where: left .>= low .& left .> nowhere)
    let high = smaller(one.emax, two.emax)
    let both = speaks1 .& speaks2 .& left .< high .& isSound
    if bits(both) != 0 {
      result.replace(with: root(first, second, low: low, high: high, from: left, where: both), where: both)
    }
    return (sign * result).replacing(with: none, where: .!isSound)
  }

  /// Where Σ dᵢ/Dᵢ(y) = 1 in the lanes where both drugs contribute and `low` < root < `high`; other lanes mean nothing.
  private func root(
    _ first: Alone, _ second: Alone, low: Lanes, high: Lanes, from start: Lanes, where both: LaneMask
  ) -> Lanes {
    let (one, two) = curves
    let unit = Lanes(repeating: 1)
    let zero = Lanes()
    let low = zero.replacing(with: low, where: both)
    let high = unit.replacing(with: high, where: both)
    let range = high - low
    // How far beyond the range the curves start and end.
    let before1 = low - one.e0.replacing(with: low, where: .!both)
    let before2 = low - two.e0.replacing(with: low, where: .!both)
    let beyond1 = one.emax.replacing(with: high, where: .!both) - high
    let beyond2 = two.emax.replacing(with: high, where: .!both) - high
    let farthest = Lanes(repeating: Self.farthest)
    var right = farthest
    let isInside = both .& start .> low .& start .< high
    let odds = ((start - low) / (high - start)).replacing(with: unit, where: .!isInside)
    var t = logarithm(odds.kept(Lanes(repeating: 1e-250), Lanes(repeating: 1e250)))
    var left = (t - larger(unit, absolute(t)) * 1e-9).replacing(with: zero - farthest, where: .!isInside)
    var isOpen = both
    for _ in 0..<Self.iterations where bits(isOpen) != 0 {
      let tail = exponential(zero - absolute(t))
      let major = unit / (tail + unit)
      let minor = tail * major
      let isLower = t .< zero
      let done = range * major.replacing(with: minor, where: isLower)
      let left0 = range * minor.replacing(with: major, where: isLower)
      let above1 = done + before1
      let above2 = done + before2
      let below1 = left0 + beyond1
      let below2 = left0 + beyond2
      // One division for each drug's pair: 1/below + 1/above = (below + above)/(below above).
      let inverse1 = unit / (above1 * below1)
      let inverse2 = unit / (above2 * below2)
      let limit = Lanes(repeating: 300)
      let log1 = logarithm(below1 * below1 * inverse1)
      let log2 = logarithm(below2 * below2 * inverse2)
      let term1 = exponential(multiplyAdd(one.inverseHill, log1, first.logDose).kept(zero - limit, limit))
      let term2 = exponential(multiplyAdd(two.inverseHill, log2, second.logDose).kept(zero - limit, limit))
      let width = done * left0 / range
      // −d ln termᵢ/dt.
      let fall1 = width * one.inverseHill * ((below1 + above1) * inverse1)
      let fall2 = width * two.inverseHill * ((below2 + above2) * inverse2)
      let slope = term1 * fall1 + term2 * fall2
      let bend = term1 * fall1 * fall1 + term2 * fall2 * fall2
      let sum = term1 + term2
      let excess = logarithm(sum)
      left.replace(with: t, where: excess .> zero)
      right.replace(with: t, where: excess .< zero)
      let inverseSlope = unit / slope
      // Halley's step, the falls taken as constant: 1 − ½ g g″/g′², kept from overshooting.
      let curved = (excess * 0.5) * (bend * sum * inverseSlope * inverseSlope - unit)
      let halley = t + excess * sum * inverseSlope / (unit - curved.kept(Lanes(repeating: -1), Lanes(repeating: 0.5)))
      let tolerance = larger(unit, absolute(t)) * Self.tolerance
      let isSmall = absolute(halley - t) .<= tolerance
      let trusted = halley .>= left .& halley .<= right .& (.!isSmall .| absolute(excess) .<= Self.solved)
      let middle = (left + right) * 0.5
      let next = middle.replacing(with: halley, where: trusted)
      t.replace(with: next, where: isOpen)
      isOpen = isOpen .& .!(trusted .& isSmall) .& (right - left) .> tolerance * 1e-6
    }
    let tail = exponential(zero - absolute(t))
    let minor = range * (tail / (tail + unit))
    return (high - minor).replacing(with: low + minor, where: t .< zero)
  }

  /// A drug's curves.
  private struct Branch {
    var e0: Lanes
    var emax: Lanes
    var hill: Lanes
    var inverseHill: Lanes
    var logEC50: Lanes
    /// Whether the curve runs in the block's direction.
    var rises: LaneMask

    static func isSound(_ e0: Lanes, _ emax: Lanes, _ hill: Lanes, _ ec50: Lanes) -> LaneMask {
      // What is not finite differs from itself.
      let difference = ((emax - e0) - (emax - e0)) + (hill - hill) + (ec50 - ec50)
      return difference .== Lanes() .& hill .> Lanes() .& ec50 .>= Lanes(repeating: .leastNormalMagnitude)
    }

    init(_ e0: Lanes, _ emax: Lanes, _ hill: Lanes, _ ec50: Lanes, where isSound: LaneMask) {
      self.e0 = Lanes().replacing(with: e0, where: isSound)
      self.emax = Lanes().replacing(with: emax, where: isSound)
      self.hill = Lanes(repeating: 1).replacing(with: hill, where: isSound)
      inverseHill = 1 / self.hill
      logEC50 = logarithm(Lanes(repeating: 1).replacing(with: ec50, where: isSound))
      rises = self.emax .> self.e0
    }

    mutating func turn(_ sign: Lanes) {
      e0 *= sign
      emax *= sign
      rises = emax .> e0
    }

    /// The curve at a dose. The effect is counted from the end that is nearer: the other may be far outside the data.
    func alone(at dose: Lanes) -> Alone {
      let isPresent = dose .> Lanes()
      let logDose = logarithm(Lanes(repeating: 1).replacing(with: dose, where: isPresent)) - logEC50
      let steepness = hill * logDose
      let tail = exponential(larger(Lanes(repeating: -700), Lanes() - absolute(steepness)))
      let minor = (emax - e0) * (tail / (tail + 1))
      let effect = (emax - minor).replacing(with: e0 + minor, where: steepness .< Lanes())
      return Alone(logDose: logDose, effect: e0.replacing(with: effect, where: isPresent), isPresent: isPresent)
    }
  }
}
