import Results

/// Partners beside their targets in a gene screen: the columns of `partners.csv`.
struct PartnerSheet {
  let joined: JoinedScreens

  /// Writes the sheet.
  func write(to sheet: XlsxSheet) throws(ResultsError) {
    let columns = PartnerTable.columns
    try sheet.header(
      columns.map { FigureText.capitalised($0.name.split(separator: "_").joined(separator: " ")) }, frozenColumns: 3)
    for row in PartnerTable(joined: joined).rows where sheet.hasRoom {
      try sheet.append(
        row,
        columns.map {
          $0.kind == .number
            ? CellLook(number: $0.name.contains("_p_") || $0.name.hasPrefix("q_") ? "0.00E+00" : "0.00") : .plain
        })
    }
    sheet.finish()
  }
}
