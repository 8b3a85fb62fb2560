import Foundation
import Plates
import ReferenceData
import Testing

/// Where the inputs are.
private enum Cases {
  static let folder = ReferenceData.folder.deletingLastPathComponent().appendingPathComponent("cases")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)

  static func path(_ name: String, _ file: String) -> String {
    folder.appendingPathComponent(name).appendingPathComponent(file).path
  }
}

/// A run of `isobole analyze` with the scores of the data as they were read.
private struct Run {
  var ranking: [[String: String]]
  var problems: [[String: String]]
  var outcome: Tool.Outcome

  init(_ arguments: [String], in directory: TemporaryDirectory) async throws {
    outcome = try await Tool.run(
      ["analyze"] + arguments
        + ["--out", "out", "--baseline", "as-read", "--resamples", "0", "--formats", "md"], in: directory)
    ranking = (try? CSVText.rows(directory.text("out/ranking.csv"))) ?? []
    problems = (try? CSVText.rows(directory.text("out/problems.csv"))) ?? []
  }

  /// Whether one block has the scores, and is of the sample.
  func has(bliss: Double, hsa: Double, sample: String = "") -> Bool {
    ranking.contains { row in
      let scores = (Double(row["bliss"] ?? "") ?? .nan, Double(row["hsa"] ?? "") ?? .nan)
      return row["sample"] == sample && abs(scores.0 - bliss) < 0.0051 && abs(scores.1 - hsa) < 0.0051
    }
  }

  func says(_ severity: String, _ words: String...) -> Bool {
    problems.contains { problem in
      problem["severity"] == severity && words.allSatisfy { problem["message"]?.contains($0) ?? false }
    }
  }

  var isDoubted: Bool { problems.contains { $0["severity"] == "warning" } }
}

/// The plates of `../shared/cases` that were read wrongly, each with the value that is right (worked out with NumPy, as
/// their `WHAT.md` says).
@Suite(
  "Plates that were read wrongly", .enabled(if: Cases.isPresent, "the folder of cases is not beside the reference"))
