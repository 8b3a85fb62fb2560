import Assay
import Foundation
import Screening
import Simulation
import Statistics
import Synergy

/// One row of the calibration table: many simulated blocks of one design, one truth and one noise.
struct Study {
  var truth: Interaction
  var model: NullModel
  /// Doses of each drug, 0 among them.
  var doses: Int
  var replicates: Int
  var noise: WellNoise
  var blocks: Int
  var resamples = 1000
  var seed: UInt64 = 1
  var shapeSignificance = InferenceOptions().shapeSignificance
  /// Share of the blocks that interact, and their mean synergy over Bliss.
  var hits = 0.0
  var effect = 0.0
  /// What untreated wells read, % inhibition, and its standard deviation from block to block; the whole scale is stretched,
  /// as by a wrong control.
  var level = 0.0
  var levelSpread = 0.0
  /// What is done about it.
  var baseline = BaselineOptions.Method.asRead

  /// Blocks of a screen that share their anchor; none do where absent, and each block has drugs of its own.
  var anchorBlocks: Int?
  /// Standard deviation of ln EC50 of the anchor from block to block.
  var anchorSpread = 0.0
  /// What is done about it.
  var anchor = AnchorOptions.Method.own

  /// What is wrong with the wells.
  var fault = Fault.none

  /// Whether BIGL's test of the same null is made too, and the resamples of its p (0: the F distribution).
  var bigl: Int?
  /// Refits of BIGL's covariance; its default where absent.
  var biglRefits: Int?

  /// Whether CSS is scored too.
  var sensitivity = false

  struct Outcome {
    /// Share of blocks whose CSS interval holds the true CSS, of those that have one; where both drugs' EC50 are among the
    /// tested doses, and of all.
    var css = 0.0
    var everyCSS = 0.0
    /// Share of blocks with p < 0.05 of BIGL's test.
    var bigl = 0.0
    /// Share of blocks in which any cell has p < 0.05.
    var cells = 0.0
    /// Share of blocks whose interval holds the true peak, the true trough; mean of the corrected peak less the true one.
    var peak = 0.0
    var trough = 0.0
    var peakOffset = 0.0
    /// Share of blocks that are called synergistic or antagonistic, and share with a flag that doubts them.
    var called = 0.0
    var flagged = 0.0
    /// Share of p < 0.05 that has no flag.
    var unflagged = 0.0
    /// Share of blocks whose responses were put on the scale of another untreated level.
    var corrected = 0.0
    /// Share of blocks with p < 0.05.
    var positive = 0.0
    /// Share of blocks whose 95 % interval holds the true score.
    var covered = 0.0
    /// Mean of score − bias − truth, percentage points.
    var offset = 0.0
    /// Mean standard error over the standard deviation of the scores about the truth.
    var errorRatio = 0.0
    /// Blocks without an inference.
    var without = 0
    /// Share with p < 0.05 of a one-sample t test of the cells' synergy.
    var tTest = 0.0
    /// p values, and those of the t test.
    var p: [Double] = []
    var tTestP: [Double] = []
    var noise = ""
  }

