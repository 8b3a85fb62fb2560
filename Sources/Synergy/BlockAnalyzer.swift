import Assay
import DoseResponse

/// Scores blocks: fits what the models need in two batches, then asks every model for its reference.
///
/// One analyzer belongs to one thread at a time; it keeps the fitter's workspace between blocks. A block's numbers
/// depend on nothing but the block and the options.
///
/// ```swift
/// let analysis = try BlockAnalyzer(options: SynergyOptions()).analyze(block)
/// analysis.score(of: .bliss)?.mean   // percentage points
/// ```
public final class BlockAnalyzer {
  /// What was asked for.
  public let options: SynergyOptions

  private let fitter: HillFitter
  private var noise: NoiseEstimator
  private lazy var resampler = BlockResampler(options: options, fitter: fitter)

  /// Makes an analyzer.
  public init(options: SynergyOptions = .init()) {
    self.options = options
    fitter = HillFitter(bounds: options.bounds)
    noise = NoiseEstimator(options: options.inference)
  }

  /// Scores a block and tells how sure the scores are.
  ///
  /// - Parameters:
  ///   - asRead: The block.
  ///   - screen: What the screen says about noise and untreated levels.
  /// - Throws: `SynergyError` when no model has what it needs.
  public func analyze(
    _ asRead: DoseMatrix, screen: ScreenEvidence = .none
  ) throws(SynergyError) -> BlockAnalysis {
    // Noise and the untreated level are properties of the responses as they were read.
    let isTested = options.inference.resamples > 0
    var evidence: NoiseEvidence?
    var surface: SmoothSurface?
    var baseline = BlockBaseline.none
    var anchor: AnchorReading?
    if isTested || screen.baseline?.isNeeded == true || screen.anchors != nil {
      let own = NoiseEvidence(asRead, options: options.inference)
      let smooth = noise.surface(own)
      if screen.baseline != nil || screen.anchors != nil {
        let learned = noise.evidence(own, surface: smooth)
        if let levels = screen.baseline { baseline = levels.level(of: learned) }
        anchor = noise.anchor(learned, screen: screen)
        // What other plates read is no measure of a plate that is unlike them.
        if baseline.isOdd { anchor?.standAlone() }
        if let level = anchor?.shared?.level { baseline = level.with(estimate: baseline.estimate) }
      }
      (evidence, surface) = (own, smooth)
    }
    let matrix = baseline.corrected(asRead)
    let grid = CellGrid(matrix, shared: anchor?.shared?.means(on: baseline) ?? [:])
    var found: NoiseModel?
    if isTested, let evidence, let surface {
      found = noise.noise(evidence, surface: surface, screen: screen.noise)
    }
    let directions = DrugDirections(sd: found.map { baseline.corrected($0).sdAt0 })
    let (fits, models) = try scores(grid, directions)
    let monotherapies = fits.monotherapies
    var notes = BlockNotes.ofData(grid, monotherapies: monotherapies, baseline: baseline, options: options.baseline)
    for score in models {
      notes += BlockNotes.of(score, grid: grid, monotherapies: monotherapies, directions: directions)
    }
    var analysis = BlockAnalysis(
      asRead: asRead, baseline: baseline, monotherapies: monotherapies, models: models, lines: fits.zip?.lines ?? [],
      css: fits.css,
      notes: notes)
    analysis.anchor = anchor
    if let anchor, !anchor.isShared { analysis.notes.append(BlockNotes.unlike(anchor)) }
    if !options.bigl.nulls.isEmpty {
      let tests = BIGLAnalysis(matrix, options: options.bigl, bounds: options.bounds, seed: options.inference.seed)
      analysis.notes += tests.notes
      analysis.bigl = tests
    }
    if let found, let evidence, let surface {
      analysis.inference = resampler.infer(
        analysis, grid: grid,
        surface: baseline.isCorrected ? surface.response.map(baseline.corrected) : surface.response,
        noise: baseline.corrected(found))
      if found.source == .lackOfFit {
        let (replicates, _) = noise.variance(evidence, surface: surface, shape: found.shape)
        analysis.notes.append(BlockNotes.lackOfFit(found, replicates: replicates.squareRoot()))
      }
      analysis.noteUnequalControl()
      if let note = BlockNotes.ofTwoRows(grid, found) { analysis.notes.append(note) }
      let outliers = noise.outliers(evidence, surface: surface, noise: found, screen: screen.noise)
      // Where no combination was dispensed it is not single wells that went wrong.
      let isDispensed = !analysis.notes.contains { $0.flag == BlockNote.untreatedCombinations }
      if !outliers.isEmpty, isDispensed { leaveOut(outliers, of: &analysis, directions) }
    }
    return analysis
  }

  /// Notes the outliers of a block, and what its scores are without them.
  private func leaveOut(_ outliers: [Outlier], of analysis: inout BlockAnalysis, _ directions: DrugDirections) {
    analysis.notes.append(BlockNotes.of(outliers, analysis.asRead))
    let matrix = analysis.matrix
    let wells = Set(outliers.flatMap { matrix.wells(of: $0.cell) })
    let shared = analysis.anchor?.shared?.means(on: analysis.baseline) ?? [:]
    guard let rest = matrix.leavingOut(wells),
      let (_, models) = try? scores(CellGrid(rest, shared: shared), directions)
    else { return }
    for place in models.indices { analysis.models[place].meanWithoutOutliers = models[place].mean }
  }

