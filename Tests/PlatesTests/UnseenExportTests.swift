import Assay
import DoseTables
import ReadingSamples
import Testing

/// Exports that were invented to trip the readers: each was misread or not read at first.
@Suite struct UnseenExportTests {
  private func value(_ row: Int, _ column: Int) -> Double { 1000 * Double(row + 1) + 10 * Double(column + 1) + 0.5 }

  /// A grid of 96 wells whose row r, column c (from 0) holds `value(r, c)`.
  private func grid(
    columns: [String] = (1...12).map(String.init), corner: String = "", ends: (Int) -> String = { _ in "" },
    rows: (String) -> String = { $0 }
  ) -> String {
    let body = (0..<8).map { row in
      ([rows(WellPosition(row: row, column: 0).rowName)] + (0..<12).map { "\(value(row, $0))" })
        .joined(separator: ",") + ends(row)
    }
    return ([([corner] + columns).joined(separator: ",")] + body).joined(separator: "\n") + "\n"
  }

  /// Whether the plate holds every well of `grid()`.
  private func isWhole(_ plate: PlateRead?) -> Bool {
    guard let plate, plate.format.wells == 96, plate.wells.count == 96 else { return false }
    return plate.wells.allSatisfy { $0.value == value($0.position.row, $0.position.column) }
  }

  @Test(arguments: ["C", "C0", "Col", "Col ", "Column ", "column_", "Spalte "])
  func `columns named in words above rows A to H are no wells of row C`(prefix: String) {
    let names = (1...12).map { $0 > 9 && prefix == "C0" ? "C\($0)" : "\(prefix)\($0)" }
    let export = readExport(grid(columns: names, rows: { prefix == "Column " ? "Row " + $0 : $0 }))
    #expect(export.plates.count == 1 && isWhole(export.plates.first), "\(export.problems)")
  }

  @Test func `columns named in words keep their numbers where they are a part of the plate`() {
    let plate = readExport(",Col 3,Col 4\nB,1,2\nC,3,4\n").plates.first
    #expect(plate?.value("B3") == 1 && plate?.value("C4") == 4 && plate?.wells.count == 4)
  }

  @Test func `wells of row C in a header stay wells`() {
    let plate = readExport("Well,C1,C2,C3\nSignal,5,6,7\n").plates.first
    #expect(plate?.value("C3") == 7 && plate?.wells.count == 3)
  }

  @Test func `columns from 12 down to 1 keep their numbers`() {
    let mirrored = (0..<8).map { row in
      ([WellPosition(row: row, column: 0).rowName] + (0..<12).reversed().map { "\(value(row, $0))" })
        .joined(separator: ",")
    }
    let header = "," + (1...12).reversed().map(String.init).joined(separator: ",")
    #expect(isWhole(readExport(([header] + mirrored).joined(separator: "\n")).plates.first))
  }

  @Test func `rows named at both ends are one plate`() {
    let export = readExport(grid(ends: { "," + WellPosition(row: $0, column: 0).rowName }))
    #expect(export.plates.count == 1 && isWhole(export.plates.first))
  }

  @Test func `a value too many in a row takes the row's wells away`() {
    let export = readExport(grid(ends: { $0 == 2 ? ",99" : "" }))
    #expect(export.plates.count == 1 && export.plates.first?.value("C1") == nil)
    #expect(export.plates.first?.value("B1") != nil && export.plates.first?.value("D1") != nil)
    #expect(export.problems.contains { $0.message.contains("row \"C\" has 13 values") && $0.severity == .warning })
  }

  @Test func `one column below Tecan's corner`() {
    let plate = readExport("Application: Tecan i-control\nLabel: Lum\n\n<>\t3\nA\t1.5\nB\t2.5\n\nEnd Time:\tx\n").plates
      .first
    #expect(plate?.value("A3") == 1.5 && plate?.value("B3") == 2.5 && plate?.wells.count == 2)
  }

  @Test(arguments: [24, 48, 96, 384, 1536])
  func `wells numbered to the end of a plate are taken row by row`(wells: Int) throws {
    let format = try #require(PlateFormat(wells: wells))
    let text = "Barcode,Well No.,Signal\n" + (1...wells).map { "N-1,\($0),\($0).5\n" }.joined()
    let export = readExport(text)
    let plate = try #require(export.plates.first)
    #expect(plate.barcode == "N-1" && plate.format == format && plate.wells.count == wells)
    #expect(plate.wells.enumerated().allSatisfy { $0.element.value == Double($0.offset) + 1.5 })
    #expect(export.problems.contains { $0.message.contains("1 is A1, 2 is A2, \(format.columns + 1) is B1") })
  }

  @Test func `numbered wells of a part of a plate need its size`() {
    let list = "Well,RLU\n" + (1...30).map { "\($0),\($0).5\n" }.joined()
    let export = readExport(list)
    #expect(export.plates.isEmpty)
    #expect(export.problems.map(\.severity) == [.error])
    #expect(export.problems.first?.message.contains("numbered up to 30") == true)
    let stated = readExport("Plate type,384\n\n" + list).plates.first
    #expect(stated?.format.wells == 384 && stated?.value("B6") == 30.5)
  }

