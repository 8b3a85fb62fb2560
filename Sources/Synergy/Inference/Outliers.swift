import Foundation

/// A cell that does not fit the smooth surface through the others.
struct Outlier: Sendable, Hashable {
  /// The cell.
  var cell: Int
  /// What the surface through the other cells says, % inhibition.
  var expected: Double
  /// The difference in standard deviations of the cell's mean about the surface.
  var deviations: Double
  /// Surface − mean of every cell, in its standard deviations; 0 where that is not known.
  var residuals: [Double] = []
  /// What a surface of one product more through the other cells says, % inhibition.
  var expectedByHigherRank: Double?
}

/// Looks for cells that are no part of a smooth surface: a well that was not dispensed, a bubble, a dead corner.
///
/// At each rank of the low-rank surface the largest studentised residual is tested, its own cell left out of the noise,
/// against Student's t over all cells (Bonferroni; Beckman & Cook 1983, Technometrics 25, 119–149). Cells are taken off,
/// the largest first, as long as that leaves noise alone: where it does not, the surface has one product too few, and the
/// rank is raised instead. One bad cell is itself a product of a row and a column, so the cells come before the rank.
struct OutlierSearch {
  /// The chance that a block without outliers has one.
  static let significance = 0.01
  /// Most cells that are taken off: more would be a surface of another kind.
  static let most = 3
  /// How far the mean of a well's neighbours is off on its side, in standard deviations of that mean, where they are the
  /// flank of an interaction.
  static let slope = 2.0

  /// Standard deviation of a well at 0 %, percentage points.
  private let sd: Double
  private let shape: NoiseShape
  private let expected: [Double]
  /// Variance of a well at 0 % and its degrees of freedom, from a surface's residual and the degrees it has.
  private let noise: (_ variance: Double, _ degrees: Double) -> (variance: Double, degrees: Double)?

  init(
    sd: Double, shape: NoiseShape, expected: [Double],
    noise: @escaping (_ variance: Double, _ degrees: Double) -> (variance: Double, degrees: Double)?
  ) {
    self.sd = sd
    self.shape = shape
    self.expected = expected
    self.noise = noise
  }

  /// The outliers of a block, the worst first.
  ///
  /// They must stand out of every surface that is tried: products of a row and a column do not follow the bends of two
  /// curves' highest single agent, nor Loewe's surface.
  func search(_ grid: CellGrid, _ cells: LowRankSurface.Cells, ranks: inout RankTest, minimumDegrees: Double)
    -> [Outlier]
  {
    let found = taken(off: cells, ranks: &ranks, minimumDegrees: minimumDegrees)
    guard found?.isEmpty != true else { return [] }
    if let found, isHill(found, grid) { return [] }
    var least = found
    for model in [NullModel.loewe, .hsa] {
      guard let other = taken(off: grid, model) else { continue }
      if other.isEmpty { return [] }
      // An interaction is no part of such a surface, so that combination wells beside it may be one.
      guard other.allSatisfy({ grid.present[$0.cell] < grid.drugs }) else { continue }
      if least.map({ other.count < $0.count }) ?? true { least = other }
    }
    return (least ?? []).filter { !fitsOwnCurve($0, grid) }
  }

  /// Whether a monotherapy well lies between the doses beside it, as a dose–response curve does: then the combinations at
  /// its dose differ from it, and they may well interact.
  private func fitsOwnCurve(_ found: Outlier, _ grid: CellGrid) -> Bool {
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
    let slack = 2 * sd * shape.relative(at: expected[found.cell]) / Double(grid.count[found.cell]).squareRoot()
    return min(before, after) - slack <= value && value <= max(before, after) + slack
  }

  /// Whether combination wells found are the top of an interaction and not single bad wells: two of them are neighbours on
  /// the same side of the surface, the neighbours of one are on its side of the surface too, or one product more foretells most
  /// of it from the others.
  private func isHill(_ found: [Outlier], _ grid: CellGrid) -> Bool {
    let combined = found.filter { grid.present[$0.cell] == grid.drugs }
    func areNeighbours(_ one: Int, _ other: Int) -> Bool {
      one != other
        && (0..<grid.drugs).allSatisfy { abs(grid.position(one, $0) - grid.position(other, $0)) <= 1 }
    }
    return combined.contains { one in
      let isAbove = grid.mean[one.cell] > one.expected
      if combined.contains(where: {
        areNeighbours(one.cell, $0.cell) && (grid.mean[$0.cell] > $0.expected) == isAbove
      }) {
        return true
      }
      if let higher = one.expectedByHigherRank,
        abs(grid.mean[one.cell] - higher) < abs(grid.mean[one.cell] - one.expected) / 2
      {
        return true
      }
      let around = one.residuals.indices.filter {
        areNeighbours(one.cell, $0) && grid.present[$0] == grid.drugs && grid.count[$0] > 0
      }
      let sum = around.reduce(0) { $0 + one.residuals[$1] }
      return (isAbove ? -sum : sum) / Double(max(1, around.count)).squareRoot() > Self.slope
    }
  }

