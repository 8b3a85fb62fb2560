import Assay
import DoseTables

/// The layouts of a screen, from all files that state them: tables, `plater` grids, transfer logs, stock lists.
public struct LayoutSet: Sendable {
  /// The plates, in the order in which the files state them.
  public private(set) var layouts: [PlateLayout] = []
  /// What was refused, doubted or noted.
  public private(set) var problems: [InputProblem] = []
  /// What each file was recognised as, in words; `nil` for one that is no layout. In the order of the files.
  public private(set) var formats: [String?] = []

  /// Reads files. The shape of each is told by its content.
  ///
  /// - Parameters:
  ///   - files: Name and bytes of each. The name, without folders and ending, is the plate's where the file names none.
  ///   - options: Volumes and limits for transfer logs.
  ///   - correct: Changes the layouts that the files state, before transfers are added to them.
  public init(
    files: [(name: String, bytes: [UInt8])], options: TransferOptions = .init(),
    correct: (inout [PlateLayout]) -> Void = { _ in }
  ) {
    var builder = LayoutBuilder()
    var logs: [TransferLog] = []
    var configurations: [PlateConfiguration] = []
    var stocks = StockList()
    for (name, bytes) in files {
      builder.file = name
      let tables: [(name: String?, table: TextTable)]
      do throws(PlateReadingError) {
        let sheets = try LayoutSheets(bytes)
        tables = sheets.tables
        for error in sheets.hidden { builder.problems.add(.layoutUnreadable(error), .warning, file: name) }
        guard sheets.refused.isEmpty else {
          for (sheet, merge, text) in sheets.refused {
            builder.problems.add(
              .mergedWells(sheet: sheet, cells: "\(merge)", text: text), .error, file: name,
              line: merge.lines.lowerBound)
          }
          formats.append(nil)
          continue
        }
      } catch {
        builder.problems.add(
          error == .emptyFile
            ? .emptyFile(expected: "a layout, a transfer log or a stock list") : .layoutUnreadable(error),
          .error, file: name)
        formats.append(nil)
        continue
      }
      let before = builder.taken
      let names = SheetPlates(tables) { table in Self.namesNoPlate(table) }
      var found: [(sheet: Int, format: String, isEmpty: Bool)] = []
      let grids = SheetGrids(tables)
      if let grids {
        grids.read(of: tables[grids.sheets[0]].table, plate: Self.stem(name), into: &builder)
        found += grids.sheets.map { ($0, "layout in sheets", builder.taken == before) }
      }
      for (sheet, table) in tables.map(\.table).enumerated() where !(grids?.sheets.contains(sheet) ?? false) {
        switch table.ending {
        case .complete, .stopped: break
        case .openQuote(let line), .rowTooLarge(let line):
          builder.problems.add(.cutOff(line: line), .warning, file: name, line: line)
        }
        if names.unnamed.contains(sheet) {
          found.append((sheet, "layout sheets", false))
          continue
        }
        builder.namesPlates = names.plates[sheet] != nil
        defer { builder.namesPlates = false }
        if let configuration = PlateConfiguration(table, file: name, problems: &builder.problems) {
          configurations.append(configuration)
          found.append((sheet, "plate configuration (cellHTS2)", configuration.isEmpty))
        } else if let (format, isEmpty) = Self.read(
          table, name, plate: names.plates[sheet] ?? Self.stem(name), into: &builder, logs: &logs, stocks: &stocks)
        {
          found.append((sheet, format, isEmpty))
        } else if tables.count == 1 {
          builder.problems.add(.notALayout(columns: table.rows.first?.fields ?? []), .error, file: name, line: 1)
        }
      }
      formats.append(found.min { $0.sheet < $1.sheet }?.format)
      names.tell(tables.map { $0.name ?? "" }, file: name, &builder.problems)
      if tables.count > 1 {
        let known = Set(found.map(\.sheet))
        for (sheet, table) in tables.enumerated() where !known.contains(sheet) {
          builder.problems.add(
            .notASheet(name: table.name ?? ""), found.isEmpty ? .error : .info, file: name)
        }
      }
      for kind in Set(found.filter(\.isEmpty).map(\.format)).sorted() {
        builder.problems.add(.nothingInIt(kind: kind), .error, file: name)
      }
    }
    layouts = builder.finish()
    correct(&layouts)
    for configuration in configurations { configuration.apply(to: &layouts, problems: &builder.problems) }
    for log in logs {
      TransferDosing(log: log, stocks: stocks, options: options).apply(to: &layouts, problems: &builder.problems)
    }
    tellUnits(&builder.problems)
    problems = builder.problems.all
  }

