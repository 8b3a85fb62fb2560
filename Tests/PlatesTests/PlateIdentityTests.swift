import Assay
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// Which plate a reading is of, and which well a number is of, is told from the data or asked, never guessed.
@Suite("Whose plate and whose well")
struct PlateIdentityTests {
  private func grid(_ rows: Int, _ columns: Int, from first: Int = 0) -> [String] {
    (0..<rows).map { row in (0..<columns).map { "\((first + row) * 100 + $0 + 1).5" }.joined(separator: ",") }
  }

  private func read(_ text: String, name: String = "export.csv") -> PlateExport {
    PlateExport.read(Array(text.utf8), name: name)
  }

  @Test("a layout that fills a 96-well plate is none of a 384-well plate that was read whole")
  func smallerLayout() {
    func named(_ row: Int, _ column: Int) -> String { "\(WellPosition(row: row, column: column))" }
    func layout(_ rows: Int, _ columns: Int) -> String {
      "well,role,drug1,conc1\n"
        + (0..<rows).flatMap { row in
          (0..<columns).map {
            "\(named(row, $0)),\($0 == 0 ? "negative,," : $0 == 1 ? "positive,," : "sample,a,\($0)")\n"
          }
        }.joined()
    }
    let table = "," + (1...24).map(String.init).joined(separator: ",") + "\n"
    let text =
      table
      + (0..<16).map { row in
        WellPosition(row: row, column: 0).rowName + ","
          + (0..<24).map { "\(1000 + row * 24 + $0)" }.joined(separator: ",")
      }.joined(separator: "\n")
    let export = NamedExport(file: "e.csv", reads: read(text).plates)
    for (rows, columns, isRefused) in [(8, 12, true), (16, 24, false), (8, 11, false)] {
      let set = LayoutSet(files: [("l.csv", Array(layout(rows, columns).utf8))])
      let screen = ScreenPlates(exports: [export], layouts: set.layouts)
      let refused = screen.problems.contains { $0.message.contains("fills a 96-well plate") }
      #expect(refused == isRefused, "\(rows) × \(columns)")
    }
  }

  // MARK: wells

  @Test("SoftMax Pro: blank lines are rows of the plate, with and without their tabs, in a workbook too")
  func softMaxBlankRows() throws {
    let header =
      "##BLOCKS= 1\nPlate:\tP\t1.3\tPlateFormat\tEndpoint\tAbsorbance\tRaw\tFALSE\t1\t\t\t\t\t\t1\t450 \t1\t12\t96\t1\t8\t\n"
    let names = "\tTemperature(C)\t" + (1...12).map(String.init).joined(separator: "\t") + "\n"
    let row = { (number: Int, start: String) in
      "\t\(start)\t" + (1...12).map { "\(number * 1000 + $0)" }.joined(separator: "\t") + "\n"
    }
    for blank in [String(repeating: "\t", count: 13) + "\n", "\n"] {
      let text =
        header + names + blank + row(2, "25") + blank + row(4, "") + blank + blank + row(7, "") + blank + "\n~End\n"
      let plate = try #require(read(text).plates.first)
      #expect(plate.wells.first { $0.position.description == "B1" }?.value == 2001)
      #expect(plate.wells.first { $0.position.description == "D12" }?.value == 4012)
      #expect(plate.wells.first { $0.position.description == "G1" }?.value == 7001)
      #expect(!plate.wells.contains { $0.position.description == "A1" && $0.value != nil })
    }
    // Without the blank lines nothing tells which rows these are.
    let stripped = read(header + names + row(2, "25") + row(4, "") + row(7, "") + "~End\n")
    #expect(stripped.plates.isEmpty)
    #expect(stripped.problems.contains { $0.severity == .error && $0.message.contains("which of them are missing") })
  }

  @Test("numbers alone that make no whole plate, or a plate on its side, are refused")
  func bareGrids() {
    for (rows, columns) in [(8, 8), (5, 12), (12, 8), (13, 12), (10, 12)] {
      let export = read(grid(rows, columns).joined(separator: "\n") + "\n")
      #expect(export.plates.isEmpty, "\(rows) × \(columns)")
      #expect(export.problems.contains { $0.severity == .error }, "\(rows) × \(columns)")
    }
    #expect(read(grid(16, 12).joined(separator: "\n")).plates.count == 2)
  }

