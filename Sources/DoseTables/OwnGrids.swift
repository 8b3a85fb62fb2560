/// Whether the combinations of each value of a condition make a full grid of doses of their own: those of two cell lines or of
/// two partners whose doses differ. No dose pair stands with two values then, and still these are two combinations.
package struct OwnGrids<Value: Hashable> {
  private var grids: [Value: Grid] = [:]
  private var whole: Grid
  private let drugs: Int

  /// Makes it for combinations of so many drugs.
  package init(drugs: Int) {
    self.drugs = drugs
    whole = Grid(drugs)
  }

  /// Takes the doses of a combination.
  package mutating func add(_ doses: [Double], of value: Value) {
    grids[value, default: Grid(drugs)].add(doses)
    whole.add(doses)
  }

  /// The values that some combination has.
  package var values: Set<Value> { Set(grids.keys) }

  /// Whether each value's combinations make a full grid.
  package var areFull: Bool { grids.values.allSatisfy(\.isFull) }

  /// Whether these are several grids. A part of one grid is one too: so the doses of all must not make a full grid together, or
  /// those of two values must lie between one another.
  package var areSeveral: Bool {
    guard grids.count > 1, areFull else { return false }
    if !whole.isFull { return true }
    let all = Array(grids.values)
    return all.indices.contains { first in
      all.indices.contains { $0 != first && all[$0].liesBetween(all[first]) }
    }
  }

  /// Of a column with more values the grids are not compared.
  package static var mostValues: Int { 50 }

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