  /// The same of products of a row and a column; `nil` where no number of them tells cells from noise.
  private func taken(
    off all: LowRankSurface.Cells, ranks: inout RankTest, minimumDegrees: Double
  ) -> [Outlier]? {
    var rank = 1
    while true {
      let surface = LowRankSurface(all, shape: shape, expected: expected, rank: rank)
      let isSignal = surface.holdsSignal(&ranks)
      if let found = taken(off: all, surface, ranks: &ranks) { return found }
      if rank == 1, !isSignal { return [] }
      guard rank < surface.highestRank, surface.degreesAtNextRank >= minimumDegrees, isSignal else { return nil }
      rank += 1
    }
  }

  /// The cells without which the surface of two curves of a null model leaves noise alone; `nil` where there are none, none
  /// at all where it leaves noise alone as it is.
  private func taken(off grid: CellGrid, _ model: NullModel) -> [Outlier]? {
    var found: [Outlier] = []
    while let surface = NullSurface(grid, model: model, without: Set(found.map(\.cell))), surface.degrees > 1 {
      for place in found.indices { found[place].expected = surface.response[found[place].cell] }
      let (next, isRough) = largest(surface, grid, without: found)
      if next == nil, !isRough { return found }
      guard let next, found.count < Self.most else { return nil }
      found.append(next)
    }
    return nil
  }

  /// The cell of the largest residual about two curves where that is larger than noise, and whether all are together.
  private func largest(_ surface: NullSurface, _ grid: CellGrid, without found: [Outlier]) -> (Outlier?, isRough: Bool)
  {
    var rss = 0.0
    var worst = (cell: 0, square: 0.0)
    var cells = 0.0
    for cell in surface.response.indices where grid.count[cell] > 0 && !found.contains(where: { $0.cell == cell }) {
      let residual = (grid.mean[cell] - surface.response[cell]) / shape.relative(at: expected[cell])
      let square = Double(grid.count[cell]) * residual * residual
      rss += square
      cells += 1
      if square > worst.square { worst = (cell, square) }
    }
    // The share of a cell in its own residual, on average.
    worst.square /= surface.degrees / cells
    guard let (variance, degrees) = noise(max(0, rss - worst.square) / (surface.degrees - 1), surface.degrees - 1),
      variance > 0
    else { return (nil, true) }
    let t = (worst.square / variance).squareRoot()
    let isOutlier = StudentT.twoSided(t, degrees: degrees) * cells < Self.significance
    return (
      isOutlier ? Outlier(cell: worst.cell, expected: .nan, deviations: t) : nil, rss / surface.degrees > 2 * variance
    )
  }

  /// The cells without which a surface of this rank leaves noise alone; `nil` where there are none.
  private func taken(
    off all: LowRankSurface.Cells, _ whole: LowRankSurface, ranks: inout RankTest
  ) -> [Outlier]? {
    var cells = all
    var surface = whole
    var found: [Outlier] = []
    while found.count < Self.most, let next = largest(surface, cells) {
      cells.count[next.cell] = 0
      surface = LowRankSurface(cells, shape: shape, expected: expected, rank: whole.rank)
      found.append(next)
      for place in found.indices {
        found[place].expected = surface.response[found[place].cell]
        found[place].residuals = standardised(surface, cells)
      }
      if !surface.holdsSignal(&ranks), largest(surface, cells) == nil {
        let higher = LowRankSurface(cells, shape: shape, expected: expected, rank: whole.rank + 1)
        for place in found.indices { found[place].expectedByHigherRank = higher.response[found[place].cell] }
        return found
      }
    }
    return nil
  }

  /// Residuals of the surface (surface − mean) in standard deviations.
  private func standardised(_ surface: LowRankSurface, _ cells: LowRankSurface.Cells) -> [Double] {
    let shares = surface.shares()
    guard surface.degrees > 0, let (variance, _) = noise(surface.rss / surface.degrees, surface.degrees), variance > 0
    else { return shares.map { _ in 0 } }
    return shares.indices.map { cell in
      cells.count[cell] > 0 && shares[cell] > 0.05 ? surface.scaled[cell] / (variance * shares[cell]).squareRoot() : 0
    }
  }

  /// The cell of the largest studentised residual, where that is larger than noise.
  private func largest(_ surface: LowRankSurface, _ cells: LowRankSurface.Cells) -> Outlier? {
    guard surface.degrees >= 2 else { return nil }
    let shares = surface.shares()
    var worst: (cell: Int, square: Double)?
    for cell in shares.indices where cells.count[cell] > 0 && shares[cell] > 0.05 {
      let square = surface.scaled[cell] * surface.scaled[cell] / shares[cell]
      if square > worst?.square ?? 0 { worst = (cell, square) }
    }
    guard let worst,
      let (variance, degrees) = noise(
        max(0, surface.rss - worst.square) / (surface.degrees - 1), surface.degrees - 1), variance > 0
    else { return nil }
    let t = (worst.square / variance).squareRoot()
    guard StudentT.twoSided(t, degrees: degrees) * Double(surface.measured) < Self.significance else { return nil }
    return Outlier(cell: worst.cell, expected: .nan, deviations: t)
  }
}
