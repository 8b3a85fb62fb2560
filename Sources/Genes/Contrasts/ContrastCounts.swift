/// The counts of a contrast's samples, in the order of their names.
struct ContrastCounts {
  let table: CountTable
  /// With its samples in the order of their names.
  let contrast: Contrast
  /// Reads, a column for each control and each treatment.
  let controls: [[Double]]
  let treatments: [[Double]]
  /// Guides that have a read in any of them.
  let hasReads: [Bool]

  /// Takes the columns out of a table.
  ///
  /// - Throws: `columnNotFound`, `noReads`, and what `Contrast.check` throws.
  init(_ table: CountTable, _ contrast: Contrast) throws(CountError) {
    try contrast.check()
    let ordered = contrast.ordered
    func columns(_ names: [String]) throws(CountError) -> [[Double]] {
      var columns: [[Double]] = []
      for name in names {
        guard let index = table.index(of: name) else {
          throw .columnNotFound(CountError.Place(contrast.name), wanted: name, columns: table.samples)
        }
        guard table.counts[index].contains(where: { $0 > 0 }) else { throw .noReads(sample: name) }
        columns.append(table.counts[index])
      }
      return columns
    }
    (self.table, self.contrast) = (table, ordered)
    controls = try columns(ordered.controls)
    treatments = try columns(ordered.treatments)
    var hasReads = [Bool](repeating: false, count: table.guides.count)
    for column in controls + treatments {
      for guide in column.indices where column[guide] > 0 { hasReads[guide] = true }
    }
    self.hasReads = hasReads
  }

  /// Every sample, controls first.
  var all: [[Double]] { controls + treatments }
}
