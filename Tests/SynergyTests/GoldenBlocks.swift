import Assay
import Foundation
import ReferenceData
import Synergy

/// A block of SynergyFinder's golden output: its data, its scores, and ours.
struct GoldenBlock {
  var matrix: DoseMatrix
  var cells: [[Int]: [String: Double]]
  var summary: [String: String]

  /// The blocks of one of the golden sets; their responses are % inhibition.
  static func all(_ tag: String) throws -> [GoldenBlock] {
    let rows = try ReferenceData.rows("r/golden_\(tag)_cells.csv")
    return try ReferenceData.rows("r/golden_\(tag)_summary.csv").map { summary in
      let own = rows.filter { $0["block_id"] == summary["block_id"] }
      let drugs = (1...4).filter { summary["drug\($0)"] != nil }
      let matrix = try DoseMatrix(
        id: summary["block_id"] ?? "", sample: nil,
        drugs: drugs.map { (summary["drug\($0)"] ?? "", ConcentrationUnit(summary["conc_unit\($0)"] ?? "")) },
        wells: own.map { row in
          DoseMatrix.Well(
            doses: drugs.map { Double(row["conc\($0)"] ?? "") ?? .nan }, response: Double(row["response"] ?? "") ?? .nan
          )
        })
      var cells: [[Int]: [String: Double]] = [:]
      for row in own {
        let position = drugs.indices.map { drug in
          matrix.axes[drug].doses.firstIndex(of: Double(row["conc\(drug + 1)"] ?? "") ?? .nan) ?? -1
        }
        cells[position] = row.compactMapValues { Double($0) }
      }
      return GoldenBlock(matrix: matrix, cells: cells, summary: summary)
    }
  }

  /// A number of the summary.
  func number(_ name: String) -> Double { Double(summary[name] ?? "") ?? .nan }

  /// The golden value of every cell, in the matrix's order; NaN where there is none.
  func column(_ name: String) -> [Double] {
    (0..<matrix.cellCount).map { cell in
      cells[matrix.axes.indices.map { matrix.position(of: cell, on: $0) }]?[name] ?? .nan
    }
  }
}