  @Test("blank rows around and between bare grids do not move them; a blank row of a plate is one")
  func blankRowsOfBareGrids() {
    let blank = String(repeating: ",", count: 11)
    let first = grid(8, 12)
    let around = read(([blank] + first + [blank]).joined(separator: "\n"))
    #expect(around.plates.count == 1 && around.plates[0].wells.first?.value == 1.5)
    let between = read((first + [blank] + grid(8, 12, from: 20)).joined(separator: "\n"))
    #expect(between.plates.map { $0.wells.first?.value } == [1.5, 2001.5])
    for empty in [blank, ""] {
      let within = read((grid(3, 12) + [empty] + grid(4, 12, from: 4)).joined(separator: "\n"))
      #expect(within.plates.count == 1)
      #expect(within.plates.first?.wells.first { $0.position.description == "E1" }?.value == 401.5)
      #expect(within.plates.first?.wells.first { $0.position.description == "H12" }?.value == 712.5)
    }
  }

  @Test("a well that is named again with nothing in it keeps its value")
  func emptyAgain() {
    let export = read("Well,Value\nA1,5\nA1,N/A\nA2,6\nA3,7\n")
    #expect(export.plates.first?.wells.map(\.value) == [5, 6, 7])
    #expect(!export.problems.contains { $0.severity == .warning })
  }

  @Test("a second grid of errors alone is no reading")
  func gridOfErrors() {
    let head = ",1,2,3\n"
    let text = head + "A,1,2,3\nB,4,5,6\n\n" + head + "A,NaN,NaN,#N/A\nB,#N/A,NaN,NaN\n"
    #expect(read(text).plates.map(\.repeatNumber) == [1])
  }

  @Test("numbered and side-by-side lists go on below blank rows")
  func blankRowsInOtherLists() {
    let numbered = (1...24).map { "\($0),\($0 * 10)" + ($0 % 6 == 0 ? "\n," : "") }
    let list = read("Well,Value\n" + numbered.joined(separator: "\n") + "\n")
    #expect(list.plates.first?.wells.count == 24 && list.plates.count == 1)
    let beside = read("Well,Value,,Well,Value\nA1,1,,C1,5\nA2,2,,C2,6\n,,,,\nB1,3,,D1,7\nB2,4,,D2,8\n")
    #expect(beside.plates.count == 1 && beside.plates.first?.wells.count == 8)
  }

  // MARK: plates

  private static let wells = "A1,negative,,,,\nA2,sample,a,1,,\nB1,sample,,,b,1\nB2,sample,a,1,b,1\n"

  private func layout(_ name: String, plate: String? = nil, sample: String? = nil) -> (name: String, text: String) {
    let rows = Self.wells.split(separator: "\n").map {
      [plate, String($0), sample].compactMap(\.self).joined(separator: ",")
    }
    let header = [plate == nil ? nil : "plate", "well,role,drug1,conc1,drug2,conc2", sample == nil ? nil : "sample"]
    return (name, header.compactMap(\.self).joined(separator: ",") + "\n" + rows.joined(separator: "\n") + "\n")
  }

  private func reading(_ barcode: String?, _ level: Double = 100) -> PlateRead {
    let wells = ["A1", "A2", "B1", "B2"].enumerated().compactMap { place, name in
      WellPosition(name).map { PlateRead.Well(position: $0, value: level - Double(place) * 10, line: place + 2) }
    }
    return PlateRead(barcode: barcode, format: PlateFormat.standard[1], reader: "test", wells: wells)
  }

  private func join(
    _ exports: [(file: String, read: PlateRead)], _ files: [(name: String, text: String)], manifest: String? = nil
  ) -> ScreenPlates {
    let set = LayoutSet(files: files.map { ($0.name, Array($0.text.utf8)) })
    return ScreenPlates(
      exports: exports.map { NamedExport(file: $0.file, reads: [$0.read]) }, layouts: set.layouts,
      manifest: manifest.map { PlateManifest(Array($0.utf8), file: "manifest.csv") } ?? .init())
  }

