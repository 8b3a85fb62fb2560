import Foundation

/// A drug that exists in the simulation only: a name that a lab would use, and a made-up Hill curve that starts at 0.
public struct SimulatedDrug: Sendable, Hashable {
  /// The name in the file.
  public var name: String
  /// The unit of the doses.
  public var unit: String
  /// The tested doses, 0 first.
  public var doses: [Double]
  /// % inhibition at infinite dose.
  public var emax: Double
  /// Dose of half effect.
  public var ec50: Double
  /// Hill slope.
  public var hill: Double

  /// Makes a drug.
  public init(name: String, unit: String, doses: [Double], emax: Double, ec50: Double, hill: Double) {
    self.name = name
    self.unit = unit
    self.doses = doses
    self.emax = emax
    self.ec50 = ec50
    self.hill = hill
  }

  /// Share of the effect that a dose reaches, 0 … 1.
  public func occupancy(at dose: Double) -> Double { dose > 0 ? 1 / (1 + pow(ec50 / dose, hill)) : 0 }

  /// % inhibition at a dose.
  public func inhibition(at dose: Double) -> Double { emax * occupancy(at: dose) }

  /// The dose that reaches an inhibition; infinite when none does.
  public func dose(reaching inhibition: Double) -> Double {
    inhibition >= emax ? .infinity : ec50 * pow(inhibition / (emax - inhibition), 1 / hill)
  }
}
