import Assay
import DoseResponse
import Foundation
import Screening
import Synergy

/// Blocks with known numbers, made by hand: this module's tests must not depend on how the analysis finds them.
enum SampleScreen {
  /// What a block is to look like.
  struct Recipe {
    var id = "1"
    var drugs = ["selinexor", "bortezomib"]
    var units = ["nM", "nM"]
    var sample: String? = "MM.1S"
    var shape = [6, 6]
    /// Added to Bliss in every combination cell, times a bump in the middle of the doses.
    var effect = 25.0
    var replicates = 1
    var missing: Set<[Int]> = []
    var unscored: Set<[Int]> = []
    var notes: [BlockNote] = []
    var models = NullModel.allCases
    var css: Double? = 61.5
  }

  /// The monotherapy of the drug with the given number.
  static func curve(_ drug: Int) -> HillCurve {
    HillCurve(e0: 0, emax: [82, 95, 60, 50][drug], hill: [1.1, 1.6, 0.9, 1][drug], ec50: [90, 6, 40, 3][drug])
  }

  /// The doses of the drug with the given number, 0 first.
  static func doses(_ drug: Int, _ count: Int) -> [Double] {
    [0] + (0..<count - 1).map { [1000, 50, 300, 10][drug] / pow(3, Double(count - 2 - $0)) }
  }

  static func analysis(_ recipe: Recipe) throws -> BlockAnalysis {
    let axes = recipe.shape.enumerated().map { doses($0.offset, $0.element) }
    var wells: [DoseMatrix.Well] = []
    for position in positions(recipe.shape) where !recipe.missing.contains(position) {
      let dose = zip(axes, position).map { $0[$1] }
      let alone = dose.enumerated().map { curve($0.offset).response(at: $0.element) }
      var response = 100 * (1 - alone.reduce(1) { $0 * (1 - $1 / 100) })
      if !position.contains(0) {
        let bump = zip(position, recipe.shape).reduce(1.0) { product, pair in
          product * exp(-pow((Double(pair.0) - Double(pair.1) / 2) / 1.6, 2))
        }
        response += recipe.effect * bump
      }
      for replicate in 0..<recipe.replicates {
        let spread = Double(replicate) - Double(recipe.replicates - 1) / 2
        wells.append(.init(doses: dose, response: response + 4 * spread + 0.7 * sin(Double(wells.count))))
      }
    }
    let matrix = try DoseMatrix(
      id: recipe.id, sample: recipe.sample,
      drugs: zip(recipe.drugs, recipe.units).map { (name: $0, unit: ConcentrationUnit($1)) }, wells: wells)
    let monotherapies = matrix.axes.indices.map { drug in
      Monotherapy(
        drug: drug, cells: matrix.monotherapy(of: drug) ?? [],
        fit: HillFit(curve: curve(drug), rss: 1.25, r2: 0.987, points: matrix.shape[drug], status: .converged),
        relativeIC50: curve(drug).ec50, absoluteIC50: curve(drug).dose(at: 50), relativeInhibition: 40.25 + Double(drug)
      )
    }
    let lines = (1..<matrix.shape[1]).map { column in
      LineFit(
        drug: 0, start: matrix.cell(at: [0, column] + [Int](repeating: 0, count: matrix.drugCount - 2)),
        fit: monotherapies[0].fit)
    }
    return BlockAnalysis(
      asRead: matrix, monotherapies: monotherapies,
      models: recipe.models.map { score($0, matrix, unscored: recipe.unscored) },
      lines: lines, css: recipe.css, notes: recipe.notes)
  }

  /// Every position of a grid, the last axis fastest.
  static func positions(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { partial, extent in partial.flatMap { head in (0..<extent).map { head + [$0] } } }
  }

  private static func score(_ model: NullModel, _ matrix: DoseMatrix, unscored: Set<[Int]>) -> ModelScore {
    var reference = [Double](repeating: .nan, count: matrix.cellCount)
    var synergy = reference
    for cell in 0..<matrix.cellCount {
      let alone = matrix.doses(of: cell).enumerated().map { curve($0.offset).response(at: $0.element) }
      let bliss = 100 * (1 - alone.reduce(1) { $0 * (1 - $1 / 100) })
      switch model {
      case .zip: reference[cell] = bliss + 1.5
      case .bliss: reference[cell] = bliss
      case .loewe: reference[cell] = bliss - 3
      case .hsa: reference[cell] = alone.max() ?? 0
      }
      if matrix.drugsPresent(in: cell) < 2 {
        synergy[cell] = 0
      } else {
        synergy[cell] = matrix.mean[cell] - reference[cell]
      }
      let position = matrix.axes.indices.map { matrix.position(of: cell, on: $0) }
      if model == .loewe, unscored.contains(position) { (reference[cell], synergy[cell]) = (.nan, .nan) }
    }
    let cells = matrix.combinationCells
    let scored = cells.filter { !synergy[$0].isNaN }
    let peak = PeakWindow(
      mean: scored.map { synergy[$0] }.max() ?? 0,
      doses: matrix.axes.map { axis in
        let doses = Array(axis.positiveDoses)
        let start = max(0, doses.count / 2 - 1)
        return doses[start]...doses[min(doses.count - 1, start + 2)]
      })
    return ModelScore(
      model: model, reference: reference, fit: model == .zip ? matrix.mean.map { $0 + 0.1 } : nil, synergy: synergy,
      mean: scored.isEmpty ? nil : scored.reduce(0) { $0 + synergy[$1] } / Double(scored.count),
      peak: scored.isEmpty ? nil : peak,
      trough: scored.isEmpty ? nil : PeakWindow(mean: scored.map { synergy[$0] }.min() ?? 0, doses: peak.doses),
      scoredCells: scored.count, unscoredCells: cells.count - scored.count)
  }

