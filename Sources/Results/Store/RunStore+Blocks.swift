import Assay
import DoseResponse
import Screening
import Synergy

extension RunStore {
  /// A block's analysis, as it was made: to the bit, but for what only resampling needs.
  public func analysis(of index: Int) throws(ResultsError) -> BlockAnalysis {
    let heads = try rows(StoreSchema.blocks.selection("WHERE number = ?"), index) { row throws(ResultsError) in
      try StoredHead(&row)
    }
    guard let head = heads.first else { throw .blockMissing(index: index) }
    let drugs = try rows(
      "SELECT \(StoredDrug.columns.joined(separator: ",")) FROM drugs WHERE block = ? ORDER BY position", index
    ) { row throws(ResultsError) in try StoredDrug(&row) }
    let scores = try rows(StoreSchema.scores.selection("WHERE block = ?"), index) { row throws(ResultsError) in
      _ = row.integer()
      return try StoredScore(&row)
    }
    let notes = try rows("SELECT flag, message FROM notes WHERE block = ? ORDER BY position", index) {
      row throws(ResultsError) in BlockNote(flag: try row.requiredText(), message: try row.requiredText())
    }
    let excluded = try rows(StoreSchema.exclusions.selection("WHERE block = ? ORDER BY position"), index) {
      row throws(ResultsError) in
      _ = (row.integer(), row.integer())
      let (doses, response) = (try row.reals() ?? [], row.number())
      return DoseMatrix.ExcludedWell(
        well: DoseMatrix.Well(doses: doses, response: response), reason: try row.requiredText())
    }
    let bigl = try surfaceTests(of: index)
    let analyses = try rows(StoreSchema.arrays.selection("WHERE block = ?"), index) { row throws(ResultsError) in
      try self.analysis(head, drugs, scores, notes, excluded, bigl, arrays: &row)
    }
    guard let analysis = analyses.first else { throw wrong("block \(head.id) has no wells") }
    return analysis
  }

  private func analysis(
    _ head: StoredHead, _ drugs: [StoredDrug], _ scores: [StoredScore], _ notes: [BlockNote],
    _ excluded: [DoseMatrix.ExcludedWell], _ bigl: BIGLAnalysis?, arrays row: inout Statement.Row
  ) throws(ResultsError) -> BlockAnalysis {
    _ = row.integer()
    let (counts, responses) = (try row.counts(), try row.reals() ?? [])
    guard drugs.count >= 2,
      let matrix = DoseMatrix(
        id: head.id, sample: head.sample, axes: drugs.map(\.axis), count: counts, values: responses, excluded: excluded)
    else { throw wrong("doses and wells of block \(head.id) do not fit each other") }
    let corrected = head.baseline.corrected(matrix)
    var models: [NullModel: (score: ModelScore, inference: ScoreInference?)] = [:]
    for model in NullModel.allCases {
      let (reference, fit) = (try row.reals(), try row.reals())
      let (low, high, p) = (try row.reals(), try row.reals(), try row.reals())
      guard let stored = scores.first(where: { $0.score.model == model }) else { continue }
      for array in [reference ?? [], fit, low, high, p].compactMap({ $0 }) where array.count != matrix.cellCount {
        throw wrong("\(model.name) of block \(head.id) has not one value a cell")
      }
      models[model] = (
        Self.score(stored, reference ?? [], fit, corrected), Self.inference(stored, low ?? [], high ?? [], p ?? [])
      )
    }
    let order = options.synergy.models.compactMap { models[$0] }
    guard order.count == scores.count else { throw wrong("block \(head.id) has other models than were asked for") }
    var analysis = BlockAnalysis(
      asRead: matrix, baseline: head.baseline,
      monotherapies: drugs.enumerated().map { place, drug in
        Monotherapy(
          drug: place, cells: matrix.monotherapy(of: place) ?? [], fit: drug.fit, relativeIC50: drug.relativeIC50,
          absoluteIC50: drug.absoluteIC50, relativeInhibition: drug.relativeInhibition)
      },
      models: order.map(\.score), lines: try lines(&row, of: matrix), css: head.css, notes: notes)
    analysis.anchor = head.anchor(of: matrix.axes.map(\.drug))
    analysis.bigl = bigl
    if let noise = head.noise {
      analysis.inference = BlockInference(
        noise: noise, resamples: options.synergy.inference.resamples, confidence: options.synergy.inference.confidence,
        scores: order.map(\.inference), ic50: drugs.map { $0.ic50 ?? .unknown },
        emax: drugs.map { $0.emax ?? .unknown },
        curves: drugs.map { $0.band ?? [] }, css: head.cssInterval)
    }
    return analysis
  }

