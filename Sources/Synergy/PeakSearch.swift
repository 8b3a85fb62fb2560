import Assay

extension PeakWindow {
  /// The window of adjacent doses of every drug with the largest mean synergy.
  ///
  /// A window spans `size` doses > 0 of each drug (fewer where the drug has fewer). One in which less than `coverage`
  /// of the cells was scored does not count. `nil` when none counts. The earliest of equal windows is taken.
  static func search(_ synergy: [Double], in grid: CellGrid, size: Int, coverage: Double) -> PeakWindow? {
    let matrix = grid.matrix
    let drugs = grid.drugs
    let first = matrix.axes.map { $0.hasZero ? 1 : 0 }
    let spans = matrix.axes.map { min(size, $0.positiveDoses.count) }
    guard spans.allSatisfy({ $0 > 0 }) else { return nil }
    let offsets = product(spans).map { matrix.cell(at: $0) }
    let needed = Double(offsets.count) * coverage
    var best: (mean: Double, start: [Int])?
    for start in product((0..<drugs).map { matrix.shape[$0] - first[$0] - spans[$0] + 1 }) {
      let origin = matrix.cell(at: zip(start, first).map { $0 + $1 })
      var sum = 0.0
      var scored = 0
      for offset in offsets where !synergy[origin + offset].isNaN && matrix.count[origin + offset] > 0 {
        sum += synergy[origin + offset]
        scored += 1
      }
      guard scored > 0, Double(scored) >= needed else { continue }
      let mean = sum / Double(scored)
      if best.map({ mean > $0.mean }) ?? true { best = (mean, start) }
    }
    return best.map { best in
      PeakWindow(
        mean: best.mean,
        doses: (0..<drugs).map { drug in
          let low = first[drug] + best.start[drug]
          return matrix.axes[drug].doses[low]...matrix.axes[drug].doses[low + spans[drug] - 1]
        })
    }
  }

  /// All positions of a box with the given extents, the last one fastest.
  private static func product(_ extents: [Int]) -> [[Int]] {
    var positions: [[Int]] = [[]]
    for extent in extents { positions = positions.flatMap { head in (0..<max(0, extent)).map { head + [$0] } } }
    return positions
  }
}
