import Assay
import Foundation
import ReferenceData
import Synergy
import Testing

/// Eleven antiviral experiments, each on the logarithm of its cell counts and on the counts themselves, and what BIGL
/// 1.8.0 made of them.
struct BIGLGolden: Sendable, CustomTestStringConvertible {
  let experiment: String
  /// Whether BIGL was given its vignette's transformation, growth over 72 h from one cell and then the logarithm: what
  /// it fits is then ln(count), and its b and mⱼ are growth rates, ln(count)/72.
  let isTransformed: Bool
  private let row: [String: String]

  static let all: [BIGLGolden] = {
    guard ReferenceData.isPresent, let rows = try? ReferenceData.rows("r/golden_bigl_coefs.csv") else { return [] }
    return rows.map { BIGLGolden(experiment: $0["experiment"]!, isTransformed: $0["transforms"] == "TRUE", row: $0) }
  }()

  private static let wells: [String: [[String: String]]] = Dictionary(
    grouping: (try? ReferenceData.rows("r/directAntivirals.csv")) ?? [], by: { $0["experiment"] ?? "" })

  private static let predictions = (try? ReferenceData.rows("r/golden_bigl_offaxis_predicted.csv")) ?? []

  var testDescription: String { "\(experiment) \(isTransformed ? "ln counts" : "counts")" }

  /// BIGL's residual variance times its degrees of freedom.
  var rss: Double { pow(Double(row["sigma"]!)!, 2) * Double(degrees) }

  var degrees: Int { Int(row["df"]!)! }

  /// BIGL's coefficients, in the unit in which the residuals are.
  var marginals: BIGLMarginals {
    func value(_ name: String) -> Double { Double(row[name]!)! }
    let factor = isTransformed ? 72.0 : 1
    return BIGLMarginals(
      baseline: factor * value("b"), asymptotes: (factor * value("m1"), factor * value("m2")),
      hills: (abs(value("h1")), abs(value("h2"))), ec50s: (exp(value("e1")), exp(value("e2"))), rss: rss,
      degrees: degrees)
  }

  /// The experiment as a block; its responses are what BIGL fits.
  func matrix() throws -> DoseMatrix {
    let wells = (Self.wells[experiment] ?? []).map { row in
      let count = Double(row["effect"]!)!
      return DoseMatrix.Well(
        doses: [Double(row["d1"]!)!, Double(row["d2"]!)!], response: isTransformed ? log(count) : count)
    }
    return try DoseMatrix(
      id: experiment, sample: nil, drugs: [("drug 1", .unstated), ("drug 2", .unstated)], wells: wells)
  }

  /// The rows of a golden file that belong to this experiment.
  func rows(_ rows: [[String: String]], null: BIGLNull) -> [[String: String]] {
    rows.filter {
      $0["experiment"] == experiment && ($0["transforms"] == "TRUE") == isTransformed && $0["null"] == null.rawValue
    }
  }

  /// BIGL's predictions off the axes, one for each pair of doses.
  func predictions(_ null: BIGLNull) -> [(doses: (Double, Double), value: Double)] {
    rows(Self.predictions, null: null).map {
      ((Double($0["d1"]!)!, Double($0["d2"]!)!), Double($0["predicted"]!)!)
    }
  }
}
