import DoseResponse
import Foundation

extension ResampledBlock {
  /// Fills one row a cell of `target` with the synergy of every copy against a model; rows of cells that are not scored
  /// are left as they were. `cells` are the measured combination cells.
  func synergy(
    _ model: NullModel, cells: [Int], lines: [LineFit], options: SynergyOptions,
    fitter: HillFitter, workspace: ResampledBlock.Workspace, into target: CopyBuffer
  ) {
    switch model {
    case .bliss:
      combine(cells, into: target, from: 1, { product, alone in product * (1 - 0.01 * alone) }, { 100 - 100 * $0 }) {
        alone($0, at: $1)
      }
      subtractFromResponses(cells, target)
    case .hsa:
      combine(cells, into: target, from: -.infinity, { larger($0, $1) }, { $0 }) { alone($0, at: $1) }
      subtractFromResponses(cells, target)
    case .loewe:
      loewe(cells, into: target)
      withdrawImpossible(cells, margin: options.loeweMargin, target)
      subtractFromResponses(cells, target)
    case .zip:
      zipFit(cells, lines: lines, baseline: options.zipBaseline, fitter: fitter, workspace: workspace)
      combine(cells, into: target, from: 1, { product, alone in product * (1 - 0.01 * alone) }, { 100 - 100 * $0 }) {
        values[firstValue[$0] + $1]
      }
      for cell in cells {
        let fit = workspace.sums[cell]
        let row = target[cell]
        for copy in 0..<copies { row[copy] = fit[copy] - row[copy] }
      }
    }
  }

  private func subtractFromResponses(_ cells: [Int], _ target: CopyBuffer) {
    for cell in cells {
      let response = responses[cell]
      let row = target[cell]
      for copy in 0..<copies { row[copy] = response[copy] - row[copy] }
    }
  }

  /// Takes away what no response can be, as in the block itself (`SynergyOptions.loeweMargin`): such a reference rests on a
  /// curve far outside its doses.
  private func withdrawImpossible(_ cells: [Int], margin: Double, _ target: CopyBuffer) {
    let rows = (0..<grid.drugs).flatMap { drug in
      grid.measuredAlone(drug).map { UnsafeRawPointer(values[firstValue[drug] + $0]) }
    }
    for offset in Swift.stride(from: 0, to: copies * 8, by: 64) {
      var low = Lanes()
      var high = Lanes(repeating: 100)
      for row in rows {
        let fitted = row.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        low = smaller(low, fitted)
        high = larger(high, fitted)
      }
      low -= Lanes(repeating: margin)
      high += Lanes(repeating: margin)
      for cell in cells {
        let row = UnsafeMutableRawPointer(target[cell])
        let reference = row.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        row.storeBytes(
          of: reference.replacing(with: .nan, where: (reference .< low) .| (reference .> high)), toByteOffset: offset,
          as: Lanes.self)
      }
    }
  }

  /// Folds what each present drug does alone; NaN where one was not measured.
  @inline(__always)
  private func combine(
    _ cells: [Int], into target: CopyBuffer, from start: Double, _ step: (Lanes, Lanes) -> Lanes,
    _ end: (Lanes) -> Lanes, _ alone: (Int, Int) -> UnsafeMutablePointer<Double>?
  ) {
    var rows: [UnsafeRawPointer] = []
    for cell in cells {
      rows.removeAll(keepingCapacity: true)
      for drug in 0..<grid.drugs where grid.has(drug, in: cell) {
        if let row = alone(drug, grid.position(cell, drug)) { rows.append(UnsafeRawPointer(row)) }
      }
      let isWhole = rows.count == grid.present[cell]
      let row = UnsafeMutableRawPointer(target[cell])
      for offset in Swift.stride(from: 0, to: copies * 8, by: 64) {
        var value = Lanes(repeating: isWhole ? start : .nan)
        for source in rows { value = step(value, source.loadUnaligned(fromByteOffset: offset, as: Lanes.self)) }
        row.storeBytes(of: end(value), toByteOffset: offset, as: Lanes.self)
      }
    }
  }