  @Test(
    "a file's name tells the plate where it is its name or holds a barcode, and not where a number could be anything",
    arguments: [
      ("1.csv", "1"), ("P1_raw.csv", nil), ("run_1.csv", nil), ("2026-2.csv", nil), ("run 100234.csv", "100234"),
      ("Plate_A7.csv", "Plate A7"), ("x-1-2.csv", nil),
    ])
  func fileNames(file: String, plate: String?) {
    let layouts = ["1", "2", "100234", "Plate A7"].map { (name: String) in layout("l\(name).csv", plate: name) }
    let screen = join([(file, reading(nil))], layouts)
    #expect(screen.plates.map(\.plate) == [plate].compactMap(\.self), "\(screen.problems)")
    if plate == nil { #expect(screen.problems.first("--plate")?.severity == .error) }
  }

  @Test("one layout alone: a number in the file's name may be its plate")
  func onlyLayout() {
    #expect(join([("run_1.csv", reading(nil))], [layout("l.csv", plate: "1")]).plates.map(\.plate) == ["1"])
  }

  @Test("a template named as one export is that export's; others are asked about")
  func ownedTemplate() {
    let screen = join([("P1.csv", reading(nil)), ("P2.csv", reading(nil))], [layout("layouts/P1.csv")])
    #expect(screen.plates.map(\.plate) == ["P1"] && screen.problems.first("P2", "--plate")?.severity == .error)
  }

  @Test("plates of one template are samples of their own, unless the layout or the manifest says their sample")
  func templateSamples() {
    let exports = [("x.csv", reading("X")), ("y.csv", reading("Y"))]
    let apart = join(exports, [layout("template.csv")])
    #expect(apart.blocks.map(\.matrix.sample) == ["X", "Y"])
    let stated = join(exports, [layout("template.csv", sample: "LINE")])
    #expect(stated.blocks.map(\.matrix.sample) == ["LINE"] && stated.blocks.first?.plates == ["X", "Y"])
    let said = join(exports, [layout("template.csv")], manifest: "plate,sample\nX,LINE\nY,LINE\n")
    #expect(said.blocks.map(\.matrix.sample) == ["LINE"] && said.blocks.first?.plates == ["X", "Y"])
  }

  @Test("several templates need a manifest, which names them by file")
  func severalTemplates() {
    let exports = [("x.csv", reading("X")), ("y.csv", reading("Y"))]
    let files = [layout("one.csv"), layout("two.csv", sample: "TWO")]
    #expect(join(exports, files).plates.isEmpty)
    #expect(join(exports, files).problems.first("several layouts name no plate", "--manifest") != nil)
    let screen = join(exports, files, manifest: "barcode;template;cell line\nX;one.csv;LINE1\nY;two;\nZ;one;\n")
    #expect(screen.plates.map(\.plate) == ["X", "Y"])
    #expect(screen.blocks.map(\.matrix.sample) == ["LINE1", "TWO"])
    #expect(screen.problems.first("manifest names plate Z")?.severity == .warning)
    let wrong = join(exports, files, manifest: "plate,layout\nX,three.csv\nY,two\n")
    #expect(wrong.problems.first("plate X is to have the layout three.csv")?.severity == .error)
  }

  @Test("a manifest with a column file is a list of files and the plates of the layout that they are")
  func plateList() {
    let screen = join(
      [("a.asc", reading("a")), ("b.asc", reading("b"))], [layout("anno.csv", plate: "1")],
      manifest: "Filename\tBatch\tReplicate\tPlate\tChannel\na.asc\t1\t1\t1\t1\nb.asc\t1\t2\t1\t1\n")
    #expect(screen.plates.map(\.plate) == ["a", "b"] && screen.blocks.map(\.plates) == [["a", "b"]])
  }

  // MARK: layouts

  @Test(
    "a word for nothing at dose 0 and a vehicle with a concentration are the vehicle; all blank is no cells beside these"
  )
  func vehicles() {
    let set = layouts(
      (
        "l.csv",
        "well,drug1,conc1,drug2,conc2,unit\nA1,none,0,none,0,uM\nA2,DMSO,0.1 ,vehicle,,%\nA3,sel,1,–,0,uM\nA4,blank,,blank,,uM\nA5,,,,,\nA6,,0,,0,uM\n"
      ))
    let roles = Dictionary(
      uniqueKeysWithValues: (set.layouts.first?.wells ?? []).map { ($0.position.description, $0.role) })
    #expect(roles == ["A1": .negative, "A2": .negative, "A3": .sample, "A4": .blank, "A5": .empty, "A6": .negative])
    #expect(set.problems.first("well A4 is called blank", "without cells")?.severity == .warning)
    #expect(set.problems.first("of well A5 the layout says neither a drug nor a role")?.severity == .info)
  }

  @Test("a layout that names drugs and no doses is refused once, with its columns")
  func noDoses() {
    let set = layouts(("l.csv", "well,drug1,amount,drug2\nA1,sel,1,bor\nA2,sel,2,bor\n"))
    #expect(set.layouts.isEmpty && set.problems.filter { $0.severity == .error }.count >= 1)
    #expect(set.problems.first("\"amount\"", "conc1, conc2") != nil)
  }

  @Test("units at the end of a layout's columns are read")
  func unitsInNames() {
    let set = layouts(("l.csv", "Well\tdrug1\tconcdrug1.micro_M.\tdrug2\tconc2_nM\nA1\tsel\t1\tbor\t5\n"))
    #expect(
      set.layouts.first?.wells.first?.treatments.map(\.unit.symbol)
        == ["uM", "nM"].map { ConcentrationUnit($0).symbol })
    #expect(set.layouts.first?.wells.first?.treatments.map(\.dose) == [1, 5])
  }

