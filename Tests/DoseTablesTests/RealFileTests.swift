import Assay
import DoseTables
import Foundation
import ReadingSamples
import ReferenceData
import Testing

@Suite(.enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct RealFileTests {
  @Test func `the NCATS ibrutinib screen gives 466 blocks of 36 wells, each equal to a naive reading`() throws {
    let path = "screens/mathews_griner_ibrutinib_tmd8.csv"
    let file = try readReference(path)
    #expect(file.format == "NCATS long table")
    #expect(file.response == "viability, %")
    #expect(file.blocks.count == 466)
    let rows = Dictionary(grouping: try ReferenceData.rows(path)) { $0["BlockId"] }
    for block in file.blocks {
      let own = try #require(rows[block.id])
      #expect(own.count == 36 && block.wellCount == 36 && block.shape == [6, 6])
      #expect(own[0]["RowName"] == block.axes[0].drug && own[0]["ColName"] == block.axes[1].drug)
      #expect(block.axes.allSatisfy { $0.unit == ConcentrationUnit("nM") } && block.sample == "TMD8")
      for row in own {
        let field = { (name: String) throws in try #require(row[name].flatMap { Double($0) }) }
        #expect(block.response(at: try field("RowConcs"), try field("ColConcs")) == 100 - (try field("viability")))
      }
    }
  }

  @Test
  func `of the NCATS ibrutinib screen the failed control and the sham combination are doubted, nothing is refused`()
    throws
  {
    let file = try readReference("screens/mathews_griner_ibrutinib_tmd8.csv")
    #expect(file.problems(.error).isEmpty)
    let failed = try #require(file.problems.first { $0.blockID == "145" })
    #expect(failed.message.contains("98.1 %") && failed.line == 5221)
    #expect(file.problems.contains { $0.blockID == "209" && $0.message.contains("combined with itself") })
  }

  @Test func `a table of three drugs is read with all three axes`() throws {
    let path = "screens/synergyfinder_NCATSTable.csv"
    let file = try readReference(path)
    #expect(file.blocks.map(\.shape) == [[10, 10, 12], [10, 10, 12]])
    let second = try #require(file.blocks.last)
    #expect(second.axes.map(\.drug) == ["Piperaquine", "Pyronaridine Tetraphosphate", "Lopinavir"])
    #expect(file.response == "viability, %")
    for row in try ReferenceData.rows(path) where row["block_id"] == "2" {
      let doses = try (1...3).map { try #require(Double(row["conc\($0)"] ?? "")) }
      let response = try #require(Double(row["response"] ?? ""))
      #expect(second.response(at: doses[0], doses[1], doses[2]) == 100 - response)
    }
  }

  /// The Matrix example holds the mean of the table's four replicates, written with ten significant digits.
  @Test(arguments: ["csv", "txt", "xlsx"])
  func `the O'Neil matrix equals the means of the O'Neil table`(ending: String) throws {
    let table = try readReference("screens/synergyfinder_ONEILTable.csv")
    let matrix = try readReference("screens/synergyfinder_ONEILMatrix.\(ending)")
    #expect(matrix.format == "SynergyFinder matrix" && matrix.response == "inhibition, %")
    #expect(matrix.blocks.count == 2 && table.blocks.count == 2)
    for (one, other) in zip(matrix.blocks, table.blocks) {
      #expect(one.axes.map(\.doses) == other.axes.map(\.doses))
      #expect(one.sample == other.sample && one.axes.map(\.unit) == other.axes.map(\.unit))
      #expect(other.count == [Int](repeating: 4, count: 25))
      for cell in 0..<25 { #expect(abs(one.mean[cell] - other.mean[cell]) < 1e-8) }
    }
    #expect(
      matrix.blocks.first?.axes[0].drug == "MK-1775"
        && matrix.blocks.first?.axes[0].doses == [0, 0.0325, 0.08, 0.2, 0.5])
  }

  @Test func `copied single-drug wells of the O'Neil table are doubted once a block`() throws {
    let file = try readReference("r/ONEIL_screening_data.csv")
    #expect(file.problems.map(\.severity) == [.warning, .warning])
    #expect(file.problems.first?.message.hasPrefix("10 of 25 cells hold the same value more than once") == true)
    #expect(file.problems.first?.message.contains("lines 2, 27, 52, 77") == true)
  }

  @Test(arguments: [("2d", 2), ("3d", 3), ("4d", 4)])
  func `the Python package's tables are read as viability fractions of unnamed drugs`(name: String, drugs: Int) throws {
    let file = try readReference("py/data/synergy_datasets/\(name).csv")
    #expect(file.response == "viability, fraction")
    #expect(file.blocks.map(\.drugCount) == [drugs])
    #expect(file.blocks.first?.axes.map(\.drug) == (1...drugs).map { "drug \($0)" })
    #expect(file.problems(.error).isEmpty)
  }

  @Test func `a grid without any single-drug well is refused and both drugs are named`() throws {
    let file = try readReference("py/data/synergy_tests/synthetic_BRAID_reference_1.csv")
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).map(\.message).first?.contains("drug 1 alone, and none drug 2 alone") == true)
  }

  @Test func `raw counts are not taken for percent`() throws {
    let file = try readReference("r/directAntivirals.csv")
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).first?.message.contains("untreated controls read 11911.4") == true)
  }

  @Test(arguments: [
    "r/README.md", "r/timings_synergyfinder.csv",
    "py/data/synergy_datasets/hill.csv",
  ])
  func `a file that is no dose matrix is refused in one problem`(path: String) throws {
    let file = try readReference(path)
    #expect(file.format == nil && file.blocks.isEmpty)
    #expect(file.problems.map(\.severity) == [.error])
  }
}
