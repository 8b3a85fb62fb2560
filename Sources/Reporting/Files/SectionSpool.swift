import Screening

/// The blocks' sections of the report, in the order in which they were analysed, until their ranks are known.
///
/// Of a screen with more blocks than the report shows, a block that is already behind as many others as the report has
/// room for is not kept: its rank can only fall. So the file stays near the size of the report, however many blocks
/// there are.
final class SectionSpool {
  /// The most sections a report shows.
  let limit: Int
  private let file: OutputFile
  private var places: [Int: (offset: Int, count: Int)] = [:]
  private var best: [Ranking.Standing] = []

  /// An empty spool.
  init(run: UnfinishedRun, limit: Int) throws(ReportingError) {
    self.limit = limit
    file = try run.makeFile("sections.html")
  }

  /// Keeps a block's section, when it can still be shown.
  func append(_ section: [UInt8], of summary: BlockSummary) throws(ReportingError) {
    guard limit > 0 else { return }
    let standing = Ranking.Standing(summary)
    if best.count < limit {
      insert(standing)
    } else if let worst = best.last {
      if worst < standing { return }
      if standing < worst {
        best.removeLast()
        insert(standing)
      }
    }
    places[summary.index] = (file.length, section.count)
    try file.append(section)
  }

  /// Ends the writing.
  func close() throws(ReportingError) { try file.close() }

  /// The blocks that are shown: the first of the ranking.
  func shown(of ranked: [BlockSummary]) -> Set<Int> {
    Set(ranked.prefix(limit).map(\.index).filter { places[$0] != nil })
  }

  /// Opens the file for reading.
  func reader() throws(ReportingError) -> InputFile { try InputFile(path: file.path) }

  /// Copies a block's section.
  func copy(_ index: Int, from source: InputFile, to output: OutputFile) throws(ReportingError) {
    guard let place = places[index] else { return }
    try output.append(contentsOf: source, from: place.offset, count: place.count)
  }

  private func insert(_ standing: Ranking.Standing) {
    var (low, high) = (0, best.count)
    while low < high {
      let middle = (low + high) / 2
      if standing < best[middle] { high = middle } else { low = middle + 1 }
    }
    best.insert(standing, at: low)
  }
}
