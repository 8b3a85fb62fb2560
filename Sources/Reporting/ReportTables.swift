import DoseTables
import Results
import Screening

/// The tables that only some reports have: over samples, associations, partners beside a gene screen, changes since another run.
enum ReportTables {
  /// The files, in the order in which they are put in place.
  static let names = [
    RunTable.acrossSamples.fileName, RunTable.associations.fileName, RunTable.partners.fileName,
    RunTable.biomarkers.fileName, "comparison.csv",
  ]

  /// Writes those that there are; answers their names.
  static func write(
    _ across: AcrossSamples?, _ joined: JoinedScreens?, annotations: SampleTable?, _ comparison: RunComparison?,
    into run: StagingDirectory
  ) throws(ResultsError) -> [String] {
    let tables: [[UInt8]?] = [
      across.map { AcrossSamplesTable($0).text },
      across.flatMap { $0.table == nil ? nil : AssociationTable($0).text },
      joined.map { PartnerTable(joined: $0).text },
      joined.map { BiomarkerTable(joined: $0).text(Set(annotations?.columns.map(\.name) ?? [])) },
      comparison.map { ComparisonTable($0).text },
    ]
    var written: [String] = []
    for case (let name, let table?) in zip(names, tables) {
      let file = try run.makeFile(name)
      try file.append(table)
      try file.close()
      written.append(name)
    }
    return written
  }
}
