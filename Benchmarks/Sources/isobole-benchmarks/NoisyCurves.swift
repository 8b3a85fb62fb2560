import Foundation
import Simulation

/// Simulated single-drug curves over one set of doses.
struct NoisyCurves {
  let doses: [Double]
  let responses: [[Double]]

  /// `count` curves at dose 0 and `points` − 1 doses half a decade apart; noise of 4 percentage points.
  init(points: Int, count: Int, seed: UInt64 = 1) {
    var random = SplitMix64(seed: seed)
    let half = 3.1622776601683795
    var dose = 0.003
    var doses = [0.0]
    for _ in 1..<points {
      doses.append(dose)
      dose *= half
    }
    self.doses = doses
    responses = (0..<count).map { _ in
      var drug = SimulatedDrug(name: "", unit: "", doses: doses, emax: random.uniform(30...105), ec50: 1, hill: 1)
      drug.ec50 = pow(10, random.uniform(-2...Double(points) / 2 - 3))
      drug.hill = pow(2, random.uniform(-1...2))
      let e0 = 3 * random.normal()
      return doses.map { e0 + drug.inhibition(at: $0) * (1 - e0 / 100) + 4 * random.normal() }
    }
  }
}