struct PlateCaseTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func analyze(_ name: String, _ files: String..., with more: [String] = []) async throws -> Run {
    try await Run(files.map { Cases.path(name, $0) } + more, in: directory)
  }

  private func layout(_ name: String, _ file: String) -> [String] { ["--layout", Cases.path(name, file)] }

  @Test(
    "wells of exports are where the reader had them: Gen5 with a gap in its layout, SoftMax with blank rows",
    arguments: [
      ("gen5-empty-conc-row", "export.txt", 0, ["A1": 1001, "H12": 8012]),
      ("gen5-empty-conc-row", "export-with-blank.txt", 0, ["A1": 1001, "H12": 8012]),
      ("softmax-blank-leading-rows", "export.txt", 0, ["C1": 3001, "F12": 6012]),
      ("softmax-blank-leading-rows", "export.txt", 1, ["C1": 53001]),
    ])
  func exports(name: String, file: String, channel: Int, values: [String: Double]) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Cases.path(name, file)))
    let plates = PlateExport.read(Array(bytes), name: file).plates.filter { $0.role == .measured }
    try #require(plates.count > channel)
    for (well, value) in values {
      let found = plates[channel].wells.first { $0.position.description == well }
      #expect(found?.value == value, "\(well)")
    }
    if name.hasPrefix("softmax") {
      #expect(plates[channel].wells.allSatisfy { (2...5).contains($0.position.row) || $0.value == nil })
    }
  }

  @Test("a bare number in a file's name is no plate where there are several: it is asked")
  func suffix() async throws {
    let name = "plate-from-file-suffix"
    let run = try await analyze(name, "Screen882_1.txt", with: layout(name, "layout.csv"))
    #expect(run.outcome.status == 4 && run.ranking.isEmpty)
    #expect(run.says("error", "\"1\" in its file's name", "Screen882_1.txt=NAME"))
    let path = Cases.path(name, "Screen882_1.txt")
    let told = try await analyze(
      name, "Screen882_1.txt", with: layout(name, "layout.csv") + ["--plate", path + "=2"])
    #expect(told.says("info", "corrected: the plate is 2") && told.ranking.count == 1)
  }

  @Test("a heading names the plate whatever stands in the grid's corner", arguments: ["layout.csv", "one/export.csv"])
  func heading(file: String) async throws {
    let name = "plate-heading-above-corner-word"
    let run = try await analyze(name, "export.csv", with: layout(name, file))
    #expect(run.outcome.status == 0 && run.ranking.count == 1)
    #expect(abs((Double(run.ranking[0]["bliss"] ?? "") ?? .nan) + 0.605) < 0.001)
    #expect(abs((Double(run.ranking[0]["hsa"] ?? "") ?? .nan) - 10.536) < 0.001)
    #expect(abs((Double(run.ranking[0]["loewe"] ?? "") ?? .nan) - 7.565) < 0.001)
  }

  @Test("blank rows in a list keep its rows apart and do not end it")
  func blankRows() async throws {
    let run = try await analyze(
      "blank-rows-in-list", "PL4.csv", with: layout("blank-rows-in-list", "layout.csv"))
    #expect(run.outcome.status == 0 && run.has(bliss: 6.34, hsa: 17.59))
  }

  @Test("a second reading without a value is none")
  func secondReading() async throws {
    let run = try await analyze("second-reading-na", "export.csv", with: layout("second-reading-na", "layout.csv"))
    #expect(run.has(bliss: 6.54, hsa: 18.00) && !run.isDoubted)
    #expect(run.says("info", "names its wells again here without a value"))
  }

  @Test(
    "wells that hold nothing but the vehicle are negative controls", arguments: ["layout.csv", "layout-only-dmso.csv"])
  func vehicleWells(file: String) async throws {
    let run = try await analyze("dmso-wells-without-role", "PL1.csv", with: layout("dmso-wells-without-role", file))
    #expect(run.has(bliss: 6.22, hsa: 17.57) && run.says("info", "taken for negative controls"))
  }

  @Test("a channel whose name is equal goes before those that hold the name")
  func channel() async throws {
    let name = "channel-exact-name"
    let run = try await analyze(name, "export.csv", with: layout(name, "layout.csv") + ["--channel", "Nuclei"])
    #expect(run.has(bliss: 6.84, hsa: 18.16))
  }

  @Test("a title above the first of two readings is no channel of its own")
  func title() async throws {
    let name = "title-above-first-grid"
    let run = try await analyze(name, "PL26.csv", with: layout(name, "layout.csv"))
    #expect(run.has(bliss: 7.16, hsa: 18.79) && run.says("warning", "was read 2 times; repeat 2 is used"))
  }

  @Test("a workbook's plate map of numbers is no channel, and its last row is not cut off")
  func smartWorkbook() async throws {
    let run = try await analyze("bmg-smart-workbook", "export.xlsx", with: layout("bmg-smart-workbook", "layout.csv"))
    #expect(run.outcome.status == 0 && run.has(bliss: 6.56, hsa: 18.08))
  }

  @Test("a layout that names no plate is of every plate that has none of its own; the manifest says their samples")
  func template() async throws {
    let name = "one-layout-many-plates"
    let run = try await analyze(name, "RUN01.csv", "RUN02.csv", with: layout(name, "template.csv"))
    #expect(run.outcome.status == 0 && run.ranking.count == 2)
    #expect(run.has(bliss: 7.48, hsa: 18.92, sample: "RUN01") && run.has(bliss: 6.81, hsa: 18.16, sample: "RUN02"))
    #expect(run.says("info", "names no plate", "RUN01, RUN02", "--manifest"))
    let said = try await analyze(
      name, "RUN01.csv", "RUN02.csv",
      with: layout(name, "template.csv") + ["--manifest", Cases.path(name, "manifest.csv")])
    #expect(said.has(bliss: 7.48, hsa: 18.92, sample: "LINE1") && said.has(bliss: 6.81, hsa: 18.16, sample: "LINE2"))
  }

  @Test(
    "the rows of one well add up, in a dispenser's report and in a table", arguments: ["report.csv", "renamed.csv"])
  func fluids(file: String) async throws {
    let run = try await analyze("one-row-a-fluid", "export.csv", with: layout("one-row-a-fluid", file))
    #expect(run.ranking.count == 1 && run.has(bliss: 6.32, hsa: 17.58) && !run.isDoubted)
    #expect(run.says("info", "killall", "alone", "not used"))
  }

  @Test("a layout may be a workbook")
  func workbookLayout() async throws {
    let run = try await analyze("xlsx-layout", "PL6.csv", with: layout("xlsx-layout", "layout.xlsx"))
    #expect(run.outcome.status == 0 && run.has(bliss: 6.74, hsa: 18.11))
  }

  @Test("dates in a row a time point are times, not channels", arguments: [[], ["--repeat", "3"]])
  func timeCourse(repeats: [String]) async throws {
    let name = "time-course-dates-as-channels"
    let run = try await analyze(name, "run7.txt", with: layout(name, "layout.csv") + repeats)
    #expect(run.has(bliss: 7.16, hsa: 18.79))
    #expect(run.says("warning", "was read 3 times; repeat 3 is used") == repeats.isEmpty)
  }

  @Test("the controls of a sample are compared with each other")
  func samplesOnAPlate() async throws {
    let name = "two-samples-on-a-plate-qc"
    let run = try await analyze(name, "export.csv", with: layout(name, "layout.csv"))
    #expect(run.outcome.status == 0 && run.ranking.count == 2 && !run.isDoubted)
    #expect(run.ranking.allSatisfy { $0["flags"] == "" })
    let plate = try CSVText.rows(directory.text("out/qc.csv")).first { $0["kind"] == "plate" }
    #expect(plate?["verdict"] == "pass")
    // The worse of 0.7 % and 0.4 %.
    let cv = plate?["control_cv"].flatMap { Double($0) } ?? .nan
    #expect(abs(cv - 0.7) < 0.05, "\(plate ?? [:])")
  }

  @Test(
    "an export without its layout is called what it is",
    arguments: [
      ("envision.csv", "PerkinElmer EnVision", "PL27", "24 wells"), ("gen5.txt", "BioTek Gen5", "PL-12", "96 wells"),
    ])
  func withoutLayout(file: String, reader: String, plate: String, wells: String) async throws {
    let run = try await analyze("export-without-layout", file)
    #expect(run.outcome.status == 4 && run.says("error", reader, plate, wells, "--layout", "isobole read"))
  }

  @Test("a table of wells, drugs and signal is layout and reading in one", arguments: [true, false])
  func wellTable(isNamed: Bool) async throws {
    let name = "one-table-wells-and-signal"
    let run = try await analyze(name, "table.csv", with: isNamed ? layout(name, "table.csv") : [])
    #expect(run.outcome.status == 0 && run.has(bliss: 6.44, hsa: 17.62))
  }

  @Test("a long table that begins with a cell line is no matrix")
  func notAMatrix() async throws {
    let run = try await analyze("table-taken-for-matrix", "table.csv")
    #expect(run.outcome.status == 4 && run.problems.count == 1)
    #expect(run.says("error", "\"cell_line\", \"agent\", \"concentration\"", "conc1", "conc2", "response"))
  }

  @Test("a checkerboard of numbers alone is no plate of another size")
  func bareNumbers() async throws {
    let outcome = try await Tool.run(["read", Cases.path("bare-8x8", "grid.csv")], in: directory)
    #expect(outcome.status == 4 && outcome.errors.contains("8 rows of 8 numbers, expected 6"))
  }
}

