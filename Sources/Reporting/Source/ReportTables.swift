import Results
import Screening

/// The tables that only some reports have: over samples, associations, changes since another run.
enum ReportTables {
  /// The files, in the order in which they are put in place.
  static let names = ["across_samples.csv", "associations.csv", "comparison.csv"]

  /// Writes those that there are; answers their names.
  static func write(
    _ across: AcrossSamples?, _ comparison: RunComparison?, into run: StagingDirectory
  ) throws(ResultsError) -> [String] {
    let texts = [
      across.map { AcrossSamplesTable($0).text },
      across.flatMap { $0.table == nil ? nil : AssociationTable($0).text },
      comparison.map { ComparisonTable($0).text },
    ]
    var written: [String] = []
    for case (let name, let text?) in zip(names, texts) {
      let file = try run.makeFile(name)
      try file.append(text)
      try file.close()
      written.append(name)
    }
    return written
  }
}