  func run() async throws -> Outcome {
    var matrices: [DoseMatrix] = []
    var truths: [Truth] = []
    var design = ScreenDesign()
    design.blocks = blocks
    design.doses = (doses, doses)
    design.replicates = replicates
    design.noise = noise
    design.null = truth
    design.hits = hits
    design.effect = effect
    design.seed = seed &* 7919 &+ UInt64(doses * 100 + replicates)
    var random = SplitMix64(seed: design.seed &+ 1)
    for (index, block) in simulated(design, &random).enumerated() {
      let wells = fault.wells(block, &random).map {
        DoseMatrix.Well(doses: [$0.first, $0.second], response: $0.inhibition)
      }
      let screen = anchorBlocks.map { index / $0 } ?? index
      let matrix = try DoseMatrix(
        id: "\(index)", sample: "\(screen)", drugs: [("A", Self.unit), ("B\(index)", Self.unit)], wells: wells)
      let level = levelSpread > 0 ? level + levelSpread * random.normal() : level
      matrices.append(level == 0 ? matrix : matrix.mappingResponses { level + (100 - level) * $0 / 100 })
      truths.append(try model == .zip ? zipTruth(block) : Truth(block, model: model))
    }
    var options = SynergyOptions()
    options.models = [model]
    options.sensitivity = sensitivity
    options.inference.resamples = resamples
    options.inference.shapeSignificance = shapeSignificance
    if let bigl {
      options.bigl.nulls = [model == .loewe ? .loewe2 : model == .hsa ? .hsa : .bliss]
      options.bigl.resamples = bigl
      if let biglRefits { options.bigl.refits = biglRefits }
    }
    options.baseline.method = baseline
    options.anchor.method = anchor
    let needs = replicates == 1 || baseline != .asRead || anchor == .shared
    let size = anchorBlocks ?? matrices.count
    let screens = stride(from: 0, to: matrices.count, by: size).map { start in
      needs
        ? Self.evidence(Array(matrices[start..<min(start + size, matrices.count)]), options) : ScreenEvidence.none
    }
    let analyses = try await withThrowingTaskGroup(of: (Int, [BlockAnalysis?]).self) { group in
      let parts = 2
      for part in 0..<parts {
        let own = (matrices.count * part / parts)..<(matrices.count * (part + 1) / parts)
        group.addTask { [options, matrices] in
          let analyzer = BlockAnalyzer(options: options)
          return (part, own.map { try? analyzer.analyze(matrices[$0], screen: screens[$0 / size]) })
        }
      }
      var all = [[BlockAnalysis?]](repeating: [], count: parts)
      for try await (part, analyses) in group { all[part] = analyses }
      return all.flatMap { $0 }
    }
    var outcome = summary(analyses, truths)
    judge(analyses, options: options.inference, into: &outcome)
    return outcome
  }

  /// The blocks: each with drugs of its own, or screens of blocks that share an anchor.
  private func simulated(_ design: ScreenDesign, _ random: inout SplitMix64) -> [SimulatedBlock] {
    guard let anchorBlocks else { return design.independentBlocks() }
    var screen = design
    screen.blocks = anchorBlocks
    var all: [SimulatedBlock] = []
    while all.count < blocks {
      screen.seed = random.next()
      for var block in screen.screen() {
        block.one.ec50 *= exp(anchorSpread * random.normal())
        all.append(block)
      }
    }
    return all
  }

