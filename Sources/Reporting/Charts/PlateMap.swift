import Assay
import Plates

/// A map of a plate: a box a well, coloured by its raw signal or its response; what a well is for stands in it as a
/// sign, outliers have a frame. Wells that are not used are grey.
struct PlateMap {
  /// What the colours say.
  enum Value {
    /// The reader's signal, between the plate's 2nd and 98th percentile.
    case raw
    /// % inhibition, 0 … 100.
    case response
  }

  let plate: ScreenPlate
  let value: Value

  /// A box's width and height by the plate's size, so that a map of any plate is about as wide as half a page.
  var cell: (width: Int, height: Int) {
    switch plate.format.wells {
    case ...96: (34, 22)
    case ...384: (22, 16)
    default: (11, 9)
    }
  }
  /// Where the first column and row begin.
  static let left = 22
  static let top = 16

  /// The class of the figure that holds a map of the plate: `ReportStyle` knows a box's height by it.
  static func style(_ format: PlateFormat) -> String {
    format.wells <= 96 ? "p96" : format.wells <= 384 ? "p384" : "p1536"
  }

  /// The ends of the raw signal's scale; `nil` when no well has a signal.
  static func range(of plate: ScreenPlate) -> ClosedRange<Double>? {
    let values = plate.wells.filter { $0.design.role != .empty }.compactMap(\.raw).sorted()
    guard let low = values.first, let high = values.last else { return nil }
    let cut = values.count / 50
    return cut > 0 ? values[cut]...values[values.count - 1 - cut] : low...high
  }

  /// The sign of a well: `+`, `−` and `○` are the controls and the blank, `×` a well that is left out.
  static func sign(of well: ScreenPlate.Well) -> String {
    if well.exclusion != nil { return "×" }
    switch well.design.role {
    case .negative: return "−"
    case .positive: return "+"
    case .blank: return "○"
    case .sample, .empty: return ""
    }
  }

  /// Draws the map.
  func draw(on canvas: inout some ChartCanvas) {
    let (width, height) = cell
    let format = plate.format
    canvas.begin(
      width: Self.left + format.columns * width + 2, height: Self.top + format.rows * height + 2,
      title: "Plate \(plate.plate), \(value == .raw ? "raw signal" : "% inhibition")")
    let range = Self.range(of: plate) ?? 0...1
    let levels = value == .raw ? SignalPalette.steps + 1 : SequentialPalette.steps + 1
    var boxes = [[ChartBox]](repeating: [], count: levels + 1)
    var used: Set<WellPosition> = []
    for well in plate.wells where well.design.role != .empty {
      used.insert(well.design.position)
      let level: Int?
      switch value {
      case .raw: level = well.raw.map { SignalPalette.level(of: $0, in: range) }
      case .response: level = well.response.map(SequentialPalette.level)
      }
      let position = well.design.position
      boxes[level ?? levels].append(
        ChartBox(
          x: Self.left + position.column * width, y: Self.top + position.row * height, width: width - 1,
          height: height - 1, text: .sign(Self.sign(of: well))))
    }
    for row in 0..<format.rows {
      for column in 0..<format.columns where !used.contains(WellPosition(row: row, column: column)) {
        boxes[levels].append(
          ChartBox(
            x: Self.left + column * width, y: Self.top + row * height, width: width - 1, height: height - 1,
            text: .sign("")))
      }
    }
    for level in boxes.indices {
      let fill: ChartFill = level == levels ? .absent : value == .raw ? .signal(level) : .response(level)
      canvas.boxes(boxes[level], fill: fill)
    }
    for well in plate.wells where well.outlier != nil {
      canvas.outline(
        x: Double(Self.left + well.design.position.column * width),
        y: Double(Self.top + well.design.position.row * height),
        width: Double(width - 1), height: Double(height - 1))
    }
    // Of narrow columns every other number, of low rows every other letter.
    let step = width < 16 ? 2 : 1
    for column in stride(from: 0, to: format.columns, by: step) {
      canvas.label(
        "\(column + 1)", x: Double(Self.left + column * width + width / 2), y: Double(Self.top - 5), style: .columnTick)
    }
    for row in stride(from: 0, to: format.rows, by: step) {
      canvas.label(
        WellPosition(row: row, column: 0).rowName, x: Double(Self.left - 4),
        y: Double(Self.top + row * height + height / 2 + 3), style: .rowTick)
    }
    canvas.end()
  }
}
