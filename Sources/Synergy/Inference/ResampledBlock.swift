import Assay
import DoseResponse
import Foundation
import Statistics

/// Noisy copies of a block: every well drawn anew around a smooth surface, every curve refitted in every copy.
///
/// The surface is the fitted curve of each drug alone, and for the combinations the mean of ZIP's line fits (the
/// low-rank surface where there are none). HSA, Bliss and Loewe are linear in the combination wells, so that the error
/// of their scores is the same whatever stands there, the null model's own surface included; what counts is that their
/// references are made anew from noisy monotherapies. Wells are drawn from the noise model and not from the block's own
/// replicates: two or three wells resampled vary by a half or two thirds of what they should.
///
/// Copy 0 has no noise. The error of a score in a copy is its difference from copy 0; its mean is the score's bias.
struct ResampledBlock {
  let grid: CellGrid
  let copies: Int
  /// The responses: one row a cell. A drug's own zero dose is in `baselines`.
  let responses: CopyBuffer
  /// One row for each drug: the untreated control as that drug's curve sees it.
  let baselines: CopyBuffer
  /// Four rows for each drug: E0, Emax, h, ln EC50 of its refits.
  let curves: CopyBuffer
  /// The refitted response of each drug at each of its doses; `firstValue[drug]` is the row of dose 0.
  let values: CopyBuffer
  let firstValue: [Int]

  /// Memory that one thread keeps between blocks.
  final class Workspace {
    let responses: CopyBuffer
    let baselines: CopyBuffer
    let curves: CopyBuffer
    let values: CopyBuffer
    let sums: CopyBuffer
    let scratch: CopyBuffer
    let errors: CopyBuffer
    private var refits: [ObjectIdentifier: (design: HillDesign, refit: HillResampling)] = [:]

    init(copies: Int) {
      responses = CopyBuffer(copies: copies)
      baselines = CopyBuffer(copies: copies)
      curves = CopyBuffer(copies: copies)
      values = CopyBuffer(copies: copies)
      sums = CopyBuffer(copies: copies)
      scratch = CopyBuffer(copies: copies)
      errors = CopyBuffer(copies: copies)
    }

    func refit(_ design: HillDesign) -> HillResampling {
      if let known = refits[ObjectIdentifier(design)] { return known.refit }
      if refits.count >= 512 { refits.removeAll() }
      let refit = HillResampling(design: design)
      refits[ObjectIdentifier(design)] = (design, refit)
      return refit
    }
  }

  /// Draws the copies and refits the monotherapies.
  init(
    grid: CellGrid, monotherapies: [Monotherapy], surface: [Double], noise: NoiseModel, baseline: BlockBaseline,
    anchor: AnchorReading.Shared?, random: CounterRandom, fitter: HillFitter, workspace: Workspace
  ) {
    let matrix = grid.matrix
    self.grid = grid
    responses = workspace.responses
    baselines = workspace.baselines
    curves = workspace.curves
    values = workspace.values
    copies = workspace.responses.copies
    responses.reserve(rows: matrix.cellCount)
    baselines.reserve(rows: grid.drugs)
    for cell in 0..<matrix.cellCount where matrix.count[cell] > 0 {
      random.fillNormals(responses[cell], count: copies, stream: UInt64(cell))
      responses[cell][0] = 0
    }
    let shared = anchor.map { Set($0.cells) } ?? []
    if let anchor { Self.correlate(anchor, responses, copies: copies, stretch: 100 / (100 - baseline.level)) }
    for cell in 0..<matrix.cellCount where matrix.count[cell] > 0 {
      let row = responses[cell]
      let wells = Double(matrix.count[cell])
      if grid.present[cell] == 0 {
        for drug in 0..<grid.drugs {
          let expected = monotherapies[drug].fit.curve.e0
          let sd = shared.contains(cell) ? 1 : noise.sd(at: expected) / wells.squareRoot()
          Self.scale(row, into: baselines[drug], copies, by: sd, from: expected)
        }
      }
      let expected = Self.expected(cell, grid, monotherapies, surface)
      let sd = shared.contains(cell) ? 1 : noise.sd(at: expected) / wells.squareRoot()
      Self.scale(row, into: row, copies, by: sd, from: expected)
    }
    var first: [Int] = []
    var rows = 0
    for drug in 0..<grid.drugs {
      first.append(rows)
      rows += matrix.shape[drug]
    }
    firstValue = first
    values.reserve(rows: rows)
    curves.reserve(rows: 4 * grid.drugs)
    if baseline.isCorrected { rescale(baseline, anchor: anchor, random: random, scratch: workspace.scratch) }
    for drug in 0..<grid.drugs { refit(monotherapies[drug], fitter: fitter, workspace: workspace) }
  }

  /// Makes of the independent normal numbers of a shared drug's cells errors with its covariance.
  private static func correlate(_ anchor: AnchorReading.Shared, _ rows: CopyBuffer, copies: Int, stretch: Double) {
    for place in anchor.cells.indices.reversed() {
      let row = rows[anchor.cells[place]]
      let own = stretch * anchor.factor.lower[place, place]
      for copy in 0..<copies { row[copy] *= own }
      for other in 0..<place {
        let weight = stretch * anchor.factor.lower[place, other]
        let from = rows[anchor.cells[other]]
        for copy in 0..<copies { row[copy] += weight * from[copy] }
      }
    }
  }

