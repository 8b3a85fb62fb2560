import Assay

extension ConditionColumns {
  /// Whether the combinations of each value of a column make a full grid of doses of their own: those of two cell lines or of two
  /// partners whose doses differ. No dose pair stands with two values then, and still these are two combinations.
  ///
  /// A part of one grid is one too: so the doses of all must not make a full grid together, or those of two values must lie
  /// between one another.
  func areOwnGrids(_ column: Int, _ block: RawBlock, _ values: [UInt16]) -> Bool {
    guard !columns[column].areReplicates, (2...Self.mostGrids).contains(columns[column].texts.count) else {
      return false
    }
    var grids: [UInt16: Grid] = [:]
    var whole = Grid(block.drugs.count)
    for well in 0..<min(block.wellCount, values.count / columns.count) {
      let doses = block.drugs.indices.map { block.dose(of: $0, in: well) }
      guard doses.allSatisfy({ $0 > 0 }) else { continue }
      let number = values[well * columns.count + column]
      // A combination that states none is no grid's.
      guard !columns[column].texts[Int(number)].isEmpty else { return false }
      grids[number, default: Grid(block.drugs.count)].add(doses)
      whole.add(doses)
    }
    guard grids.count > 1, grids.values.allSatisfy(\.isFull) else { return false }
    if !whole.isFull { return true }
    let all = Array(grids.values)
    return all.indices.contains { first in
      all.indices.contains { $0 != first && all[$0].liesBetween(all[first]) }
    }
  }

  /// Of a column with more values the grids are not compared.
  private static let mostGrids = 50

  /// The doses of combinations.
  private struct Grid {
    var doses: [Set<Double>]
    var cells: Set<[Double]> = []

    init(_ drugs: Int) { doses = [Set<Double>](repeating: [], count: drugs) }

    mutating func add(_ cell: [Double]) {
      for (drug, dose) in cell.enumerated() { doses[drug].insert(dose) }
      cells.insert(cell)
    }

    /// Whether three of four combinations of at least two doses of each drug are there.
    var isFull: Bool {
      doses.allSatisfy { $0.count > 1 } && 4 * cells.count >= 3 * doses.reduce(1) { $0 * $1.count }
    }

    /// Whether a drug has none of the doses of another grid, and some between these.
    func liesBetween(_ other: Grid) -> Bool {
      zip(doses, other.doses).contains { own, others in
        guard own.isDisjoint(with: others), let low = others.min(), let high = others.max() else { return false }
        return own.contains { low < $0 && $0 < high }
      }
    }
  }
}