  @Test("rows of a well with other drugs make a combination; with other doses of one drug they contradict each other")
  func severalRows() {
    let set = layouts(
      ("l.csv", "plate,well,drug,conc,unit\nP,A1,sel,1,uM\nP,A1,bor,2,nM\nP,A2,sel,1,uM\nP,A2,sel,2,uM\n"))
    let wells = set.layouts.first?.wells ?? []
    #expect(wells.first?.treatments.map(\.drug) == ["sel", "bor"] && wells.last?.role == .empty)
    #expect(set.problems.first("well A2 is stated twice")?.severity == .warning)
  }

  @Test("a dispenser's report: fluids of one name add up, back-fill is no drug, units are each behind their number")
  func dispenserReport() {
    let report = """
      Protocol,test
      Plate ID,Plate,Dispensed row,Dispensed col,Fluid name,Dispensed concentration,Units,Dispensed volume,Units
      X7,1,1,1,DMSO normalization,0.2,%,100,nL
      X7,1,1,2,sel,1,uM,10,nL
      X7,1,1,2,sel,500,nM,5,nL
      X7,1,1,2,DMSO normalization,0.1,%,50,nL
      X7,1,2,2,sel,1,uM,10,nL
      X7,1,2,2,bor,5,nM,10,nL
      X7,1,2,3,NC,20,uM,10,nL

      """
    let set = layouts(("report.csv", report))
    #expect(set.formats == ["D300 dispenser report"] && set.layouts.map(\.plate) == ["X7"])
    let wells = set.layouts.first?.wells ?? []
    #expect(wells.map(\.position.description) == ["A1", "A2", "B2", "B3"])
    #expect(wells.map(\.role) == [.negative, .sample, .sample, .negative])
    #expect(wells.map { $0.treatments.map(\.dose) } == [[], [1.5], [1, 5], []])
  }

  @Test(
    "what people write in a well is read; a dose needs its unit",
    arguments: [
      ("selinexor 0.33 uM + bortezomib 5 nM", ["selinexor", "bortezomib"], [0.33, 5]),
      ("10 nM bortezomib; KPT 330 1uM", ["bortezomib", "KPT 330"], [10, 1]), ("MK-2206 (2 µM)", ["MK-2206"], [2]),
      ("selinexor 1 uM + DMSO", ["selinexor"], [1]), ("KPT 330", [], []), ("selinexor", [], []),
    ])
  func treatmentTexts(text: String, drugs: [String], doses: [Double]) {
    let grid = layouts(("map.csv", ",1,2,3\nA,\"\(text)\",a 1 uM,DMSO 0.1 %\nB,b 1 uM,a 1 uM and b 1 uM,\n"))
    let wells = grid.layouts.first?.wells ?? []
    #expect(wells.first?.treatments.map(\.drug) == drugs && wells.first?.treatments.map(\.dose) == doses)
    #expect((grid.problems.first("well A1", "was not recognised") == nil) == !drugs.isEmpty)
    #expect(wells.first { $0.position.description == "A3" }?.role == .negative)
    let table = layouts(("map.csv", "well,treatment\nA1,\"\(text)\"\nA2,a 1 uM + b 2 uM\n"))
    #expect(table.layouts.first?.wells.first?.treatments.map(\.drug) == drugs)
  }

