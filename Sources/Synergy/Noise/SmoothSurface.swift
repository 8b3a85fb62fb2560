import Foundation

/// The surface through a block over which noise is read: the one, of those tried, that leaves the least.
///
/// A few products of a row and a column (``LowRankSurface``) fit independence and gentle interactions without any
/// curve; Loewe's surface and the bends of the highest single agent take curves (``NullSurface``).
struct SmoothSurface {
  /// % inhibition, one value a cell; NaN where nothing was measured.
  let response: [Double]
  private let lowRank: LowRankSurface
  private let null: NullSurface?
  private let cells: LowRankSurface.Cells

  init(_ cells: LowRankSurface.Cells, grid: CellGrid?, options: InferenceOptions, ranks: inout RankTest) {
    self.cells = cells
    lowRank = LowRankSurface(
      cells, shape: .constant, expected: nil, ranks: &ranks, minimumDegrees: options.minimumResidualDegrees)
    var best: NullSurface?
    var least = lowRank.degrees > 0 ? lowRank.rss / lowRank.degrees : .infinity
    if let grid {
      for model in [NullModel.loewe, .hsa] {
        guard let surface = NullSurface(grid, model: model) else { continue }
        // Of several estimates the least is too small: one that is hardly smaller does not count.
        let handicap = best == nil ? 1 - 1 / surface.degrees.squareRoot() : 1
        guard surface.rss / surface.degrees < least * handicap else { continue }
        least = surface.rss / surface.degrees
        best = surface
      }
    }
    null = best
    response = best?.response ?? lowRank.response
  }

  /// −2 ln likelihood of every candidate shape, up to a constant.
  func shapeDeviances() -> [Double] {
    guard let null else { return lowRank.shapeDeviances(count: cells.count) }
    let measured = cells.count.indices.filter { cells.count[$0] > 0 }
    let share = null.degrees / Double(measured.count)
    return NoiseShape.candidates.map { shape in
      let scale = variance(shape, null)
      var deviance = 0.0
      for cell in measured {
        let relative = shape.relative(at: response[cell])
        let own = scale * relative * relative / Double(cells.count[cell])
        let residual = cells.mean[cell] - response[cell]
        deviance += share * log(own) + residual * residual / own
      }
      return deviance
    }
  }

  /// The variance of a well at 0 % and its degrees of freedom.
  func variance(_ shape: NoiseShape, ranks: inout RankTest, options: InferenceOptions) -> (
    variance: Double, degrees: Double
  ) {
    if let null { return (variance(shape, null), null.degrees) }
    let weighted =
      shape == .constant
      ? lowRank
      : LowRankSurface(
        cells, shape: shape, expected: response, ranks: &ranks, minimumDegrees: options.minimumResidualDegrees)
    return (weighted.degrees > 0 ? weighted.rss / weighted.degrees : .nan, weighted.degrees)
  }

  private func variance(_ shape: NoiseShape, _ null: NullSurface) -> Double {
    var sum = 0.0
    for cell in cells.count.indices where cells.count[cell] > 0 {
      let relative = shape.relative(at: response[cell])
      let residual = cells.mean[cell] - response[cell]
      sum += Double(cells.count[cell]) * residual * residual / (relative * relative)
    }
    return sum / null.degrees
  }
}
