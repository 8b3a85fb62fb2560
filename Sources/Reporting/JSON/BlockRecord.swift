import Assay
import DoseResponse
import Foundation
import Synergy

/// A block's object of `results.json`, read back: what `BlockJSON` writes, key by key. The analysis it gives is the one
/// that was written, to the bit; what is not written (BIGL's covariance) is not there.
struct BlockRecord: Decodable {
  struct Drug: Decodable {
    var name: String
    var unit: String
    var name_as_read: String?
    var position_as_read: Int?
    var doses: [Double]
  }
  struct Noise: Decodable {
    var source: String
    var sd_0: Double
    var log_ratio: Double
    var df: Double?
  }
  struct Baseline: Decodable {
    var level: Double
    var error: Double
    var estimate: Double?
    var estimate_error: Double?
  }
  struct Peak: Decodable {
    var mean: Double
    var doses: [[Double]]
  }
  struct Model: Decodable {
    var mean: Double?
    var mean_without_outliers: Double?
    var peak: Peak?
    var trough: Peak?
    var scored_cells: Int
    var unscored_cells: Int
    var reference: [Double?]
    var fit: [Double?]?
    var synergy: [Double?]
    var interval: [Double?]?
    var bias: Double?
    var standard_error: Double?
    var p: Double?
    var equivalence_interval: [Double?]?
    var peak_corrected: Double?
    var peak_interval: [Double?]?
    var trough_corrected: Double?
    var trough_interval: [Double?]?
    var low: [Double?]?
    var high: [Double?]?
    var cell_p: [Double?]?
  }
  struct Fit: Decodable {
    var drug: Int
    var e0: Double?
    var emax: Double?
    var emax_unbounded: String?
    var hill: Double?
    var ec50: Double?
    var rss: Double?
    var r2: Double?
    var n: Int
    var status: String
    var ic50_relative: Double?
    var ic50_absolute: Double?
    var ri: Double?
    var ic50_absolute_interval: [Double?]?
    var emax_interval: [Double?]?
    var curve_low: [Double?]?
    var curve_high: [Double?]?
    var start_doses: [Double]?
  }
  struct Anchor: Decodable {
    var drug: Int
    var blocks: Int
    var shared: Bool
  }
  struct Note: Decodable {
    var flag: String
    var message: String
  }

  var index: Int
  var block_id: String
  var sample: String?
  var drugs: [Drug]
  var shape: [Int]
  var replicates: [Int]
  var response: [Double?]
  var wells: [[Double]]?
  var baseline: Baseline
  var anchor: Anchor?
  var css: Double?
  var noise: Noise?
  var css_interval: [Double?]?
  var models: [String: Model]
  var bigl: SurfaceTestRecord?
  var monotherapies: [Fit]
  var notes: [Note]
  var lines: [Fit]

  /// Why an object is not a block that Isobole wrote.
  struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  /// The analysis that was written.
  ///
  /// - Parameters:
  ///   - order: The models that were asked for, in that order.
  ///   - inference: What the intervals were asked for.
  func analysis(models order: [NullModel], inference: InferenceOptions) throws -> BlockAnalysis {
    let matrix = try matrix()
    let scores = try order.compactMap { model in try models[model.rawValue].map { try score($0, model, matrix) } }
    guard scores.count == models.count else { throw mismatch("its models are not those of the options") }
    var analysis = BlockAnalysis(
      asRead: matrix, baseline: level,
      monotherapies: try monotherapies.map { record in
        try check(drug: record.drug)
        return Monotherapy(
          drug: record.drug, cells: matrix.monotherapy(of: record.drug) ?? [], fit: try fit(record),
          relativeIC50: record.ic50_relative, absoluteIC50: record.ic50_absolute, relativeInhibition: record.ri)
      },
      models: scores,
      lines: try lines.map { record in
        try check(drug: record.drug)
        return LineFit(
          drug: record.drug, start: try cell(at: record.start_doses ?? [], in: matrix), fit: try fit(record))
      },
      css: css, notes: notes.map { BlockNote(flag: $0.flag, message: $0.message) })
    if let anchor {
      try check(drug: anchor.drug)
      analysis.anchor = AnchorReading(
        drug: anchor.drug, name: drugs[anchor.drug].name, blocks: anchor.blocks, isShared: anchor.shared)
    }
    analysis.inference = try self.inference(order, inference)
    analysis.bigl = try bigl?.analysis(cells: matrix.cellCount)
    return analysis
  }

  private var level: BlockBaseline {
    var estimate: (level: Double, error: Double)?
    if let level = baseline.estimate, let error = baseline.estimate_error { estimate = (level, error) }
    return BlockBaseline(level: baseline.level, error: baseline.error, estimate: estimate)
  }

  private func mismatch(_ reason: String) -> Mismatch { Mismatch(description: "block \(block_id): \(reason)") }

  private func check(drug: Int) throws {
    guard drugs.indices.contains(drug) else { throw mismatch("there is no drug number \(drug)") }
  }

