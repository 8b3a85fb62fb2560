import Results

/// A table about wells while it grows: as many columns of drugs as the block with the most drugs so far.
struct TableSpool {
  private let run: StagingDirectory
  private let name: String
  private let leading: Int
  private let columns: (Int) -> [TableColumn]
  private var file: OutputFile
  private var drugs = 2

  /// Columns of each drug.
  static let each = TableColumn.treatment(drugs: 2).count / 2

  /// An empty table for two drugs.
  ///
  /// - Parameters:
  ///   - leading: How many columns come before those of the drugs.
  ///   - columns: All columns for so many drugs.
  init(
    _ name: String, leading: Int, columns: @escaping (Int) -> [TableColumn], run: StagingDirectory
  ) throws(ResultsError) {
    (self.name, self.leading, self.columns, self.run) = (name, leading, columns, run)
    file = try run.makeFile(name)
    try file.append(columns(drugs).header)
  }

  /// Appends the rows of a block of so many drugs.
  mutating func append(_ rows: [UInt8], drugs count: Int) throws(ResultsError) {
    if count > drugs { try widen(to: count) }
    if count < drugs {
      var widener = ColumnWidener(after: leading + Self.each * count, added: Self.each * (drugs - count))
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
    let wider = "\(count)-\(name)"
    let wide = try run.makeFile(wider)
    try wide.append(columns(count).header)
    let narrow = try InputFile(path: file.path)
    var widener = ColumnWidener(after: leading + Self.each * drugs, added: Self.each * (count - drugs))
    var position = columns(drugs).header.utf8.count
    while position < file.length {
      let part = try narrow.read(from: position, count: min(file.length - position, 1 << 18))
      try wide.append(widener.widen(part))
      position += part.count
    }
    drugs = count
    file = wide
    try run.rename(wider, to: name)
    file.path = run.path(of: name)
  }
}
