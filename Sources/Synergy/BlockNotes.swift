import Assay
import DoseResponse
import Foundation

/// The sentences about a block that a reader should know before trusting its numbers.
enum BlockNotes {
  /// Notes on the data themselves.
  static func ofData(
    _ grid: CellGrid, monotherapies: [Monotherapy], baseline: BlockBaseline, options: BaselineOptions
  ) -> [BlockNote] {
    let matrix = grid.matrix
    var notes = of(baseline, options).map { [$0] } ?? []
    if matrix.control == nil {
      notes.append(
        BlockNote(
          flag: "no_control",
          message: "No untreated control: the curves were fitted without their zero dose; nothing was put in its place."
        ))
    }
    let missing = matrix.count.count { $0 == 0 }
    if missing > (matrix.control == nil ? 1 : 0) {
      notes.append(
        BlockNote(
          flag: "missing_wells",
          message: "\(missing) of the grid's \(matrix.cellCount) cells were not measured; they are left empty."))
    }
    if let note = sameDrug(matrix) { notes.append(note) }
    if let note = untreatedHigh(matrix, baseline) { notes.append(note) }
    if let note = untreatedCombinations(grid) { notes.append(note) }
    for monotherapy in monotherapies {
      let axis = matrix.axes[monotherapy.drug]
      let doses = axis.positiveDoses.count
      switch monotherapy.fit.status {
      case .underdetermined:
        notes.append(
          BlockNote(
            flag: "few_doses",
            message:
              "\(axis.drug) was tested alone at \(doses) dose\(doses == 1 ? "" : "s"): its slope and EC50 are not identifiable, "
              + "so it has no IC50 and Loewe has no reference."))
      case .flat:
        notes.append(
          BlockNote(flag: "flat", message: "\(axis.drug) alone gave the same response at every dose: it has no IC50."))
      case .atBound:
        notes.append(
          BlockNote(
            flag: "at_bound",
            message:
              "\(axis.drug) alone: slope or EC50 of its curve is at a limit of the fit, so it is a bound and not an estimate."
          ))
      case .converged, .noData: break
      }
    }
    return notes
  }

  /// A note on a drug that meets itself under one name.
  private static func sameDrug(_ matrix: DoseMatrix) -> BlockNote? {
    guard matrix.axes.count > 1, Set(matrix.axes.map { $0.drug.lowercased() }).count == 1 else { return nil }
    return .sameDrug(matrix.axes[0].drug)
  }

  /// A note on untreated wells that read as treated: a response of 100 % is then hardly above them, and what the others
  /// read is put down to an effect that is none.
  private static func untreatedHigh(_ asScored: DoseMatrix, _ baseline: BlockBaseline) -> BlockNote? {
    guard let control = asScored.control, asScored.count[control] > 0 else { return nil }
    let read = asScored.mean[control] * (100 - baseline.level) / 100 + baseline.level
    let level = max(read, baseline.level)
    guard level >= BlockNote.highestUntreated else { return nil }
    return BlockNote(
      flag: BlockNote.untreatedHigh,
      message:
        "The untreated well reads \(text(read)) % inhibition (expected near 0): what a drug does cannot be read from it, so the "
        + "block is ranked last, without a call. Look at the plate; if something went wrong there, exclude the well.")
  }

  /// A note on a block whose combination wells all read as untreated although a drug alone kills at a dose that they hold:
  /// more likely a fault of the plate than antagonism.
  private static func untreatedCombinations(_ grid: CellGrid) -> BlockNote? {
    let combined = (0..<grid.cellCount).filter { grid.count[$0] > 0 && grid.present[$0] == grid.drugs }
    guard combined.count >= 4, let highest = combined.map({ grid.mean[$0] }).max(), highest < 20 else { return nil }
    let alone = combined.flatMap { cell in
      (0..<grid.drugs).map { (drug: $0, response: grid.mean[grid.alone($0, in: cell)]) }
    }.filter { !$0.response.isNaN }
    guard let strongest = alone.max(by: { $0.response < $1.response }), strongest.response >= 60 else { return nil }
    return BlockNote(
      flag: BlockNote.untreatedCombinations,
      message:
        "All \(combined.count) combination wells read as untreated (at most \(text(highest)) % inhibition), while "
        + "\(grid.matrix.axes[strongest.drug].drug) alone reads \(text(strongest.response)) % at a dose that they hold. Check the plate: "
        + "were these wells dispensed?")
  }

  /// A note on wells that do not fit the smooth surface through the others.
  static func of(_ outliers: [Outlier], _ asRead: DoseMatrix) -> BlockNote {
    let wells = outliers.map { outlier -> String in
      let present = asRead.axes.indices.filter { asRead.dose(of: $0, in: outlier.cell) > 0 }
      let doses = present.map { drug in
        let dose = String(format: "%g", asRead.dose(of: drug, in: outlier.cell))
        return "\(asRead.axes[drug].drug) \(dose) \(asRead.axes[drug].unit.symbol)"
      }
      let place =
        present.isEmpty ? "the untreated well" : doses.joined(separator: " + ") + (present.count == 1 ? " alone" : "")
      return
        "\(place) reads \(text(asRead.mean[outlier.cell])) % inhibition where the other wells lead to expect \(text(outlier.expected)) %"
    }
    return BlockNote(
      flag: BlockNote.outlier,
      message: "\(outliers.count == 1 ? "A well does" : "\(outliers.count) wells do") not fit the others: "
        + "\(wells.joined(separator: "; ")). Look at the plate; if something went wrong there, exclude "
        + "\(outliers.count == 1 ? "it" : "them").")
  }

