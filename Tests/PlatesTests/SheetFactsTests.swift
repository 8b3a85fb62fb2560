import Assay
import DoseTables
import Foundation
import Plates
import Testing

@Suite("Workbooks of several sheets that belong together")
struct SheetFactsTests {
  private func read(_ sheets: [(String, [[String]])]) throws -> ScreenFile {
    let bytes = try MadeWorkbook.archive(MadeWorkbook.parts(sheets.map { ($0.0, MadeWorkbook.cells($0.1)) }))
    return ScreenFile.read(bytes, name: "x.xlsx", options: .init(), otherKinds: .plates)
  }

  private let board = [
    ["", "0", "5", "50"], ["0", "100", "80", "60"], ["10", "70", "50", "30"], ["100", "40", "20", "10"],
  ]
  private func less(_ shift: Int) -> [[String]] {
    board.enumerated().map { row, cells in
      row == 0 ? cells : [cells[0]] + cells.dropFirst().map { "\((Int($0) ?? 0) - shift)" }
    }
  }

  @Test(
    "a sheet of names and values says what a matrix of another lacks",
    arguments: [
      [["Drug 1", "Selinexor"], ["Drug 2", "Venetoclax"], ["Unit", "nM"], ["Cell line", "MM.1S"]],
      [["Experiment", "of May"], ["Rows", "Selinexor (nM)"], ["Columns", "Venetoclax (nM)"], ["Cell line: MM.1S"]],
      [["Drug 1", "Selinexor", "nM"], ["Drug 2", "Venetoclax", "nM"], ["Cells", "MM.1S"], ["Operator", "Anna"]],
    ])
  func facts(info: [[String]]) throws {
    for sheets in [[("Data", board), ("Info", info)], [("Info", info), ("Data", board)]] {
      let file = try read(sheets)
      let block = try #require(file.blocks.first)
      #expect(block.axes.map(\.drug) == ["Selinexor", "Venetoclax"] && block.axes.map(\.unit.symbol) == ["nM", "nM"])
      #expect(block.axes.map(\.writtenName) == ["Selinexor", "Venetoclax"] && block.sample == "MM.1S")
      #expect(block.mean == [0, 20, 40, 30, 50, 70, 60, 80, 90] && file.drugNames == ["Selinexor", "Venetoclax"])
      #expect(file.problems.allSatisfy { $0.severity == .info } && file.problems.count == 1, "\(file.problems)")
      #expect(file.problems.first?.message.contains("sheet \"Info\": this sheet says") == true)
    }
  }

  @Test(
    "numbers and dates among the names and values are values too",
    arguments: [["Passage", "7"], ["Date", "2026-11-30"], ["Seeding density", "5000", "cells"], ["Date", "46356"]])
  func numbers(row: [String]) throws {
    let info = [["Drug 1", "Selinexor"], ["Drug 2", "Venetoclax"], ["Unit", "nM"], ["Cell line", "MM.1S"]]
    for place in 0...4 {
      let file = try read([("Data", board), ("Info", Array(info[..<place]) + [row] + Array(info[place...]))])
      let block = try #require(file.blocks.first)
      #expect(block.axes.map(\.drug) == ["Selinexor", "Venetoclax"] && block.sample == "MM.1S", "\(file.problems)")
      #expect(file.problems.allSatisfy { $0.severity == .info }, "\(file.problems)")
    }
  }

  @Test("sheets that are called after samples are of these, whatever another says of all, and this is doubted")
  func calledSamples() throws {
    let info = (
      "Info", [["Drug 1", "Selinexor"], ["Drug 2", "Venetoclax"], ["Unit", "nM"], ["Cell line", "MM.1S"]]
    )
    let samples = { (names: [String]) in
      let file = try self.read(names.map { ($0, self.board) } + [info])
      let doubts = file.problems.filter { $0.message.contains("this sheet says that the sample is MM.1S") }
      return (file.blocks.map { $0.sample ?? "" }, doubts.map { $0.severity == .warning })
    }
    #expect(try samples(["MM.1S", "U266"]) == (["MM.1S", "U266"], [true]))
    #expect(try samples(["MM1S", "HeLa"]) == (["MM.1S", "HeLa"], [true]))
    #expect(try samples(["RPMI 8226", "KMS-11"]) == (["RPMI 8226", "KMS-11"], [true]))
    // Neither is sure.
    #expect(try samples(["U266"]) == (["MM.1S"], [true]))
    #expect(try samples(["HeLa", "Jurkat"]) == (["MM.1S", "MM.1S"], [true]))
    for names in [
      ["Sheet1", "Sheet2"], ["Rep 1", "Rep 2"], ["Plate 1", "Plate 2"], ["Data"], ["Selinexor 1", "Selinexor 2"],
    ] {
      let (found, doubts) = try samples(names)
      #expect(Set(found) == ["MM.1S"] && doubts.isEmpty, "\(names)")
    }
  }

