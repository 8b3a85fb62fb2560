import Assay
import Plates
import Synergy

/// What a page's script needs to tell the values of a map's boxes: where they lie and what stands in them. The drawing
/// itself has no element a box.
struct MapCells {
  /// Left edges of the columns and upper edges of the rows, in the drawing's pixels.
  var x: [Int]
  var y: [Int]
  /// A box's size.
  var size: (width: Int, height: Int)
  /// What the rows and the columns are: `selinexor 30 nM`.
  var rows: [String]
  var columns: [String]
  /// What stands in each box, row by row; empty where there is none.
  var values: [String]
  /// The first row and column among the block's doses: a synergy map begins above dose 0.
  var start = (row: 0, column: 0)

  /// Writes it as the attribute `data-cells`.
  func write(to out: inout ByteWriter) {
    var json = JSONWriter(capacity: 40 * values.count)
    json.object { json in
      json.key("x")
      json.array { for value in x { $0.value(value) } }
      json.key("y")
      json.array { for value in y { $0.value(value) } }
      json.key("w")
      json.value(size.width)
      json.key("h")
      json.value(size.height)
      json.key("rows")
      json.array { for name in rows { $0.value(name) } }
      json.key("columns")
      json.array { for name in columns { $0.value(name) } }
      json.key("values")
      json.array { for value in values { $0.value(value) } }
      json.key("start")
      json.array {
        $0.value(start.row)
        $0.value(start.column)
      }
    }
    out.text(" data-cells=\"")
    out.html(String(decoding: json.bytes, as: UTF8.self))
    out.text("\"")
  }
}

extension MapCells {
  /// The boxes of a map of two drugs; `value` tells what stands at a row and a column.
  init(
    _ map: Heatmap, of matrix: DoseMatrix, start: (row: Int, column: Int), value: (_ row: Int, _ column: Int) -> String
  ) {
    let (rows, columns) = (map.rows.doses, map.columns.doses)
    x = columns.indices.map(map.x)
    y = rows.indices.map(map.y)
    size = Heatmap.boxSize
    self.rows = rows.map { Self.dose($0, matrix.axes[0]) }
    self.columns = columns.map { Self.dose($0, matrix.axes[1]) }
    values = rows.indices.flatMap { row in columns.indices.map { value(row, $0) } }
    self.start = start
  }

  /// `selinexor 30 nM`; `no selinexor` at dose 0.
  private static func dose(_ dose: Double, _ axis: DoseAxis) -> String {
    let name = AxisText.cut(axis.drug, to: 40)
    if dose == 0 { return "no \(name)" }
    let unit = axis.unit.description
    return "\(name) \(AxisText.significant(dose, digits: 3))\(unit.isEmpty ? "" : " " + unit)"
  }
}

extension MatrixSlice {
  /// What a response map's boxes say: `31.2 % inhibition (2 wells: 29.9, 32.4)`.
  func responseCells(_ map: Heatmap) -> MapCells {
    MapCells(map, of: matrix, start: (0, 0)) { row, column in
      let cell = cell(row, column)
      guard matrix.count[cell] > 0 else { return "not measured" }
      let wells = matrix.replicates(of: cell).map { number($0) }
      return "\(number(matrix.mean[cell])) % inhibition"
        + (wells.count > 1 ? " (\(wells.count) wells: \(wells.joined(separator: ", ")))" : "")
    }
  }

  /// What a synergy map's boxes say: `+12.3 points (+8.1 … +16.5), p 0.003; observed 53.1 %, expected 40.8 %`.
  func synergyCells(_ map: Heatmap, _ score: ModelScore, _ inference: ScoreInference?) -> MapCells {
    let start = (row: matrix.axes[0].hasZero ? 1 : 0, column: matrix.axes[1].hasZero ? 1 : 0)
    return MapCells(map, of: matrix, start: start) { row, column in
      let cell = cell(row + start.row, column + start.column)
      guard matrix.count[cell] > 0 else { return "not measured" }
      guard score.synergy[cell].isFinite else { return "not scored by \(score.model.name)" }
      var text = "\(ReportText.points(score.synergy[cell])) points"
      if let interval = inference?.cells.at(cell), interval.low.isFinite {
        text += " (\(ReportText.points(interval.low)) … \(ReportText.points(interval.high)))"
      }
      if let p = inference?.cellP.at(cell), p.isFinite { text += ", p \(ReportText.p(p))" }
      let seen = score.fit.map { "fitted \(number($0[cell]))" } ?? "observed \(number(matrix.mean[cell]))"
      return text + "; \(seen) %, expected \(number(score.reference[cell])) %"
    }
  }

  private func number(_ value: Double) -> String {
    var out = ByteWriter()
    out.percent(value)
    return out.string
  }
}

extension PlateMap {
  /// What a plate map's boxes say: the drugs and doses, the signal, the response, why the well is out.
  func cells() -> MapCells {
    let (width, height) = cell
    let format = plate.format
    var values = [String](repeating: "", count: format.wells)
    for well in plate.wells where well.design.role != .empty {
      let position = well.design.position
      guard format.contains(position) else { continue }
      values[position.row * format.columns + position.column] = Self.words(of: well)
    }
    return MapCells(
      x: (0..<format.columns).map { Self.left + $0 * width }, y: (0..<format.rows).map { Self.top + $0 * height },
      size: (width - 1, height - 1), rows: (0..<format.rows).map { WellPosition(row: $0, column: 0).rowName },
      columns: (0..<format.columns).map { String($0 + 1) }, values: values)
  }

  private static func words(of well: ScreenPlate.Well) -> String {
    var parts: [String] = []
    if well.design.role != .sample { parts.append("\(well.design.role.rawValue) control") }
    if well.design.role == .blank { parts = ["blank"] }
    for treatment in well.design.treatments {
      let unit = treatment.unit.description
      parts.append(
        "\(AxisText.cut(treatment.drug, to: 30)) \(AxisText.significant(treatment.dose, digits: 3))"
          + (unit.isEmpty ? "" : " " + unit))
    }
    if let raw = well.raw { parts.append("signal \(AxisText.significant(raw, digits: 4))") }
    if let response = well.response { parts.append("\(AxisText.significant(response, digits: 3)) % inhibition") }
    if let exclusion = well.exclusion {
      parts.append("excluded: \(well.outlier ?? exclusion.word)")
    } else if let outlier = well.outlier {
      parts.append("outlier: \(outlier)")
    }
    return parts.joined(separator: "; ")
  }
}
