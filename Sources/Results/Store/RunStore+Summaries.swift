import Screening
import Synergy

extension RunStore {
  /// Blocks above which a second connection is worth its opening.
  private static let fewBlocks = 4000

  /// Every block's summary, judged and ranked as the run did: best first.
  ///
  /// Takes time and memory by the number of blocks, not of their wells.
  ///
  /// - Parameter threads: Worker threads; they never change a number.
  public func ranked(threads: Int = 1) async throws(ResultsError) -> [BlockSummary] {
    let order = try rows(StoreSchema.ranking.selection("ORDER BY rank")) { row throws(ResultsError) in
      try self.place(&row)
    }
    var parts = try await summaries(threads: order.count > Self.fewBlocks ? threads : 1)
    var places: [Int: (part: Int, place: Int)] = [:]
    places.reserveCapacity(order.count)
    for part in parts.indices {
      for place in parts[part].indices { places[parts[part][place]?.index ?? -1] = (part, place) }
    }
    guard order.count == places.count else {
      throw wrong("it has \(places.count) blocks and a ranking of \(order.count)")
    }
    var ranked: [BlockSummary] = []
    ranked.reserveCapacity(order.count)
    for (block, verdict) in order {
      guard let at = places[block], var summary = parts[at.part][at.place].take() else {
        throw wrong("its ranking names block \(block) twice, or one that is not there")
      }
      summary.verdict = verdict
      ranked.append(summary)
    }
    return ranked
  }

  /// The summaries of consecutive parts of the blocks, without verdicts.
  func summaries(threads: Int) async throws(ResultsError) -> [[BlockSummary?]] {
    let ends = try rows("SELECT min(number), max(number) FROM blocks") { row throws(ResultsError) in
      (row.integer(), row.integer())
    }
    guard let ends = ends.first, let first = ends.0, let last = ends.1 else { return [] }
    let more = threads > 1 ? try connections(threads - 1) : []
    guard !more.isEmpty else { return [try summaries(first..<last + 1)] }
    let size = (last - first) / (more.count + 1) + 1
    let parts = await Parallel.map(more.count + 1, chunk: 1, threads: threads) { [options] places in
      places.map { place in
        let numbers = first + place * size..<min(last + 1, first + (place + 1) * size)
        return Result { () throws(ResultsError) in
          guard place > 0 else { return try self.summaries(numbers) }
          return try more[place - 1].withLock { database throws(ResultsError) in
            var reader = try SummaryReader(database, options: options)
            return try reader.summaries(numbers)
          }
        }
      }
    }
    var summaries: [[BlockSummary?]] = []
    for part in parts { summaries.append(try part.get()) }
    return summaries
  }

  private func place(_ row: inout Statement.Row) throws(ResultsError) -> (block: Int, verdict: Verdict?) {
    _ = row.integer()
    let block = try row.requiredInteger()
    guard let word = row.text() else { return (block, nil) }
    guard let call = Call(rawValue: word) else { throw wrong("a block is called \(word)") }
    return (
      block,
      Verdict(
        call: call, words: try row.requiredText(), agreeing: try row.requiredInteger(),
        models: try row.requiredInteger(), isBelowBetterDrug: row.integer() == 1)
    )
  }
}