  @Test func `names win over numbers`() {
    let plate = readExport("Well No.,Well,RLU\n1,B2,5.5\n2,B3,6.5\n").plates.first
    #expect(plate?.value("B2") == 5.5 && plate?.wells.count == 2)
  }

  @Test(arguments: ["Well,Value,,Well,Value\n", ""])
  func `lists beside one another are one list`(header: String) {
    let export = readExport(header + "A1,1.5,,B1,3.5\nA2,2.5,,B2,4.5\n")
    #expect(export.plates.count == 1)
    #expect(["A1", "A2", "B1", "B2"].map { export.plates.first?.value($0) } == [1.5, 2.5, 3.5, 4.5])
  }

  @Test func `lists of two channels beside one another`() {
    let export = readExport("Well,Fluc,Well,Rluc\nA1,1.5,A1,3.5\nA2,2.5,A2,4.5\n")
    #expect(export.plates.map(\.channel) == ["Fluc", "Rluc"] && export.plates.map { $0.value("A2") } == [2.5, 4.5])
  }

  @Test func `BMG kinetics: the times stand below the header`() {
    let head =
      "User: USER,Path: C:\\BMG\\CLARIOstar,Test ID: 3\nTest Name: k,Date: 1/2/2023,Time: 1:02 PM\nID1: K9\nAbsorbance\n\n"
    for (names, first, second, times) in [
      ("Well,Content", "A01,Sample X1", "A02,Blank B", ",Time [s]"),
      ("Well Row,Well Col,Content", "A,1,Sample X1", "A,2,Blank B", ",,Time"),
    ] {
      let export = readExport(
        head + "\(names),Raw Data (600),Raw Data (600)\n\(times),0,60\n\(first),1.5,2.5\n\(second),3.5,4.5\n")
      #expect(export.plates.map(\.repeatNumber) == [1, 2] && export.plates.map { $0.value("A2") } == [3.5, 4.5])
      #expect(export.plates.map(\.time) == (times == ",,Time" ? ["0", "60"] : ["0 s", "60 s"]))
      #expect(export.plates.allSatisfy { $0.barcode == "K9" && $0.channel == "Absorbance (600)" })
    }
  }

  @Test func `Spark's list with a column of times below a setting`() {
    let export = readExport(
      "Application: SparkControl\t\t\tV2.3\nName\tLum 1\n\nTemperature\t25.1 °C\n\n<>\tValue\tTime [ms]\nA1\t0.5\t0\nA2\t0.75\t190\n"
    )
    #expect(export.plates.map(\.channel) == ["Lum 1"] && export.plates.first?.value("A2") == 0.75)
  }

  @Test func `BMG list on its side: what the wells hold stands between their names and readings`() {
    let export = readExport(
      "User: USER,Path: C:\\BMG\\CLARIOstar\nID1: K9\nLuminescence\n\nWell,A01,A02,B01\nContent,Sample X1,Sample X2,Blank B\n"
        + "Raw Data (No filter),1.5,2.5,3.5\n")
    #expect(export.plates.first?.value("B1") == 3.5 && export.plates.first?.barcode == "K9")
  }

  @Test func `EnVision's grid of used wells is no measurement`() {
    let used =
      "Used wells of plate 1 (96 White),\n"
      + grid().split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).enumerated().map { cell, text in
          cell == 0 || line.hasPrefix(",") ? String(text) : "1"
        }.joined(separator: ",")
      }.joined(separator: "\n")
    let export = readExport(
      "Plate information \nPlate,Repeat,Barcode,Measured height,Group,Label,Measurement date\n1,1,E7,14,1,Lum,3/9/2021\n\n"
        + "Results for Lum\n" + grid() + "\nAuto export parameters\nMode,,,,Plate\n" + used
        + "\n\nExported with EnVision Workstation version 1.13\n")
    #expect(export.plates.count == 1 && isWhole(export.plates.first) && export.plates.first?.barcode == "E7")
  }

  @Test func `points that may part thousands are asked about`() {
    let text = ";1;2;3\nA;245;12.345;9.870\nB;1.250;998;3.125\n"
    #expect(readExport(text).plates.isEmpty)
    #expect(readExport(text).problems.first?.message.contains("--decimal point or --decimal comma") == true)
    #expect(readExport(text, decimal: .comma).plates.first?.value("A2") == 12_345)
    #expect(readExport(text, decimal: .point).plates.first?.value("A2") == 12.345)
    for certain in ["0.250", "1.25", "1250"] {
      let plate = readExport(text.replacing("1.250", with: certain)).plates.first
      #expect(plate?.value("A2") == 12.345 && plate?.value("B1") == Double(certain))
    }
  }

  @Test func `barcodes above grids beside one another name each its own`() {
    let lines = grid().split(separator: "\n")
    let text =
      "Barcode: X1" + String(repeating: ",", count: 14) + "Barcode: X2\n"
      + lines.map { "\($0),,\($0)" }.joined(separator: "\n") + "\n"
    let export = readExport(text)
    #expect(export.plates.map(\.barcode) == ["X1", "X2"] && export.plates.allSatisfy { isWhole($0) })
  }

  @Test func `a plate's name before the letters is no well`() {
    let text = grid().split(separator: "\n").map { "P-1,\($0)" }.joined(separator: "\n")
    let export = readExport(text)
    #expect(export.plates.count == 1 && isWhole(export.plates.first))
  }
}
