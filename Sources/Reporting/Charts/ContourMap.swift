import Assay
import Foundation
import Synergy

/// A model's synergy as a landscape from above: bands of equal synergy over the logarithms of both doses, straight
/// between the measured dose pairs. The bands are the levels of the synergy scale, 5 points each.
///
/// Each square of four neighbouring dose pairs is cut into the bands it crosses; a saddle first into four triangles that
/// meet in its middle. The parts of a band are joined. A square with a corner that was not scored is left empty.
struct ContourMap {
  private let rows: DoseAxis
  private let columns: DoseAxis
  private let title: String
  /// Synergy by row and column over the doses above 0; NaN where there is none.
  private let heights: [[Double]]

  /// The landscape of a slice; `nil` where a drug has fewer than two doses above 0.
  init?(_ score: ModelScore, on slice: MatrixSlice) {
    let matrix = slice.matrix
    (rows, columns) = (matrix.axes[0], matrix.axes[1])
    let (first, second) = (rows.hasZero ? 1 : 0, columns.hasZero ? 1 : 0)
    guard matrix.shape[0] - first > 1, matrix.shape[1] - second > 1 else { return nil }
    title = "\(score.model.name) synergy as a landscape, percentage points: \(rows.drug) by \(columns.drug)"
    heights = (first..<matrix.shape[0]).map { row in
      (second..<matrix.shape[1]).map { score.synergy[slice.cell(row, $0)] }
    }
  }

  private static let size = 150.0
  private static let left = 42.0
  private static let top = 16.0
  private static let bottom = 30.0
  private static let width = left + size + 10

  /// Draws the landscape.
  func draw(on canvas: inout some ChartCanvas) {
    canvas.begin(width: Int(Self.width), height: Int(Self.top + Self.size + Self.bottom), title: title)
    if canvas.needsSizeAlone { return canvas.end() }
    let x = Self.places(columns, from: Self.left, to: Self.left + Self.size)
    let y = Self.places(rows, from: Self.top + Self.size, to: Self.top)
    var bands = [[[ChartPoint]]](repeating: [], count: 2 * DivergingPalette.steps + 1)
    for row in 0..<heights.count - 1 {
      for column in 0..<heights[row].count - 1 {
        let corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)].map {
          Corner(x: x[$0.1], y: y[$0.0], height: heights[$0.0][$0.1])
        }
        if corners.allSatisfy(\.height.isFinite) { cutSquare(corners, into: &bands) }
      }
    }
    for place in bands.indices where !bands[place].isEmpty {
      canvas.areas(JoinedOutlines.of(bands[place]), fill: .synergy(place - DivergingPalette.steps))
    }
    canvas.outline(x: Self.left, y: Self.top, width: Self.size, height: Self.size)
    drawAxes(on: &canvas, x, y)
    canvas.end()
  }

  private struct Corner {
    var x: Double
    var y: Double
    var height: Double
  }

  /// Adds a square's parts to the bands in which they lie.
  private func cutSquare(_ corners: [Corner], into bands: inout [[[ChartPoint]]]) {
    let heights = corners.map(\.height)
    let isSaddle =
      min(heights[0], heights[2]) > max(heights[1], heights[3])
      || min(heights[1], heights[3]) > max(heights[0], heights[2])
    // Around any other square heights rise once and fall once: a line of equal height crosses it once.
    guard isSaddle else { return Self.cut(corners, into: &bands) }
    let middle = Corner(
      x: corners.reduce(0) { $0 + $1.x } / 4, y: corners.reduce(0) { $0 + $1.y } / 4,
      height: heights.reduce(0, +) / 4)
    for side in 0..<4 { Self.cut([corners[side], corners[(side + 1) % 4], middle], into: &bands) }
  }

  /// Adds a polygon's parts to the bands in which they lie.
  private static func cut(_ polygon: [Corner], into bands: inout [[[ChartPoint]]]) {
    let heights = polygon.map(\.height)
    guard let low = heights.min(), let high = heights.max() else { return }
    let step = DivergingPalette.limit / Double(DivergingPalette.steps)
    for level in DivergingPalette.level(of: low)...DivergingPalette.level(of: high) {
      // The end bands hold everything beyond.
      let floor = level == -DivergingPalette.steps ? -Double.infinity : (Double(level) - 0.5) * step
      let ceiling = level == DivergingPalette.steps ? Double.infinity : (Double(level) + 0.5) * step
      let part = clip(clip(polygon, at: floor, above: true), at: ceiling, above: false)
      if part.count > 2 {
        bands[level + DivergingPalette.steps].append(part.map { ChartPoint(x: $0.x, y: $0.y) })
      }
    }
  }

  /// The part of a convex polygon above or below a height (Sutherland & Hodgman 1974).
  private static func clip(_ polygon: [Corner], at height: Double, above: Bool) -> [Corner] {
    guard height.isFinite else { return polygon }
    func isInside(_ corner: Corner) -> Bool { above ? corner.height >= height : corner.height <= height }
    var kept: [Corner] = []
    for (index, corner) in polygon.enumerated() {
      let next = polygon[(index + 1) % polygon.count]
      if isInside(corner) { kept.append(corner) }
      if isInside(corner) != isInside(next) {
        let share = (height - corner.height) / (next.height - corner.height)
        kept.append(
          Corner(x: corner.x + share * (next.x - corner.x), y: corner.y + share * (next.y - corner.y), height: height))
      }
    }
    return kept
  }

  private static func places(_ axis: DoseAxis, from start: Double, to end: Double) -> [Double] {
    let logs = axis.positiveDoses.map { log10($0) }
    guard let low = logs.first, let high = logs.last, high > low else { return logs.map { _ in start } }
    return logs.map { start + ($0 - low) / (high - low) * (end - start) }
  }

  private func drawAxes(on canvas: inout some ChartCanvas, _ x: [Double], _ y: [Double]) {
    let room = Int(Self.width / 6) - 9
    canvas.label("↑ " + AxisText.title(rows, limit: room) + " (log)", x: 0, y: 10, style: .axisTitle)
    var last = Double.infinity
    for (dose, place) in zip(rows.positiveDoses, y) where last - place >= 13 {
      canvas.label(AxisText.dose(dose), x: Self.left - 5, y: place + 4, style: .rowTick)
      last = place
    }
    var end = -Double.infinity
    for (dose, place) in zip(columns.positiveDoses, x) where place - end >= 34 {
      canvas.label(AxisText.dose(dose), x: place, y: Self.top + Self.size + 12, style: .columnTick)
      end = place
    }
    canvas.label(
      AxisText.title(columns, limit: room) + " (log) →", x: Self.width, y: Self.top + Self.size + 26,
      style: .endAlignedNote)
  }
}
