import Assay
import Synergy

/// How far each replicate well lies from the mean of its cell, against that mean, with two standard deviations of the
/// block's noise on either side: what is far outside is a well to look at.
struct ReplicateScatter {
  private let points: [(mean: Double, deviation: Double)]
  private let noise: NoiseModel?
  /// Wells beyond three standard deviations of the noise.
  let far: Int

  /// The replicates of a block; `nil` when no cell has two wells.
  init?(_ analysis: BlockAnalysis) {
    let matrix = analysis.matrix
    let noise = analysis.inference?.noise
    var far = 0
    var points: [(mean: Double, deviation: Double)] = []
    for cell in 0..<matrix.cellCount where matrix.count[cell] > 1 {
      // A well and the mean that it is part of differ by less than a well and the truth.
      let shrink = (1 - 1 / Double(matrix.count[cell])).squareRoot()
      for value in matrix.replicates(of: cell) {
        points.append((matrix.mean[cell], value - matrix.mean[cell]))
        if let noise, abs(value - matrix.mean[cell]) > 3 * shrink * noise.sd(at: matrix.mean[cell]) { far += 1 }
      }
    }
    guard !points.isEmpty else { return nil }
    self.points = points
    self.noise = noise
    self.far = far
  }

  private static let width = 264.0
  private static let height = 204.0
  private static let left = 34.0
  private static let top = 22.0
  private static let bottom = 34.0

  /// Draws the scatter.
  func draw(on canvas: inout some ChartCanvas) {
    let x = LinearScale(points.map(\.mean), including: [0, 100], from: Self.left, to: Self.width - 8, steps: 8)
    let spread = [0.0, 50, 100].compactMap { noise?.sd(at: $0) }.flatMap { [-2.2 * $0, 2.2 * $0] }
    let y = LinearScale(
      points.map(\.deviation) + spread, including: [-5, 5], from: Self.height - Self.bottom, to: Self.top)
    canvas.begin(
      width: Int(Self.width), height: Int(Self.height), title: "Replicate wells: deviation from their cell's mean")
    if canvas.needsSizeAlone { return canvas.end() }
    if let noise {
      let ends = [x.range.lowerBound, max(x.range.lowerBound, 0), min(x.range.upperBound, 100), x.range.upperBound]
      canvas.area(
        ends.map { ChartPoint(x: x.place($0), y: y.place(2 * noise.sd(at: $0))) }
          + ends.reversed().map { ChartPoint(x: x.place($0), y: y.place(-2 * noise.sd(at: $0))) }, fill: .band)
    }
    PlotGrid(x: x, y: y).draw(on: &canvas)
    canvas.dots(points.map { ChartPoint(x: x.place($0.mean), y: y.place($0.deviation)) }, style: .replicate)
    canvas.label("↑ well − mean of its cell, points", x: 0, y: 10, style: .axisTitle)
    canvas.label("mean, % inhibition →", x: Self.width, y: Self.height - 4, style: .endAlignedNote)
    canvas.end()
  }
}