  @Test("a plate's name behind the word plate in a file's name tells it")
  func spelledPlate() {
    let layouts = ["1", "2"].map { (name: String) in layout("l\(name).csv", plate: name) }
    for (file, plate) in [("run3_plate2.csv", "2"), ("Screen_Plate 1_72h.csv", "1"), ("plate 2.csv", "2")] {
      #expect(join([(file, reading(nil))], layouts).plates.map(\.plate) == [plate])
    }
  }

  @Test("a star in a layout's column plate is any plate, or any of a kind")
  func stars() {
    let exports = [("x.csv", reading("RUN01")), ("y.csv", reading("TEST7"))]
    let all = join(exports, [layout("l.csv", plate: "*")])
    #expect(all.plates.map(\.plate) == ["RUN01", "TEST7"])
    let some = join(exports, [layout("l.csv", plate: "RUN*"), layout("m.csv", plate: "*7")])
    #expect(some.plates.map { [$0.plate, $0.layoutFile] } == [["RUN01", "l.csv"], ["TEST7", "m.csv"]])
  }

  @Test("a list with a header for each row of the plate is one plate")
  func headersBetween() {
    let rows = ["A", "B", "C"].map { row in "Well,Lum\n" + (1...6).map { "\(row)\($0),\($0)0" }.joined(separator: "\n")
    }
    for between in ["\n", "\n\n", "\n,\n"] {
      let export = read(rows.joined(separator: between) + "\n")
      #expect(export.plates.count == 1 && export.plates.first?.wells.count == 18)
    }
  }

  @Test("a heading names the plate in any reader's export", arguments: ["Tecan i-control", "GloMax", ""])
  func headings(reader: String) {
    let grid = "RLU,1,2,3\nA,1,2,3\nB,4,5,"
    let export = read("\(reader)\n\nPlate 1\n\n\(grid)6\n\nPlate 2\n\n\(grid)7\n\nPlate 3\nLuminescence\n\(grid)8\n")
    #expect(export.plates.map(\.barcode) == ["Plate 1", "Plate 2", "Plate 3"])
  }

  @Test("the vehicle with its share is the vehicle; a layout's header may stand below a title")
  func shares() {
    let set = layouts(
      (
        "l.csv",
        "Screen 5\nmade by,me\n\nwell,drug1,conc1,drug2,conc2\nA1,DMSO 0.1%,,0.1 % DMSO,\nA2,sel,1,DMSO (0.1%),\n"
      ))
    #expect(set.layouts.first?.wells.map(\.role) == [.negative, .sample], "\(set.problems)")
    #expect(set.layouts.first?.wells.last?.treatments.map(\.drug) == ["sel"])
  }

  @Test("wells of a drug alone that serve a block of another plate are told")
  func singlesOfOtherPlates() throws {
    let second = SmallPlate.layout(plate: "P2") { _, row in row.replacing(",b,", with: ",c,") }
    let layout = SmallPlate.layout() + second.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    let reads = [("a.csv", SmallPlate.read()), ("b.csv", SmallPlate.read(barcode: "P2"))]
    let (screen, problems) = SmallPlate.screen(reads, layout: layout)
    // Six wells of a alone on each plate are in both blocks.
    #expect(screen.blocks.count == 2)
    let told = try #require(problems.first("12 wells of a alone", "\"P1\", \"P2\"", "together"), "\(problems)")
    #expect(told.severity == .info && told.message.contains("block \"1\", \"2\" too"))
    #expect(problems.first("b alone") == nil && SmallPlate.screen().problems.first("alone on") == nil)
  }
}