  /// The fits and scores of a block.
  private func scores(
    _ grid: CellGrid, _ directions: DrugDirections
  ) throws(SynergyError) -> (fits: CurveBatch.Result, models: [ModelScore]) {
    let alone = try Self.monotherapyCells(grid)
    var curves = CurveBatch(grid: grid, fitter: fitter)
    let fits = curves.fit(
      alone, baseline: options.models.contains(.zip) ? options.zipBaseline : nil, sensitivity: options.sensitivity)
    let windows = PeakWindows(grid.matrix, size: options.peakWindow)
    return (
      fits,
      options.models.map { model in
        score(
          model, grid: grid, monotherapies: fits.monotherapies, directions: directions, zip: fits.zip, windows: windows)
      }
    )
  }

  /// Why a block cannot be scored at all; `nil` when it can.
  public static func refusal(of matrix: DoseMatrix) -> SynergyError? {
    do throws(SynergyError) {
      _ = try monotherapyCells(CellGrid(matrix))
      return nil
    } catch {
      return error
    }
  }

  /// Each drug's monotherapy cells, at least one of them measured above dose 0, of a block that has a combination.
  private static func monotherapyCells(_ grid: CellGrid) throws(SynergyError) -> [[Int]] {
    var result: [[Int]] = []
    for drug in 0..<grid.drugs {
      guard let cells = grid.matrix.monotherapy(of: drug),
        cells.contains(where: { grid.count[$0] > 0 && grid.present[$0] == 1 })
      else {
        throw .monotherapyMissing(
          drug: grid.matrix.axes[drug].drug,
          others: grid.matrix.axes.indices.filter { $0 != drug }.map { grid.matrix.axes[$0].drug })
      }
      result.append(cells)
    }
    guard (0..<grid.cellCount).contains(where: { grid.count[$0] > 0 && grid.present[$0] == grid.drugs }) else {
      throw .noCombination(drugs: grid.matrix.axes.map(\.drug))
    }
    return result
  }

  private func score(
    _ model: NullModel, grid: CellGrid, monotherapies: [Monotherapy], directions: DrugDirections, zip: ZIPLines?,
    windows: PeakWindows
  ) -> ModelScore {
    var fit: [Double]?
    let reference: [Double]
    switch model {
    case .hsa: reference = grid.highestSingleAgent()
    case .bliss: reference = grid.bliss { drug, cell in grid.mean[grid.alone(drug, in: cell)] }
    case .loewe: reference = loewe(grid, monotherapies, directions)
    case .zip:
      reference = grid.zipReference(monotherapies)
      fit = zip?.fit
    }
    return .init(
      model: model, reference: reference, fit: fit, grid: grid, windows: windows,
      coverage: options.peakCoverage)
  }

  private func loewe(_ grid: CellGrid, _ monotherapies: [Monotherapy], _ directions: DrugDirections) -> [Double] {
    guard monotherapies.allSatisfy({ $0.fit.isIdentified || $0.fit.status == .flat }),
      !directions.areOpposite(monotherapies, in: grid)
    else {
      return grid.references { _ in .nan }
    }
    let reference = grid.loewe(monotherapies.map(\.fit.curve))
    // What no response can be rests on a curve far outside its doses.
    let fitted = monotherapies.flatMap { alone in
      grid.measuredAlone(alone.drug).map { alone.fit.curve.response(at: grid.doses[alone.drug][$0]) }
    }
    let range =
      min(0, fitted.min() ?? 0) - options.loeweMargin...max(100, fitted.max() ?? 100) + options.loeweMargin
    return reference.indices.map { cell in
      grid.present[cell] > 1 && !range.contains(reference[cell]) ? .nan : reference[cell]
    }
  }
}

extension ModelScore {
  /// Response (or fit) − reference in each cell, percentage points: 0 with fewer than two drugs, NaN in a missing cell.
  package static func synergy(compared: [Double], reference: [Double], count: [Int], present: [Int]) -> [Double] {
    count.indices.map { cell in
      count[cell] == 0 ? .nan : present[cell] < 2 ? 0 : compared[cell] - reference[cell]
    }
  }

  /// Takes the difference from the reference, its mean over the combination cells, and the peak.
  init(
    model: NullModel, reference: [Double], fit: [Double]?, grid: CellGrid, windows: PeakWindows,
    coverage: Double
  ) {
    let synergy = Self.synergy(
      compared: fit ?? grid.mean, reference: reference, count: grid.count, present: grid.present)
    var sum = 0.0
    var scored = 0
    var unscored = 0
    for cell in 0..<grid.cellCount where grid.count[cell] > 0 && grid.present[cell] == grid.drugs {
      if synergy[cell].isNaN {
        unscored += 1
      } else {
        sum += synergy[cell]
        scored += 1
      }
    }
    self.init(
      model: model, reference: reference, fit: fit, synergy: synergy, mean: scored > 0 ? sum / Double(scored) : nil,
      peak: windows.extreme(.peak, of: synergy, coverage: coverage),
      trough: windows.extreme(.trough, of: synergy, coverage: coverage),
      scoredCells: scored, unscoredCells: unscored)
  }
}