  private static func expected(
    _ cell: Int, _ grid: CellGrid, _ monotherapies: [Monotherapy], _ surface: [Double]
  ) -> Double {
    guard grid.present[cell] == 1 else { return surface[cell].isNaN ? grid.matrix.mean[cell] : surface[cell] }
    for drug in 0..<grid.drugs where grid.has(drug, in: cell) {
      return monotherapies[drug].fit.curve.response(at: grid.dose(cell, drug))
    }
    return surface[cell]
  }

  @inline(__always)
  private static func scale(
    _ noise: UnsafeMutablePointer<Double>, into target: UnsafeMutablePointer<Double>, _ copies: Int, by sd: Double,
    from expected: Double
  ) {
    for copy in 0..<copies { target[copy] = expected + sd * noise[copy] }
  }

  /// Estimates the untreated level of every copy anew and puts the copy on its scale. In copy 0 it is 0.
  private func rescale(
    _ baseline: BlockBaseline, anchor: AnchorReading.Shared?, random: CounterRandom, scratch: CopyBuffer
  ) {
    scratch.reserve(rows: 5 + (grid.shape.max() ?? 0))
    let level = scratch[0]
    random.fillNormals(level, count: copies, stream: .max - 1)
    // The rest of the level's error was stated on the scale of responses as read.
    let rest = baseline.rest * 100 / (100 - baseline.level)
    for copy in 0..<copies { level[copy] *= rest }
    for part in baseline.parts {
      let row = responses[part.cell]
      let origin = row[0]
      for copy in 0..<copies { level[copy] += part.weight * (row[copy] - origin) }
    }
    level[0] = 0
    if let anchor { follow(anchor, level) }
    func rescale(_ row: UnsafeMutablePointer<Double>) {
      for copy in 0..<copies { row[copy] = 100 * (row[copy] - level[copy]) / (100 - level[copy]) }
    }
    for cell in 0..<grid.cellCount where grid.count[cell] > 0 { rescale(responses[cell]) }
    if grid.count[0] > 0, grid.present[0] == 0 { for drug in 0..<grid.drugs { rescale(baselines[drug]) } }
  }

  /// Lets a shared drug's responses follow the untreated level: what the partner says of it moves all of them.
  private func follow(_ anchor: AnchorReading.Shared, _ level: UnsafeMutablePointer<Double>) {
    let untreated = responses[anchor.cells[0]]
    let origin = untreated[0]
    for place in anchor.cells.indices.dropFirst() {
      let row = responses[anchor.cells[place]]
      let lean = anchor.lean[place]
      for copy in 0..<copies { row[copy] += lean * (level[copy] - (untreated[copy] - origin)) }
    }
    for drug in 0..<grid.drugs {
      let start = baselines[drug][0]
      for copy in 0..<copies { baselines[drug][copy] = start + level[copy] }
    }
    for copy in 0..<copies { untreated[copy] = origin + level[copy] }
  }

  /// The responses of a drug alone at a position of its axis, the control included; `nil` when it was not measured.
  func alone(_ drug: Int, at position: Int) -> UnsafeMutablePointer<Double>? {
    let cell = position * grid.matrix.strides[drug]
    guard grid.matrix.count[cell] > 0 else { return nil }
    return grid.present[cell] == 0 ? baselines[drug] : responses[cell]
  }

  private func refit(_ monotherapy: Monotherapy, fitter: HillFitter, workspace: Workspace) {
    let drug = monotherapy.drug
    let matrix = grid.matrix
    let measured = (0..<matrix.shape[drug]).filter { matrix.count[$0 * matrix.strides[drug]] > 0 }
    let doses = grid.doses[drug]
    let design = fitter.design(
      doses: measured.map { doses[$0] },
      weights: measured.map { Double(matrix.count[$0 * matrix.strides[drug]]) }, fixedE0: false)
    let output = HillResampling.Output(
      e0: curves[4 * drug], emax: curves[4 * drug + 1], hill: curves[4 * drug + 2], logEC50: curves[4 * drug + 3])
    workspace.refit(design).fit(
      measured.compactMap { alone(drug, at: $0).map { UnsafePointer($0) } }, copies: copies, e0: nil,
      into: output)
    let own = monotherapy.fit.curve
    output.e0[0] = own.e0
    output.emax[0] = own.emax
    output.hill[0] = own.hill
    output.logEC50[0] = log(own.ec50)
    for position in doses.indices {
      HillResampling.respond(output, at: doses[position], copies: copies, into: values[firstValue[drug] + position])
    }
  }

  /// Refits the curve along a drug's axis from a cell, in every copy.
  ///
  /// - Parameters:
  ///   - e0: The fixed E0, one for each copy; free when absent.
  ///   - output: Where the parameters go.
  func refitLine(
    _ drug: Int, from start: Int, e0: UnsafePointer<Double>?, fitter: HillFitter, workspace: Workspace,
    into output: HillResampling.Output
  ) {
    let matrix = grid.matrix
    let measured = (0..<matrix.shape[drug]).filter { matrix.count[start + $0 * matrix.strides[drug]] > 0 }
    let doses = grid.doses[drug]
    let design = fitter.design(
      doses: measured.map { doses[$0] },
      weights: measured.map { Double(matrix.count[start + $0 * matrix.strides[drug]]) }, fixedE0: e0 != nil)
    workspace.refit(design).fit(
      measured.map { position in
        let cell = start + position * matrix.strides[drug]
        if e0 != nil, position == 0, let e0 { return e0 }
        return UnsafePointer(responses[cell])
      }, copies: copies, e0: e0, into: output)
  }
}
