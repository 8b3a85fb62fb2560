import Simulation
import Synergy

/// The true synergy of a simulated block under a model, percentage points.
struct Truth {
  /// Mean over the combinations.
  var mean: Double
  /// The largest and the smallest mean over 3 × 3 neighbouring combinations.
  var peak: Double
  var trough: Double

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
  }
}
