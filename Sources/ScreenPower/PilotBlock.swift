import Assay
import DoseResponse
import Simulation
import Synergy

/// What a block of a finished run says about the drugs and the noise of the next one.
public struct PilotBlock: Sendable {
  /// Why a fitted curve is no drug to simulate.
  public enum Exclusion: String, Sendable, CaseIterable, Error {
    /// Hill slope, EC50, E0 or Emax is a limit of the fit and no estimate.
    case atBound = "at a bound of the fit"
    /// The response does not depend on dose, or there are too few doses.
    case notIdentified = "not identified"
    /// The dose of half effect was not among those that were tested.
    case outsideDoses = "with an EC50 outside the tested doses"
    /// It falls with dose, or kills far more than everything.
    case implausible = "with an Emax not between 0 and 120 %"
  }

  /// One drug alone: its name, and the drug to simulate or why there is none.
  struct Curve: Sendable {
    var drug: String
    var result: Result<SimulatedDrug, Exclusion>
  }

  /// The largest Emax that may be a measurement error of 100 %.
  private static let highestEmax = 120.0
  /// The furthest that E0 may lie from 0, % inhibition.
  private static let furthestE0 = 50.0

  let curves: [Curve]
  let shape: [Int]
  let share: NoiseShare
  let noise: NoiseModel?

  /// Takes what is needed of a block's analysis.
  public init(_ analysis: BlockAnalysis, estimator: inout NoiseEstimator) {
    curves = analysis.monotherapies.map { monotherapy in
      let axis = analysis.matrix.axes[monotherapy.drug]
      return Curve(drug: axis.drug, result: Self.drug(monotherapy.fit, axis: axis))
    }
    shape = analysis.matrix.shape
    // On the scale of the block's untreated level, as its curves are.
    share = estimator.share(of: analysis.matrix)
    noise = analysis.inference?.noise
  }

  /// The drug of a fitted curve, on a scale on which untreated wells read 0.
  static func drug(_ fit: HillFit, axis: DoseAxis) -> Result<SimulatedDrug, Exclusion> {
    let curve = fit.curve
    let numbers = [curve.e0, curve.emax, curve.hill, curve.ec50]
    if fit.status == .atBound { return .failure(.atBound) }
    guard fit.status == .converged, numbers.allSatisfy(\.isFinite) else { return .failure(.notIdentified) }
    let doses = axis.doses.filter { $0 > 0 }
    guard let low = doses.min(), let high = doses.max(), (low...high).contains(curve.ec50) else {
      return .failure(.outsideDoses)
    }
    guard abs(curve.e0) <= furthestE0 else { return .failure(.implausible) }
    let emax = 100 * (curve.emax - curve.e0) / (100 - curve.e0)
    guard emax > 0, emax <= highestEmax else { return .failure(.implausible) }
    return .success(
      SimulatedDrug(
        name: axis.drug, unit: axis.unit.symbol, doses: [0] + doses.sorted(), emax: min(emax, 100), ec50: curve.ec50,
        hill: curve.hill))
  }
}
