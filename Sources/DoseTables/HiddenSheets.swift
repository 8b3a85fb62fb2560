import Spreadsheets

extension PlateReadingError {
  /// What a person who opens a workbook does not see of it: sheets, which are not read, and rows, which are.
  ///
  /// - Parameter canChoose: Whether `--sheet` chooses a sheet of such files.
  package static func hidden(in sheets: [TextSheet], canChoose: Bool = false) -> [PlateReadingError] {
    let names = sheets.filter(\.isHidden).map { $0.name ?? "" }
    let rows = sheets.filter { !$0.isHidden }.compactMap { sheet in
      sheet.hiddenLines.min().map {
        PlateReadingError.hiddenRows(sheet: sheet.name ?? "", count: sheet.hiddenLines.count, first: $0)
      }
    }
    return (names.isEmpty ? [] : [.hiddenSheets(names: names, canChoose: canChoose)]) + rows
  }
}

extension TextSheet {
  /// The sheet as one that was asked for by name, hidden or not.
  var seen: TextSheet {
    var sheet = self
    sheet.isHidden = false
    return sheet
  }
}