  /// A note on a drug alone that reads unlike in the other blocks.
  static func unlike(_ anchor: AnchorReading) -> BlockNote {
    BlockNote(
      flag: BlockNote.anchor,
      message:
        "\(anchor.name) alone reads unlike in the \(anchor.blocks) blocks of this sample that measured it at the same doses: the plate, "
        + "or what was dispensed, may differ. The block stands on its own wells.")
  }

  /// A note on a block of which one drug has one dose and no replicates: the smooth surface leaves all that the combinations
  /// differ from it.
  static func ofTwoRows(_ grid: CellGrid, _ noise: NoiseModel) -> BlockNote? {
    guard noise.source != .replicates, grid.drugs == 2,
      let drug = (0..<2).first(where: { grid.doses[$0].count { $0 > 0 } == 1 })
    else { return nil }
    return BlockNote(
      flag: BlockNote.noiseOfTwoRows,
      message:
        "\(grid.matrix.axes[drug].drug) has one dose and there are no replicates: noise cannot be told from interaction here, so an "
        + "interaction counts as noise, intervals are too wide and synergy may be missed. Replicates or a second dose would tell them apart."
    )
  }

  /// A note on replicates that do not tell how far dose pairs are off.
  static func lackOfFit(_ noise: NoiseModel, replicates: Double) -> BlockNote {
    BlockNote(
      flag: BlockNote.lackOfFit,
      message:
        "The replicates of a dose pair differ by a standard deviation of \(text(replicates)) points, dose pairs from a smooth surface "
        + "as if wells had one of \(text(noise.sdAt0)): the replicates share an error (of a source well, a tip, a column), or the surface is "
        + "not smooth. Intervals rest on the larger.")
  }

  /// A note on an untreated level that is off by more than its error and `mentionedLevel`.
  private static func of(_ baseline: BlockBaseline, _ options: BaselineOptions) -> BlockNote? {
    let (level, error) =
      baseline.isCorrected && !baseline.isUnclear
      ? (baseline.level, baseline.error) : baseline.estimate ?? (0, 0)
    let read =
      "Untreated wells and ineffective doses read \(text(level)) ± \(text(error)) % inhibition (expected near 0"
    if baseline.isUnclear {
      return BlockNote(
        flag: BlockNote.unclearBaseline,
        message: read
          + "), and the block’s wells do not tell whether the plate is at fault or a well. Bliss, Loewe and ZIP "
          + "scores may be wrong, so the block has no call. Look at the plate; if an untreated well is at fault, exclude it."
      )
    }
    if baseline.standsAlone {
      return BlockNote(
        flag: BlockNote.ownBaseline,
        message: read
          + ", as in the screen’s other blocks); responses were put on the scale of this level. Look at the plate’s "
          + "untreated wells.")
    }
    guard abs(level) > max(options.mentionedLevel, 1.96 * error) else { return nil }
    return BlockNote(
      flag: BlockNote.baseline,
      message: baseline.isCorrected
        ? read + "); responses were put on the scale of this level."
        : read + "); responses were used as read, so Bliss, Loewe and ZIP scores may be wrong.")
  }

  private static func text(_ value: Double) -> String {
    (value < 0 ? "−" : "") + String(format: "%.1f", abs(value))
  }

  /// Notes on one model's score.
  static func of(
    _ score: ModelScore, grid: CellGrid, monotherapies: [Monotherapy], directions: DrugDirections
  ) -> [BlockNote] {
    guard score.unscoredCells > 0 else { return [] }
    let total = score.scoredCells + score.unscoredCells
    let why =
      switch score.model {
      case .hsa, .bliss: "a drug was not measured alone at that dose"
      case .zip: "a line through the well has no zero-dose well"
      case .loewe where monotherapies.contains { !$0.fit.isIdentified && $0.fit.status != .flat }:
        "a drug's curve is not identifiable"
      case .loewe where directions.areOpposite(monotherapies, in: grid):
        "one drug alone raises the response and the other lowers it: no dose of one replaces some of the other, so dose "
          + "additivity is not defined"
      case .loewe:
        "no possible effect satisfies the equation: a curve would have to be read far outside its tested doses, or a flat or "
          + "opposite curve starts beyond what the other drug reaches"
      }
    return [
      BlockNote(
        flag: "\(score.model.rawValue)_unscored",
        message:
          "\(score.model.name): \(score.unscoredCells) of \(total) combination wells have no reference (\(why)) and are left "
          + "out of the mean.")
    ]
  }
}
