import Assay
import Foundation
import Statistics

extension DoseMatrix {
  /// Whether every combination cell has as many wells as the others.
  var hasEqualCombinations: Bool { Set(combinationCells.map { count[$0] }).count <= 1 }
}

/// Looks at a block's grid for what a person should know. Changes nothing.
struct BlockChecks {
  let matrix: DoseMatrix
  let raw: RawBlock.Wells

  /// Why the block cannot be scored.
  var refusal: PlateReadingError? {
    let drugs = matrix.axes.map { $0.drug }
    let hasCombination = (0..<matrix.cellCount).contains { cell in
      matrix.count[cell] > 0 && matrix.drugsPresent(in: cell) == matrix.drugCount
    }
    if !hasCombination { return .noCombination(shape: matrix.shape, drugs: drugs) }
    let missing = drugs.indices.filter { drug in
      guard let line = matrix.monotherapy(of: drug) else { return true }
      return !line.contains { matrix.count[$0] > 0 && matrix.dose(of: drug, in: $0) > 0 }
    }
    return missing.isEmpty ? nil : .monotherapyMissing(drugs: missing.map { drugs[$0] })
  }

  /// Everything that does not depend on the meaning of the responses.
  var findings: [Finding] {
    var findings: [Finding] = []
    if matrix.control == nil { findings.append(.warning(.noControl)) }
    let names = matrix.axes.map { $0.drug.lowercased() }
    for (number, axis) in matrix.axes.enumerated() where names[..<number].contains(names[number]) {
      findings.append(.info(.sameDrugTwice(name: axis.drug)))
    }
    let rays = fixedRatios
    if let rays { findings.append(rays) }
    let offGrid = rays == nil ? offGridDoses : []
    findings += offGrid
    let missing = matrix.count.count { $0 == 0 }
    if missing > 0, offGrid.isEmpty {
      findings.append(.info(.missingCells(missing: missing, cells: matrix.cellCount)))
    }
    let isConstant = raw.values.dropFirst().allSatisfy { $0 == raw.values[0] }
    if isConstant { findings.append(.info(.constant(value: raw.values[0]))) }
    if matrix.count.contains(where: { $0 > 1 }) { findings += replicateFindings(isConstant: isConstant) }
    return findings
  }

  /// Mixtures in a few fixed ratios, which leave most of a grid empty: two drugs, at least four dose pairs, and at least
  /// twice as many as ratios, on a third of the grid or less.
  private var fixedRatios: Finding? {
    // Most grids are full.
    guard matrix.axes.count == 2, matrix.count.contains(0) else { return nil }
    let doses = matrix.axes.map { axis in axis.doses.count { $0 > 0 } }
    // Doses ascend, so that 0 is first.
    let zeros = zip(matrix.axes, doses).map { $0.doses.count - $1 }
    var pairs: [Int] = []
    for first in zeros[0]..<matrix.shape[0] {
      for cell in first * matrix.strides[0] + zeros[1]..<first * matrix.strides[0] + matrix.shape[1]
      where matrix.count[cell] > 0 {
        pairs.append(cell)
        // Most of a grid is measured, as a rule.
        guard 3 * pairs.count <= doses[0] * doses[1] else { return nil }
      }
    }
    guard pairs.count >= 4 else { return nil }
    let logs = pairs.map { log(matrix.dose(of: 1, in: $0) / matrix.dose(of: 0, in: $0)) }.sorted()
    let ratios = 1 + zip(logs, logs.dropFirst()).count { $1 - $0 > 0.03 }
    guard 2 * ratios <= pairs.count else { return nil }
    let alone = matrix.axes.indices.map { drug in
      Set(
        (matrix.monotherapy(of: drug) ?? []).filter { matrix.count[$0] > 0 }.map { matrix.position(of: $0, on: drug) })
    }
    let missing = pairs.count { pair in
      matrix.axes.indices.contains { !alone[$0].contains(matrix.position(of: pair, on: $0)) }
    }
    return .warning(.fixedRatios(pairs: pairs.count, ratios: ratios, missing: missing))
  }

  /// Doses at which far fewer cells were measured than at the drug's other doses, and that are no design: a mistyped
  /// dose leaves a hole at the dose that was meant, or stands alone in the middle of a grid. Single-drug wells at doses
  /// of their own are a usual design.
  private var offGridDoses: [Finding] {
    guard matrix.count.contains(0) else { return [] }
    var findings: [Finding] = []
    for (drug, axis) in matrix.axes.enumerated() where axis.doses.count > 2 {
      let measured = measured(on: drug)
      // No median is greater than the greatest: most grids are full, and need none.
      guard let (least, most) = measured.range, least * 3 <= most else { continue }
      let usual = median(measured.lazy.map { Double($0) })
      guard measured.contains(where: { Double($0 * 3) <= usual }) else { continue }
      var cells = [[Int]](repeating: [], count: axis.doses.count)
      for cell in 0..<matrix.cellCount where matrix.count[cell] > 0 {
        cells[matrix.position(of: cell, on: drug)].append(cell)
      }
      for (position, own) in cells.enumerated() where Double(own.count * 3) <= usual {
        let fillsHole = axis.doses.indices.filter { other in
          other != position && cells[other].count > own.count
            && own.allSatisfy { matrix.count[$0 + (other - position) * matrix.strides[drug]] == 0 }
        }
        let isSingleDrug = own.allSatisfy { matrix.drugsPresent(in: $0) <= 1 }
        if fillsHole.isEmpty && isSingleDrug { continue }
        let candidates = fillsHole.isEmpty ? axis.doses.indices.filter { $0 != position } : fillsHole
        let dose = axis.doses[position]
        let nearest = candidates.map { axis.doses[$0] }.min { distance($0, dose) < distance($1, dose) } ?? dose
        let lines = raw.values.indices.filter { raw.dose(of: drug, in: $0) == dose }.map { raw.lines[$0] }
        findings.append(
          .warning(
            .offGridDose(
              drug: axis.drug, dose: dose, unit: axis.unit.description, wells: lines.count, nearest: nearest),
            line: lines.first))
      }
    }
    return findings
  }

