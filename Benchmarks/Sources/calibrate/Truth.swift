import Foundation
import Simulation
import Synergy

/// The true synergy of a simulated block under a model, percentage points.
struct Truth {
  /// Mean over the combinations.
  var mean: Double
  /// The largest and the smallest mean over 3 × 3 neighbouring combinations.
  var peak: Double
  var trough: Double
  /// Combination sensitivity score, %: over both orders, the mean response over log dose of one drug with the other at its
  /// EC50, which is kept within the tested doses.
  var css: Double

  init(_ block: SimulatedBlock, model: NullModel) {
    let (one, two) = (block.one, block.two)
    let synergy = one.doses.filter { $0 > 0 }.map { first in
      two.doses.filter { $0 > 0 }.map { second -> Double in
        let null: Interaction = model == .loewe ? .loeweNull : model == .hsa ? .hsaNull : .blissNull
        return block.interaction == null
          ? 0
          : block.interaction.inhibition(one, first, two, second) - null.inhibition(one, first, two, second)
      }
    }
    let all = synergy.flatMap(\.self)
    mean = all.reduce(0, +) / Double(all.count)
    let (high, wide) = (min(3, synergy.count), min(3, synergy[0].count))
    var windows: [Double] = []
    for row in 0...synergy.count - high {
      for column in 0...synergy[0].count - wide {
        let cells = synergy[row..<row + high].flatMap { $0[column..<column + wide] }
        windows.append(cells.reduce(0, +) / Double(cells.count))
      }
    }
    peak = windows.max() ?? mean
    trough = windows.min() ?? mean
    css = (Self.response(block, of: 0) + Self.response(block, of: 1)) / 2
  }

  private static func response(_ block: SimulatedBlock, of drug: Int) -> Double {
    let drugs = [block.one, block.two]
    let (own, other) = (drugs[drug].doses.filter { $0 > 0 }, drugs[1 - drug].doses.filter { $0 > 0 })
    let fixed = min(max(drugs[1 - drug].ec50, other[0]), other[other.count - 1])
    let steps = 400
    let responses = (0...steps).map { step -> Double in
      let dose = own[0] * pow(own[own.count - 1] / own[0], Double(step) / Double(steps))
      let pair = drug == 0 ? (dose, fixed) : (fixed, dose)
      return block.interaction.inhibition(block.one, pair.0, block.two, pair.1)
    }
    return (responses.reduce(0, +) - (responses[0] + responses[steps]) / 2) / Double(steps)
  }
}
