import Assay
import Foundation
import ReferenceData
import Synergy
import Testing

/// HSA and Bliss of Python `synergy` 1.0.0, whose response E is a viability fraction and whose monotherapy is the
/// median of its wells.
@Suite("Against Python synergy", .enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct PythonSynergyTests {
  /// The two-drug sets that have zero doses.
  static let sets: [String] = {
    guard ReferenceData.isPresent else { return [] }
    return ["synergy_datasets", "synergy_tests", "other"].flatMap { folder in
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: ReferenceData.url("py/data/\(folder)").path)) ?? []
      return names.sorted().map { "py/data/\(folder)/\($0)" }
    }.filter { path in
      guard let rows = try? ReferenceData.rows(path), let first = rows.first else { return false }
      let doses = first.keys.filter { $0.hasPrefix("d") }
      return doses.count == 2 && doses.allSatisfy { dose in rows.contains { Double($0[dose]!) == 0 } }
    }
  }()

  @Test("there are at least twenty such sets")
  func enoughSets() { #expect(Self.sets.count >= 20) }

  @Test("every well is the same", arguments: sets)
  func wells(path: String) throws {
    let rows = try ReferenceData.rows(path).map { row in
      (Double(row["d1"] ?? row["drug1.conc"]!)!, Double(row["d2"] ?? row["drug2.conc"]!)!, Double(row["E"]!)!)
    }
    // One well a cell, its median, so that our mean is the peer's median.
    let cells = Dictionary(grouping: rows, by: { [$0.0, $0.1] })
    let wells = cells.map { doses, own in
      let sorted = own.map(\.2).sorted()
      let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      return DoseMatrix.Well(doses: doses, response: 100 * (1 - median))
    }
    let matrix = try DoseMatrix(
      id: "1", sample: nil, drugs: [("drug 1", .unstated), ("drug 2", .unstated)], wells: wells)
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    let dataset = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let golden = try ReferenceData.rows("py/golden_synergy_wells.csv").filter { $0["dataset"] == dataset }
    for model in [NullModel.bliss, .hsa] {
      let score = try #require(analysis.score(of: model))
      let own = golden.filter { $0["model"] == model.name }
      #expect(own.count == rows.count)
      for row in own {
        let position = [Double(row["d1"]!)!, Double(row["d2"]!)!].enumerated().map {
          matrix.axes[$0].doses.firstIndex(of: $1)!
        }
        guard position.allSatisfy({ $0 > 0 }) else { continue }
        let reference = score.reference[matrix.cell(at: position)]
        let theirs = 100 * (1 - Double(row["reference"]!)!)
        #expect(abs(reference - theirs) <= 1e-9, "\(model.name) \(row)")
        // With several wells a cell ours is the cell's, theirs each well's.
        if rows.count == cells.count {
          #expect(abs(score.synergy[matrix.cell(at: position)] - 100 * Double(row["synergy"]!)!) <= 1e-9)
        }
      }
    }
  }
}
