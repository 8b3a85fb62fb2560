import Assay
import DoseResponse

/// How well Hill curves go through a block's single-drug wells.
enum FitQuality {
  /// A drug whose mean responses span less than this, percentage points, has no curve to speak of.
  static let leastSpan = 20.0

  /// The smallest R² of the drugs that do something; `nil` when none does.
  static func worst(of matrix: DoseMatrix, fitter: HillFitter) -> Double? {
    matrix.axes.indices.compactMap { drug -> Double? in
      let cells = (matrix.monotherapy(of: drug) ?? []).filter { matrix.count[$0] > 0 }
      let means = cells.map { matrix.mean[$0] }
      guard cells.count > 3, let low = means.min(), let high = means.max(), high - low >= leastSpan else { return nil }
      return fitter.fit(
        doses: cells.map { matrix.dose(of: drug, in: $0) }, responses: means,
        weights: cells.map { Double(matrix.count[$0]) }
      ).r2
    }.min()
  }
}
