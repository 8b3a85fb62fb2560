import Assay
import DoseTables
import Plates
import ReadingSamples
import Testing

/// Layouts in workbooks as people draw them: merged cells, conditions in sheets of their own, hidden sheets and rows.
@Suite("Layouts whose cells are merged or hidden")
struct FourthReviewTests {
  /// A workbook of sheets, with merged cells in the first, sheets that are hidden, and rows of the first that are.
  static func workbook(
    _ sheets: [(name: String, rows: [[String]])], merged: [String] = [], hidden: Set<String> = [],
    hiddenRows: Set<Int> = []
  ) throws -> [UInt8] {
    var parts = MadeWorkbook.parts(sheets.map { ($0.name, MadeWorkbook.cells($0.rows)) })
    for place in parts.indices {
      var text = String(decoding: parts[place].1, as: UTF8.self)
      if parts[place].0 == "xl/workbook.xml" {
        for name in hidden {
          text = text.replacing("<sheet name=\"\(name)\"", with: "<sheet state=\"hidden\" name=\"\(name)\"")
        }
      }
      if parts[place].0 == "xl/worksheets/sheet1.xml" {
        let cells = merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        text = text.replacing("</sheetData>", with: "</sheetData><mergeCells>\(cells)</mergeCells>")
        for row in hiddenRows { text = text.replacing("<row r=\"\(row)\"", with: "<row r=\"\(row)\" hidden=\"1\"") }
      }
      parts[place].1 = Array(text.utf8)
    }
    return try MadeWorkbook.archive(parts)
  }

