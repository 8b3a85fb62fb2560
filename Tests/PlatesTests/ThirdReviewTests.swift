import Assay
import Plates
import ReadingSamples
import Testing

/// What layouts, manifests and logs say of wells and plates is heard, or asked about; nothing of it is passed over in silence.
@Suite("Layouts whose words contradict one another")
struct ThirdReviewTests {
  /// A 4 × 4 grid of drugs a and b from a well on, in rows of `well,role,drug1,conc1,unit1,drug2,conc2,unit2`; `last` is what
  /// a further column says.
  static func grid(
    from first: String = "B2", partner: String = "b", role: Bool = true, last: (Int, Int) -> String? = { _, _ in nil }
  ) -> String {
    let start = WellPosition(first) ?? WellPosition(row: 1, column: 1)
    var text = ""
    for row in 0..<4 {
      for column in 0..<4 {
        let well = WellPosition(row: start.row + row, column: start.column + column)
        let isControl = row + column == 0
        text += "\(well)," + (role ? (isControl ? "negative," : "sample,") : "")
        text += "a,\([0, 1, 2, 4][row]),uM,\(partner),\([0, 1, 3, 9][column]),nM"
        text += (last(row, column).map { "," + $0 } ?? "") + "\n"
      }
    }
    return text
  }

  static let header = "well,role,drug1,conc1,unit1,drug2,conc2,unit2"

  /// A reading in which every treated well reads less than 1000.
  static func read(_ barcode: String?, channel: String? = nil, sign: Double = -1) -> PlateRead {
    var wells: [PlateRead.Well] = []
    for row in 0..<8 {
      for column in 0..<12 {
        let step = Double(40 * ((row + column) % 9))
        wells.append(.init(position: .init(row: row, column: column), value: 1000 + sign * step, line: row + 2))
      }
    }
    return PlateRead(
      barcode: barcode, format: PlateFormat.standard[4], reader: "test", channel: channel, wells: wells)
  }

  private func screen(
    _ layout: String, barcodes: [String] = ["P1"], manifest: String? = nil, options: PlateOptions = .init()
  ) -> (screen: ScreenPlates, problems: [InputProblem]) {
    let set = layouts((name: "l.csv", text: layout), options: options.transfers)
    let list = manifest.map { PlateManifest(Array($0.utf8), file: "m.csv") } ?? .init()
    let screen = ScreenPlates(
      exports: barcodes.map { NamedExport(file: "\($0).csv", reads: [Self.read($0)]) }, layouts: set.layouts,
      manifest: list, options: options)
    return (screen, set.problems + list.problems + screen.problems)
  }

  // MARK: sheets

  private func workbook(_ names: [String]) throws -> [UInt8] {
    let sheets = names.enumerated().map { place, name in
      let text = Self.header + "\n" + Self.grid(from: place == 0 ? "B2" : "B6", partner: place == 0 ? "b" : "c")
      let rows = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
      return (name: name, rows: MadeWorkbook.cells(rows))
    }
    return try MadeWorkbook.archive(MadeWorkbook.parts(sheets))
  }

  @Test("sheets that are layouts are of the plates that they are called as; without names they are refused")
  func sheets() throws {
    let set = LayoutSet(files: [("l.xlsx", try workbook(["P1", "P2"]))])
    #expect(set.layouts.map(\.plate) == ["P1", "P2"] && set.layouts.allSatisfy { !$0.isTemplate })
    #expect(set.layouts.map(\.wells.count) == [16, 16])
    #expect(set.problems.first("\"P1\", \"P2\"", "the plate it is called as")?.severity == .info)
    let exports = ["P1", "P2"].map { (plate: String) in
      NamedExport(file: "\(plate).csv", reads: [Self.read(plate)])
    }
    let screen = ScreenPlates(exports: exports, layouts: set.layouts)
    #expect(screen.blocks.map { $0.matrix.axes.map(\.drug) } == [["a", "b"], ["a", "c"]])
    #expect(screen.blocks.map(\.plates) == [["P1"], ["P2"]])
    let nameless = LayoutSet(files: [("l.xlsx", try workbook(["Sheet1", "Sheet2"]))])
    #expect(nameless.layouts.isEmpty)
    #expect(nameless.problems.first("\"Sheet1\", \"Sheet2\"", "nothing says of which plates")?.severity == .error)
  }

  // MARK: conditions