  private static func score(
    _ stored: StoredScore, _ reference: [Double], _ fit: [Double]?, _ matrix: DoseMatrix
  ) -> ModelScore {
    var score = ModelScore(
      model: stored.score.model, reference: reference, fit: fit,
      synergy: ModelScore.synergy(
        compared: fit ?? matrix.mean, reference: reference, count: matrix.count,
        present: (0..<matrix.cellCount).map(matrix.drugsPresent)),
      mean: stored.score.mean, peak: stored.score.peak?.measured, trough: stored.score.trough?.measured,
      scoredCells: stored.scoredCells, unscoredCells: stored.unscoredCells)
    score.meanWithoutOutliers = stored.score.meanWithoutOutliers
    return score
  }

  private static func inference(
    _ stored: StoredScore, _ low: [Double], _ high: [Double], _ p: [Double]
  ) -> ScoreInference? {
    let score = stored.score
    guard stored.isTested, let interval = score.interval, let equivalence = score.equivalence else { return nil }
    return ScoreInference(
      bias: score.bias ?? .nan, standardError: score.standardError ?? .nan, interval: interval, p: score.p ?? .nan,
      equivalence: equivalence, peak: score.peak?.inference, trough: score.trough?.inference,
      cells: zip(low, high).map { Interval(low: $0, high: $1) }, cellP: p)
  }

  private func lines(_ row: inout Statement.Row, of matrix: DoseMatrix) throws(ResultsError) -> [LineFit] {
    let (drugs, starts, curves) = (try row.counts(), try row.counts(), try row.reals() ?? [])
    let (rss, r2, points) = (try row.reals() ?? [], try row.reals() ?? [], try row.counts())
    let words = (row.text() ?? "").split(separator: " ").compactMap { HillFit.Status(rawValue: String($0)) }
    guard [starts.count, rss.count, r2.count, points.count, words.count].allSatisfy({ $0 == drugs.count }),
      curves.count == 4 * drugs.count, drugs.allSatisfy(matrix.axes.indices.contains),
      starts.allSatisfy((0..<matrix.cellCount).contains)
    else { throw wrong("the lines of block \(matrix.id) do not fit each other") }
    return drugs.indices.map { line in
      LineFit(
        drug: drugs[line], start: starts[line],
        fit: HillFit(
          curve: HillCurve(
            e0: curves[4 * line], emax: curves[4 * line + 1], hill: curves[4 * line + 2], ec50: curves[4 * line + 3]),
          rss: rss[line], r2: r2[line], points: points[line], status: words[line]))
    }
  }

  /// BIGL's tests of a block, in the order in which nulls are always told.
  private func surfaceTests(of index: Int) throws(ResultsError) -> BIGLAnalysis? {
    guard !options.synergy.bigl.nulls.isEmpty else { return nil }
    let marginals = try rows(
      "SELECT e0, curves, rss, df FROM surface_marginals WHERE block = ?", index
    ) { row throws(ResultsError) in
      let (e0, curves) = (row.number(), try row.reals() ?? [])
      guard curves.count == 6 else { throw self.wrong("BIGL's curves are not two") }
      return BIGLMarginals(
        baseline: e0, asymptotes: (curves[0], curves[3]), hills: (curves[1], curves[4]), ec50s: (curves[2], curves[5]),
        rss: row.number(), degrees: try row.requiredInteger())
    }
    let tests = try rows(StoreSchema.surfaceTests.selection("WHERE block = ?"), index) { row throws(ResultsError) in
      _ = row.integer()
      let (null, f, df1, df2): (BIGLNull, Double, Double, Double) = (
        try row.word(), row.number(), row.number(), row.number()
      )
      let (p, cutoff, cells) = (row.number(), row.number(), try row.counts())
      let (prediction, maxR) = (try row.reals() ?? [], try row.reals() ?? [])
      let calls = (row.text() ?? "").split(separator: " ").compactMap { BIGLTest.Call(rawValue: String($0)) }
      guard [prediction.count, maxR.count, calls.count].allSatisfy({ $0 == cells.count }) else {
        throw self.wrong("BIGL's test of \(null.rawValue) has not one call a cell")
      }
      return BIGLTest(
        null: null, cells: cells, predictions: prediction, f: f, degrees: (df1, df2), p: p, studentized: maxR,
        cutoff: cutoff, calls: calls)
    }
    let order = BIGLNull.allCases
    return BIGLAnalysis(
      marginals: marginals.first,
      tests: tests.sorted { (order.firstIndex(of: $0.null) ?? 0) < (order.firstIndex(of: $1.null) ?? 0) })
  }
}