  /// ZIP scores its curves and not the wells: its true score is that of wells without noise.
  private func zipTruth(_ block: SimulatedBlock) throws -> Truth {
    var truth = Truth(block, model: model)
    var block = block
    block.noise = .constant(0)
    var random = SplitMix64(seed: 0)
    let matrix = try DoseMatrix(
      id: "", sample: nil, drugs: [("A", Self.unit), ("B", Self.unit)],
      wells: block.wells(&random).map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
    var options = SynergyOptions.scoresOnly
    options.models = [.zip]
    options.baseline.method = .asRead
    let score = try BlockAnalyzer(options: options).analyze(matrix).score(of: .zip)
    truth.mean = score?.mean ?? .nan
    truth.peak = score?.peak?.mean ?? .nan
    truth.trough = score?.trough?.mean ?? .nan
    return truth
  }

  /// What a screen of these blocks would call.
  private func judge(_ analyses: [BlockAnalysis?], options: InferenceOptions, into outcome: inout Outcome) {
    var options = options
    options.callModels = [model]
    var summaries = analyses.enumerated().compactMap { index, analysis in
      analysis.map { BlockSummary(index: index, analysis: $0) }
    }
    FalseDiscovery.judge(&summaries, options: options)
    let number = Double(summaries.count)
    func isFlagged(_ summary: BlockSummary) -> Bool { summary.flags.contains(where: Self.doubts.contains) }
    outcome.called = Double(summaries.count { [.synergistic, .antagonistic].contains($0.verdict?.call) }) / number
    outcome.flagged = Double(summaries.count(where: isFlagged)) / number
    let positive = summaries.filter { ($0.score(of: model)?.p ?? 1) < 0.05 }
    outcome.unflagged = Double(positive.count { !isFlagged($0) }) / Double(max(1, positive.count))
  }

  private static let doubts = [BlockNote.lackOfFit, BlockNote.outlier, BlockNote.untreatedCombinations]

  private static func evidence(_ matrices: [DoseMatrix], _ options: SynergyOptions) -> ScreenEvidence {
    var estimator = NoiseEstimator(options: options.inference)
    var evidence: [BlockEvidence] = []
    for matrix in matrices { evidence.append(estimator.evidence(of: matrix)) }
    return ScreenEvidence(evidence, options: options)
  }

  private static let unit = ConcentrationUnit("uM")

  private func summary(_ analyses: [BlockAnalysis?], _ truths: [Truth]) -> Outcome {
    var outcome = Outcome()
    var errors: [Double] = []
    var squares = 0.0
    var sds: [Double] = []
    let css = zip(analyses, truths).compactMap { analysis, truth -> (isInside: Bool, holds: Bool)? in
      guard let analysis, let interval = analysis.inference?.css else { return nil }
      let isInside = analysis.monotherapies.allSatisfy { monotherapy in
        let doses = Array(analysis.matrix.axes[monotherapy.drug].positiveDoses)
        return monotherapy.relativeIC50.map { $0 > doses[0] && $0 < doses[doses.count - 1] } ?? false
      }
      return (isInside, interval.contains(truth.css))
    }
    outcome.everyCSS = Double(css.count(where: \.holds)) / Double(css.count)
    outcome.css = Double(css.count { $0.isInside && $0.holds }) / Double(css.count(where: \.isInside))
    outcome.corrected = Double(analyses.count { $0?.baseline.isCorrected == true }) / Double(analyses.count)
    for (analysis, truth) in zip(analyses, truths) {
      guard let analysis, let score = analysis.score(of: model)?.mean, let inference = analysis.inference(of: model)
      else {
        outcome.without += 1
        continue
      }
      outcome.p.append(inference.p)
      if inference.interval.contains(truth.mean) { outcome.covered += 1 }
      if analysis.bigl?.tests.first.map({ $0.p < 0.05 }) ?? false { outcome.bigl += 1 }
      if inference.cellP.contains(where: { $0 < 0.05 }) { outcome.cells += 1 }
      if let peak = inference.peak, let trough = inference.trough {
        outcome.peak += peak.interval.contains(truth.peak) ? 1 : 0
        outcome.trough += trough.interval.contains(truth.trough) ? 1 : 0
        outcome.peakOffset += peak.corrected - truth.peak
      }
      errors.append(inference.standardError)
      let error = score - inference.bias - truth.mean
      outcome.offset += error
      squares += error * error
      if let noise = analysis.inference?.noise { sds.append(noise.sdAt0) }
      let cells = analysis.matrix.combinationCells.compactMap {
        analysis.score(of: model)?.synergy[$0]
      }.filter { !$0.isNaN }
      let number = Double(cells.count)
      let spread = (cells.reduce(0) { $0 + ($1 - score) * ($1 - score) } / (number - 1)).squareRoot()
      outcome.tTestP.append(StudentT.twoSided(score / (spread / number.squareRoot()), degrees: number - 1))
    }
    let number = Double(outcome.p.count)
    outcome.positive = Double(outcome.p.count { $0 < 0.05 }) / number
    outcome.covered /= number
    outcome.cells /= number
    outcome.bigl /= number
    outcome.peak /= number
    outcome.trough /= number
    outcome.peakOffset /= number
    outcome.offset /= number
    outcome.errorRatio = errors.reduce(0, +) / number / (squares / number).squareRoot()
    outcome.tTest = Double(outcome.tTestP.count { $0 < 0.05 }) / number
    outcome.noise = String(format: "%.1f", sds.sorted()[sds.count / 2])
    return outcome
  }
}
