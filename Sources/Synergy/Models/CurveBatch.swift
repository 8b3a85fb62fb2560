import Assay
import DoseResponse
import Foundation

/// The curves of one block, fitted together: all that depends on the data alone in one batch, what depends on its fits
/// in a second one. Full batches keep the SIMD lanes busy.
struct CurveBatch {
  let grid: CellGrid
  let fitter: HillFitter

  /// Designs met, by the number of wells along the line: most lines of a block are alike.
  private var designs: [(drug: Int, fixedE0: Bool, wells: [Int], design: HillDesign)] = []
  private var responses: [Double] = []
  private var wells: [Int] = []

  init(grid: CellGrid, fitter: HillFitter) {
    self.grid = grid
    self.fitter = fitter
  }

  /// What the fits of a block give.
  struct Result {
    var monotherapies: [Monotherapy]
    var zip: ZIPLines?
    var css: Double?
  }

  /// A curve of the batch that belongs to a line.
  private struct Line {
    var drug: Int
    var start: Int
    var ticket: Int
  }

  /// Fits everything; ZIP's lines only with a `baseline`, what RI and CSS need only with `sensitivity`.
  mutating func fit(_ alone: [[Int]], baseline: SynergyOptions.ZIPBaseline?, sensitivity: Bool) -> Result {
    let monotherapies = alone.indices.map { add($0, from: 0) }
    let aboveZero = alone.indices.map {
      sensitivity && grid.doses[$0].first == 0 ? add($0, from: 0, zeroDose: false) : nil
    }
    let observed = baseline == .observed ? addLines { grid, start in grid.mean[start] } : []
    let partners = sensitivity ? addPartnerLines() : []
    let first = fitter.fit()

    var result = Result(
      monotherapies: alone.indices.map { drug in
        monotherapy(
          drug, cells: alone[drug], fit: monotherapies[drug].map { first[$0] } ?? .none,
          aboveZero: sensitivity ? (aboveZero[drug] ?? monotherapies[drug]).map { first[$0] } : nil)
      })
    let pairs = addPairs(partners, first, result.monotherapies)
    let fitted =
      baseline == .fitted
      ? addLines { grid, start in
        grid.blissReference(start) { other, cell in
          result.monotherapies[other].fit.curve.response(at: grid.dose(cell, other))
        }
      } : []
    let second = fitter.fit()
    if baseline != nil {
      result.zip = baseline == .observed ? zipLines(observed, first) : zipLines(fitted, second)
    }
    let scores = pairs.map { Self.meanResponse(second[$0.ticket], doses: $0.doses, responses: $0.responses) }
    result.css = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    return result
  }

  /// Adds the curve along a drug's axis from the cell where it is 0, through the measured means, weighted by their
  /// wells;
  /// `nil` when nothing is measured.
  private mutating func add(_ drug: Int, from start: Int, zeroDose: Bool = true, e0: Double? = nil) -> Int? {
    let extent = grid.doses[drug].count
    let stride = grid.strides[drug]
    wells.removeAll(keepingCapacity: true)
    responses.removeAll(keepingCapacity: true)
    for position in 0..<extent {
      let cell = start + position * stride
      wells.append(zeroDose || position > 0 ? grid.count[cell] : 0)
      if wells[position] > 0 { responses.append(grid.mean[cell]) }
    }
    guard !responses.isEmpty else { return nil }
    let isFixed = e0 != nil
    for index in designs.indices
    where designs[index].drug == drug && designs[index].fixedE0 == isFixed && designs[index].wells == wells {
      return fitter.add(designs[index].design, responses: responses, e0: e0 ?? 0)
    }
    let design = makeDesign(drug, wells: wells, fixedE0: isFixed)
    return fitter.add(design, responses: responses, e0: e0 ?? 0)
  }

  private mutating func makeDesign(_ drug: Int, wells: [Int], fixedE0: Bool) -> HillDesign {
    let measured = wells.indices.filter { wells[$0] > 0 }
    let doses = grid.doses[drug]
    let design = fitter.design(
      doses: measured.map { doses[$0] }, weights: measured.map { Double(wells[$0]) }, fixedE0: fixedE0)
    designs.append((drug, fixedE0, wells, design))
    return design
  }

  /// The tested doses above 0 of a drug alone.
  private func testedAlone(_ drug: Int, _ cells: [Int]) -> [Double] {
    cells.filter { grid.count[$0] > 0 && grid.present[$0] == 1 }.map { grid.dose($0, drug) }
  }

  /// A drug alone. Relative inhibition is read from a curve of its own through the doses above 0, as SynergyFinder Plus
  /// does.
  private func monotherapy(_ drug: Int, cells: [Int], fit: HillFit, aboveZero: HillFit?) -> Monotherapy {
    let doses = testedAlone(drug, cells)
    var inhibition: Double?
    if let fit = aboveZero, !doses.isEmpty {
      let responses = cells.filter { grid.count[$0] > 0 && grid.present[$0] == 1 }.map { grid.mean[$0] }
      inhibition = Self.meanResponse(fit, doses: doses, responses: responses)
    }
    return Monotherapy(
      drug: drug, cells: cells, fit: fit, relativeIC50: fit.relativeIC50(within: doses),
      absoluteIC50: fit.absoluteIC50(within: doses), relativeInhibition: inhibition)
  }

  /// Mean response over log dose between the lowest and the highest of `doses` (ascending, > 0): of the fitted curve;
  /// with too few doses to identify one, of the straight lines between the responses (trapezoids).
  private static func meanResponse(_ fit: HillFit, doses: [Double], responses: [Double]) -> Double {
    let low = doses[0]
    let high = doses[doses.count - 1]
    guard fit.status == .underdetermined else { return fit.curve.meanResponse(from: low, to: high) }
    return trapezoids(doses: doses, responses: responses)
  }

