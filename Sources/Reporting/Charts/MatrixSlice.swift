import Assay
import Synergy

/// Two drugs of a block with the others held at one dose each: what a map can show.
struct MatrixSlice {
  /// The block.
  let matrix: DoseMatrix
  /// The position of every drug but the first two on its axis.
  let fixed: [Int]
  private let base: Int
  private let rowStride: Int
  private let columnStride: Int

  /// Drugs 1 and 2, with the others at these positions of their axes.
  init(_ matrix: DoseMatrix, fixed: [Int]) {
    self.matrix = matrix
    self.fixed = fixed
    (rowStride, columnStride) = (matrix.strides[0], matrix.strides[1])
    base = fixed.enumerated().reduce(0) { $0 + $1.element * matrix.strides[$1.offset + 2] }
  }

  /// The cell at a position of drug 1 and drug 2.
  func cell(_ first: Int, _ second: Int) -> Int { base + first * rowStride + second * columnStride }

  /// The other drugs and their doses, as a caption; empty for two drugs.
  var caption: String {
    fixed.enumerated().map { offset, position in
      let axis = matrix.axes[offset + 2]
      let unit = axis.unit.description
      return "\(axis.drug) \(AxisText.dose(axis.doses[position]))\(unit.isEmpty ? "" : " " + unit)"
    }.joined(separator: ", ")
  }

  /// The most doses of a drug in a map. A larger grid is not drawn: its numbers would be too small to read and the
  /// report too large to open.
  static let mostDoses = 40

  /// Whether the block's first two drugs have few enough doses to be drawn.
  static func canDraw(_ matrix: DoseMatrix) -> Bool { matrix.shape.prefix(2).allSatisfy { $0 <= mostDoses } }

  /// The most slices of a block that a report shows.
  static let mostShown = 4

  /// The slices that are shown: the one of a two-drug block; else drug 3 at up to four of its doses above 0, spread
  /// evenly and with the highest, and every further drug at its highest dose.
  static func shown(of matrix: DoseMatrix) -> [MatrixSlice] {
    guard matrix.drugCount > 2 else { return [MatrixSlice(matrix, fixed: [])] }
    let third = matrix.axes[2]
    let first = third.hasZero ? 1 : 0
    let count = third.doses.count - first
    guard count > 0 else { return [] }
    let shown = min(count, mostShown)
    let rest = matrix.shape.dropFirst(3).map { $0 - 1 }
    return (1...shown).map { step in
      // The last of them is the highest dose, the others lie evenly below it.
      MatrixSlice(matrix, fixed: [first + (step * count + shown - 1) / shown - 1] + rest)
    }
  }

  /// How many slices the block has above dose 0 of the other drugs.
  static func total(of matrix: DoseMatrix) -> Int {
    matrix.axes.dropFirst(2).reduce(1) { $0 * $1.positiveDoses.count }
  }

  /// The map of the responses, dose 0 included.
  func responseMap() -> Heatmap {
    let mean = matrix.mean
    return Heatmap(
      title: "Response, % inhibition: \(names)", scale: .response, rows: side(0, from: 0), columns: side(1, from: 0),
      content: { row, column in
        let value = mean[cell(row, column)]
        return value.isNaN ? .notMeasured : .value(value)
      }, frame: nil)
  }

  /// The map of a model's synergy over the doses above 0 of both drugs, with a frame around the peak window.
  func synergyMap(_ score: ModelScore) -> Heatmap {
    let (first, second) = (matrix.axes[0].hasZero ? 1 : 0, matrix.axes[1].hasZero ? 1 : 0)
    let (count, synergy) = (matrix.count, score.synergy)
    return Heatmap(
      title: "\(score.model.name) synergy, percentage points: \(names)", scale: .synergy, rows: side(0, from: first),
      columns: side(1, from: second),
      content: { row, column in
        let cell = cell(row + first, column + second)
        return count[cell] == 0 ? .notMeasured : synergy[cell].isNaN ? .notScored : .value(synergy[cell])
      }, frame: frame(of: score.peak))
  }

  private var names: String {
    "\(AxisText.cut(matrix.axes[0].drug, to: 40)) by \(AxisText.cut(matrix.axes[1].drug, to: 40))"
  }

  private func side(_ drug: Int, from start: Int) -> Heatmap.Side {
    let axis = matrix.axes[drug]
    let doses = Array(axis.doses[start...])
    let columns = Heatmap.Side(title: "", doses: Array(matrix.axes[1].positiveDoses))
    let room = Heatmap.width(columns: columns) / 6 - 2  // about six pixels a character
    return Heatmap.Side(title: AxisText.title(axis, limit: room), doses: doses)
  }

  /// Where the peak window lies on this slice, among the doses above 0; `nil` where it does not.
  private func frame(of peak: PeakWindow?) -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>)? {
    guard let peak, peak.doses.count == matrix.drugCount else { return nil }
    for (offset, position) in fixed.enumerated() {
      let axis = matrix.axes[offset + 2]
      guard peak.doses[offset + 2].contains(axis.doses[position]) else { return nil }
    }
    func range(_ drug: Int) -> ClosedRange<Int>? {
      let inside = Array(matrix.axes[drug].positiveDoses).enumerated().filter { peak.doses[drug].contains($0.element) }
      guard let first = inside.first, let last = inside.last else { return nil }
      return first.offset...last.offset
    }
    guard let rows = range(0), let columns = range(1) else { return nil }
    return (rows, columns)
  }
}
