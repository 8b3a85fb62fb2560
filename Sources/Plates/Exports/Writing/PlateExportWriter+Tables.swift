import Assay

extension PlateExportWriter {
  /// The wells by their places.
  private func wells(_ plate: PlateRead) -> [WellPosition: PlateRead.Well] {
    Dictionary(plate.wells.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Row names from A.
  private func rowNames(_ format: PlateFormat) -> [String] {
    (0..<format.rows).map { WellPosition(row: $0, column: 0).rowName }
  }

  /// Every well's place, row by row.
  func positions(_ format: PlateFormat) -> [WellPosition] {
    (0..<format.rows).flatMap { row in (0..<format.columns).map { WellPosition(row: row, column: $0) } }
  }

  /// A grid below its column numbers.
  func grid(_ plate: PlateRead, corner: String = "", label: String? = nil) -> [[String]] {
    let wells = wells(plate)
    let header = [corner] + (1...plate.format.columns).map { "\($0)" }
    return [header]
      + rowNames(plate.format).enumerated().map { row, name in
        [name] + (0..<plate.format.columns).map { cell(wells[WellPosition(row: row, column: $0)]) }
          + (label.map { [$0] } ?? [])
      }
  }

  /// A grid with a line a column.
  func gridSideways(_ plate: PlateRead) -> [[String]] {
    let wells = wells(plate)
    return [[""] + rowNames(plate.format)]
      + (0..<plate.format.columns).map { column in
        ["\(column + 1)"]
          + (0..<plate.format.rows).map { cell(wells[WellPosition(row: $0, column: column)]) }
      }
  }

  /// The wells that the plate has, with their cells.
  func filled(_ plate: PlateRead) -> [(position: WellPosition, text: String)] {
    plate.wells.map { ($0.position, cell($0)) }
  }

  /// A table below the plate's name and channel.
  func plain(_ plate: PlateRead, table: [[String]]) -> [[String]] {
    var rows: [[String]] = []
    if let barcode = plate.barcode { rows.append(["Barcode: " + barcode]) }
    if let channel = plate.channel { rows.append([channel]) }
    return rows + table + [[]]
  }

  /// A list of all plates.
  func list(_ plates: [PlateRead]) -> [[String]] {
    var rows = [["Barcode", "Channel", "Repeat", "Well", "Value"]]
    for plate in plates {
      let start = [plate.barcode ?? "", plate.channel ?? "", "\(plate.repeatNumber)"]
      rows += filled(plate).map { start + [$0.position.description, $0.text] }
    }
    return rows
  }

  /// One line a plate, below the wells' names.
  func listSideways(_ plates: [PlateRead]) -> [[String]] {
    plates.flatMap { plate in
      let wells = filled(plate)
      let header = ["Barcode", "Channel"] + wells.map(\.position.description)
      return [header, [plate.barcode ?? "", plate.channel ?? ""] + wells.map(\.text), []]
    }
  }
}
