import Results
import Screening
import Spreadsheets
import Synergy

extension ResultsFile {
  /// Writes a table from the store, piece by piece: as CSV the bytes of the file that the run left.
  ///
  /// - Parameters:
  ///   - source: The whole run (`report()`).
  ///   - lineFits: Whether `fits` also has ZIP's lines.
  /// - Throws: `ResultsError` when the run has no such table or its store cannot be read, or what `write` throws.
  public func write(
    _ table: RunTable, of source: ReportSource, as format: RunTable.Format, lineFits: Bool = false,
    to write: ([UInt8]) throws -> Void
  ) throws {
    let tables = RunTables(
      ranked: source.ranked, options: source.options, plates: source.plates, across: source.across,
      joined: source.joined)
    guard tables.all.contains(table) else {
      throw ResultsError.noSuchTable(name: table.rawValue, tables: tables.all.map(\.rawValue))
    }
    let columns = tables.columns(of: table)
    if format == .csv { try write(Array(columns.header.utf8)) }
    try writeRows(of: table, source.ranked, tables, lineFits: lineFits) { rows in
      try write(format == .csv ? rows : Self.jsonLines(of: rows, columns))
    }
  }

  private func writeRows(
    of table: RunTable, _ ranked: [BlockSummary], _ tables: RunTables, lineFits: Bool, _ write: ([UInt8]) throws -> Void
  ) throws {
    switch table {
    case .ranking, .scores:
      for (position, summary) in ranked.enumerated() {
        try write(Self.csv(tables.rows(of: table, summary, rank: position + 1)))
      }
    case .cells:
      try forEachBlock { analysis in
        try write(
          Self.widened(
            CellTable.rows(of: analysis, TreatmentFields(analysis.asRead)), of: analysis, to: tables,
            after: CellTable.leading))
      }
    case .wells:
      if let plates = tables.plates { return try write(WellTable.rows(of: plates, drugs: tables.drugsOfWells)) }
      try forEachBlock { analysis in
        try write(
          Self.widened(
            WellTable.rows(of: analysis, TreatmentFields(analysis.asRead)), of: analysis, to: tables,
            after: WellTable.leading))
      }
    case .fits:
      try forEachBlock { analysis in
        try write(FitTable.monotherapies(of: analysis) + (lineFits ? FitTable.lines(of: analysis) : []))
      }
    case .problems: for problem in try store.problems() { try write(ProblemTable.row(of: problem)) }
    case .qc: if let plates = tables.plates { try write(Self.csv(QualityTable.rows(of: plates))) }
    case .acrossSamples: if let across = tables.across { try write(Self.body(AcrossSamplesTable(across).text)) }
    case .associations: if let across = tables.across { try write(Self.body(AssociationTable(across).text)) }
    case .partners: if let joined = tables.joined { try write(Self.csv(PartnerTable(joined: joined).rows)) }
    case .biomarkers:
      if let joined = tables.joined {
        try write(Self.csv(BiomarkerTable(joined: joined).rows(Set(head.annotations?.columns.map(\.name) ?? []))))
      }
    case .columns: try write(ColumnTable.rows(of: tables.dictionary))
    }
  }

  /// The blocks in the order in which they were read.
  private func forEachBlock(_ body: (BlockAnalysis) throws -> Void) throws {
    for index in places.map(\.block).sorted() { try body(store.analysis(of: index)) }
  }

  /// A block's rows with as many columns of drugs as the table has.
  private static func widened(
    _ rows: [UInt8], of analysis: BlockAnalysis, to tables: RunTables, after leading: [TableColumn]
  ) -> [UInt8] {
    let missing = tables.drugs - analysis.matrix.drugCount
    guard missing > 0 else { return rows }
    var widener = ColumnWidener(
      after: leading.count + TableSpool.each * analysis.matrix.drugCount, added: TableSpool.each * missing)
    return widener.widen(rows)
  }

  private static func csv(_ rows: [[Field]]) -> [UInt8] {
    var out = ByteWriter()
    for row in rows { out.csv(row) }
    return out.bytes
  }

  /// A table without its first line.
  private static func body(_ text: [UInt8]) -> [UInt8] {
    guard let end = text.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
    return Array(text[(end + 1)...])
  }

  /// CSV rows as JSON objects, one a line.
  static func jsonLines(of rows: [UInt8], _ columns: [TableColumn]) -> [UInt8] {
    var out: [UInt8] = []
    CSVRows.forEach(in: rows, separator: UInt8(ascii: ",")) { row in
      var json = JSONWriter(capacity: 600)
      json.object { json in
        for (place, column) in columns.enumerated() {
          json.key(column.name)
          let text = row.text(place)
          switch column.kind {
          case _ where text.isEmpty: json.value(String?.none)
          case .text: json.value(ByteWriter.withoutGuard(text))
          case .number, .integer: json.raw(text)
          }
        }
      }
      out += json.bytes
      out.append(UInt8(ascii: "\n"))
      return true
    }
    return out
  }
}