  @Test("a condition that controls at dose 0 leave blank tells samples apart", arguments: ["", "NA", "-"])
  func conditionOfControlsAtZero(blank: String) {
    let early = Self.grid(from: "B2") { $0 + $1 == 0 ? blank : "early" }
    let late = Self.grid(from: "B7") { $0 + $1 == 0 ? blank : "late" }
    let text = "\(Self.header),schedule\n\(early)\(late)"
    let (screen, problems) = screen(text)
    #expect(screen.blocks.map(\.matrix.sample) == ["schedule early", "schedule late"])
    #expect(problems.first("\"schedule\"", "tells wells of one treatment apart")?.severity == .warning)
  }

  @Test("drugs alone that leave a condition blank serve all its values")
  func blankConditionOfSingles() throws {
    func text(_ other: String) -> String {
      let early = Self.grid(from: "B2") { $0 * $1 == 0 ? "" : "early" }
      let late = Self.grid(from: "B7") { $0 * $1 == 0 ? "" : other }
      let rows = (early + late).split(separator: "\n").map { "S,\($0)\n" }
      return "sample,\(Self.header),schedule\n\(rows.joined())"
    }
    let (screen, _) = screen(text("late"))
    #expect(screen.blocks.map(\.matrix.sample) == ["S, schedule early", "S, schedule late"])
    // Six wells of a drug alone and the 0/0 wells, twice.
    #expect(screen.blocks.map(\.matrix.wellCount) == [9 + 2 * 7, 9 + 2 * 7])
    // Combinations without a value are a condition of their own.
    #expect(self.screen(text("")).screen.blocks.map(\.matrix.sample).contains("S"))
  }

  @Test("with one drug a row, what one row of a well says is said of the well")
  func conditionOfOneRow() {
    var text = "plate,well,drug,conc,unit,washout\n"
    for (start, washout) in [("B2", ""), ("B7", "6h")] {
      for line in Self.grid(from: start, role: false).split(separator: "\n") {
        let cells = line.split(separator: ",").map(String.init)
        let isControl = cells[2] == "0" && cells[5] == "0"
        if isControl { text += "P1,\(cells[0]),DMSO,,,0\n" }
        if cells[2] != "0" { text += "P1,\(cells[0]),a,\(cells[2]),uM,\(cells[5] == "0" ? washout : "")\n" }
        if cells[5] != "0" { text += "P1,\(cells[0]),b,\(cells[5]),nM,\(washout)\n" }
      }
    }
    let (screen, problems) = screen(text)
    #expect(problems.first("\"washout\"", "tells wells of one treatment apart")?.severity == .warning)
    #expect(screen.blocks.map(\.matrix.sample) == [nil, "washout 6h"])
    #expect(screen.blocks.map(\.matrix.wellCount) == [15 + 2, 15 + 2])
  }

  @Test("a column that marks wells is warned of", arguments: ["exclude", "QC", "outlier", "use"])
  func marks(name: String) {
    let text = Self.header + ",\(name)\n" + Self.grid { $0 == 1 && $1 == 1 ? "TRUE" : "" }
    #expect(screen(text).problems.first("\"\(name)\"", "TRUE", "--mask")?.severity == .warning)
    let plain = Self.header + ",\(name)\n" + Self.grid { _, _ in "no" }
    #expect(screen(plain).problems.first("--mask") == nil)
  }

  // MARK: plates

  @Test(
    "a column of plates is known by the parts of its name",
    arguments: [
      "Plate Number", "Plate No", "Plate Nr", "Plate label", "Assay Plate ID", "Assay Plate Barcode",
      "Destination Plate", "dest_plate", "BarcodeID", "Platte",
    ])
  func plateColumns(name: String) {
    let rows = Self.grid().split(separator: "\n").map { "P9," + $0 + "\n" }.joined()
    let (screen, problems) = screen("\(name)," + Self.header + "\n" + rows)
    #expect(screen.blocks.isEmpty)
    #expect(problems.first("plate P1 is in no layout", "P9")?.severity == .error)
    let own = layouts((name: "l.csv", text: "Source plate,plate type,\(Self.header)\nS1,384,\(Self.grid())"))
    #expect(own.layouts.map(\.isTemplate) == [true])
  }

