import Assay
import Compounds
import Screening
import Synergy

/// Reads the summaries of a range of blocks, one pass over each table that has a part of them.
struct SummaryReader {
  private let models: [NullModel]
  private let registry: CompoundRegistry
  private let path: String
  private let blocks: Statement
  private let drugs: BlockRows
  private let scores: BlockRows
  private let calls: BlockRows
  private let tests: BlockRows
  private var units: [String: ConcentrationUnit] = [:]
  private var limits: [Drug: ReachableSynergy.Limit?] = [:]

  /// A drug of a block.
  private struct Drug: Hashable {
    var name: String
    var unit: ConcentrationUnit
  }

  /// Prepares the statements.
  init(_ database: Database, options: ScreenOptions) throws(ResultsError) {
    models = options.synergy.models
    registry = options.compounds.registry
    path = database.path
    let range = "WHERE number >= ? AND number < ? ORDER BY number"
    let ofBlock = "WHERE block >= ? AND block < ? ORDER BY block"
    blocks = try database.prepare(StoreSchema.blocks.selection(range))
    drugs = BlockRows(
      try database.prepare(
        "SELECT block, name, name_as_read, unit, ic50_relative, ri FROM drugs \(ofBlock), position"))
    scores = BlockRows(try database.prepare(StoreSchema.scores.selection(ofBlock)))
    calls = BlockRows(try database.prepare(StoreSchema.calls.selection(ofBlock)))
    tests = BlockRows(
      try database.prepare("SELECT block, null_model, f, p FROM surface_tests \(ofBlock)"))
  }

  /// The summaries of the blocks with these numbers, in the order of their numbers, without a verdict.
  mutating func summaries(_ numbers: Range<Int>) throws(ResultsError) -> [BlockSummary] {
    for rows in [drugs, scores, calls, tests] { rows.begin(numbers) }
    return try blocks.query(
      { binder in
        binder.add(numbers.lowerBound)
        binder.add(numbers.upperBound)
      }, expected: numbers.count
    ) { row throws(ResultsError) in
      try self.summary(try StoredHead(&row))
    }
  }

  private mutating func summary(_ head: StoredHead) throws(ResultsError) -> BlockSummary {
    var own: [Drug] = []
    var (written, ic50, inhibition): ([String], [Double?], [Double?]) = ([], [], [])
    try drugs.each(of: head.number) { row throws(ResultsError) in
      let name = try row.requiredText()
      let asRead = try row.requiredText()
      own.append(Drug(name: name, unit: self.unit(try row.requiredText())))
      written.append(asRead == name ? name : asRead)
      ic50.append(row.real())
      inhibition.append(row.real())
    }
    guard own.count >= 2 else { throw wrong("block \(head.number) has \(own.count) drugs") }
    var found = [BlockSummary.Score?](repeating: nil, count: models.count)
    var reached = [ReachableSynergy.Score?](repeating: nil, count: models.count)
    try scores.each(of: head.number) { row throws(ResultsError) in
      let stored = try StoredScore(&row)
      let model = stored.score.model
      guard let place = models.firstIndex(of: model), found[place] == nil else {
        throw self.wrong("block \(head.number) has other models than were asked for")
      }
      reached[place] = .init(model: model, mean: stored.reachable.mean, cells: stored.reachable.cells)
      found[place] = stored.score
    }
    var judged = found.compactMap(\.self)
    try calls.each(of: head.number) { row throws(ResultsError) in
      let model: NullModel = try row.word()
      guard let score = judged.firstIndex(where: { $0.model == model }) else {
        throw self.wrong("a call is of a score that is not there")
      }
      judged[score].q = row.real()
      judged[score].call = try row.call()
    }
    var surfaceTests: [BlockSummary.SurfaceTest] = []
    try tests.each(of: head.number) { row throws(ResultsError) in
      surfaceTests.append(.init(null: try row.word(), f: row.number(), p: row.number()))
    }
    if surfaceTests.count > 1 {
      let order = BIGLNull.allCases
      surfaceTests.sort { (order.firstIndex(of: $0.null) ?? 0) < (order.firstIndex(of: $1.null) ?? 0) }
    }
    let names = own.map(\.name)
    return BlockSummary(
      index: head.number, key: head.key, id: head.id, drugs: names, writtenNames: written, units: own.map(\.unit),
      sample: head.sample, scores: judged, surfaceTests: surfaceTests, consensus: head.consensus,
      consensusUpper: head.consensusUpper, baseline: head.baseline, anchor: head.anchor(of: names), noise: head.noise,
      cssInterval: head.cssInterval, css: head.css, relativeInhibition: inhibition, relativeIC50: ic50,
      replicates: head.replicates, reachable: reachable(head, own, reached.compactMap(\.self)), flags: head.flags)
  }

  private mutating func unit(_ symbol: String) -> ConcentrationUnit {
    if let known = units[symbol] { return known }
    let unit = ConcentrationUnit(symbol)
    units[symbol] = unit
    return unit
  }

  private mutating func reachable(
    _ head: StoredHead, _ own: [Drug], _ scores: [ReachableSynergy.Score]
  ) -> ReachableSynergy? {
    guard let cells = head.reachableCells else { return nil }
    var found: [ReachableSynergy.Limit] = []
    for (place, drug) in own.enumerated() {
      if limits[drug] == nil {
        limits.updateValue(
          ReachableSynergy.limits(of: [(drug.name, drug.unit)], registry: registry)?.first, forKey: drug)
      }
      guard var limit = limits[drug] ?? nil else { continue }
      limit.drug = place
      found.append(limit)
    }
    guard !found.isEmpty else { return nil }
    return ReachableSynergy(limits: found, cells: cells, scores: scores)
  }

  private func wrong(_ reason: String) -> ResultsError { .notResults(path: path, reason: reason) }
}
