import Foundation
import Simulation

/// What goes wrong with the wells of a study beyond independent normal noise.
enum Fault: String {
  case none
  /// One monotherapy well of every block reads full inhibition.
  case dead
  /// One monotherapy well of every block reads untreated.
  case empty
  /// 3 % of all wells are off by 5 to 15 standard deviations.
  case outliers
  /// The replicates of a dose pair share an error with a standard deviation of 4 points.
  case shared
  /// Viability is multiplied by lognormal noise of mean 1; the noise at 0 % inhibition is its relative standard deviation.
  case lognormal
  /// Noise has Student's t distribution with 3 degrees of freedom, scaled to the standard deviation.
  case heavy

  /// The wells of a block.
  func wells(_ block: SimulatedBlock, _ random: inout SplitMix64) -> [SimulatedBlock.Well] {
    var block = block
    let noise = block.noise
    if [.lognormal, .heavy].contains(self) { block.noise = .constant(0) }
    if self == .outliers { block.outliers = 0.03 }
    var wells = block.wells(&random)
    switch self {
    case .none, .outliers: break
    case .dead, .empty:
      let alone = wells.indices.filter { (wells[$0].first > 0) != (wells[$0].second > 0) }
      let bad = alone[Int(random.next() % UInt64(alone.count))]
      wells[bad].inhibition = (self == .dead ? 100 : 0) + noise.sdAt0 * random.normal()
    case .shared:
      var errors: [[Double]: Double] = [:]
      for place in wells.indices {
        let pair = [wells[place].first, wells[place].second]
        let error = errors[pair] ?? 4 * random.normal()
        errors[pair] = error
        wells[place].inhibition += error
      }
    case .lognormal:
      let spread = log(1 + noise.sdAt0 * noise.sdAt0 / 1e4).squareRoot()
      for place in wells.indices {
        let factor = exp(spread * random.normal() - spread * spread / 2)
        wells[place].inhibition = 100 - (100 - wells[place].inhibition) * factor
      }
    case .heavy:
      for place in wells.indices {
        let square = (0..<3).reduce(0) { sum, _ in
          let normal = random.normal()
          return sum + normal * normal
        }
        let t = random.normal() / (square / 3).squareRoot()
        wells[place].inhibition += noise.sd(at: wells[place].inhibition) * t / 3.0.squareRoot()
      }
    }
    return wells
  }
}
