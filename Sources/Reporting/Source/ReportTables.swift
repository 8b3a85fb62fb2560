import Results
import Screening

/// The tables that only some reports have: over samples, associations, changes since another run.
enum ReportTables {
  /// The files, in the order in which they are put in place.
  static let names = ["across_samples.csv", "associations.csv", "comparison.csv"]

  /// Writes those that there are; answers their names and columns.
  static func write(
    _ across: AcrossSamples?, _ comparison: RunComparison?, into run: StagingDirectory
  ) throws(ResultsError) -> [(file: String, columns: [TableColumn])] {
    let tables = [
      across.map { (columns: AcrossSamplesTable($0).columns, text: AcrossSamplesTable($0).text) },
      across.flatMap { $0.table == nil ? nil : (AssociationTable($0).columns, AssociationTable($0).text) },
      comparison.map { (ComparisonTable($0).columns, ComparisonTable($0).text) },
    ]
    var written: [(file: String, columns: [TableColumn])] = []
    for case (let name, let table?) in zip(names, tables) {
      let file = try run.makeFile(name)
      try file.append(table.text)
      try file.close()
      written.append((name, table.columns))
    }
    return written
  }
}