  @Test("plates of one layout that a manifest says no sample of are no replicates")
  func manifestWithoutSamples() {
    let layout = Self.header + "\n" + Self.grid()
    for (manifest, samples) in [
      ("plate,layout\nR1,l.csv\nR2,l.csv\n", ["R1", "R2"]),
      ("plate,layout,sample\nR1,l.csv,\nR2,l.csv,\n", ["R1", "R2"]),
      ("plate,layout,sample\nR1,l.csv,S\nR2,l.csv,S\n", ["S"]),
      ("plate,layout,sample,hours\nR1,l.csv,S,24\nR2,l.csv,S,72\n", ["S, hours 24", "S, hours 72"]),
      ("plate,layout,sample,donor\nR1,l.csv,S,D1\nR2,l.csv,S,D2\n", ["S, donor D1", "S, donor D2"]),
      ("plate,layout,treatment\nR1,l.csv,siA\nR2,l.csv,siB\n", ["treatment siA", "treatment siB"]),
      ("plate,layout,sample,replicate\nR1,l.csv,S,1\nR2,l.csv,S,2\n", ["S"]),
    ] {
      let (screen, problems) = screen(layout, barcodes: ["R1", "R2"], manifest: manifest)
      #expect(screen.blocks.compactMap(\.matrix.sample) == samples, "\(manifest)")
      let isTold = problems.first("tells plates of one layout and sample apart") != nil
      #expect(isTold == samples[0].contains(" "), "\(manifest)")
    }
    let twice = screen(
      layout, barcodes: ["R1", "R2"], manifest: "plate,layout,sample\nR1,l.csv,S\nR2,l.csv,S\nR2,l.csv,T\n")
    #expect(twice.screen.plates.map(\.plate) == ["R1"])
    #expect(twice.problems.first("plate R2", "named again", "excluded")?.severity == .error)
  }

  @Test("plates that a layout names, without a sample, are replicates, and that is said")
  func pooledPlates() {
    let rows = ["P1", "P2"].map { plate in
      Self.grid().split(separator: "\n").map { "\(plate)," + $0 + "\n" }.joined()
    }.joined()
    let (screen, problems) = screen("plate," + Self.header + "\n" + rows, barcodes: ["P1", "P2"])
    #expect(screen.blocks.count == 1)
    #expect(problems.first("\"P1\", \"P2\"", "replicates of one block", "column sample")?.severity == .info)
  }

  @Test("exports of two channels in a plate list are asked about")
  func channels() {
    let layout = "plate," + Self.header + "\n" + Self.grid().split(separator: "\n").map { "1," + $0 + "\n" }.joined()
    let manifest = "Filename\tPlate\tReplicate\tChannel\nr1.csv\t1\t1\tred\nr2.csv\t1\t1\tgreen\n"
    let asked = screen(layout, barcodes: ["r1", "r2"], manifest: manifest)
    #expect(asked.screen.blocks.isEmpty)
    #expect(asked.problems.first("\"green\", \"red\"", "--channel")?.severity == .error)
    #expect(asked.problems.first("was not read", "Replicate") == nil)
    var options = PlateOptions()
    options.channel = "red"
    let red = screen(layout, barcodes: ["r1", "r2"], manifest: manifest, options: options).screen
    #expect(red.plates.map(\.file) == ["r1.csv"] && red.blocks.count == 1)
  }

  // MARK: roles

  @Test(
    "a control that has drugs is neither; a background that every well has is none", arguments: ["negative", "blank"])
  func rolesAgainstDrugs(role: String) throws {
    let text = Self.header + "\n" + Self.grid().replacing("C3,sample", with: "C3,\(role)")
    let set = layouts((name: "l.csv", text: text))
    #expect(set.problems.first("well C3", "\(role) by role", "\"a\", \"b\"", "excluded")?.severity == .warning)
    #expect(set.layouts[0].wells.first { $0.position == WellPosition("C3") }?.role == .empty)
    let background = "drug3,conc3,unit3," + Self.header + "\n"
    let rows = Self.grid().split(separator: "\n").map { "c,7,nM," + $0 + "\n" }.joined()
    let withBackground = layouts((name: "l.csv", text: background + rows))
    #expect(withBackground.problems.first("by role") == nil)
    #expect(withBackground.layouts[0].wells.first?.role == .negative)
    let positive = layouts((name: "l.csv", text: text.replacing("C3,\(role)", with: "C3,positive")))
    #expect(positive.problems.first("well C3", "positive by role", "the role stands")?.severity == .warning)
    let empty = layouts((name: "l.csv", text: text.replacing("C3,\(role)", with: "C3,excluded")))
    #expect(empty.problems.first("well C3", "not used")?.severity == .info)
  }

  @Test("a column of roles that is blank says nothing", arguments: ["", "NA"])
  func blankRoles(blank: String) {
    let text = Self.grid().replacing("negative", with: blank).replacing("sample", with: blank)
    let wells = layouts((name: "l.csv", text: Self.header + "\n" + text)).layouts[0].wells
    #expect(wells.filter { $0.role == .negative }.map(\.position.description) == ["B2"])
    #expect(wells.count { $0.role == .sample } == 15)
  }