  /// How many cells were measured at each of a drug's doses.
  private func measured(on drug: Int) -> [Int] {
    let (extent, step) = (matrix.shape[drug], matrix.strides[drug])
    var measured = [Int](repeating: 0, count: extent)
    var cell = 0
    while cell < matrix.cellCount {
      for position in 0..<extent {
        for _ in 0..<step {
          if matrix.count[cell] > 0 { measured[position] += 1 }
          cell += 1
        }
      }
    }
    return measured
  }

  /// How far two doses are apart in decades; 0 is as far from any dose as that dose from a thousandth of it.
  private func distance(_ first: Double, _ second: Double) -> Double {
    let (low, high) = (min(first, second), max(first, second))
    if high == 0 { return 0 }
    return high / max(low, high / 1000)
  }

  /// Copied wells, and cells with more wells than the others.
  private func replicateFindings(isConstant: Bool) -> [Finding] {
    guard matrix.count.contains(where: { $0 > 1 }) else { return [] }
    var wells = [[Int]](repeating: [], count: matrix.cellCount)
    for well in raw.values.indices { wells[cell(of: well)].append(well) }
    let measured = wells.filter { !$0.isEmpty }
    var findings: [Finding] = []

    let expected = chanceCopies(measured)
    var copied = 0
    var scales = 0
    var example: (value: Double, lines: [Int])?
    for own in measured where own.count > 1 && !isConstant {
      let byValue = Dictionary(grouping: own) { raw.values[$0] }
      guard let most = byValue.values.max(by: { ($0.count, $1[0]) < ($1.count, $0[0]) }), most.count > 1 else {
        continue
      }
      copied += 1
      if isScale(own) { scales += 1 }
      if example == nil { example = (raw.values[most[0]], most.map { raw.lines[$0] }) }
    }
    if let example, Double(copied) > 3 * expected, copied > scales {
      findings.append(
        .warning(.copies(cells: copied, ofCells: measured.count, value: example.value, lines: example.lines)))
    }

    // A control or a design with many more-often measured cells is no mistake.
    let usual =
      Dictionary(grouping: measured, by: \.count).max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key ?? 1
    let extra = wells.indices.filter { cell in
      wells[cell].count > usual && matrix.drugsPresent(in: cell) > 0
        && Set(wells[cell].map { raw.values[$0] }).count > 1
    }
    if extra.count <= max(1, measured.count / 10) {
      for cell in extra {
        let doses = zip(matrix.axes, matrix.doses(of: cell)).map {
          "\(PlateReadingError.short($0.drug)) \(PlateReadingError.number($1))"
        }
        findings.append(
          .warning(
            .extraWells(
              doses: doses.joined(separator: ", "), values: wells[cell].map { raw.values[$0] }, usual: usual,
              lines: wells[cell].map { raw.lines[$0] })))
      }
    }
    return findings
  }

  /// Whether wells are the untreated ones that a scale was made of: all read exactly 1, 100 or 0.
  private func isScale(_ wells: [Int]) -> Bool {
    wells.allSatisfy { raw.isControl($0) && raw.values[$0] == raw.values[wells[0]] }
      && [0, 1, 100].contains(raw.values[wells[0]])
  }

  /// How many cells hold a value twice by chance, since values are rounded: the step between values over the usual
  /// difference of replicates.
  private func chanceCopies(_ measured: [[Int]]) -> Double {
    let values = Set(raw.values).sorted()
    let step = zip(values, values.dropFirst()).map { $1 - $0 }.min() ?? 0
    var pairs = 0
    var differences: [Double] = []
    for own in measured where own.count > 1 {
      let sorted = own.map { raw.values[$0] }.sorted()
      pairs += sorted.count - 1
      differences += zip(sorted, sorted.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    }
    let usual = median(differences)
    return usual > 0 ? Double(pairs) * min(1, step / usual) : 0
  }

  private func cell(of well: Int) -> Int {
    var cell = 0
    for (drug, axis) in matrix.axes.enumerated() {
      let dose = raw.dose(of: drug, in: well)
      var (low, high) = (0, axis.doses.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if axis.doses[middle] <= dose { low = middle } else { high = middle }
      }
      cell += low * matrix.strides[drug]
    }
    return cell
  }
}
