import Foundation
import ReferenceData
import Testing

/// Where the files are.
private enum RealFiles {
  static let folder = ReferenceData.folder.appendingPathComponent("real")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
}

/// Tables that groups published (`real/SOURCES.txt` says whose). The means of Bliss and HSA were computed with NumPy by a
/// script of its own, from the files' numbers.
@Suite("Real tables", .enabled(if: RealFiles.isPresent, "the real files are not among the reference data"))
struct RealTableTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private struct Block {
    var drugs: [String]
    var sample: String?
    var bliss: Double
    var hsa: Double

    init(_ drugs: String..., sample: String? = nil, bliss: Double, hsa: Double) {
      (self.drugs, self.sample, self.bliss, self.hsa) = (drugs, sample, bliss, hsa)
    }
  }

  private func check(
    _ path: String, _ more: [String] = [], blocks: Int, _ expected: Block...,
    location: SourceLocation = #_sourceLocation
  ) async throws {
    let outcome = try await Tool.run(
      [
        "analyze", RealFiles.folder.appendingPathComponent(path).path, "--out", "out", "--baseline", "as-read",
        "--resamples", "0", "--formats", "md", "--keep-names",
      ] + more, in: directory)
    #expect(outcome.status == 0, "\(outcome.errors.prefix(600))", sourceLocation: location)
    let ranking = try CSVText.rows(directory.text("out/ranking.csv"))
    #expect(ranking.count == blocks, sourceLocation: location)
    for block in expected {
      let row = ranking.first { row in
        block.drugs.enumerated().allSatisfy { row["drug\($0 + 1)"] == $1 }
          && (block.sample == nil || row["sample"] == block.sample)
      }
      for (model, value) in [("bliss", block.bliss), ("hsa", block.hsa)] {
        let found = row.flatMap { Double($0[model] ?? "") } ?? .nan
        #expect(abs(found - value) < 0.001, "\(block.drugs) \(model)", sourceLocation: location)
      }
    }
  }

  @Test("bare checkerboards: doses with their unit in the first row and column")
  func checkerboards() async throws {
    try await check(
      "checkerboardr/anticancer_synergy.tab", blocks: 1, Block("drug 1", "drug 2", bliss: 1.057, hsa: 8.659))
    try await check("checkerboardr/testData.tab", blocks: 1, Block("drug 1", "drug 2", bliss: -20.088, hsa: -13.816))
  }

  @Test("checkerboard tables of relative optical density, drugs by letters or in the columns' names")
  func relativeDensity() async throws {
    try await check("lapk/two_drug.csv", blocks: 1, Block("drug 1", "drug 2", bliss: 18.570, hsa: 31.000))
    try await check("lapk/three_drug.csv", blocks: 1)
    try await check(
      "lapk/sample.xlsx", blocks: 1, Block("DETA", "CFZ", sample: "MAB ATCC - 19977", bliss: 3.750, hsa: 6.920))
  }

  @Test("a table of thunor's columns: viability is taken, and not the count beside it")
  func thunor() async throws {
    try await check(
      "musyc_cell/Linsitinib_Osimertinib_for_dipDB.csv_perVia_72hr.csv", blocks: 1,
      Block("linsitinib", "osimertinib", sample: "PC9c1", bliss: -25.943, hsa: -17.060))
  }

  @Test("SynergyFinder's columns in workbooks and tables with gaps")
  func synergyFinder() async throws {
    try await check(
      "decrease/18_combinations.xlsx", blocks: 18,
      Block("BMS-754807", "LY3009120", sample: "HEK293", bliss: 4.806, hsa: 9.916),
      Block("BGB324", "Everolimus", sample: "HEK293", bliss: -4.408, hsa: 3.622),
      Block("NVP-LCL161", "Trametinib", sample: "Hep G2", bliss: 3.232, hsa: 4.957))
    try await check(
      "decrease/exampleTabular.csv", blocks: 3, Block("NVP-LCL161", "Trametinib", bliss: 3.012, hsa: 3.135),
      Block("Cisplatin", "Everolimus", bliss: -7.289, hsa: 6.236))
    try await check(
      "eipm/Flor_Combo_Gefitinib.Plate1.061423.xlsx", blocks: 13,
      Block("Gefitinib", "SPHINX31", bliss: 9.746, hsa: 7.048),
      Block("Gefitinib", "Fluorouracil", bliss: 1.468, hsa: 2.690))
  }

  @Test("treatments in the header, times in the rows: the solvent's wells are the untreated ones")
  func treatments() async throws {
    try await check(
      "htsplotter/drug_combination_screen_1timepoint.txt", blocks: 4,
      Block("MK-1775", "Prexasertib", sample: "MCF7 (1) 10K / well", bliss: 17.295, hsa: 22.003),
      Block("MK-1775", "BAY1895344", bliss: 4.508, hsa: 4.344),
      Block("Prexasertib", "WEE1singleeffect", bliss: 25.830, hsa: 25.931),
      Block("BAY1895344", "WEE1singleeffect", bliss: 7.032, hsa: 4.019))
  }

  @Test("a profile of five lines says what the columns of a growth inhibition assay are")
  func profile() async throws {
    try directory.write(
      "lab.yaml",
      """
      response: signal
      columns:
        conc1: AMA1RON2
        conc2: RH5
        response: [exp1arep1, exp1arep2, exp1brep1, exp1brep2, exp2arep1, exp2arep2, exp2brep1, exp2brep2]
      """)
    try await check(
      "malaria/rh5_ama1ron2.csv", ["--profile", "lab.yaml"], blocks: 1,
      Block("AMA1RON2", "RH5", bliss: -7.419, hsa: 2.356))
  }
}
