import Assay
import DoseTables
import Spreadsheets

/// What the columns of a list of wells hold, told by their names and by what stands in them.
struct ListColumns {
  /// Where a row's well stands.
  enum Place {
    case well(Int)
    case rowAndColumn(Int, Int)
    /// Wells numbered row by row on a plate.
    case number(Int, PlateFormat)
  }

  var place: Place
  var values: [(cell: Int, name: String)] = []
  var plate: Int?
  var channel: Int?
  var repeatNumber: Int?
  var time: Int?
  /// Names of columns of numbers that are not read.
  private(set) var unread: [String] = []

  /// Names of columns, folded as `ColumnRole.fold` does.
  static let wellNames: Set<String> = [
    "well", "wells", "wellid", "wellposition", "wellpositions", "wellname", "wellno", "position", "pos", "location",
    "wellcoordinate", "coordinate", "kavität", "puits",
  ]
  static let rowNames: Set<String> = ["row", "wellrow", "rowname", "rowletter", "zeile"]
  static let columnNames: Set<String> = ["col", "column", "wellcol", "wellcolumn", "columnnumber", "spalte"]
  private static let plateNames: [String] = [
    "barcode", "platebarcode", "assayplatebarcode", "plateid", "platename", "assayplate", "plate", "platenumber",
    "platenr", "plateno", "wellplatename",
  ]
  private static let channelNames: Set<String> = [
    "channel", "label", "readout", "operation", "measurement", "wavelength", "filter", "labelname", "read", "readid",
    "analyte", "id", "measurementname", "detector",
  ]
  private static let repeatNames: Set<String> = [
    "repeat", "repeatnumber", "cycle", "cyclenr", "cyclenumber", "kinetic", "kinetics", "readnumber", "measurementno",
    "loopno",
  ]
  private static let timeNames: Set<String> = [
    "time", "times", "timestamp", "timestampms", "datetime", "date", "measurementdate", "measuredat", "measurementtime",
    "readtime", "timems",
  ]
  private static let valueWords = [
    "value", "signal", "result", "rlu", "rfu", "cps", "counts", "luminescence", "fluorescence", "absorbance", "rawdata",
    "opticaldensity", "calculatedflux", "intensity", "response", "reading", "mean", "mittelwert", "od", "lum",
    "messwert",
  ]
  private static let otherWords: Set<String> = [
    "sd", "stdev", "stddev", "std", "se", "sem", "cv", "count", "n", "no", "nr", "number", "index", "x", "y", "min",
    "max", "group", "conc", "concentration", "dose", "dilution", "concdil", "temperature", "temp", "sample", "content",
    "flashes", "plate", "scanx", "scany", "measuredheight", "humidity", "type", "name", "wellid", "sampleid",
    "welltype",
    "concentrationunit", "replicate", "replicateinfo",
  ]

  /// Names of a layout, a dose table or a transfer log: such a table is no reader's list.
  static let foreign: Set<String> = [
    "role", "drug", "drug1", "drug2", "conc1", "conc2", "drugrow", "drugcol", "compound1", "compound2", "conc", "concr",
    "concc", "rowconcs", "colconcs", "rowname", "colname", "blockid", "sourcewell",
    "destinationwell", "destwell", "sourceplatebarcode", "transfervolume", "actualvolume",
  ]

  /// Tells the columns from their names and from the rows below.
  ///
  /// - Returns: `nil` when no column holds values.
  init?(place: Place, names: [String]?, sample: ArraySlice<TextSheet.Row>, reading: CellReading) {
    self.place = place
    let taken: Set<Int> =
      switch place {
      case .well(let cell), .number(let cell, _): [cell]
      case .rowAndColumn(let row, let column): [row, column]
      }
    let width = sample.map(\.cells.count).max() ?? 0
    var numeric: [Int] = []
    var texts: [Int] = []
    for cell in 0..<width where !taken.contains(cell) {
      var (readings, others) = (0, 0)
      for row in sample {
        switch reading.content(row.cell(cell)) {
        case .number, .noted: readings += 1
        case .text: others += 1
        case .empty: break
        }
      }
      if readings > 0, readings >= others { numeric.append(cell) } else if others > 0 { texts.append(cell) }
    }
    if let names {
      name(names, numeric: numeric, taken: taken)
    } else {
      let after = numeric.filter { cell in taken.allSatisfy { cell > $0 } }
      values = (after.isEmpty ? numeric : after).map { ($0, "") }
      if values.count > 1 { values = values.map { ($0.cell, "column \($0.cell + 1)") } }
      plate = texts.first
      channel = texts.dropFirst().first
    }
    guard !values.isEmpty else { return nil }
  }

  /// Whether a column's name is that of a response: cells, viability, confluence.
  private static func isResponse(_ name: String) -> Bool {
    if case .response? = ColumnRole(columnName: name) { return true }
    return false
  }

  private mutating func name(_ names: [String], numeric: [Int], taken: Set<Int>) {
    let folded = names.map(ColumnRole.fold)
    let free = { (cell: Int) in cell < folded.count && !taken.contains(cell) && !folded[cell].isEmpty }
    plate = Self.plateNames.lazy.compactMap { name in folded.indices.first { free($0) && folded[$0] == name } }.first
    channel = folded.indices.first { free($0) && Self.channelNames.contains(folded[$0]) }
    repeatNumber = folded.indices.first { free($0) && Self.repeatNames.contains(folded[$0]) }
    time = folded.indices.first { free($0) && Self.timeNames.contains(folded[$0]) }
    let roles = Set([plate, channel, repeatNumber, time].compactMap { $0 })
    let candidates = numeric.filter { cell in
      // Beside a well's name, rows and columns say once more where it is.
      !roles.contains(cell)
        && !(cell < folded.count
          && (Self.otherWords.contains(folded[cell]) || Self.rowNames.contains(folded[cell])
            || Self.columnNames.contains(folded[cell])))
    }
    let stated = candidates.filter { cell in
      cell < folded.count && Self.valueWords.contains { folded[cell].hasPrefix($0) || folded[cell].hasSuffix($0) }
    }
    // Another response of the wells is a channel as well: which of them is meant is asked.
    let others = candidates.filter { !stated.contains($0) && $0 < names.count && Self.isResponse(names[$0]) }
    values = (stated.isEmpty ? candidates : (stated + others).sorted()).map { ($0, $0 < names.count ? names[$0] : "") }
    unread = numeric.filter { cell in
      cell < folded.count && !folded[cell].isEmpty && !roles.contains(cell) && !values.contains { $0.cell == cell }
        && !Self.rowNames.contains(folded[cell]) && !Self.columnNames.contains(folded[cell])
    }.map { names[$0] }
    // A column called ID or Read names channels only where its rows differ from one another as channels do.
    if values.isEmpty, let channel, numeric.contains(channel) {
      values = [(channel, names[channel])]
      self.channel = nil
    }
  }
}
