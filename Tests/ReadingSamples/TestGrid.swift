import Assay
import Foundation
import Simulation

/// A small dose matrix that can be printed in every dialect that is read.
package struct TestGrid {
  package var doses1 = [0.0, 1, 10, 100]
  package var doses2 = [0.0, 0.5, 5, 50]
  package var drug1 = "selinexor"
  package var drug2 = "bortezomib"
  package var sample: String? = "OCUBM"
  /// % inhibition, drug 2's dose fastest.
  package var responses: [Double]

  /// A grid of 4 × 4 whose responses rise from 1 at the control to 85.
  package init() {
    responses = (0..<16).map { cell in
      let steps = Double(cell / 4 + cell % 4)
      return 1 + 14 * steps + Double(cell % 3) / 8
    }
  }

  /// A random grid with an untreated control near 0.
  package init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func doses() -> [Double] {
      var doses: Set<Double> = [0]
      let count = Int.random(in: 2...7, using: &random)
      while doses.count < count {
        let dose = Double(Int.random(in: 1...99_999, using: &random)) / 1e3
        // Nearly equal doses are one dose.
        if !doses.contains(where: { abs($0 - dose) <= 0.011 * dose }) { doses.insert(dose) }
      }
      return doses.sorted()
    }
    doses1 = doses()
    doses2 = doses()
    sample = Bool.random(using: &random) ? "line \(seed)" : nil
    responses = (0..<doses1.count * doses2.count).map { _ in
      Double(Int.random(in: -200_000...1_100_000, using: &random)) / 1e4
    }
    responses[0] = 0.5
    responses[1] = 60.25
  }

  /// One row a well.
  package func table(
    columns: String = "block_id,drug1,drug2,conc1,conc2,response,conc_unit,cell_line_name", block: String = "1",
    unit: String = "nM",
    header: Bool = true, newline: String = "\n", value: (Double) -> String = { "\($0)" }
  ) -> String {
    var lines = header ? [columns] : []
    for (cell, response) in responses.enumerated() {
      let (dose1, dose2) = ("\(doses1[cell / doses2.count])", "\(doses2[cell % doses2.count])")
      lines.append([block, drug1, drug2, dose1, dose2, value(response), unit, sample ?? ""].joined(separator: ","))
    }
    return lines.joined(separator: newline) + newline
  }

  /// Whether a block holds these doses and responses.
  package func equals(_ block: DoseMatrix?, tolerance: Double = 0) -> Bool {
    guard let block, block.axes.map(\.doses) == [doses1, doses2], block.axes.map(\.drug) == [drug1, drug2],
      block.sample == sample
    else { return false }
    return responses.indices.allSatisfy { abs(block.mean[$0] - responses[$0]) <= tolerance }
  }
}
