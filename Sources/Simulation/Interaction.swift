/// How two simulated drugs act together: the truth that is planted in a block.
public enum Interaction: Sendable, Equatable {
  /// Independent: 100 (1 − Π (1 − yᵢ/100)).
  case blissNull
  /// Additive in dose: the y with Σ dᵢ / Dᵢ(y) = 1.
  case loeweNull
  /// Of what independence leaves alive, this share dies besides where both drugs are at their EC50; less elsewhere.
  case synergy(Double)
  /// Of what independence kills, this share survives where both drugs are at their EC50; less elsewhere.
  case antagonism(Double)

  /// The true inhibition at a pair of doses, %.
  public func inhibition(_ one: SimulatedDrug, _ first: Double, _ two: SimulatedDrug, _ second: Double) -> Double {
    let independent = Self.bliss(one.inhibition(at: first), two.inhibition(at: second))
    // 1 at both EC50, 0 where either drug is absent.
    let bump = 16 * [one.occupancy(at: first), two.occupancy(at: second)].reduce(1) { $0 * $1 * (1 - $1) }
    switch self {
    case .blissNull: return independent
    case .loeweNull: return Self.loewe(one, first, two, second)
    case .synergy(let share): return independent + share * (100 - independent) * bump
    case .antagonism(let share): return independent * (1 - share * bump)
    }
  }

  /// In words.
  public var name: String {
    switch self {
    case .blissNull: "null (Bliss)"
    case .loeweNull: "null (Loewe)"
    case .synergy(let share): "synergy, \(Int(share * 100)) %"
    case .antagonism(let share): "antagonism, \(Int(share * 100)) %"
    }
  }

  /// Independence.
  static func bliss(_ one: Double, _ two: Double) -> Double { 100 * (1 - (1 - one / 100) * (1 - two / 100)) }

  /// Dose additivity, by halving an interval: slow, and unlike the engine's way.
  static func loewe(_ one: SimulatedDrug, _ first: Double, _ two: SimulatedDrug, _ second: Double) -> Double {
    if first == 0 { return two.inhibition(at: second) }
    if second == 0 { return one.inhibition(at: first) }
    var low = 0.0
    var high = max(one.emax, two.emax)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if first / one.dose(reaching: middle) + second / two.dose(reaching: middle) > 1 {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }
}