/// Where the real files are.
private enum RealFiles {
  static let folder = ReferenceData.folder.appendingPathComponent("real")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
}

/// The real files of laboratories and papers, each with what its authors made of it.
@Suite("Real plates and layouts", .enabled(if: RealFiles.isPresent, "no folder real beside the reference"))
struct RealPlateTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func path(_ file: String) -> String { RealFiles.folder.appendingPathComponent(file).path }

  @Test("a D300e report and its reading give the wells that its authors joined")
  func dispenser() async throws {
    let export = path("d300e/Example_plate_reader.csv")
    let layout = ["--layout", path("d300e/Example_dispenser.csv")]
    let asked = try await Run([export] + layout, in: directory)
    #expect(asked.outcome.status == 4 && asked.says("error", "plate 1 is in no layout", "--plate FILE=NAME"))
    let run = try await Run(
      [export] + layout + ["--plate", export + "=8", "--control-centre", "mean"], in: directory)
    #expect(run.ranking.count == 1)
    // The report's first combination names Drug2 first. The authors write the doses that were planned; the report has
    // those that were dispensed, some per cent less.
    let axes = run.ranking[0]["drug1"] == "Drug1" ? ["Conc1", "Conc2"] : ["Conc2", "Conc1"]
    let truth = try ReferenceData.rows("real/d300e/Example_list_output.csv")
    var compared = 0
    for cell in try CSVText.rows(directory.text("out/cells.csv")) {
      let doses = try ["conc1", "conc2"].map { try #require(Double(cell[$0] ?? "")) }
      let own = truth.filter { row in
        zip(axes, doses).allSatisfy { name, dose in
          abs((Double(row[name] ?? "") ?? .nan) - dose) <= 0.12 * dose
        }
      }
      if own.isEmpty {
        // The authors left out one dose of Drug2.
        #expect(doses.contains { 0.007 < $0 && $0 < 0.009 }, "\(doses)")
        continue
      }
      let mean = own.compactMap { Double($0["Viability_pct"] ?? "") }.reduce(0, +) / Double(own.count)
      let response = try #require(Double(cell["response"] ?? ""))
      #expect(abs(100 - response - mean) < 1e-9, "\(doses): \(100 - response), \(mean)")
      #expect(cell["replicates"] == "\(own.count)")
      compared += own.count
    }
    #expect(compared == truth.count)
  }

  @Test("a cellHTS2 screen: plate list, annotation and configuration, 118 negative controls a plate")
  func cellHTS2() async throws {
    let exports = (865...868).map { path("pgpc/Gen\($0)_1.asc") }
    let run = try await Run(
      exports
        + ["--layout", path("pgpc/2013-10-22drugcombiAnno_2plates.txt")]
        + ["--layout", path("pgpc/2013-10-22plateconfig_all.txt")]
        + ["--manifest", path("pgpc/2013-10-22platelist_HCT_72_2layout_8plates_mod.txt")], in: directory)
    let plates = try CSVText.rows(directory.text("out/qc.csv")).filter { $0["kind"] == "plate" }
    #expect(Set(plates.compactMap { $0["negative_controls"] }) == ["118"], "\(run.problems.prefix(5))")
    // Plate 2 has no reading among these files, and Gen868 is not in the list.
    let pairs = Set(run.ranking.map { [$0["drug1"] ?? "", $0["drug2"] ?? ""].joined(separator: " × ") })
    #expect(
      pairs == [
        "Bendamustine × WORT", "Disulfiram × U0126", "Disulfiram × PD", "Bendamustine × MK2206",
        "Bendamustine × AKTi VIII", "Disulfiram × WORT",
      ])
    #expect(run.outcome.status == 3 && run.says("error", "plate Gen868_1 is in no layout"))
  }

  @Test("gDR's template workbooks and their manifest give each cell line's blocks")
  func gDR() async throws {
    let run = try await Run(
      [path("gdr/RawData_day0.xlsx"), path("gdr/RawData_day7.xlsx")]
        + ["--layout", path("gdr/Template_7daytreated.xlsx"), "--layout", path("gdr/Template_Untreated.xlsx")]
        + ["--manifest", path("gdr/manifest.xlsx")], in: directory)
    #expect(run.outcome.status == 0 && run.ranking.count == 12)
    #expect(Set(run.ranking.compactMap { $0["sample"] }).count == 6)
    #expect(Set(run.ranking.compactMap { $0["drug2"] }) == ["G00011"])
  }

  @Test(
    "plates whose layout is not among the files are told as what they are, with what to give",
    arguments: [
      ("ward/20230519.tsv", "96 wells"), ("combia/FluoOptima_384_2014-03-28test.csv", "384 wells"),
      ("combia/FluoOptima_384_2014-03-28test.txt", "BMG Labtech FLUOstar, with 384 wells"),
    ])
  func withoutLayout(file: String, plate: String) async throws {
    let run = try await Run([path(file)], in: directory)
    #expect(run.outcome.status == 4 && run.problems.count == 1, "\(run.problems)")
    #expect(run.says("error", "an export of a plate", plate, "--layout", "isobole read"), "\(run.problems)")
  }

  @Test("a grid of scores without doses or names says what a table needs")
  func scoresAlone() async throws {
    let run = try await Run([path("combia/processedData.csv")], in: directory)
    #expect(run.outcome.status == 4)
    #expect(
      run.says("error", "not a dose matrix", "conc1", "the doses in its first row and column"), "\(run.problems)")
  }
}
