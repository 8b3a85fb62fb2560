import Foundation
import Statistics

/// A cell that does not fit the others.
struct Outlier: Sendable, Hashable {
  /// The cell.
  var cell: Int
  /// What the other cells lead to expect, % inhibition.
  var expected: Double
}

/// Looks for cells that no smooth interaction explains: a well that was not dispensed, a bubble, a dead corner.
///
/// A well of a combination, or of a drug alone, is one where the other cells and any smooth interaction make its reading
/// all but impossible (``InteractionField``). The untreated well is one where the lowest doses of both drugs agree on
/// another level. Where a small grid cannot tell a bad well from an interaction nothing is said.
struct OutlierSearch {
  /// The chance of a reading below which it is not believed.
  static let significance = 1e-4
  /// Most cells that are taken off: more would be a surface of another kind.
  static let most = 3
  /// Combination cells that there must be for each cell that is taken off.
  private static let cellsForOne = 8
  /// The chance that a block without outliers is looked at closely.
  private static let suspicion = 0.05
  /// Blocks with more dose pairs are looked at around the suspect only, this many doses to each side.
  private static let reach = 4
  /// The lowest doses agree when they differ by at most so many standard deviations of a well.
  private static let plateau = 4.0

  /// What a search needs to know of noise.
  struct Noise {
    /// Variance of a well at 0 % and its degrees of freedom, from the cells other than these.
    var without: (_ cells: Set<Int>) -> (variance: Double, degrees: Double)?
    /// How it depends on the response.
    var shape: NoiseShape
    /// The response at which each cell's noise is read, % inhibition.
    var expected: [Double]

    /// Variance of a cell's mean in units of that of one well at 0 %.
    func relativeVariance(_ cell: Int, _ grid: CellGrid) -> Double {
      let relative = shape.relative(at: expected[cell])
      return relative * relative / Double(max(1, grid.count[cell]))
    }
  }

  private let grid: CellGrid
  private let noise: Noise

  init(_ grid: CellGrid, noise: Noise) {
    self.grid = grid
    self.noise = noise
  }

  /// The outliers of a block, the worst first.
  ///
  /// - Parameter suspect: The cell that is farthest off a surface of few products, where one is off at all.
  func search(suspect: (_ significance: Double) -> Int?) -> [Outlier] {
    guard grid.drugs == 2 else { return [] }
    var found = untreated().map { [$0] } ?? []
    guard let suspect = suspect(Self.suspicion) else { return found }
    let combined = grid.present.indices.count { grid.present[$0] == 2 && grid.count[$0] > 0 }
    let most = min(Self.most, combined / Self.cellsForOne)
    guard most > 0, let field = field(around: suspect), let whole = noise.without([]) else { return found }
    var left: Set<Int> = []
    while left.count < most {
      // Who is the worst is seen with any noise; how bad it is with the noise of the others.
      let first = field.readings(variance: whole.variance, degrees: whole.degrees, without: left)
      guard let worst = first.min(by: { $0.p < $1.p }), let others = noise.without(left.union([worst.cell])),
        others.variance > 0,
        let reading = field.readings(variance: others.variance, degrees: others.degrees, without: left)
          .first(where: { $0.cell == worst.cell }), reading.p < Self.significance,
        isOffHighest(reading.cell, around: suspect, others, without: left)
      else { break }
      left.insert(reading.cell)
      let outlier = Outlier(cell: reading.cell, expected: grid.mean[reading.cell] - reading.offset)
      if !fitsOwnCurve(outlier, sd: others.variance.squareRoot()) { found.append(outlier) }
    }
    return found
  }

  /// Whether a combination well is off the higher of the drugs alone too: where that is what combinations read, it has a
  /// sharp bend that is no smooth difference from Bliss.
  private func isOffHighest(
    _ cell: Int, around suspect: Int, _ noise: (variance: Double, degrees: Double), without left: Set<Int>
  ) -> Bool {
    guard grid.present[cell] == 2, let field = field(around: suspect, isBliss: false) else { return true }
    let readings = field.readings(variance: noise.variance, degrees: noise.degrees, without: left)
    return readings.first { $0.cell == cell }.map { $0.p < Self.significance } ?? true
  }

  /// The block, or where it is large the part of it around a cell.
  private func field(around cell: Int, isBliss: Bool = true) -> InteractionField? {
    let places = (0..<2).map { drug -> Range<Int> in
      let all = 1..<max(1, grid.shape[drug])
      let wanted = 2 * Self.reach + 1
      guard all.count > wanted else { return all }
      let start = min(max(1, grid.position(cell, drug) - Self.reach), all.upperBound - wanted)
      return start..<start + wanted
    }
    return InteractionField(grid, rows: places[0], columns: places[1], isBliss: isBliss) {
      noise.relativeVariance($0, grid)
    }
  }

  /// The untreated well, where the two lowest doses of both drugs agree on another level than it reads.
  private func untreated() -> Outlier? {
    guard let cell = grid.present.indices.first(where: { grid.present[$0] == 0 && grid.count[$0] > 0 }) else {
      return nil
    }
    var lowest: [Int] = []
    for drug in 0..<2 {
      let alone = (1..<max(1, grid.shape[drug])).map { cell + $0 * grid.strides[drug] }.filter { grid.count[$0] > 0 }
      guard alone.count >= 3 else { return nil }
      lowest += alone.prefix(2)
    }
    let values = lowest.map { grid.mean[$0] }
    guard let least = values.min(), let largest = values.max(), let others = noise.without([cell]), others.variance > 0
    else { return nil }
    let level = values.reduce(0, +) / Double(values.count)
    let unit = (others.variance * lowest.reduce(0) { max($0, noise.relativeVariance($1, grid)) }).squareRoot()
    guard largest - least <= Self.plateau * unit else { return nil }
    let variance =
      others.variance * noise.relativeVariance(cell, grid) + unit * unit / Double(values.count)
    let t = (grid.mean[cell] - level) / variance.squareRoot()
    guard StudentT.twoSided(t, degrees: others.degrees) < Self.significance else { return nil }
    return Outlier(cell: cell, expected: level)
  }

  /// Whether a monotherapy well lies between the doses beside it, as a dose–response curve does: then the combinations at
  /// its dose differ from it, and they may well interact.
  private func fitsOwnCurve(_ found: Outlier, sd: Double) -> Bool {
    guard grid.present[found.cell] == 1, let drug = (0..<grid.drugs).first(where: { grid.has($0, in: found.cell) })
    else {
      return false
    }
    let place = grid.position(found.cell, drug)
    func measured(_ places: some Sequence<Int>) -> Double? {
      places.lazy.map { $0 * grid.strides[drug] }.first { grid.count[$0] > 0 }.map { grid.mean[$0] }
    }
    // Beyond the highest dose the curve may go on to where the combinations lead.
    let after = measured(place + 1..<max(place + 1, grid.shape[drug])) ?? found.expected
    guard let before = measured((0..<place).reversed()) else { return false }
    let value = grid.mean[found.cell]
    let slack = 2 * sd * noise.relativeVariance(found.cell, grid).squareRoot()
    return min(before, after) - slack <= value && value <= max(before, after) + slack
  }
}
