import Screening
import Synchronization
import Synergy

/// What is read of every block, and judged by the ranking.
private protocol JudgedBlock: Sendable {
  var index: Int { get }
  var verdict: Verdict? { get set }
}

extension BlockSummary: JudgedBlock {}
extension BlockOutline: JudgedBlock {}

extension RunStore {
  /// A block's place in the ranking.
  public struct Place: Sendable, Hashable {
    /// 1 is best.
    public var rank: Int
    /// The block's number, `BlockSummary.index`.
    public var block: Int
  }

  /// Blocks above which a second connection is worth its opening.
  private static let fewBlocks = 4000

  /// Every block's place, best first: all that opening a run reads of its blocks.
  public func places() throws(ResultsError) -> [Place] {
    let places = try rows("SELECT rank, block FROM ranking ORDER BY rank") { row throws(ResultsError) in
      Place(rank: try row.requiredInteger(), block: try row.requiredInteger())
    }
    let counts = try rows("SELECT count(*) FROM blocks") { row throws(ResultsError) in try row.requiredInteger() }
    guard counts == [places.count] else {
      throw wrong("it has \(counts.first ?? 0) blocks and a ranking of \(places.count)")
    }
    guard Set(places.map(\.block)).count == places.count else { throw wrong("its ranking names a block twice") }
    return places
  }

  /// Whether blocks of more than one sample are there.
  public func hasSamples() throws(ResultsError) -> Bool {
    // Ends at the first block of a second sample.
    try rows(
      "SELECT EXISTS (SELECT 1 FROM blocks WHERE sample <> "
        + "(SELECT sample FROM blocks WHERE sample IS NOT NULL LIMIT 1))"
    ) { row throws(ResultsError) in row.integer() == 1 } == [true]
  }

  /// The summaries of the blocks at some places of the ranking, in the order in which they are asked for.
  ///
  /// Takes time by their number, not by that of the run's blocks.
  public func summaries(at places: some Sequence<Place>) throws(ResultsError) -> [BlockSummary] {
    try withDatabase { database throws(ResultsError) in
      var reader = try SummaryReader(database, options: options)
      let ranking = try database.prepare(StoreSchema.ranking.selection("WHERE rank = ?"))
      var summaries: [BlockSummary] = []
      for place in places {
        let judged = try ranking.query({ $0.add(place.rank) }) { row throws(ResultsError) in try self.place(&row) }
        guard var summary = try reader.summaries(place.block..<place.block + 1).first,
          let (block, verdict) = judged.first, block == place.block
        else { throw wrong("its ranking names block \(place.block), which is not there") }
        summary.verdict = verdict
        summaries.append(summary)
      }
      return summaries
    }
  }

  /// Every block's summary, judged and ranked as the run did: best first.
  ///
  /// Takes time and memory by the number of blocks, not of their wells.
  ///
  /// - Parameter threads: Worker threads; they never change a number.
  public func ranked(threads: Int = 1) async throws(ResultsError) -> [BlockSummary] {
    try await inRankOrder(threads: threads) { database, options, numbers throws(ResultsError) in
      var reader = try SummaryReader(database, options: options)
      return try reader.summaries(numbers)
    }
  }

  /// Every block's outline, best first; kept from the first call on.
  ///
  /// - Parameter threads: Worker threads; they never change a number.
  public func outlines(threads: Int = 1) async throws(ResultsError) -> [BlockOutline] {
    if let kept = keptOutlines.withLock({ $0 }) { return kept }
    let outlines = try await inRankOrder(threads: threads) { database, options, numbers throws(ResultsError) in
      var reader = try OutlineReader(database, options: options)
      return try reader.outlines(numbers)
    }
    keptOutlines.withLock { $0 = outlines }
    return outlines
  }

  /// What is read of a range of blocks.
  typealias Read<Value> = @Sendable (Database, ScreenOptions, Range<Int>) throws(ResultsError) -> [Value]

  private func inRankOrder<Value: JudgedBlock>(
    threads: Int, _ read: @escaping Read<Value>
  ) async throws(ResultsError) -> [Value] {
    let order = try rows(StoreSchema.ranking.selection("ORDER BY rank")) { row throws(ResultsError) in
      try self.place(&row)
    }
    var parts = try await parts(threads: order.count > Self.fewBlocks ? threads : 1, read)
    let count = parts.reduce(0) { $0 + $1.count }
    guard order.count == count else { throw wrong("it has \(count) blocks and a ranking of \(order.count)") }
    // The places in the order of the blocks' numbers, in which they were read.
    let places = order.indices.sorted { order[$0].block < order[$1].block }
    var next = count
    // Blocks are moved to their places, since to copy them takes longer than to read them.
    let ranked = [Value](unsafeUninitializedCapacity: count) { ranked, initialized in
      for part in parts.indices.reversed() {
        while var value = parts[part].popLast(), order[places[next - 1]].block == value.index {
          next -= 1
          value.verdict = order[places[next]].verdict
          ranked.initializeElement(at: places[next], to: consume value)
        }
      }
      if next > 0 {
        for place in places[next...] { ranked.deinitializeElement(at: place) }
      } else {
        initialized = count
      }
    }
    guard next == 0 else { throw wrong("its ranking names a block twice, or one that is not there") }
    return ranked
  }

  /// What is read of consecutive parts of the blocks.
  func parts<Value: Sendable>(threads: Int, _ read: @escaping Read<Value>) async throws(ResultsError) -> [[Value]] {
    let ends = try rows("SELECT min(number), max(number) FROM blocks") { row throws(ResultsError) in
      (row.integer(), row.integer())
    }
    guard let ends = ends.first, let first = ends.0, let last = ends.1 else { return [] }
    // More parts than threads: one of these may be busy with the store's digest.
    let more = threads > 1 ? try connections(4 * threads - 1) : []
    let size = (last - first) / (more.count + 1) + 1
    let parts = await Parallel.map(more.count + 1, chunk: 1, threads: threads) { [options] places in
      places.map { place in
        let numbers = min(last + 1, first + place * size)..<min(last + 1, first + (place + 1) * size)
        return Result { () throws(ResultsError) in
          if place == 0 {
            return try self.withDatabase { database throws(ResultsError) in try read(database, options, numbers) }
          }
          return try more[place - 1].withLock { database throws(ResultsError) in try read(database, options, numbers) }
        }
      }
    }
    var values: [[Value]] = []
    for part in parts { values.append(try part.get()) }
    return values
  }

  private func place(_ row: inout Statement.Row) throws(ResultsError) -> (block: Int, verdict: Verdict?) {
    _ = row.integer()
    let block = try row.requiredInteger()
    guard let call = try row.call() else { return (block, nil) }
    return (
      block,
      Verdict(
        call: call, words: try row.requiredText(), agreeing: try row.requiredInteger(),
        models: try row.requiredInteger(), isBelowBetterDrug: row.integer() == 1)
    )
  }
}
