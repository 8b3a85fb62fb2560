import DoseTables
import Spreadsheets

/// The tables of a file that may be a layout: its text, or its workbook's sheets that are not hidden.
struct LayoutSheets {
  /// The tables with the names of their sheets.
  private(set) var tables: [(name: String?, table: TextTable)] = []
  /// Merged cells of which it can not be told which wells they are, with what they hold, by their sheets' names.
  private(set) var refused: [(sheet: String, merge: TextSheet.Merge, text: String)] = []
  /// What is hidden in the workbook.
  private(set) var hidden: [PlateReadingError] = []

  /// Reads a file.
  init(_ bytes: [UInt8]) throws(PlateReadingError) {
    guard Workbook.isArchive(bytes) else {
      tables = [(nil, try TextTable(bytes))]
      return
    }
    let sheets: [TextSheet]
    do throws(WorkbookError) {
      sheets = try Workbook.sheets(bytes, limits: WorkbookLimits())
    } catch {
      throw .workbook(error)
    }
    hidden = PlateReadingError.hidden(in: sheets)
    for var sheet in sheets where !sheet.isHidden {
      if let line = sheet.cutAt { throw .rowTooLarge(line: line) }
      for merge in MergedWells.fill(&sheet) {
        let row = sheet.rows.first { $0.line == merge.lines.lowerBound }
        refused.append((sheet.name ?? "", merge, row?.cell(merge.columns.lowerBound) ?? ""))
      }
      tables.append((sheet.name, try TextTable(sheet.csv)))
    }
    guard !tables.isEmpty else { throw .emptyFile }
  }
}

extension TextTable {
  /// The tables of a file: the text, or a workbook's sheets with their names.
  static func tables(_ bytes: [UInt8]) throws(PlateReadingError) -> [(name: String?, table: TextTable)] {
    try LayoutSheets(bytes).tables
  }
}
