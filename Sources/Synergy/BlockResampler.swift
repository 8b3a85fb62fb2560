import Assay
import DoseResponse
import Foundation
import Statistics

/// Makes the inference of one block after another; keeps its memory between them. Belongs to one thread at a time.
final class BlockResampler {
  private let options: SynergyOptions
  private let fitter: HillFitter
  private let workspace: ResampledBlock.Workspace

  init(options: SynergyOptions, fitter: HillFitter) {
    self.options = options
    self.fitter = fitter
    workspace = ResampledBlock.Workspace(copies: options.inference.resamples + 1)
  }

  /// Resamples a block and judges every score of its analysis.
  ///
  /// - Parameter surface: A smooth surface through the block, used where ZIP's lines give none.
  func infer(_ analysis: BlockAnalysis, grid: CellGrid, surface: [Double], noise: NoiseModel) -> BlockInference {
    let matrix = analysis.matrix
    let fitted = analysis.score(of: .zip)?.fit
    let expected = surface.indices.map { cell in
      fitted.map { $0[cell].isNaN ? surface[cell] : $0[cell] } ?? surface[cell]
    }
    let random = CounterRandom(seed: options.inference.seed, block: analysis.asRead.digest)
    func resampled(_ monotherapies: [Monotherapy], around surface: [Double]) -> ResampledBlock {
      ResampledBlock(
        grid: grid, monotherapies: monotherapies, surface: surface, noise: noise, baseline: analysis.baseline,
        anchor: analysis.anchor?.shared, random: random, fitter: fitter, workspace: workspace)
    }
    let block = resampled(analysis.monotherapies, around: expected)
    let errors = ScoreErrors(options: options.inference, noise: noise, random: random, copies: block.copies)
    let cells = (0..<matrix.cellCount).filter { matrix.count[$0] > 0 && grid.present[$0] > 1 }
    let whole = Set(cells.filter { grid.present[$0] == grid.drugs })
    let windows = PeakWindows(matrix, size: options.peakWindow)
    let synergy = workspace.errors
    synergy.reserve(rows: matrix.cellCount)
    workspace.scratch.reserve(rows: 5 + (matrix.shape.max() ?? 0))
    func judge(_ score: ModelScore, in block: ResampledBlock) -> ScoreInference? {
      block.synergy(
        score.model, cells: cells, lines: analysis.lines, options: options, fitter: fitter,
        workspace: workspace, into: synergy)
      return errors.infer(
        score, cells: cells, whole: whole, synergy: synergy, windows: windows, coverage: options.peakCoverage,
        rows: (0..<5).map { workspace.scratch[$0] })
    }
    var result = BlockInference(
      noise: noise, resamples: options.inference.resamples, confidence: options.inference.confidence,
      scores: analysis.models.map { $0.model.needsNullSurface ? nil : judge($0, in: block) }, ic50: [], emax: [],
      curves: [], css: nil)
    for monotherapy in analysis.monotherapies {
      result.ic50.append(ic50(monotherapy, block, errors))
      result.emax.append(errors.percentiles(block.curves[4 * monotherapy.drug + 1]).bounded(to: HillFit.boundedEmax))
      result.curves.append(
        grid.doses[monotherapy.drug].indices.map { position in
          let row = block.values[block.firstValue[monotherapy.drug] + position]
          return monotherapy.fit.status != .noData ? errors.percentiles(row) : Interval(low: .nan, high: .nan)
        })
    }
    if options.sensitivity, let css = analysis.css {
      result.css = sensitivity(analysis, block, errors).flatMap { errors.percentiles($0, around: css) }
    }
    // Last, because their copies take the place of the others.
    for place in analysis.models.indices where analysis.models[place].model.needsNullSurface {
      let score = analysis.models[place]
      var null = analysis.monotherapies
      var around = expected
      // ZIP's null is Bliss of its curves.
      if let surface = NullSurface(grid, model: score.model == .zip ? .bliss : score.model) {
        for drug in null.indices { null[drug].fit.curve = surface.curves[drug] }
        // The others are linear in the combination wells: whatever stands there, their error is the same.
        if score.model == .zip { around = surface.response }
      }
      result.scores[place] = judge(score, in: resampled(null, around: around))
    }
    return result
  }

