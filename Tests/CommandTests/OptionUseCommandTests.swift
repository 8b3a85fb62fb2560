import Foundation
import PlateDesign
import PlateSimulation
import Plates
import ReferenceData
import Testing

@Suite("Options without a use, and controls that scale what they are excluded from")
struct OptionUseCommandTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func analyze(_ arguments: String...) async throws -> [[String: String]] {
    _ = try await Tool.run(["analyze"] + arguments + ["--out", "out", "--formats", "md", "--quiet"], in: directory)
    return try directory.rows("out/problems.csv")
  }

  private func unused(_ problems: [[String: String]]) -> [String] {
    problems.filter { $0["file"] == "options" && $0["severity"] == "warning" }.compactMap { $0["message"] }
  }

  private func writePlates() throws {
    let example = try SimulatedScreen.example()
    try directory.write("layout.csv", LayoutWriter.table(example.design.layouts))
    for read in example.reads {
      let path = try directory.write("plates/\(read.barcode ?? "").csv")
      try Data(PlateExportWriter(.list).bytes([read])).write(to: URL(fileURLWithPath: path))
    }
  }

  @Test("an option that has a use in no file is told, one that has a use in some is not")
  func tables() async throws {
    try directory.write("a.csv", WrittenBlock.table([WrittenBlock("b1")]))
    let told = unused(
      try await analyze(
        "a.csv", "--time", "72", "--sheet", "Data", "--replicates", "pool", "--rename-sample", "mm1s=MM.1S",
        "--decimal",
        "comma", "--channel", "CTG", "--rename", "foo=bar"))
    #expect(told.count == 7, "\(told)")
    for option in ["--rename", "--time", "--sheet", "--replicates pool", "--rename-sample", "--decimal", "--channel"] {
      #expect(told.contains { $0.hasPrefix("the option \(option) had no use") }, "\(option)")
    }
    #expect(unused(try await analyze("a.csv", "--dose-tolerance", "0.01", "--response", "inhibition")).isEmpty)
    try directory.write("m.csv", "Drug1:,a\nDrug2:,b\nCell:,mm1s\n,0,1,10\n0,0,10,20\n1,10,30,40\n10,30,50,80\n")
    let columns = unused(try await analyze("m.csv", "--columns", "response=value", "--rename-sample", "mm1s=MM.1S"))
    #expect(columns.count == 1 && columns[0].hasPrefix("the option --columns had no use"), "\(columns)")
    var rows = "drug1,drug2,conc1,conc2,inhibition,sample,time\n"
    for time in ["24", "72"] {
      for well in ["0,0,0", "1,0,20", "0,1,30", "1,1,60"] { rows += "a,b,\(well),mm1s,\(time)\n" }
    }
    try directory.write("t.csv", rows)
    #expect(unused(try await analyze("t.csv", "m.csv", "--time", "72", "--rename-sample", "mm1s=MM.1S")).isEmpty)
    #expect(try directory.rows("out/ranking.csv").compactMap { $0["sample"] } == ["MM.1S", "MM.1S"])
  }

  @Test("options about tables have none for plates, and a control that is excluded still scales its plate")
  func plates() async throws {
    try writePlates()
    let plain = try await analyze(
      "plates", "--layout", "layout.csv", "--time", "72", "--response", "viability", "--well-volume", "50")
    #expect(unused(plain).count == 3, "\(unused(plain))")
    #expect(!plain.contains { $0["message"]?.contains("--mask") == true })
    try directory.write("out.csv", "block_id,conc1,conc2,response,reason\n1,0,0,,edge\n")
    let told = try await analyze("plates", "--layout", "layout.csv", "--exclude-wells", "out.csv")
      .filter { $0["message"]?.contains("what is excluded from a block stays in the normalisation") == true }
    #expect(told.count == 1 && told.first?["severity"] == "warning" && told.first?["block_id"] == "1")
    #expect(told.first?["message"]?.contains("--mask table (plate,well,reason)") == true)
  }

  @Test("an untreated well that is excluded still scales a raw signal; a treated one scales nothing")
  func signal() async throws {
    try directory.write(
      "s.csv",
      "block_id,drug1,drug2,conc1,conc2,luminescence\n"
        + ["0,0,1000", "0,0,1100", "1,0,800", "0,1,700", "1,1,300", "2,0,500", "2,1,200", "2,1,220"].map {
          "1,a,b,\($0)\n"
        }
        .joined())
    let words = "its raw signals were divided by all its untreated wells before"
    for (row, isTold) in [("1,0,0,,edge", true), ("1,1,1,,edge", false)] {
      try directory.write("out.csv", "block_id,conc1,conc2,response,reason\n\(row)\n")
      let problems = try await analyze("s.csv", "--response", "signal", "--exclude-wells", "out.csv")
      #expect(problems.contains { $0["message"]?.contains(words) == true } == isTold, "\(problems)")
    }
  }
}