  /// Mean response over log dose (ascending, > 0) of the straight lines between the responses.
  static func trapezoids(doses: [Double], responses: [Double]) -> Double {
    let low = doses[0]
    let high = doses[doses.count - 1]
    guard high > low else { return responses[0] }
    var area = 0.0
    for next in 1..<doses.count {
      area += (responses[next - 1] + responses[next]) / 2 * log(doses[next] / doses[next - 1])
    }
    return area / log(high / low)
  }

  /// Adds ZIP's lines: every drug along every setting of the others in which at least one other is present, starting at
  /// `baseline` of the cell where the drug is 0.
  private mutating func addLines(baseline: (CellGrid, Int) -> Double) -> [Line] {
    var lines: [Line] = []
    for drug in 0..<grid.drugs where grid.doses[drug].first == 0 {
      for start in 0..<grid.cellCount where grid.position(start, drug) == 0 && grid.present[start] > 0 {
        let e0 = baseline(grid, start)
        let isMeasured = (1..<grid.shape[drug]).contains { grid.count[start + $0 * grid.strides[drug]] > 0 }
        guard !e0.isNaN, isMeasured, let ticket = add(drug, from: start, e0: e0) else { continue }
        lines.append(Line(drug: drug, start: start, ticket: ticket))
      }
    }
    return lines
  }

  /// The fit of a cell is the mean of the line fits of the drugs present in it. (SynergyFinder, in a three-drug block's
  /// pair cells, also counts the absent drug's line, which is the observed response there.)
  private func zipLines(_ lines: [Line], _ fits: [HillFit]) -> ZIPLines {
    var sum = [Double](repeating: 0, count: grid.cellCount)
    var number = [Int](repeating: 0, count: grid.cellCount)
    let logDoses = grid.doses.map { $0.map(log) }
    for line in lines {
      let curve = fits[line.ticket].curve
      let own = logDoses[line.drug]
      let stride = grid.strides[line.drug]
      for first in Swift.stride(from: 1, to: own.count, by: Lanes.scalarCount) {
        let end = min(own.count, first + Lanes.scalarCount)
        var logDose = Lanes()
        for position in first..<end { logDose[position - first] = own[position] }
        let response = curve.responses(atLog: logDose)
        for position in first..<end {
          sum[line.start + position * stride] += response[position - first]
          number[line.start + position * stride] += 1
        }
      }
    }
    let fit = (0..<grid.cellCount).map { cell -> Double in
      guard grid.count[cell] > 0 else { return .nan }
      guard grid.present[cell] > 1 else { return grid.mean[cell] }
      return number[cell] == grid.present[cell] ? sum[cell] / Double(number[cell]) : .nan
    }
    return ZIPLines(fit: fit, lines: lines.map { LineFit(drug: $0.drug, start: $0.start, fit: fits[$0.ticket]) })
  }

  /// Adds the curves that CSS needs first: each drug `column` at each dose above 0 of each other drug `row`, further
  /// drugs at 0.
  private mutating func addPartnerLines() -> [(row: Int, column: Int, lines: [(dose: Double, ticket: Int)])] {
    var pairs: [(row: Int, column: Int, lines: [(dose: Double, ticket: Int)])] = []
    for row in 0..<grid.drugs {
      for column in 0..<grid.drugs where column != row {
        var lines: [(dose: Double, ticket: Int)] = []
        for position in 0..<grid.shape[row] where grid.doses[row][position] > 0 {
          guard let ticket = add(column, from: position * grid.strides[row]) else { continue }
          lines.append((grid.doses[row][position], ticket))
        }
        if !lines.isEmpty { pairs.append((row, column, lines)) }
      }
    }
    return pairs
  }

  /// Adds, for each ordered pair, the curve over the row drug's doses through what the column drug's curves give at its
  /// IC50.
  ///
  /// Malyutina et al. (2019) PLoS Comput. Biol. 15, e1006752: CSS of drug a is the relative inhibition of a's doses,
  /// each with drug b at its IC50, read from a curve through b's doses; the block's CSS is the mean over the ordered
  /// pairs, further drugs at 0. As SynergyFinder Plus computes it, but: IC50 is kept within the tested doses at both
  /// ends; nothing is clamped, rounded or drawn at random; a pair whose IC50 is not identified is left out.
  private func addPairs(
    _ partners: [(row: Int, column: Int, lines: [(dose: Double, ticket: Int)])], _ fits: [HillFit],
    _ monotherapies: [Monotherapy]
  ) -> [(ticket: Int, doses: [Double], responses: [Double])] {
    partners.compactMap { pair in
      guard let ic50 = monotherapies[pair.column].relativeIC50 else { return nil }
      // A line with too few wells for a curve says nothing between its doses.
      let lines = pair.lines.filter { fits[$0.ticket].status != .underdetermined }
      guard !lines.isEmpty else { return nil }
      let doses = lines.map(\.dose)
      let responses = lines.map { fits[$0.ticket].curve.response(at: ic50) }
      let design = fitter.design(doses: doses, weights: doses.map { _ in 1 }, fixedE0: false)
      return (fitter.add(design, responses: responses), doses, responses)
    }
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
      doses[monotherapy.drug].map { monotherapy.fit.curve.response(at: $0) }
    }
    return bliss { drug, cell in fitted[drug][position(cell, drug)] }
  }
}
