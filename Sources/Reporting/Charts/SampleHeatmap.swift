import Screening
import Synergy

/// A map of combinations (rows) over samples (columns): alike ones stand together, with the trees that say how alike.
struct SampleHeatmap {
  /// What is read where the picture cannot be seen.
  var title: String
  /// What the rows are called, in the order of the matrix.
  var rowNames: [String]
  /// The rows, the columns and their order.
  var matrix: SampleMatrix
  /// What is shown: a row a combination, a column a sample, percentage points.
  var values: [[Double?]]

  private static let cellWidth = 34
  private static let cellHeight = 22
  private static let tree = 34
  private static let gap = 6
  /// Width of a letter, about.
  private static let letter = 6.0
  private static let longestRowName = 34
  private static let longestColumnName = 18

  /// Draws the map.
  func draw(on canvas: inout some ChartCanvas) {
    let rows = matrix.rowOrder
    let columns = matrix.columnOrder
    let names = rows.map { AxisText.cut(rowNames[$0], to: Self.longestRowName) }
    let heads = columns.map { AxisText.cut(matrix.samples[$0], to: Self.longestColumnName) }
    let longest = Double(names.map(\.count).max() ?? 0)
    let rise = 0.72 * Self.letter * Double(heads.map(\.count).max() ?? 0)
    let left = Int(longest * Self.letter) + 10
    let columnTree = matrix.columns.map { $0.joins.isEmpty ? 0 : Self.tree } ?? 0
    let rowTree = matrix.rows.map { $0.joins.isEmpty ? 0 : Self.tree } ?? 0
    let top = Int(rise) + 16
    let right = left + columns.count * Self.cellWidth
    let bottom = top + rows.count * Self.cellHeight
    let last = right + max(rowTree + Self.gap, Int(rise) - Self.cellWidth / 2 + 6)
    canvas.begin(width: last, height: bottom + Self.gap + columnTree, title: title)
    var boxes = [[ChartBox]](repeating: [], count: Heatmap.Scale.synergy.levels + 1)
    for (y, row) in rows.enumerated() {
      for (x, column) in columns.enumerated() {
        let value = values[row][column]
        boxes[value.map { Heatmap.Scale.synergy.place(of: $0) } ?? Heatmap.Scale.synergy.levels].append(
          ChartBox(
            x: left + x * Self.cellWidth, y: top + y * Self.cellHeight, width: Self.cellWidth - 1,
            height: Self.cellHeight, text: value.map { .value($0) } ?? .notMeasured))
      }
    }
    for place in boxes.indices { canvas.boxes(boxes[place], fill: Heatmap.Scale.synergy.fill(at: place)) }
    for (y, name) in names.enumerated() {
      canvas.label(
        name, x: Double(left - 5), y: Double(top + y * Self.cellHeight + Self.cellHeight / 2 + 4), style: .rowTick)
    }
    for (x, head) in heads.enumerated() {
      canvas.label(
        head, x: Double(left + x * Self.cellWidth + Self.cellWidth / 2), y: Double(top - 5), style: .slanted)
    }
    if let tree = matrix.rows {
      draw(tree, on: &canvas) { place, depth in
        ChartPoint(
          x: Double(right + Self.gap) + depth * Double(rowTree - 2),
          y: Double(top) + (place + 0.5) * Double(Self.cellHeight))
      }
    }
    if let tree = matrix.columns {
      draw(tree, on: &canvas) { place, depth in
        ChartPoint(
          x: Double(left) + (place + 0.5) * Double(Self.cellWidth),
          y: Double(bottom + Self.gap) + depth * Double(columnTree - 2))
      }
    }
    canvas.end()
  }

  /// Draws a tree; `point` turns a place among the leaves and a depth (0 … 1) into a point.
  private func draw(
    _ tree: AverageLinkage, on canvas: inout some ChartCanvas, point: (_ place: Double, _ depth: Double) -> ChartPoint
  ) {
    let leaves = tree.order.count
    let highest = tree.joins.map(\.height).max() ?? 0
    guard highest > 0 else { return }
    var places = [Double](repeating: 0, count: leaves + tree.joins.count)
    var depths = [Double](repeating: 0, count: leaves + tree.joins.count)
    for (place, leaf) in tree.order.enumerated() { places[leaf] = Double(place) }
    var path: [ChartPoint?] = []
    for (number, join) in tree.joins.enumerated() {
      let depth = join.height / highest
      path += [
        point(places[join.first], depths[join.first]), point(places[join.first], depth),
        point(places[join.second], depth), point(places[join.second], depths[join.second]), nil,
      ]
      places[leaves + number] = (places[join.first] + places[join.second]) / 2
      depths[leaves + number] = depth
    }
    canvas.line(path, stroke: .contour)
  }
}