  @Test("water, buffer and medium beside DMSO are asked about", arguments: ["PBS", "medium", "Water", "media"])
  func medium(name: String) {
    let rows = "well,drug1,conc1,unit1,drug2,conc2,unit2\n" + Self.grid(role: false)
    let edge = ["A1", "A2", "H12"].map { "\($0),\(name),,,,,\n" }.joined()
    let set = layouts((name: "l.csv", text: rows + "A11,DMSO,,,,,\n" + edge))
    #expect(set.layouts[0].wells.filter { $0.role == .negative }.map(\.position.description) == ["A11", "B2"])
    #expect(set.problems.first("wells A1, A2, H12", "may have no cells")?.severity == .warning)
    let drawing = layouts((name: "d.csv", text: ",1,2,3\nA,DMSO,\(name),a 1 uM\nB,b 1 nM,a 1 uM + b 1 nM,DMSO\n"))
    #expect(drawing.layouts[0].wells.filter { $0.role == .negative }.map(\.position.description) == ["A1", "B3"])
    // Alone it is the vehicle.
    let only = layouts((name: "d.csv", text: ",1,2,3\nA,\(name),\(name),a 1 uM\nB,b 1 nM,a 1 uM + b 1 nM,\(name)\n"))
    #expect(only.layouts[0].wells.count { $0.role == .negative } == 3)
  }

  @Test(
    "vehicles and controls in the place of a drug, without a dose", arguments: ["EtOH", "NT", "Neg. control", "neg"])
  func vehicles(name: String) {
    let text = "well,drug1,conc1,unit1,drug2,conc2,unit2\nA11,\(name),,,,,\n" + Self.grid(role: false)
    let set = layouts((name: "l.csv", text: text))
    #expect(set.layouts[0].wells.first?.role == .negative)
    #expect(set.problems.first("dose") == nil)
  }

  // MARK: wells and units

  @Test("rows and columns as numbers, marks within names, and numbered wells")
  func wellNames() {
    let rows = "row,column,role\n1,11,negative\n2,1,positive\n"
    #expect(layouts((name: "l.csv", text: rows)).layouts[0].wells.map(\.position.description) == ["A11", "B1"])
    // Numbers from 0: which well any of them is can not be told.
    let zero = layouts((name: "l.csv", text: "row,column,role\n0,10,negative\n1,1,positive\n"))
    #expect(zero.layouts.isEmpty && zero.problems.first("\"11\" is no well") != nil)
    let marked = layouts((name: "l.csv", text: "well,role\nB:2,negative\nB-03,positive\n"))
    #expect(marked.layouts[0].wells.map(\.position.description) == ["B2", "B3"])
    let numbers = (1...96).map { "\($0),\($0 == 14 ? "negative" : "empty")\n" }.joined()
    let numbered = layouts((name: "l.csv", text: "well,role\n" + numbers))
    #expect(numbered.layouts[0].wells.filter { $0.role == .negative }.map(\.position.description) == ["B2"])
    #expect(numbered.problems.first("numbered", "13 is B1")?.severity == .info)
    #expect(
      layouts((name: "l.csv", text: "well,role\n1,negative\n2,positive\n")).problems.first("\"1\" is no well") != nil)
  }

  @Test("a layout without units says so; one that is layout and reading in one does not miss its reading")
  func units() {
    let text = Self.header + "\n" + Self.grid().replacing("uM", with: "")
    #expect(layouts((name: "l.csv", text: text)).problems.first("no unit", "\"a\"")?.severity == .info)
    let both = Self.header + ",RLU\n" + Self.grid { _, _ in "900" }
    #expect(layouts((name: "l.csv", text: both)).problems.first("not needed") == nil)
  }

  @Test("patterns of wells in a plate configuration")
  func patterns() {
    let layout = "plate," + Self.header + "\n" + Self.grid().split(separator: "\n").map { "1," + $0 + "\n" }.joined()
    let text = "Wells: 96\nPlates: 1\nPlate\tWell\tContent\n*\t*\tsample\n[12]\t[A-H]11\tneg\n*\tA0[1,3]|H12\tpos\n"
    let set = layouts((name: "a.csv", text: layout), (name: "c.txt", text: text))
    func wells(_ role: PlateLayout.Role) -> [String] {
      set.layouts[0].wells.filter { $0.role == role }.map(\.position.description)
    }
    #expect(wells(.negative) == ["A11", "B2", "B11", "C11", "D11", "E11", "F11", "G11", "H11"])
    #expect(wells(.positive) == ["A1", "A3", "H12"])
  }
}
