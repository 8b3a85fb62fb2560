import Assay
import Foundation
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// Doses from an Echo's transfer log.
@Suite struct TransferLogTests {
  private let head = """
    Run ID,1
    Application Name,Echo Cherry Pick

    [DETAILS]
    Date Time Point,Source Plate Name,Source Plate Barcode,Source Well,Destination Plate Name,Destination Plate Barcode,Destination Well,Sample Name,Transfer Volume,Actual Volume,Fluid Composition,Fluid Type,Transfer Status

    """
  private let stocks =
    "source plate,source well,drug,stock concentration,unit\nS1,A1,selinexor,10,mM\nS1,A2,bortezomib,100,uM\nS1,A3,DMSO,0,mM\n"

  private func row(
    _ source: String, _ well: String, _ requested: Double, actual: Double? = nil, status: String = "",
    fluid: String = "DMSO"
  ) -> String {
    "t,Source[1],S1,\(source),D[1],P1,\(well),,\(requested),\(actual ?? requested),100,\(fluid),\(status)\n"
  }

  private func read(_ rows: String..., layout: String? = nil, volume: Double? = 50_000, limit: Double = 0.005)
    -> LayoutSet
  {
    var options = TransferOptions()
    options.wellVolume = volume
    options.solventLimit = limit
    var files = [(name: "log.csv", text: head + rows.joined()), (name: "stocks.csv", text: stocks)]
    if let layout { files.append((name: "layout.csv", text: layout)) }
    return LayoutSet(files: files.map { ($0.name, Array($0.text.utf8)) }, options: options)
  }

  private func well(_ set: LayoutSet, _ name: String) throws -> PlateLayout.Well {
    try #require(set.layouts.first?.wells.first { $0.position == WellPosition(name) })
  }

  @Test func finalConcentrationIsStockTimesVolumeOverWellVolume() throws {
    // 10 mM × 25 nL / 50 µL = 5 µM; 100 µM × 2.5 nL / 50 µL = 5 nM; two transfers of a drug add up.
    let set = read(
      row("A1", "B2", 25), row("A2", "B2", 2.5), row("A1", "B3", 25), row("A1", "B3", 50), row("A3", "B4", 25))
    #expect(set.problems.isEmpty, "\(set.problems)")
    let micro = ConcentrationUnit("uM")
    #expect(
      try well(set, "B2").treatments == [
        .init(drug: "selinexor", dose: 5, unit: micro), .init(drug: "bortezomib", dose: 0.005, unit: micro),
      ])
    #expect(try well(set, "B3").treatments == [.init(drug: "selinexor", dose: 15, unit: micro)])
    #expect(try well(set, "B4").role == .negative)
  }

  @Test func failedAndShortTransfersAreToldPerWell() throws {
    let set = read(
      row("A1", "B2", 25, status: "Error: no fluid"), row("A1", "B3", 25, actual: 0), row("A1", "B4", 25, actual: 20),
      row("A1", "B5", 25, actual: 24), row("A1", "B6", 25))
    let first = set.problems.first("plate P1, well B2", "S1 A1", "Error: no fluid", "excluded")
    #expect(first?.file == "log.csv" && first?.line == 6 && first?.severity == .warning)
    #expect(set.problems.first("plate P1, well B3", "nothing was transferred")?.line == 7)
    #expect(set.problems.first("plate P1, well B4", "20 nL", "25 nL", "excluded")?.line == 8)
    #expect(set.problems.first("plate P1, well B5", "24 nL", "asked for stands")?.line == 9)
    #expect(
      try ["B2", "B3", "B4", "B5", "B6"].map { try well(set, $0).role } == [.empty, .empty, .empty, .sample, .sample])
    #expect(try well(set, "B5").treatments == well(set, "B6").treatments)
  }

  @Test func tooMuchSolventIsDoubted() {
    let set = read(row("A1", "B2", 300), row("A1", "B3", 200))
    let problem = set.problems.first("plate P1: 1 well has more than 0.5 % solvent", "B2: 0.6 %")
    #expect(problem?.severity == .warning)
    #expect(read(row("A1", "B2", 300, fluid: "AQ")).problems.isEmpty)
    #expect(read(row("A1", "B2", 300), limit: 0.01).problems.isEmpty)
  }

  @Test func sourcesThatNothingNamesAreTold() throws {
    let set = read(row("H9", "B2", 25), row("H9", "B3", 25), row("A1", "B4", 25))
    #expect(set.problems.first("plate P1", "S1 H9", "wells B2, B3", "stock list")?.line == 6)
    #expect(try well(set, "B2").role == .empty && well(set, "B4").role == .sample)
  }

  @Test func withoutAWellVolumeThereAreNoDoses() {
    let set = read(row("A1", "B2", 25), volume: nil)
    #expect(set.problems.first("--well-volume")?.severity == .error)
    #expect(set.layouts.isEmpty)
  }

  @Test func aLayoutsOwnDosesStandAndAreCompared() throws {
    let layout =
      "plate,well,role,drug1,conc1,unit\nP1,B2,sample,selinexor,5,uM\nP1,B3,sample,selinexor,50,uM\nP1,B4,sample,bortezomib,1,uM\n"
    let set = read(row("A1", "B2", 25), row("A1", "B3", 25), row("A1", "B4", 25), layout: layout)
    #expect(set.problems.count == 2)
    #expect(set.problems.first("well B3", "layout says 50", "make 5 µM")?.severity == .warning)
    #expect(set.problems.first("well B4", "bortezomib", "selinexor") != nil)
    #expect(try well(set, "B3").treatments.map(\.dose) == [50])
  }

  @Test(.enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
  func aRealLogIsReadToTheTransfer() throws {
    let bytes = [UInt8](try Data(contentsOf: ReferenceData.url("plates/echo_cherry_pick.csv")))
    var options = TransferOptions()
    options.wellVolume = 100_000
    // Counted with Python's csv module: 532 transfers, 266 into each of two plates of 96 wells, none failed. Source
    // E3 (10 mM, say) gives 1000, 325 and 100 nL into C2, C3 and C4 of A2025000361.
    let list =
      "source plate,source well,drug,stock,unit\n"
      + (0..<16).flatMap { row in
        (0..<24).map { "A2025000407,\(WellPosition(row: row, column: $0)),s\(row)-\($0),10,mM\n" }
      }.joined()
      + (0..<16).flatMap { row in
        (0..<24).map { "Z2026000001,\(WellPosition(row: row, column: $0)),c\(row)-\($0),10,mM\n" }
      }.joined()
    let set = LayoutSet(files: [("echo.csv", bytes), ("stocks.csv", Array(list.utf8))], options: options)
    #expect(set.formats == ["Echo transfers", "stock list"])
    #expect(set.problems.isEmpty, "\(set.problems.prefix(3))")
    #expect(set.layouts.map(\.plate) == ["A2025000361", "A2025000282"])
    #expect(set.layouts.map(\.wells.count) == [96, 96])
    for (name, dose) in [("C2", 100.0), ("C3", 32.5), ("C4", 10)] {
      let treatments = try well(set, name).treatments
      #expect(treatments.first { $0.drug == "s4-2" } == .init(drug: "s4-2", dose: dose, unit: .init("uM")))
    }
  }
}
