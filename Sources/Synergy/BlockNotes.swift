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
      case .converged, .atBound, .noData: break
      }
    }
    return notes
  }

  /// A note on an untreated level that is off by more than its error and `mentionedLevel`.
  private static func of(_ baseline: BlockBaseline, _ options: BaselineOptions) -> BlockNote? {
    let (level, error) = baseline.isCorrected ? (baseline.level, baseline.error) : baseline.estimate ?? (0, 0)
    guard abs(level) > max(options.mentionedLevel, 1.96 * error) else { return nil }
    let read = "Untreated wells and ineffective doses read \(text(level)) ± \(text(error)) % inhibition (expected near 0)"
    return BlockNote(
      flag: BlockNote.baseline,
      message: baseline.isCorrected
        ? read + "; responses were put on the scale of this level."
        : read + "; responses were used as read, so Bliss, Loewe and ZIP scores may be wrong.")
  }

  private static func text(_ value: Double) -> String {
    (value < 0 ? "−" : "") + String(format: "%.1f", abs(value))
  }

  /// Notes on one model's score.
  static func of(_ score: ModelScore, grid: CellGrid, monotherapies: [Monotherapy]) -> [BlockNote] {
    guard score.unscoredCells > 0 else { return [] }
    let total = score.scoredCells + score.unscoredCells
    let why =
      switch score.model {
      case .hsa, .bliss: "a drug was not measured alone at that dose"
      case .zip: "a line through the well has no zero-dose well"
      case .loewe where monotherapies.contains { !$0.fit.isIdentified && $0.fit.status != .flat }:
        "a drug's curve is not identifiable"
      case .loewe:
        "no effect satisfies the equation, since a flat or opposite curve starts beyond what the other drug reaches"
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
