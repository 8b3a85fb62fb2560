import Results

/// `cells.csv` while it grows: as many `conc` columns as the block with the most drugs so far.
struct CellSpool {
  private let run: StagingDirectory
  private var file: OutputFile
  private var drugs = 2

  /// An empty table for two drugs.
  init(run: StagingDirectory) throws(ResultsError) {
    self.run = run
    file = try run.makeFile("cells.csv")
    try file.append(CellTable.header(drugs: drugs))
  }

  /// Appends the rows of a block of so many drugs.
  mutating func append(_ rows: [UInt8], drugs count: Int) throws(ResultsError) {
    if count > drugs { try widen(to: count) }
    if count < drugs {
      var widener = ColumnWidener(after: 1 + count, added: drugs - count)
      try file.append(widener.widen(rows))
    } else {
      try file.append(rows)
    }
  }

  /// Closes the table.
  func close() throws(ResultsError) { try file.close() }

  /// Writes the table anew with more columns; happens once for each larger number of drugs that turns up.
  private mutating func widen(to count: Int) throws(ResultsError) {
    try file.close()
    let name = "cells-\(count).csv"
    let wide = try run.makeFile(name)
    try wide.append(CellTable.header(drugs: count))
    let narrow = try InputFile(path: file.path)
    var widener = ColumnWidener(after: 1 + drugs, added: count - drugs)
    var position = CellTable.header(drugs: drugs).utf8.count
    while position < file.length {
      let part = try narrow.read(from: position, count: min(file.length - position, 1 << 18))
      try wide.append(widener.widen(part))
      position += part.count
    }
    drugs = count
    file = wide
    try run.rename(name, to: "cells.csv")
    file.path = run.path(of: "cells.csv")
  }
}