  private func matrix() throws -> DoseMatrix {
    // The extents are checked before anything is made of them.
    guard drugs.count >= 2, drugs.map(\.doses.count) == shape, response.count == replicates.count,
      shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).overflow ? 0 : $0 * $1 }) == response.count,
      wells.map({ $0.count == response.count }) ?? true
    else { throw mismatch("doses, shape and response do not fit each other") }
    var list: [DoseMatrix.Well] = []
    var position = [Int](repeating: 0, count: shape.count)
    for cell in response.indices {
      let doses = position.indices.map { drugs[$0].doses[position[$0]] }
      let values = wells?[cell] ?? response[cell].map { [$0] } ?? []
      guard values.count == replicates[cell] else { throw mismatch("replicates and wells do not fit each other") }
      list += values.map { DoseMatrix.Well(doses: doses, response: $0) }
      for axis in position.indices.reversed() {
        position[axis] += 1
        if position[axis] < shape[axis] { break }
        position[axis] = 0
      }
    }
    let matrix = try DoseMatrix(
      id: block_id, sample: sample, drugs: drugs.map { (name: $0.name, unit: ConcentrationUnit($0.unit)) }, wells: list)
    guard matrix.shape == shape else { throw mismatch("a dose has no well") }
    let positions = drugs.enumerated().map { $1.position_as_read ?? $0 }
    guard positions.sorted() == Array(drugs.indices) else { throw mismatch("two drugs had one position when read") }
    return matrix.written(names: drugs.map { $0.name_as_read ?? $0.name }, positions: positions)
  }

  private func cell(at doses: [Double], in matrix: DoseMatrix) throws -> Int {
    let position = zip(matrix.axes, doses).compactMap { axis, dose in axis.doses.firstIndex(of: dose) }
    guard position.count == matrix.drugCount else { throw mismatch("a line starts where no dose is") }
    return matrix.cell(at: position)
  }

  private func score(_ record: Model, _ model: NullModel, _ matrix: DoseMatrix) throws -> ModelScore {
    guard record.reference.count == matrix.cellCount, record.synergy.count == matrix.cellCount,
      record.fit.map({ $0.count == matrix.cellCount }) ?? true
    else { throw mismatch("\(model.name) has not one value a cell") }
    var score = ModelScore(
      model: model, reference: record.reference.numbers, fit: record.fit?.numbers, synergy: record.synergy.numbers,
      mean: record.mean, peak: try record.peak.map(peak), trough: try record.trough.map(peak),
      scoredCells: record.scored_cells,
      unscoredCells: record.unscored_cells)
    score.meanWithoutOutliers = record.mean_without_outliers
    return score
  }

  private func peak(_ record: Peak) throws -> PeakWindow {
    guard record.doses.count == drugs.count, record.doses.allSatisfy({ $0.count == 2 && $0[0] <= $0[1] }) else {
      throw mismatch("a peak has not two doses of each drug")
    }
    return PeakWindow(mean: record.mean, doses: record.doses.map { $0[0]...$0[1] })
  }

  private func fit(_ record: Fit) throws -> HillFit {
    guard let status = HillFit.Status(rawValue: record.status) else {
      throw mismatch("a fit has the status \(record.status)")
    }
    let emax = record.emax ?? record.emax_unbounded.flatMap { Double($0) }
    return HillFit(
      curve: HillCurve(
        e0: record.e0 ?? .nan, emax: emax ?? .nan, hill: record.hill ?? .nan, ec50: record.ec50 ?? .nan),
      rss: record.rss ?? .nan, r2: record.r2 ?? .nan, points: record.n, status: status)
  }

  private func inference(_ order: [NullModel], _ options: InferenceOptions) throws -> BlockInference? {
    guard let noise else { return nil }
    guard let source = NoiseModel.Source(rawValue: noise.source) else {
      throw mismatch("its noise comes from \(noise.source)")
    }
    return BlockInference(
      noise: NoiseModel(
        source: source, shape: NoiseShape(logRatio: noise.log_ratio), sdAt0: noise.sd_0, degrees: noise.df ?? .infinity),
      resamples: options.resamples, confidence: options.confidence,
      scores: try order.compactMap { models[$0.rawValue] }.map(inference),
      ic50: try monotherapies.map { try interval($0.ic50_absolute_interval) ?? .unbounded },
      emax: try monotherapies.map { try interval($0.emax_interval) ?? .unbounded },
      curves: monotherapies.map { record in
        zip((record.curve_low ?? []).numbers, (record.curve_high ?? []).numbers).map { Interval(low: $0, high: $1) }
      },
      css: try interval(css_interval))
  }

  private func inference(_ record: Model) throws -> ScoreInference? {
    guard let interval = try interval(record.interval), let low = record.low, let high = record.high,
      let cellP = record.cell_p
    else { return nil }
    guard low.count == response.count, high.count == response.count, cellP.count == response.count else {
      throw mismatch("its intervals have not one value a cell")
    }
    return ScoreInference(
      bias: record.bias ?? .nan, standardError: record.standard_error ?? .nan, interval: interval, p: record.p ?? .nan,
      equivalence: try self.interval(record.equivalence_interval) ?? .unbounded,
      peak: try window(record.peak_corrected, record.peak_interval),
      trough: try window(record.trough_corrected, record.trough_interval),
      cells: zip(low.numbers, high.numbers).map { Interval(low: $0, high: $1) }, cellP: cellP.numbers)
  }

  private func window(_ corrected: Double?, _ ends: [Double?]?) throws -> WindowInference? {
    guard let interval = try interval(ends) else { return nil }
    return WindowInference(corrected: corrected ?? .nan, interval: interval)
  }

  /// An end that is not written is where the data do not bound the value.
  private func interval(_ ends: [Double?]?) throws -> Interval? {
    guard let ends else { return nil }
    guard ends.count == 2 else { throw mismatch("an interval has not two ends") }
    return Interval(low: ends[0] ?? -.infinity, high: ends[1] ?? .infinity)
  }
}

extension Interval {
  /// The data say nothing.
  fileprivate static let unbounded = Interval(low: -.infinity, high: .infinity)
}

extension [Double?] {
  /// The numbers, NaN where there is none.
  var numbers: [Double] { map { $0 ?? .nan } }
}