  /// Blocks of every kind that a reader meets.
  static func varied() throws -> [BlockAnalysis] {
    let script = "<script>alert(\"x\")</script>"
    return try [
      Recipe(id: "1", effect: 38, replicates: 3),
      Recipe(id: "2", drugs: ["selinexor", "dexamethasone"], units: ["nM", "uM"], sample: "OPM-2", effect: -45),
      Recipe(
        id: "3", drugs: ["eltanexor", "venetoclax"], units: ["uM", "uM"], sample: "Patient 17, relapse", shape: [8, 8],
        effect: 12, missing: [[0, 3], [2, 2], [5, 6]], unscored: [[7, 7], [7, 6]],
        notes: [
          BlockNote(
            flag: "loewe_unscored",
            message: "Loewe has no solution in 2 combination cells; its mean is over the others."),
          BlockNote(flag: "missing_cells", message: "3 cells of the grid were not measured."),
        ]),
      Recipe(
        id: "4", drugs: ["selinexor", "bortezomib", "dexamethasone"], units: ["nM", "nM", "uM"], sample: "RPMI-8226",
        shape: [5, 5, 6], effect: 15),
      Recipe(
        id: "5",
        drugs: [
          "N-[(2S)-1-(4-fluorophenyl)-3-hydroxypropan-2-yl]-5-(trifluoromethyl)pyridine-2-carboxamide",
          "averyveryveryverylongcompoundidentifierwithoutanyblank-0001234567",
        ], units: ["ug/mL", ""], sample: nil, effect: 4,
        notes: [BlockNote(flag: "no_control", message: "No untreated control.")]),
      Recipe(id: "6", drugs: [script, "=cmd|' /C calc'!A0"], sample: "a \"quoted\", & <b>bold</b> one", effect: 20),
    ].map(analysis)
  }

  /// Blocks with hardly any doses, without a fit, without a drug alone, and far outside 0 … 100.
  static func odd() throws -> [BlockAnalysis] {
    var analyses = try [
      Recipe(id: "2 by 2", shape: [2, 2]), Recipe(id: "6 by 2", shape: [6, 2]), Recipe(id: "2 by 6", shape: [2, 6]),
      Recipe(id: "no fit", css: nil), Recipe(id: "flat", effect: -9),
      Recipe(id: "far out", effect: 400), Recipe(id: "never alone", missing: Set((0..<6).map { [$0, 0] })),
      Recipe(
        id: "10 by 10", drugs: ["eltanexor", "carfilzomib"], sample: "P-0042", shape: [10, 10], effect: 30,
        replicates: 2),
    ].map(analysis)
    let none = HillFit(
      curve: HillCurve(e0: .nan, emax: .nan, hill: .nan, ec50: .nan), rss: .nan, r2: .nan, points: 0, status: .noData)
    analyses[3].monotherapies = (0..<2).map {
      Monotherapy(
        drug: $0, cells: [], fit: none, relativeIC50: nil, absoluteIC50: nil, relativeInhibition: nil)
    }
    analyses[3].models = analyses[3].models.map { score in
      var score = score
      (score.mean, score.peak, score.trough, score.scoredCells, score.unscoredCells) = (nil, nil, nil, 0, 25)
      score.reference = score.reference.map { _ in .nan }
      score.synergy = score.synergy.map { _ in .nan }
      return score
    }
    for drug in 0..<2 {
      analyses[4].monotherapies[drug].fit = HillFit(
        curve: HillCurve(e0: 12, emax: 12, hill: .nan, ec50: .nan), rss: 3, r2: .nan, points: 6, status: .flat)
      analyses[4].monotherapies[drug].relativeIC50 = nil
    }
    analyses[6].monotherapies[0].cells = []
    return analyses
  }

  /// The blocks' summaries, best first.
  static func ranked(_ analyses: [BlockAnalysis]) -> [BlockSummary] {
    analyses.enumerated().map { BlockSummary(index: $0.offset, analysis: $0.element) }
      .sorted { ($0.consensus ?? -.infinity) > ($1.consensus ?? -.infinity) }
  }
}
