import Assay
import DoseResponse

/// The curves of one block, fitted together.
struct CurveBatch {
  let grid: CellGrid
  let fitter: HillFitter

  private var matrix: DoseMatrix { grid.matrix }

  /// Adds the curve through the measured ones of `cells`, which lie along a drug's axis, weighted by their wells; `nil`
  /// when none is measured.
  private func add(_ drug: Int, _ cells: some Sequence<Int>, e0: Double? = nil) -> Int? {
    let measured = cells.filter { matrix.count[$0] > 0 }
    guard !measured.isEmpty else { return nil }
    let axis = matrix.axes[drug]
    let design = fitter.design(
      doses: measured.map { axis.doses[grid.position($0, drug)] }, weights: measured.map { Double(matrix.count[$0]) },
      fixedE0: e0 != nil)
    return fitter.add(design, responses: measured.lazy.map { matrix.mean[$0] }, e0: e0 ?? 0)
  }

  /// The cells along a drug's axis from the one where it is 0.
  private func line(_ drug: Int, from start: Int) -> StrideTo<Int> {
    stride(from: start, to: start + matrix.shape[drug] * matrix.strides[drug], by: matrix.strides[drug])
  }

  /// Each drug alone, E0 free, the untreated control included.
  func fitMonotherapies(_ cells: [[Int]]) -> [Monotherapy] {
    let tickets = cells.enumerated().map { add($0, $1) }
    let fits = fitter.fit()
    return cells.indices.map { drug in
      let fit = tickets[drug].map { fits[$0] } ?? .none
      let measured = cells[drug].filter { matrix.count[$0] > 0 && grid.present[$0] == 1 }
      let doses = measured.map { matrix.axes[drug].doses[grid.position($0, drug)] }
      return Monotherapy(
        drug: drug, cells: cells[drug], fit: fit, relativeIC50: fit.relativeIC50(within: doses),
        absoluteIC50: fit.absoluteIC50(within: doses), relativeInhibition: nil)
    }
  }

  /// ZIP's lines: every drug along every setting of the others in which at least one other is present.
  ///
  /// The fit of a cell is the mean of the line fits of the drugs present in it. (SynergyFinder, in a three-drug block's
  /// pair cells, also counts the absent drug's line, which is the observed response there.)
  func fitLines(_ monotherapies: [Monotherapy], baseline: SynergyOptions.ZIPBaseline) -> ZIPLines {
    var pending: [(drug: Int, start: Int, ticket: Int)] = []
    for drug in 0..<grid.drugs where matrix.axes[drug].hasZero {
      for start in 0..<matrix.cellCount where grid.position(start, drug) == 0 && grid.present[start] > 0 {
        let e0: Double
        switch baseline {
        case .observed:
          e0 = matrix.mean[start]
        case .fitted:
          e0 = grid.blissReference(start) { other, cell in
            monotherapies[other].fit.curve.response(at: matrix.dose(of: other, in: cell))
          }
        }
        guard !e0.isNaN, line(drug, from: start).dropFirst().contains(where: { matrix.count[$0] > 0 }) else { continue }
        if let ticket = add(drug, line(drug, from: start), e0: e0) { pending.append((drug, start, ticket)) }
      }
    }
    let fits = fitter.fit()
    var sum = [Double](repeating: 0, count: matrix.cellCount)
    var lines = [Int](repeating: 0, count: matrix.cellCount)
    for (drug, start, ticket) in pending {
      let curve = fits[ticket].curve
      for cell in line(drug, from: start).dropFirst() {
        sum[cell] += curve.response(at: matrix.axes[drug].doses[grid.position(cell, drug)])
        lines[cell] += 1
      }
    }
    let fit = (0..<matrix.cellCount).map { cell in
      matrix.count[cell] == 0
        ? .nan
        : grid.present[cell] < 2
          ? matrix.mean[cell] : lines[cell] == grid.present[cell] ? sum[cell] / Double(lines[cell]) : .nan
    }
    return ZIPLines(fit: fit, lines: pending.map { LineFit(drug: $0.drug, start: $0.start, fit: fits[$0.ticket]) })
  }

  /// Relative inhibition of each drug, and the combination sensitivity score.
  ///
  /// Malyutina et al. (2019) PLoS Comput. Biol. 15, e1006752: CSS of drug a is the relative inhibition of a's doses,
  /// each with drug b at its IC50, read from a curve through b's doses; the block's CSS is the mean over the ordered
  /// pairs, further drugs at 0. As SynergyFinder Plus computes it, but: IC50 is kept within the tested doses at both
  /// ends; nothing is clamped, rounded or drawn at random; a pair whose IC50 is not identified is left out.
  func fitSensitivity(_ monotherapies: [Monotherapy]) -> (relativeInhibition: [Double?], combination: Double?) {
    let own = monotherapies.map { monotherapy in
      add(monotherapy.drug, monotherapy.cells.filter { grid.present[$0] == 1 })
    }
    var pairs: [(column: Int, doses: [Double], tickets: [Int])] = []
    for row in 0..<grid.drugs {
      for column in 0..<grid.drugs where column != row && monotherapies[column].relativeIC50 != nil {
        var pair = (column: column, doses: [Double](), tickets: [Int]())
        for position in 0..<matrix.shape[row] where matrix.axes[row].doses[position] > 0 {
          guard let ticket = add(column, line(column, from: position * matrix.strides[row])) else { continue }
          pair.doses.append(matrix.axes[row].doses[position])
          pair.tickets.append(ticket)
        }
        if !pair.tickets.isEmpty { pairs.append(pair) }
      }
    }
    let first = fitter.fit()
    let tickets = pairs.map { pair in
      let ic50 = monotherapies[pair.column].relativeIC50 ?? .nan
      return fitter.add(
        fitter.design(doses: pair.doses, weights: pair.doses.map { _ in 1 }, fixedE0: false),
        responses: pair.tickets.map { first[$0].curve.response(at: ic50) })
    }
    let second = fitter.fit()
    let scores = zip(pairs, tickets).map { pair, ticket in
      second[ticket].curve.meanResponse(from: pair.doses[0], to: pair.doses[pair.doses.count - 1])
    }
    let inhibition = monotherapies.indices.map { drug -> Double? in
      guard let ticket = own[drug] else { return nil }
      let measured = monotherapies[drug].cells.filter { matrix.count[$0] > 0 && grid.present[$0] == 1 }
      let doses = measured.map { matrix.axes[drug].doses[grid.position($0, drug)] }
      guard let low = doses.first, let high = doses.last else { return nil }
      return first[ticket].curve.meanResponse(from: low, to: high)
    }
    return (inhibition, scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count))
  }
}

/// What ZIP's lines give.
struct ZIPLines {
  /// Mean of the line fits in each cell; NaN where a line is missing.
  var fit: [Double]
  var lines: [LineFit]
}

extension CellGrid {
  /// Zero interaction potency: Bliss independence of the *fitted* monotherapies.
  ///
  /// Yadav et al. (2015) Comput. Struct. Biotechnol. J. 13, 504–513, eq. 6–8, with each curve's own E0 and Emax as
  /// SynergyFinder Plus scores it.
  func zipReference(_ monotherapies: [Monotherapy]) -> [Double] {
    let fitted = monotherapies.map { monotherapy in
      matrix.axes[monotherapy.drug].doses.map { monotherapy.fit.curve.response(at: $0) }
    }
    return bliss { drug, cell in fitted[drug][position(cell, drug)] }
  }
}