  /// Names the drugs whose doses have no unit, file by file.
  private func tellUnits(_ problems: inout PlateProblems) {
    var drugs: [String: [String]] = [:]
    for layout in layouts {
      for treatment in layout.wells.lazy.flatMap(\.treatments) where treatment.dose > 0 && treatment.unit == .unstated {
        if drugs[layout.file]?.contains(treatment.drug) != true {
          drugs[layout.file, default: []].append(treatment.drug)
        }
      }
    }
    for (file, names) in drugs.sorted(by: { $0.key < $1.key }) {
      problems.add(.unitMissing(drugs: names), .info, file: file)
    }
  }

  /// Reads one table as what it is, and says whether it held nothing; `nil` where it is none of a layout's.
  private static func read(
    _ table: TextTable, _ name: String, plate: String, into builder: inout LayoutBuilder, logs: inout [TransferLog],
    stocks: inout StockList
  ) -> (format: String, isEmpty: Bool)? {
    let before = builder.taken
    if let header = TransferLog.header(in: table) {
      let log = TransferLog(table, header: header, file: name, problems: &builder.problems)
      logs.append(log)
      return ("Echo transfers", log.transfers.isEmpty)
    }
    if let report = DispenserReport(table) {
      report.read(plate: plate, into: &builder)
      return ("D300 dispenser report", builder.taken == before)
    }
    if let list = StockList(table, file: name, problems: &builder.problems) {
      stocks.add(list)
      return ("stock list", list.isEmpty)
    }
    if let grids = LayoutGrids(table.rows) {
      grids.read(of: table, plate: plate, into: &builder)
      return ("plater layout", builder.taken == before)
    }
    if let drawing = TreatmentGrid(table) {
      drawing.read(of: table, plate: plate, into: &builder)
      return ("plate drawing", builder.taken == before)
    }
    guard let (layout, header) = LayoutTable.find(in: table) else { return nil }
    layout.read(table.rows[(header + 1)...], of: table, plate: plate, into: &builder)
    return ("layout table", builder.taken == before)
  }

  /// Whether a sheet is a layout by itself, and says wells of which it does not name the plate.
  private static func namesNoPlate(_ table: TextTable) -> Bool {
    var builder = LayoutBuilder()
    var logs: [TransferLog] = []
    var stocks = StockList()
    var problems = PlateProblems()
    guard PlateConfiguration(table, file: "", problems: &problems) == nil,
      read(table, "", plate: "", into: &builder, logs: &logs, stocks: &stocks) != nil
    else { return false }
    return builder.finish().contains(where: \.isTemplate)
  }

  /// Whether a file is a layout, a dispenser's log or report, or a stock list.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    guard let tables = try? TextTable.tables(bytes) else { return false }
    if SheetGrids(tables) != nil { return true }
    var problems = PlateProblems()
    return tables.contains { _, table in
      return TransferLog.header(in: table) != nil || LayoutTable.find(in: table) != nil
        || DispenserReport(table) != nil || PlateConfiguration(table, file: "", problems: &problems) != nil
        || LayoutGrids(table.rows) != nil || TreatmentGrid(table) != nil
        || StockList(table, file: "", problems: &problems) != nil
    }
  }

  /// Whether a file says what drugs are in wells, and nothing of what was measured there, which a grid of doses or a list of
  /// wells looks like else.
  static func statesDrugsAlone(_ bytes: [UInt8]) -> Bool {
    guard let tables = try? TextTable.tables(bytes) else { return false }
    if SheetGrids(tables) != nil { return true }
    return tables.contains { _, table in
      if LayoutGrids(table.rows) != nil { return true }
      guard let (found, header) = LayoutTable.find(in: table) else { return false }
      return found.statesDoses && !WellTable.hasSignal(table.rows[header].fields)
    }
  }

  /// Whether a file is a layout of grids. Their `drug1` looks like the label of a matrix, so that this is asked first.
  public static func isGrids(_ bytes: [UInt8]) -> Bool {
    (try? TextTable.tables(bytes))?.contains { LayoutGrids($0.table.rows) != nil } ?? false
  }

  /// A file's name without folders and ending.
  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