  private func lanes(_ row: UnsafeMutablePointer<Double>, _ copy: Int) -> Lanes {
    UnsafeRawPointer(row + copy).loadUnaligned(as: Lanes.self)
  }

  private func loewe(_ cells: [Int], into target: CopyBuffer) {
    let highest = grid.matrix.axes.map { $0.doses[$0.doses.count - 1] }
    guard grid.drugs == 2 else {
      for copy in 0..<copies {
        let reference = LoeweReference(
          curves: (0..<grid.drugs).map { drug in
            HillCurve(
              e0: curves[4 * drug][copy], emax: curves[4 * drug + 1][copy], hill: curves[4 * drug + 2][copy],
              ec50: exp(curves[4 * drug + 3][copy]))
          }, highestDoses: highest)
        for cell in cells {
          target[cell][copy] = reference.response(at: (0..<grid.drugs).map { grid.dose(cell, $0) }) ?? .nan
        }
      }
      return
    }
    let bound = Lanes(repeating: 700)
    for copy in Swift.stride(from: 0, to: copies, by: 8) {
      let reference = LoeweLanes(
        e0: (lanes(curves[0], copy), lanes(curves[4], copy)), emax: (lanes(curves[1], copy), lanes(curves[5], copy)),
        hill: (lanes(curves[2], copy), lanes(curves[6], copy)),
        ec50: (
          exponential(lanes(curves[3], copy).kept(Lanes() - bound, bound)),
          exponential(lanes(curves[7], copy).kept(Lanes() - bound, bound))
        ),
        highestDoses: (highest[0], highest[1]))
      let first = grid.doses[0].map { reference.first(at: Lanes(repeating: $0)) }
      let second = grid.doses[1].map { reference.second(at: Lanes(repeating: $0)) }
      for cell in cells {
        let response = reference.response(first[grid.position(cell, 0)], second[grid.position(cell, 1)])
        UnsafeMutableRawPointer(target[cell] + copy).storeBytes(of: response, as: Lanes.self)
      }
    }
  }

  /// Puts the mean of the refitted lines of each cell into `workspace.sums`.
  private func zipFit(
    _ cells: [Int], lines: [LineFit], baseline: SynergyOptions.ZIPBaseline, fitter: HillFitter,
    workspace: ResampledBlock.Workspace
  ) {
    let matrix = grid.matrix
    let sums = workspace.sums
    let scratch = workspace.scratch
    sums.reserve(rows: matrix.cellCount)
    for cell in cells { sums[cell].update(repeating: 0, count: copies) }
    let output = HillResampling.Output(e0: scratch[0], emax: scratch[1], hill: scratch[2], logEC50: scratch[3])
    for line in lines {
      let drug = line.drug
      let e0 = scratch[4]
      start(of: line, baseline: baseline, into: e0)
      refitLine(drug, from: line.start, e0: e0, fitter: fitter, workspace: workspace, into: output)
      let fitted = scratch[5]
      for position in 1..<matrix.shape[drug] {
        let cell = line.start + position * matrix.strides[drug]
        guard matrix.count[cell] > 0 else { continue }
        HillResampling.respond(output, at: grid.doses[drug][position], copies: copies, into: fitted)
        let share = 1 / Double(grid.present[cell])
        let sum = sums[cell]
        for copy in 0..<copies { sum[copy] += share * fitted[copy] }
      }
    }
  }

  /// Where a line starts: the response of its zero-dose cell, or what the other drugs' fitted curves make of it.
  private func start(of line: LineFit, baseline: SynergyOptions.ZIPBaseline, into e0: UnsafeMutablePointer<Double>) {
    if baseline == .observed {
      e0.update(from: responses[line.start], count: copies)
      return
    }
    e0.update(repeating: 1, count: copies)
    for other in 0..<grid.drugs where grid.has(other, in: line.start) {
      let value = values[firstValue[other] + grid.position(line.start, other)]
      for copy in 0..<copies { e0[copy] *= 1 - 0.01 * value[copy] }
    }
    for copy in 0..<copies { e0[copy] = 100 - 100 * e0[copy] }
  }
}
