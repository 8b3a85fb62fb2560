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
    let tables: [(columns: [TableColumn], text: [UInt8])?] = [
      across.map { across in
        let table = AcrossSamplesTable(across)
        return (table.columns, table.text)
      },
      across.flatMap { across in
        let table = AssociationTable(across)
        return across.table == nil ? nil : (table.columns, table.text)
      },
      comparison.map { comparison in
        let table = ComparisonTable(comparison)
        return (table.columns, table.text)
      },
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
