import Screening
import Synergy

/// Reads the outlines of a range of blocks, one pass over the columns that they have.
struct OutlineReader {
  private let models: [NullModel]
  private let path: String
  private let blocks: Statement
  private let drugs: BlockRows
  private let scores: BlockRows
  private let calls: BlockRows
  /// Blocks mostly have the flags of the one before.
  private var flags: (text: String, words: [String]) = ("", [])

  /// Prepares the statements.
  init(_ database: Database, options: ScreenOptions) throws(ResultsError) {
    models = options.synergy.models
    path = database.path
    let ofBlock = "WHERE block >= ? AND block < ? ORDER BY block"
    blocks = try database.prepare(
      "SELECT number, block_id, sample, replicates, consensus, css, baseline, baseline_error, baseline_estimate, "
        + "baseline_estimate_error, anchor_shared, noise_source, noise_sd, noise_log_ratio, noise_df, flags FROM blocks "
        + "WHERE number >= ? AND number < ? ORDER BY number")
    drugs = BlockRows(
      try database.prepare("SELECT block, name, nullif(name_as_read, name) FROM drugs \(ofBlock), position"))
    scores = BlockRows(
      try database.prepare(
        "SELECT block, model, mean, peak_mean, peak_corrected, tested, bias, standard_error, low, high, p FROM scores "
          + ofBlock))
    calls = BlockRows(try database.prepare(StoreSchema.calls.selection(ofBlock)))
  }

  /// The outlines of the blocks with these numbers, in the order of their numbers, without a verdict.
  mutating func outlines(_ numbers: Range<Int>) throws(ResultsError) -> [BlockOutline] {
    for rows in [drugs, scores, calls] { rows.begin(numbers) }
    return try blocks.query(
      { binder in
        binder.add(numbers.lowerBound)
        binder.add(numbers.upperBound)
      }, expected: numbers.count
    ) { row throws(ResultsError) in try self.outline(&row) }
  }

  private mutating func outline(_ row: inout Statement.Row) throws(ResultsError) -> BlockOutline {
    let number = try row.requiredInteger()
    let (id, sample, replicates) = (try row.requiredText(), row.text(), try row.requiredInteger())
    let (consensus, css, baseline) = (row.real(), row.real(), row.baseline())
    let (isAnchorShared, noise) = (row.integer() == 1, try row.noise())
    let text = try row.requiredText()
    if text != flags.text { flags = (text, text.split(separator: ";").map(String.init)) }
    var names: [String] = []
    names.reserveCapacity(2)
    var written: [String]?
    try drugs.each(of: number) { row throws(ResultsError) in
      let name = try row.requiredText()
      if let other = row.text() { written = (written ?? names) + [other] } else { written?.append(name) }
      names.append(name)
    }
    guard names.count >= 2 else { throw wrong("block \(number) has \(names.count) drugs") }
    return BlockOutline(
      index: number, id: id, drugs: names, writtenNames: written ?? names, sample: sample,
      scores: try scores(of: number),
      consensus: consensus, css: css, replicates: replicates, baseline: baseline, isAnchorShared: isAnchorShared,
      noise: noise, flags: flags.words)
  }

  private func scores(of number: Int) throws(ResultsError) -> [BlockOutline.Score] {
    var scores: [BlockOutline.Score] = []
    scores.reserveCapacity(models.count)
    try self.scores.each(of: number) { row throws(ResultsError) in
      let model: NullModel = try row.word()
      let (mean, peak, corrected) = (row.real(), row.real(), row.real())
      var score = BlockOutline.Score(model: model, mean: mean, peak: corrected ?? peak)
      if row.integer() == 1 {
        (score.bias, score.standardError) = (row.number(), row.number())
        (score.interval, score.p) = (row.interval() ?? .unknown, row.number())
      }
      scores.append(score)
    }
    // The store has them by the names of the models.
    var next = 0
    for model in models {
      guard let found = scores.indices.dropFirst(next).first(where: { scores[$0].model == model }) else { continue }
      scores.swapAt(next, found)
      next += 1
    }
    try calls.each(of: number) { row throws(ResultsError) in
      let model: NullModel = try row.word()
      guard let place = scores.firstIndex(where: { $0.model == model }) else {
        throw self.wrong("a call is of a score that is not there")
      }
      scores[place].q = row.real()
      scores[place].call = try row.call()
    }
    return scores
  }

  private func wrong(_ reason: String) -> ResultsError { .notResults(path: path, reason: reason) }
}