  /// The absolute IC50 of every copy: 0 where the curve is above the level at every tested dose, infinite where it is
  /// below.
  private func ic50(_ monotherapy: Monotherapy, _ block: ResampledBlock, _ errors: ScoreErrors) -> Interval {
    let drug = monotherapy.drug
    let doses = block.grid.doses[drug].filter { $0 > 0 }
    let row = workspace.scratch[0]
    guard let low = doses.first, let high = doses.last else { return Interval(low: .nan, high: .nan) }
    for copy in 0...errors.resamples {
      let curve = block.curve(drug, copy)
      if let dose = curve.dose(at: 50), (low...high).contains(dose) {
        row[copy] = dose
      } else {
        row[copy] = curve.response(at: low) >= 50 && curve.emax >= curve.e0 ? 0 : .infinity
      }
    }
    return errors.percentiles(row)
  }

  /// CSS of every copy, as `CurveBatch` computes it; `nil` when no pair has one in the block itself.
  private func sensitivity(
    _ analysis: BlockAnalysis, _ block: ResampledBlock, _ errors: ScoreErrors
  ) -> UnsafeMutablePointer<Double>? {
    let grid = block.grid
    let matrix = grid.matrix
    let rows = workspace.sums
    let longest = matrix.shape.max() ?? 0
    rows.reserve(rows: 5 + longest)
    let total = rows[4]
    total.update(repeating: 0, count: block.copies)
    let output = HillResampling.Output(e0: rows[0], emax: rows[1], hill: rows[2], logEC50: rows[3])
    var pairs = 0.0
    for row in 0..<grid.drugs {
      for column in 0..<grid.drugs where column != row {
        let other = analysis.monotherapies[column]
        let tested = other.cells.filter { matrix.count[$0] > 0 && grid.present[$0] == 1 }
          .map { grid.dose($0, column) }
        guard other.relativeIC50 != nil, let low = tested.first, let high = tested.last else { continue }
        var doses: [Double] = []
        for position in 0..<matrix.shape[row] where grid.doses[row][position] > 0 {
          let start = position * matrix.strides[row]
          let measured = (0..<matrix.shape[column]).filter { matrix.count[start + $0 * matrix.strides[column]] > 0 }
          guard measured.count >= 4 else { continue }
          block.refitLine(column, from: start, e0: nil, fitter: fitter, workspace: workspace, into: output)
          let response = rows[5 + doses.count]
          for copy in 0...errors.resamples {
            let ic50 = min(max(exp(block.curves[4 * column + 3][copy]), low), high)
            response[copy] = HillResampling.curve(output, copy).response(at: ic50)
          }
          for copy in errors.resamples + 1..<max(block.copies, errors.resamples + 1) { response[copy] = 0 }
          doses.append(grid.doses[row][position])
        }
        guard let first = doses.first, let last = doses.last else { continue }
        pairs += 1
        let design = fitter.design(doses: doses, weights: doses.map { _ in 1 }, fixedE0: false)
        let isCurve = doses.count >= 4
        if isCurve {
          workspace.refit(design).fit(
            doses.indices.map { UnsafePointer(rows[5 + $0]) }, copies: block.copies, e0: nil, into: output)
        }
        for copy in 0...errors.resamples {
          total[copy] +=
            isCurve
            ? HillResampling.curve(output, copy).meanResponse(from: first, to: last)
            : CurveBatch.trapezoids(doses: doses, responses: doses.indices.map { rows[5 + $0][copy] })
        }
      }
    }
    guard pairs > 0 else { return nil }
    for copy in 0...errors.resamples { total[copy] /= pairs }
    return total
  }
}

extension ResampledBlock {
  /// A drug's refitted curve.
  func curve(_ drug: Int, _ copy: Int) -> HillCurve {
    HillCurve(
      e0: curves[4 * drug][copy], emax: curves[4 * drug + 1][copy], hill: curves[4 * drug + 2][copy],
      ec50: exp(curves[4 * drug + 3][copy]))
  }
}

extension HillResampling {
  /// One of the fitted curves.
  static func curve(_ output: Output, _ copy: Int) -> HillCurve {
    HillCurve(
      e0: output.e0[copy], emax: output.emax[copy], hill: output.hill[copy], ec50: exp(output.logEC50[copy]))
  }
}

extension Interval {
  /// The same with an end beyond `range` infinite.
  fileprivate func bounded(to range: ClosedRange<Double>) -> Interval {
    Interval(
      low: low < range.lowerBound ? -.infinity : low, high: high > range.upperBound ? .infinity : high)
  }
}

extension NullModel {
  /// Whether the error of the score depends on the curves around which copies are drawn more than noise hides.
  fileprivate var needsNullSurface: Bool { self != .bliss }
}