  private func wells(_ set: LayoutSet) -> [String: PlateLayout.Well] {
    Dictionary(
      set.layouts.flatMap(\.wells).map { ($0.position.description, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Grids one under another: a in row A and B of columns 2 to 4, DMSO in column 1, b in row B alone; doses in each well.
  private static let grids: [[String]] = [
    ["drug1", "1", "2", "3", "4"], ["A", "DMSO", "a", "", ""], ["B", "", "", "", ""],
    ["conc1 (nM)", "1", "2", "3", "4"], ["A", "", "1", "2", "4"], ["B", "", "1", "2", "4"],
    ["drug2", "1", "2", "3", "4"], ["A"], ["B", "", "b", "", ""],
    ["conc2 (nM)", "1", "2", "3", "4"], ["A"], ["B", "", "9", "", ""],
  ]

  @Test("what merged cells hold is in all wells of the merge, sideways, downwards and both")
  func merged() throws {
    let set = LayoutSet(
      files: [("P1.xlsx", try Self.workbook([("plate", Self.grids)], merged: ["B2:B3", "C2:E3", "C9:E9", "C12:E12"]))])
    let read = wells(set)
    #expect(read["A1"]?.role == .negative && read["B1"]?.role == .negative)
    for (column, dose) in [(2, 1.0), (3, 2), (4, 4)] {
      #expect(read["A\(column)"]?.treatments == [.init(drug: "a", dose: dose, unit: .init("nM"))])
      let both = read["B\(column)"]?.treatments
      #expect(both == [.init(drug: "a", dose: dose, unit: .init("nM")), .init(drug: "b", dose: 9, unit: .init("nM"))])
    }
  }

  @Test("in a sheet shaped as the plate, and in a drawing")
  func mergedSheets() throws {
    let sheets: [(String, [[String]])] = [
      ("drug1", [["DMSO", "a", "", ""]]), ("conc1 (nM)", [["", "1", "2", "4"], ["", "1", "2", "4"]]),
    ]
    let read = wells(LayoutSet(files: [("P1.xlsx", try Self.workbook(sheets, merged: ["B1:D2", "A1:A2"]))]))
    #expect(["A1", "B1"].allSatisfy { read[$0]?.role == .negative })
    #expect(["A2", "A3", "A4", "B2", "B3", "B4"].allSatisfy { read[$0]?.treatments.map(\.drug) == ["a"] })
    let drawing = [["", "1", "2", "3", "4"], ["A", "DMSO", "", "a 1 nM", ""], ["B", "b 2 nM", "", "", ""]]
    let bytes = try Self.workbook([("Sheet1", drawing)], merged: ["B2:C2", "D2:E2", "B3:E3"])
    let drawn = wells(LayoutSet(files: [("P1.xlsx", bytes)]))
    #expect(drawn["A2"]?.role == .negative && drawn["A4"]?.treatments.map(\.dose) == [1])
    #expect(["B1", "B2", "B3", "B4"].allSatisfy { drawn[$0]?.treatments.map(\.drug) == ["b"] })
  }

  @Test("a merge that is not of wells alone is refused by name", arguments: ["C2:F2", "A2:C2", "C3:C4", "C1:C2"])
  func mergedBeyond(cells: String) throws {
    var rows = Self.grids
    // The text stands in the merge's first cell.
    if cells == "C3:C4" { rows[2][2] = "a" }
    let set = LayoutSet(files: [("P1.xlsx", try Self.workbook([("plate", rows)], merged: [cells]))])
    #expect(set.layouts.isEmpty)
    let problem = set.problems.first("sheet \"plate\"", cells, "beyond the plate's wells", "Unmerge")
    #expect(problem?.severity == .error)
    // Titles and notes beside a grid are none of its wells.
    let title = [["My plate"]] + Self.grids.map { $0 + (($0.count == 5) ? ["", "note"] : []) }
    let other = try Self.workbook([("plate", [["x"]]), ("p", title)], merged: ["A1:G1"])
    #expect(LayoutSet(files: [("P1.xlsx", other)]).problems.first("Unmerge") == nil)
  }

  @Test("a grid that stands twice is refused: a file of grids is one plate")
  func gridTwice() throws {
    let text = (Self.grids + Self.grids).map { $0.joined(separator: ",") }.joined(separator: "\n")
    let set = layouts((name: "l.csv", text: text))
    #expect(set.layouts.isEmpty)
    #expect(set.problems.first("line 13", "second grid", "\"drug1\"")?.severity == .error)
  }

  // MARK: conditions

  /// Rows of `well,drug1,conc1,drug2,conc2,unit,…`: a 3 × 3 grid of a and a partner with both alone, and a control, in the wells
  /// of four rows from a column on.
  static func rows(
    _ column: Int, _ doses: [Double], partner: String = "b", last: (_ isControl: Bool) -> String
  ) -> [[String]] {
    var rows: [[String]] = []
    for (row, first) in ([0] + doses).enumerated() {
      for (place, second) in ([0] + doses).enumerated() {
        let well = WellPosition(row: row, column: column + place).description
        rows.append([
          well, first > 0 ? "a" : "DMSO", first > 0 ? "\(first)" : "", second > 0 ? partner : "",
          second > 0 ? "\(second)" : "", "nM", last(first + second == 0),
        ])
      }
    }
    return rows
  }

  static func table(_ condition: String, _ rows: [[String]]) -> String {
    ([["well", "drug1", "conc1", "drug2", "conc2", "unit", condition]] + rows).map { $0.joined(separator: ",") + "\n" }
      .joined()
  }

  private func screen(_ set: LayoutSet) -> ScreenPlates {
    ScreenPlates(
      exports: [.init(file: "P1.csv", reads: [ThirdReviewTests.read("P1")])], layouts: set.layouts)
  }

  @Test("values of a condition that have dose grids of their own are samples; controls without one serve them all")
  func ownDoses() {
    let rows =
      Self.rows(0, [1, 10, 100]) { $0 ? "" : "donor X" } + Self.rows(5, [2, 20, 200]) { $0 ? "" : "donor Y" }
    let set = layouts((name: "P1.csv", text: Self.table("donor", rows)))
    #expect(set.problems.first("\"donor\"", "\"donor X\", \"donor Y\"")?.severity == .warning)
    let blocks = screen(set).blocks
    #expect(blocks.map(\.matrix.sample) == ["donor donor X", "donor donor Y"])
    #expect(
      blocks.map { $0.matrix.axes.map(\.doses) } == [
        [[0, 1, 10, 100], [0, 1, 10, 100]], [[0, 2, 20, 200], [0, 2, 20, 200]],
      ])
    // 15 wells with a dose each, and both controls in both.
    #expect(blocks.map(\.matrix.wellCount) == [17, 17])
    // Halves of one grid are one block.
    let halves = Self.rows(0, [1, 10, 100]) { _ in "" }.enumerated().map { place, row in
      Array(row.dropLast()) + [place % 4 < 2 ? "left" : "right"]
    }
    let one = layouts((name: "P1.csv", text: Self.table("half", halves)))
    #expect(screen(one).blocks.map(\.matrix.sample) == [nil])
  }

  @Test("and so are those that have drugs of their own, where controls have them too")
  func ownDrugs() {
    let rows = { (control: Bool) in
      Self.rows(0, [1, 10, 100]) { $0 && !control ? "" : "X" }
        + Self.rows(5, [2, 20, 200], partner: "c") { $0 && !control ? "" : "Y" }
    }
    let set = layouts((name: "P1.csv", text: Self.table("medium", rows(true))))
    #expect(screen(set).blocks.map(\.matrix.sample) == ["medium X", "medium Y"])
    #expect(screen(set).blocks.map { $0.matrix.axes[0].doses } == [[0, 1, 10, 100], [0, 2, 20, 200]])
    // A class of the partner is none of the wells without it.
    let classes = layouts((name: "P1.csv", text: Self.table("class", rows(false))))
    #expect(screen(classes).blocks.map(\.matrix.sample) == [nil, nil])
  }

  @Test("a condition may be a grid or a sheet of its own", arguments: [false, true])
  func conditionGrid(isWorkbook: Bool) throws {
    let rows = Self.rows(0, [1, 10, 100]) { _ in "X" } + Self.rows(5, [2, 20, 200]) { _ in "Y" }
    let names = ["drug1", "conc1", "drug2", "conc2", "medium"]
    var sheets: [(name: String, rows: [[String]])] = []
    for (name, field) in zip(names, [1, 2, 3, 4, 6]) {
      var cells = [[name] + (1...9).map(String.init)] + "ABCD".map { ["\($0)"] + [String](repeating: "", count: 9) }
      for row in rows {
        guard let well = WellPosition(row[0]) else { continue }
        cells[well.row + 1][well.column + 1] = row[field]
      }
      sheets.append((name, cells))
    }
    let text = sheets.flatMap(\.rows).map { $0.joined(separator: ",") + "\n" }.joined()
    let set = LayoutSet(files: [isWorkbook ? ("P1.xlsx", try Self.workbook(sheets)) : ("P1.csv", Array(text.utf8))])
    #expect(set.problems.first("\"medium\"", "\"X\", \"Y\"")?.severity == .warning)
    #expect(screen(set).blocks.map(\.matrix.sample) == ["medium X", "medium Y"])
    #expect(screen(set).blocks.map { $0.matrix.axes[0].doses } == [[0, 1, 10, 100], [0, 2, 20, 200]])
  }

  // MARK: what is hidden

  @Test("a hidden sheet is no part of a layout, and that is said")
  func hiddenLayout() throws {
    let sheets: [(String, [[String]])] = [
      ("drug1", [["DMSO", "a"]]), ("conc1 (nM)", [["", "7"]]), ("role", [["positive", "sample"]]),
    ]
    let set = LayoutSet(files: [("P1.xlsx", try Self.workbook(sheets, hidden: ["role"]))])
    #expect(wells(set)["A1"]?.role == .negative)
    #expect(set.problems.first("\"role\"", "hidden", "not read", "unhide")?.severity == .warning)
  }

  @Test("nor is it an export")
  func hiddenExport() throws {
    let rows = [["", "1", "2", "3"], ["A", "10", "20", "30"], ["B", "40", "50", "60"]]
    let other = [["", "1", "2", "3"], ["A", "11", "21", "31"], ["B", "41", "51", "61"]]
    let bytes = try Self.workbook([("P1", rows), ("P2", other)], hidden: ["P2"])
    let export = PlateExport.read(bytes, name: "e.xlsx")
    #expect(export.plates.map(\.barcode) == ["P1"])
    #expect(export.problems.first("\"P2\"", "hidden", "unhide")?.severity == .warning)
    let filtered = PlateExport.read(try Self.workbook([("P1", rows)], hiddenRows: [3]), name: "e.xlsx")
    #expect(filtered.plates.first?.wells.map(\.value) == [10, 20, 30, 40, 50, 60])
    #expect(filtered.problems.first("sheet \"P1\"", "1 row is hidden", "row 3")?.severity == .warning)
  }

  @Test("nor a table of doses, unless it is asked for by its name")
  func hiddenTable() throws {
    func rows(_ top: String) -> [[String]] {
      [["drug1", "drug2", "conc1", "conc2", "inhibition"]]
        + [("0", "0", "0"), ("0", "1", "20"), ("1", "0", "30"), ("1", "1", top)].map { ["a", "b", $0.0, $0.1, $0.2] }
    }
    let bytes = try Self.workbook(
      [("new", rows("60")), ("old", rows("90"))], hidden: ["old"], hiddenRows: [3, 4])
    let file = ScreenFile.read(bytes, name: "t.xlsx", options: .init())
    #expect(file.blocks.map(\.wellCount) == [4] && file.blocks.first?.mean.max() == 60)
    #expect(file.problems.first("\"old\"", "hidden", "--sheet")?.severity == .warning)
    #expect(file.problems.first("sheet \"new\"", "2 rows are hidden", "row 3")?.severity == .warning)
    var options = ReadingOptions()
    options.sheet = "old"
    let asked = ScreenFile.read(bytes, name: "t.xlsx", options: options)
    #expect(asked.blocks.first?.mean.max() == 90 && asked.problems.first("hidden") == nil)
    let none = ScreenFile.read(
      try Self.workbook([("old", rows("9"))], hidden: ["old"]), name: "t.xlsx", options: .init())
    #expect(none.blocks.isEmpty && none.problems.first("no worksheet with a cell")?.severity == .error)
  }
}
