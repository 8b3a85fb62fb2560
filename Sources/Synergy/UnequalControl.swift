import Assay
import Foundation
import Statistics

extension BlockAnalysis {
  /// The share of sound controls that are noted as unequal.
  private static let significance = 0.01

  /// Notes a drug with itself whose two axes do not read the same at the same doses: one of them holds other doses than
  /// stated. Loewe's reference is made of both curves as they were read and does not show that.
  ///
  /// χ² of the differences at the doses that both axes have, over the noise's variance: F with the noise's degrees of freedom.
  public mutating func noteUnequalControl() {
    guard let noise = inference?.noise, matrix.drugCount == 2, matrix.axes[0].unit == matrix.axes[1].unit,
      notes.contains(where: { $0.flag == BlockNote.sameDrug }),
      !notes.contains(where: { $0.flag == BlockNote.unequalControl })
    else { return }
    var sum = 0.0
    var shared = 0.0
    var widest = (dose: 0.0, first: 0.0, second: 0.0)
    for (place, dose) in matrix.axes[0].doses.enumerated() where dose > 0 {
      guard let other = matrix.axes[1].doses.firstIndex(of: dose) else { continue }
      let (one, two) = (place * matrix.strides[0], other * matrix.strides[1])
      guard matrix.count[one] > 0, matrix.count[two] > 0 else { continue }
      let (first, second) = (matrix.mean[one], matrix.mean[two])
      let sd = noise.sd(at: (first + second) / 2)
      let variance = sd * sd * (1 / Double(matrix.count[one]) + 1 / Double(matrix.count[two]))
      sum += (first - second) * (first - second) / variance
      shared += 1
      if abs(first - second) > abs(widest.first - widest.second) { widest = (dose, first, second) }
    }
    guard shared >= 2, FisherF.upper(sum / shared, shared, noise.degrees) < Self.significance else { return }
    let dose = String(format: "%g", widest.dose)
    notes.append(
      BlockNote(
        flag: BlockNote.unequalControl,
        message:
          "The two axes hold one drug and do not read the same: at \(dose) \(matrix.axes[0].unit.symbol) alone "
          + "\(Self.text(widest.first)) % and \(Self.text(widest.second)) % inhibition. One of them has other doses than stated, "
          + "which a Loewe score of 0 does not rule out. Check the dilution."))
  }

  private static func text(_ value: Double) -> String { (value < 0 ? "−" : "") + String(format: "%.1f", abs(value)) }
}