  @Test("a sheet that is not recognised is named with what it holds, and doubted where something is lacking")
  func unread() throws {
    let info = [["Experiment of May"], ["Drug", "Name"], ["A", "Selinexor"], ["B", "Venetoclax"]]
    let doubts = try read([("Data", board), ("Info", info)]).problems.filter { $0.severity == .warning }
    #expect(doubts.count == 1 && doubts.first?.message.contains("\"Experiment of May\"") == true)
    let whole = [["Drug1:", "a"], ["Drug2:", "b"], ["Cell:", "C"], ["ConcUnit:", "nM"]] + board
    let file = try read([("Data", whole), ("Info", info)])
    #expect(file.problems.map(\.severity) == [.info] && file.blocks.count == 1)
  }

  @Test("sheets of the same pair and sample are told, those called replicates too")
  func replicates() throws {
    let named = [["Selinexor (nM) \\ Bortezomib (nM)"] + board[0].dropFirst()]
    let sheets = { (one: String, other: String) in
      [(one, named + self.board.dropFirst()), (other, named + self.less(4).dropFirst())]
    }
    let told = try read(sheets("Rep 1", "Rep 2"))
    #expect(told.blocks.count == 2)
    #expect(
      told.problems(.warning).contains { $0.message.contains("sheet \"Rep 1\" (line 1), sheet \"Rep 2\" (line 1)") })
    let apart = try read(sheets("MM1S", "U266"))
    #expect(
      apart.blocks.count == 2
        && apart.problems.contains { $0.message.contains("sheet \"U266\"") && $0.severity == .warning })
  }

  @Test("a layout in several sheets, or with doses in a list, is called one", arguments: [true, false])
  func layout(isWorkbook: Bool) throws {
    let letters = ["A", "B", "C", "D", "E", "F", "G", "H"]
    let grid = { (value: (Int, Int) -> String) -> [[String]] in
      [[""] + (1...12).map(String.init)]
        + letters.enumerated().map { row, letter in [letter] + (1...12).map { value(row, $0) } }
    }
    let file: ScreenFile
    if isWorkbook {
      file = try read([
        ("Conc1", grid { "\($1)" }), ("Drug1", grid { _, _ in "selinexor" }), ("Conc2", grid { row, _ in "\(row)" }),
        ("Drug2", grid { _, _ in "bortezomib" }),
      ])
    } else {
      var text = "Well,Drug A,Drug A conc,Drug B,Drug B conc,Cell line\n"
      for letter in letters { for column in 1...12 { text += "\(letter)\(column),a,\(column),b,1,MM1S\n" } }
      file = ScreenFile.read(Array(text.utf8), name: "l.csv", options: .init(), otherKinds: .plates)
    }
    #expect(
      file.problems.count == 1 && file.problems.first?.message.hasPrefix("this is a layout") == true, "\(file.problems)"
    )
  }

  @Test("a plate's name in German, and rows and columns beside wells, are no channels")
  func channels() {
    let grid = ",1,2,3,4,5,6\n" + ["A", "B", "C", "D"].map { "\($0),100,200,300,400,500,600\n" }.joined()
    let plates = PlateExport.read(Array(("Platte 1\n" + grid + "\nPlatte 2\n" + grid).utf8), name: "x.csv").plates
    #expect(plates.map(\.barcode) == ["Platte 1", "Platte 2"] && plates.allSatisfy { $0.channel == nil })
    var list = "Well,Row,Column,Wert\n"
    for (row, letter) in ["A", "B", "C", "D"].enumerated() {
      for column in 1...6 { list += "\(letter)\(column),\(row + 1),\(column),\(100 * column)\n" }
    }
    let read = PlateExport.read(Array(list.utf8), name: "x.csv").plates
    #expect(read.count == 1 && read.first?.channel.map { $0 == "Wert" } ?? true)
  }
}
