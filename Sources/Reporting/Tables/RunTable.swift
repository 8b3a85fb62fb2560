import Results
import Screening

/// A table of a run: what `analyze` leaves as a CSV file, and `export --table` writes again from the store.
public enum RunTable: String, CaseIterable, Sendable {
  case ranking, scores, cells, wells, fits, problems, qc
  case acrossSamples = "across_samples"
  case associations, partners, biomarkers, columns

  /// The file that a run leaves.
  public var fileName: String { rawValue + ".csv" }

  /// How a table is laid out.
  public enum Format: String, CaseIterable, Sendable {
    /// Comma-separated values (RFC 4180), as a run leaves them.
    case csv
    /// A JSON object a line: numbers as numbers, an empty field as `null`.
    case jsonl
  }
}

/// The tables of one run and their columns, which depend on what its blocks have.
struct RunTables: Sendable {
  /// The most drugs of any block, 2 at least.
  let drugs: Int
  let ranking: RankingTable
  let plates: PlateReport?
  let across: AcrossSamples?
  let joined: JoinedScreens?

  init(
    ranked: [BlockSummary], options: ScreenOptions, plates: PlateReport?, across: AcrossSamples?, joined: JoinedScreens?
  ) {
    drugs = max(2, ranked.lazy.map(\.drugs.count).max() ?? 2)
    ranking = RankingTable(ranked: ranked, surfaceNulls: options.synergy.bigl.nulls)
    (self.plates, self.across, self.joined) = (plates, across, joined)
  }

  /// The most drugs of any row of `wells.csv`.
  var drugsOfWells: Int { plates.map { max(2, WellTable.drugs(of: $0)) } ?? drugs }

  /// The tables that the run has.
  var all: [RunTable] {
    RunTable.allCases.filter { table in
      switch table {
      case .qc: plates != nil
      case .acrossSamples: across != nil
      case .associations: across?.table != nil
      case .partners, .biomarkers: joined != nil
      default: true
      }
    }
  }

  /// The columns of a table that the run has.
  func columns(of table: RunTable) -> [TableColumn] {
    switch table {
    case .ranking: ranking.dictionary
    case .scores: ScoreTable(drugs: drugs).columns
    case .cells: CellTable.columns(drugs: drugs)
    case .wells: WellTable.columns(drugs: drugsOfWells)
    case .fits: FitTable.columns
    case .problems: ProblemTable.columns
    case .qc: QualityTable.dictionary
    case .acrossSamples: across.map { AcrossSamplesTable($0).columns } ?? []
    case .associations: across.map { AssociationTable($0).columns } ?? []
    case .partners: PartnerTable.columns
    case .biomarkers: BiomarkerTable.columns
    case .columns: ColumnTable.columns
    }
  }

  /// A block's rows of a table that has the blocks as they are ranked.
  func rows(of table: RunTable, _ summary: BlockSummary, rank: Int) -> [[Field]] {
    switch table {
    case .ranking: [ranking.row(summary, rank: rank)]
    case .scores: ScoreTable(drugs: drugs).rows(summary, rank: rank)
    default: []
    }
  }

  /// Writes such a table into a file.
  func write(_ table: RunTable, _ ranked: [BlockSummary], ranks: [Int], to path: String) throws(ResultsError) {
    let file = try OutputFile(path: path)
    try file.append(columns(of: table).header)
    var out = ByteWriter()
    for (summary, rank) in zip(ranked, ranks) {
      for row in rows(of: table, summary, rank: rank) { out.csv(row) }
      try file.append(&out)
    }
    try file.close()
  }

  /// What `columns.csv` says: every table and its columns.
  var dictionary: [(file: String, columns: [TableColumn])] {
    all.filter { $0 != .columns }.map { ($0.fileName, columns(of: $0)) }
  }
}
