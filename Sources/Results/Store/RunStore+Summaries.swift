import Assay
import Screening
import Synergy

extension RunStore {
  /// Every block's summary, judged and ranked as the run did: best first.
  ///
  /// Takes time and memory by the number of blocks, not of their wells.
  public func ranked() throws(ResultsError) -> [BlockSummary] {
    let registry = options.compounds.registry
    var drugs = Grouped(try drugs())
    var scores = Grouped(try scores())
    var summaries: [BlockSummary?] = []
    let blocks = try rows(StoreSchema.blocks.selection("ORDER BY number")) { row throws(ResultsError) in
      try StoredHead(&row)
    }
    var tests: [Int: [BlockSummary.SurfaceTest]] = [:]
    for test in try rows(
      "SELECT block, null_model, f, p FROM surface_tests",
      row: { row throws(ResultsError) in
        (try row.requiredInteger(), BlockSummary.SurfaceTest(null: try row.word(), f: row.number(), p: row.number()))
      })
    { tests[test.0, default: []].append(test.1) }
    var places: [Int: Int] = [:]
    for block in blocks {
      let own = drugs.next(block.number)
      guard own.count >= 2 else { throw wrong("block \(block.number) has \(own.count) drugs") }
      places[block.number] = summaries.count
      let found = scores.next(block.number)
      let ordered = options.synergy.models.compactMap { model in found.first { $0.score.model == model } }
      guard ordered.count == found.count else {
        throw wrong("block \(block.number) has other models than were asked for")
      }
      let limits = block.reachableCells == nil ? nil : ReachableSynergy.limits(of: own.map(\.axis), registry: registry)
      let order = BIGLNull.allCases
      summaries.append(
        BlockSummary(
          index: block.number, id: block.id, axes: own.map(\.axis), sample: block.sample,
          scores: ordered.map(\.score),
          surfaceTests: (tests[block.number] ?? []).sorted {
            (order.firstIndex(of: $0.null) ?? 0) < (order.firstIndex(of: $1.null) ?? 0)
          },
          consensus: block.consensus, consensusUpper: block.consensusUpper, baseline: block.baseline,
          anchor: block.anchor(of: own.map(\.axis)), noise: block.noise, cssInterval: block.cssInterval, css: block.css,
          relativeInhibition: own.map(\.relativeInhibition), relativeIC50: own.map(\.relativeIC50),
          replicates: block.replicates,
          reachable: limits.map { limits in
            ReachableSynergy(
              limits: limits, cells: block.reachableCells ?? 0,
              scores: ordered.map { .init(model: $0.score.model, mean: $0.reachable.mean, cells: $0.reachable.cells) })
          },
          flags: block.flags))
    }
    try judge(&summaries, places)
    let order = try rows(StoreSchema.ranking.selection("ORDER BY rank")) { row throws(ResultsError) in
      try self.place(&row)
    }
    guard order.count == summaries.count else {
      throw wrong("it has \(summaries.count) blocks and a ranking of \(order.count)")
    }
    var ranked: [BlockSummary] = []
    ranked.reserveCapacity(order.count)
    for place in order {
      guard let found = places[place.block], var summary = summaries[found] else {
        throw wrong("its ranking names block \(place.block) twice, or one that is not there")
      }
      summaries[found] = nil
      summary.verdict = place.verdict
      ranked.append(summary)
    }
    return ranked
  }

  /// Rows of several blocks, in the order of their blocks.
  private struct Grouped<Value> {
    private let rows: [(block: Int, value: Value)]
    private var position = 0

    init(_ rows: [(block: Int, value: Value)]) { self.rows = rows }

    /// The rows of a block; blocks are asked for in their order.
    mutating func next(_ block: Int) -> [Value] {
      while position < rows.count, rows[position].block < block { position += 1 }
      var values: [Value] = []
      while position < rows.count, rows[position].block == block {
        values.append(rows[position].value)
        position += 1
      }
      return values
    }
  }

  private func judge(_ summaries: inout [BlockSummary?], _ places: [Int: Int]) throws(ResultsError) {
    let calls = try rows(StoreSchema.calls.selection()) { row throws(ResultsError) in
      (block: try row.requiredInteger(), model: try row.word() as NullModel, q: row.real(), call: row.text())
    }
    for judged in calls {
      guard let place = places[judged.block],
        let score = summaries[place]?.scores.firstIndex(where: { $0.model == judged.model })
      else { throw wrong("a call is of a score that is not there") }
      summaries[place]?.scores[score].q = judged.q
      if let word = judged.call {
        guard let call = Call(rawValue: word) else { throw wrong("a score is called \(word)") }
        summaries[place]?.scores[score].call = call
      }
    }
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

  private func drugs() throws(ResultsError) -> [(block: Int, value: StoredDrug)] {
    let columns = StoredDrug.columns.joined(separator: ",")
    return try rows("SELECT block,\(columns) FROM drugs ORDER BY block, position") { row throws(ResultsError) in
      (block: try row.requiredInteger(), value: try StoredDrug(&row))
    }
  }

  private func scores() throws(ResultsError) -> [(block: Int, value: StoredScore)] {
    try rows(StoreSchema.scores.selection("ORDER BY block")) { row throws(ResultsError) in
      (block: try row.requiredInteger(), value: try StoredScore(&row))
    }
  }
}
