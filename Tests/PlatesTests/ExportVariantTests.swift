import Assay
import Plates
import ReadingSamples
import Testing

/// Reads text as an export.
func readExport(_ text: String, calculated: Bool = false, decimal: PlateExportOptions.Decimal = .auto) -> PlateExport {
  var options = PlateExportOptions()
  options.includesCalculated = calculated
  options.decimal = decimal
  return PlateExport.read(Array(text.utf8), name: "export", options: options)
}

extension PlateRead {
  /// A well's value; `nil` where it has none.
  func value(_ name: String) -> Double? { well(name)?.value }
  /// A well's note.
  func note(_ name: String) -> Note? { well(name)?.note }
  private func well(_ name: String) -> Well? { wells.first { $0.position.description == name } }
}

/// What exports of other versions, locales and habits do otherwise than the real files at hand.
@Suite struct ExportVariantTests {
  private let columns = (1...12).map(String.init)

  /// Rows A to H; the well in row r, column c (from 1) holds 100 r + c + `offset`.
  private func rows(_ letters: String = "ABCDEFGH", offset: Double = 0, separator: String = ",") -> [String] {
    letters.enumerated().map { row, letter in
      ([String(letter)] + (1...12).map { "\(Double(100 * (row + 1) + $0) + offset)" }).joined(separator: separator)
    }
  }

  private func grid(_ letters: String = "ABCDEFGH", offset: Double = 0) -> String {
    (["," + columns.joined(separator: ",")] + rows(letters, offset: offset)).joined(separator: "\n") + "\n"
  }

  @Test func `rows in small letters, zero-padded columns, blank lines between the rows`() {
    let text =
      "," + (1...12).map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ",") + "\n"
      + rows("abcdefgh").joined(separator: "\n\n") + "\n"
    let plate = readExport(text).plates.first
    #expect(plate?.value("A1") == 101 && plate?.value("H12") == 812 && plate?.wells.count == 96)
  }

  @Test func `rows out of their order`() {
    let plate = readExport("," + columns.joined(separator: ",") + "\n" + rows("HGFEDCBA").joined(separator: "\n"))
      .plates.first
    #expect(plate?.value("H1") == 101 && plate?.value("A12") == 812)
  }

  @Test func `plates stacked with and without a header, with names of their own`() {
    let export = readExport(
      "Plate: P1\n" + grid() + "\nPlate: P2\n" + grid(offset: 0.5) + "\nPlate: P3\n"
        + rows(offset: 0.25).joined(separator: "\n"))
    #expect(export.plates.map(\.barcode) == ["P1", "P2", "P3"])
    #expect(export.plates.map { $0.value("H12") } == [812, 812.5, 812.25])
  }

  @Test func `plates stacked without a line between them`() {
    let export = readExport(rows().joined(separator: "\n") + "\n" + rows(offset: 0.5).joined(separator: "\n"))
    #expect(export.plates.map(\.repeatNumber) == [1, 2] && export.plates.map { $0.value("A1") } == [101, 101.5])
  }

  @Test func `two grids beside one another are two channels`() {
    let header = ["", ""] + columns + ["", ""] + columns
    let body = zip(rows(), rows(offset: 0.5)).map { first, second in "," + first + ",," + second }
    let export = readExport(([header.joined(separator: ",")] + body).joined(separator: "\n"))
    #expect(export.plates.map { $0.value("B3") } == [203, 203.5])
  }

  @Test func `a part of a plate keeps its places`() {
    let export = readExport("<>\t3\t4\t5\nC\t1.5\t2.5\t3.5\nD\t4.5\t5.5\t6.5\n")
    let plate = export.plates.first
    #expect(plate?.wells.map(\.position.description) == ["C3", "C4", "C5", "D3", "D4", "D5"])
    #expect(plate?.value("D5") == 6.5 && plate?.format.wells == 24)
  }

  @Test(arguments: [
    ("A1,5\nA2,6\nB1,7", ["A1", "A2", "B1"], [5.0, 6, 7]), ("a01;5,5\nb1;6,25", ["A1", "B1"], [5.5, 6.25]),
    ("Well Value\nB2 7\nA1 5", ["A1", "B2"], [5, 7]), ("Well|Signal\nA:1|5\nA:2|6", ["A1", "A2"], [5, 6]),
    ("Row,Column,Signal\nA,1,5\nB,2,6", ["A1", "B2"], [5, 6]),
    ("Well\tSample\tRLU\nA1\tS1\t5\nA2\tS2\t6", ["A1", "A2"], [5, 6]),
    ("Well,A1,A2\nSignal,5,6", ["A1", "A2"], [5, 6]), ("5,A1\n6,A2", ["A1", "A2"], [5, 6]),
  ])
  func `lists in any order, case and direction`(text: String, wells: [String], values: [Double]) {
    let plate = readExport(text).plates.first
    #expect(plate?.wells.map(\.position.description) == wells && plate?.wells.compactMap(\.value) == values)
  }

  @Test func `a list names plates and channels in columns`() {
    let export = readExport(
      "Well,Value,Plate,Channel\nA1,1,P1,Fluc\nA1,2,P1,Rluc\nA1,3,P2,Fluc\nA2,4,P1,Fluc\nA2,5,P1,Rluc\nA2,6,P2,Fluc\n")
    #expect(
      export.plates.map { [$0.barcode ?? "", $0.channel ?? ""] } == [["P1", "Fluc"], ["P1", "Rluc"], ["P2", "Fluc"]])
    #expect(export.plates.map { $0.value("A2") } == [4, 5, 6])
  }

  @Test func `every measurement column of a list is a channel, statistics are none`() {
    let export = readExport("Well,Abs 450,Abs 570,SD,Sample\nA1,1.5,0.1,9,x\nA2,2.5,0.2,9,y\n")
    #expect(export.plates.map(\.channel) == ["Abs 450", "Abs 570"])
    #expect(export.plates.map { $0.value("A2") } == [2.5, 0.2])
  }

  @Test(arguments: [
    ("OVRFLW", PlateRead.Note.overflow), ("*****", .overflow), (">9999", .overflow), ("> 4.000", .overflow),
    ("OVER", .overflow), ("#SAT", .overflow), ("#Sat#", .overflow), ("####", .overflow), ("Overflow", .overflow),
    ("<0.001", .underflow), ("< 0", .underflow), ("#LOW", .underflow), ("UNDER", .underflow), ("", .empty),
    ("-", .empty), ("N/A", .empty), ("Masked", .masked), ("EXCLUDED", .masked), ("?????", .unreadable),
    ("NaN", .unreadable), ("INVALID", .unreadable),
  ])
  func `what stands instead of a number keeps its meaning`(text: String, note: PlateRead.Note) {
    let plate = readExport("<>\t1\t2\t3\nA\t\(text)\t2\t3\nB\t4\t5\t6\n").plates.first
    #expect(plate?.note("A1") == note && plate?.value("A1") == nil && plate?.value("B1") == 4)
  }

  @Test(arguments: ["*0.356*", "(0.356)", "[0.356]"])
  func `a masked well keeps its value`(text: String) {
    let plate = readExport("<>\t1\t2\t3\nA\t\(text)\t2\t3\nB\t4\t5\t6\n").plates.first
    #expect(plate?.note("A1") == .masked && plate?.value("A1") == 0.356)
  }

  @Test(arguments: [
    ("0,5", 0.5), ("1.234,5", 1234.5), ("-0,25", -0.25), ("2,5E+03", 2500),
  ])
  func `decimal commas between semicolons`(text: String, value: Double) {
    let plate = readExport(";1;2;3\nA;\(text);0,75;3\nB;4;5;6,5\n").plates.first
    #expect(plate?.value("A1") == value && plate?.value("B3") == 6.5)
  }

  @Test(arguments: [("1,234,567", 1_234_567.0), ("12'345", 12_345), ("12 345", 12_345), ("12\u{A0}345.5", 12_345.5)])
  func `marks of thousands are taken off where they can be nothing else`(text: String, value: Double) {
    let plate = readExport("\t1\t2\t3\nA\t\(text)\t0.75\t3\nB\t4\t5\t6,500,000\n").plates.first
    #expect(plate?.value("A1") == value && plate?.value("B3") == 6_500_000)
  }

  @Test func `a comma that may be either is asked about, and taken as it is said`() {
    let text = ";1;2;3\nA;1,250;2;3\nB;4;5;6\n"
    #expect(readExport(text).problems.first?.message.contains("--decimal point or --decimal comma") == true)
    #expect(readExport(text, decimal: .comma).plates.first?.value("A1") == 1.25)
    #expect(readExport(text, decimal: .point).plates.first?.value("A1") == 1250)
  }

  @Test func `EnVision, decimal comma between semicolons, results of two labels`() {
    func part(_ label: String, _ barcode: String, _ offset: Double) -> String {
      let body = rows(offset: offset, separator: ";").map { $0.replacing(".", with: ",") + ";" }
      return "Plate information \nPlate;Repeat;Barcode;Measured height;Group;Label;Measurement date;\n"
        + "1;1;\(barcode);14,67;1;\(label);22.08.2023 12:16:31;\n\nBackground information\n"
        + "Plate;Label;Result;Signal;Flashes/Time;Meastime;MeasInfo;\n1;\(label);0;4;0,1;00:00:00.000;x;\n\n"
        + "Results for \(label) - channel 1\n;" + columns.joined(separator: ";") + ";\n" + body.joined(separator: "\n")
        + "\n\n"
    }
    let export = readExport(part("A(1)", "B7", 0.5) + part("B(1)", "B7", 0.25) + "Exported with EnVision Workstation\n")
    #expect(export.reader == "PerkinElmer EnVision" && export.plates.map(\.barcode) == ["B7", "B7"])
    #expect(export.plates.map(\.channel) == ["A(1) - channel 1", "B(1) - channel 1"])
    #expect(export.plates.map { $0.value("C4") } == [304.5, 304.25])
  }

  @Test func `EnVision that exported nothing but calculated results says so in the channel`() {
    let export = readExport(
      "Plate information \nPlate,Repeat,Barcode,Formula,Measurement date,\n1,1,B7,Calc 1: x,8/22/2023,\n\n"
        + "Calculated results: Calc 1: x\n" + grid() + "\nExported with EnVision Workstation\n")
    #expect(export.plates.map(\.role) == [.calculated])
    #expect(export.plates.first?.channel?.hasPrefix("Calculated results") == true)
    #expect(export.problems.map(\.severity) == [.warning])
  }

  @Test func `Gen5 with two reads, a layout, concentrations and calculations: the reads are the channels`() {
    let wells = { (offset: Double) in (1...12).map { "\(Double($0) + offset)" }.joined(separator: "\t") }
    let header = "\t" + columns.joined(separator: "\t")
    let layout = "ABCDEFGH".map { letter in
      "\(letter)\t" + Array(repeating: "SPL1", count: 12).joined(separator: "\t") + "\tWell ID\n\t"
        + Array(repeating: "10", count: 12).joined(separator: "\t") + "\tConc/Dil"
    }.joined(separator: "\n")
    let results = "ABCDEFGH".map { letter in
      "\(letter)\t\(wells(0))\tLow:360/40,460/40\n\t\(wells(100))\tHigh:485/20,528/20\n\t\(wells(-7))\tBlank Low:360/40,460/40\n"
        + "\t\(wells(0.5))\tRatio"
    }.joined(separator: "\n")
    let text =
      "Software Version\t3.12.08\n\nExperiment File Path:\tx.xpt\nPlate Number\tPlate 4\nDate\t2/8/2024\nTime\t10:47:01 PM\n"
      + "Reader Type:\tSynergy H1\n\nProcedure Details\n\nPlate Type\t96 WELL PLATE\nRead\tLow\n\nLayout\n\(header)\n\(layout)\n\n"
      + "Results\n\(header)\n\(results)\n"
    let export = readExport(text)
    #expect(export.plates.map(\.channel) == ["Low:360/40,460/40", "High:485/20,528/20"])
    #expect(export.plates.map { $0.value("D12") } == [12, 112] && export.plates.allSatisfy { $0.barcode == "Plate 4" })
    let all = readExport(text, calculated: true)
    #expect(all.plates.map(\.role) == [.measured, .measured, .calculated, .calculated])
  }

  @Test func `Gen5 kinetics: one row a time`() {
    let names = (1...8).map { "A\($0)" }.joined(separator: "\t")
    let export = readExport(
      "Reader Type:\tSynergy H1\nProcedure Details\nPlate Number\tPlate 1\n\nOD:600\n\nTime\tT° OD:600\t\(names)\n"
        + "0:00:00\t37.0\t1\t2\t3\t4\t5\t6\t7\t8\n0:10:00\t37.0\t11\t12\t13\t14\t15\t16\t17\t18\n\nResults\n")
    #expect(export.plates.map(\.repeatNumber) == [1, 2] && export.plates.map(\.time) == ["0:00:00", "0:10:00"])
    #expect(export.plates.map { $0.value("A8") } == [8, 18])
  }

  @Test func `BMG list: row and column apart, two channels`() {
    let export = readExport(
      "User: USER,Path: C:\\BMG\\CLARIOstar,Test run no.: 4\nTest name: x,Date: 1/2/2024,Time: 3:04:05 PM\n\nID1: B9,ID2:,ID3:\n"
        + "Luminescence\n\nWell Row,Well Col,Content,Raw Data (580-80),Raw Data (460-80)\nA,1,Sample X1,11,21\nA,2,Blank B,12,22\n"
        + "H,12,Sample X2,13,23\n")
    #expect(export.plates.map(\.channel) == ["Luminescence (580-80)", "Luminescence (460-80)"])
    #expect(export.plates.map { $0.value("H12") } == [13, 23] && export.plates.allSatisfy { $0.barcode == "B9" })
  }

  @Test
  func `SoftMax Pro in plate format: two wavelengths beside one another, kinetics, a part of the plate, a reduction`() {
    let head =
      "##BLOCKS= 1\nPlate:\tP5\t1.3\tPlateFormat\tKinetic\tAbsorbance\tRaw\tFALSE\t2\t\t\t\t\t\t2\t450 570 \t3\t2\t96\t2\t2\n"
    let text =
      head
      + "\tTemperature(°C)\t3\t4\t\t3\t4\n00:00:00\t25\t1\t2\t\t5\t6\n\t\t3\t4\t\t7\t8\n\n00:01:00\t25\t11\t12\t\t15\t16\n"
      + "\t\t13\t14\t\t17\t18\n\n\t\t3\t4\n\t\t99\t98\n\t\t97\t96\n\n~End\nGroup: Unknowns\nSample\tWells\tValue\n1\tB3\t1.000\n2\tB4\t2.000\n~End\n"
    let export = readExport(text)
    #expect(export.plates.map(\.channel) == ["Absorbance 450", "Absorbance 570", "Absorbance 450", "Absorbance 570"])
    #expect(export.plates.map(\.repeatNumber) == [1, 1, 2, 2] && export.plates[2].time == "00:01:00")
    #expect(
      export.plates.map { $0.value("C4") } == [4, 8, 14, 18] && export.plates.allSatisfy { $0.format.wells == 96 })
    #expect(readExport(text, calculated: true).plates.last?.value("B3") == 99)
  }

  @Test func `Tecan i-control: German, over the range, two labels`() {
    let grid = { (first: String) in "<>\t1\t2\t3\nA\t\(first)\t2\t3\nB\t4\t5\t6\n" }
    let export = readExport(
      "Programm: Tecan i-control\t\t\tTecan i-control , 2.0\nGerät: infinite 200Pro\nDatum:\t19.03.2020\nZeit:\t13:46:42\n\n"
        + "Label: OD\nModus\t\t\tAbsorption\nStartzeit:\t19.03.2020 13:47:02\n\n\tTemperatur: 25 °C\n" + grid("OVER")
        + "\nEndzeit:\t19.03.2020\n\nLabel: Lum\nModus\t\t\tLumineszenz\nStartzeit:\t19.03.2020 13:48:02\n\n"
        + grid("7"))
    #expect(export.reader == "Tecan i-control" && export.plates.map(\.channel) == ["OD", "Lum"])
    #expect(export.plates.map { $0.note("A1") } == [.overflow, nil] && export.plates[1].value("A1") == 7)
    #expect(export.plates.map(\.time) == ["19.03.2020 13:47:02", "19.03.2020 13:48:02"])
  }

  @Test func `Tecan kinetics: one row a well, one column a cycle`() {
    let export = readExport(
      "Application: Tecan i-control\n\nLabel: OD\nCycle Nr.\t1\t2\t3\nTime [s]\t0\t60\t120\nTemp. [°C]\t37\t37\t37\nA1\t0.1\t0.2\t0.3\n"
        + "A2\t1.1\t1.2\t1.3\n\nEnd Time:\tx\n")
    #expect(export.plates.map(\.repeatNumber) == [1, 2, 3] && export.plates.map(\.time) == ["0 s", "60 s", "120 s"])
    #expect(export.plates.map { $0.value("A2") } == [1.1, 1.2, 1.3] && export.plates.allSatisfy { $0.channel == "OD" })
  }

  @Test func `Spark's list and GloMax's list`() {
    let spark = readExport(
      "Method name: x\nApplication: SparkControl,,,,V2.3\nMode,Absorbance\nName,OD600\n\n<>,Value,Time [ms]\nA1,0.5,0\nA2,0.75,190\n"
    )
    #expect(spark.plates.map(\.channel) == ["OD600"] && spark.plates.first?.value("A2") == 0.75)
    let gloMax = readExport("ID,Protocol,WellPosition,Timestamp(ms),Replicate,RLU\n7,x,A:1,0,1,12\n7,x,A:2,500,1,13\n")
    #expect(gloMax.reader == "Promega GloMax" && gloMax.plates.first?.value("A2") == 13)
  }

  @Test func `grids of numbers alone: the shape tells the plate`() {
    for format in PlateFormat.standard {
      let rows = (0..<format.rows).map { row in
        (0..<format.columns).map { "\(row * 100 + $0)" }.joined(separator: " ")
      }
      let plate = readExport(rows.joined(separator: "\n")).plates.first
      #expect(plate?.format == format && plate?.value("B3") == 102)
    }
  }

  @Test func `the same block twice is one plate`() {
    let export = readExport("Lum\n" + grid() + "\nLum\n" + grid())
    #expect(export.plates.count == 1 && export.problems.map(\.severity) == [.info])
  }

  @Test
  func
    `EnVision without names or headings: the formula's table marks what was calculated, the label's what was measured`()
  {
    let body = (0..<8).map { row in (0..<12).map { "\(row * 12 + $0)," }.joined() }.joined(separator: "\n")
    let background =
      "Background information\nPlate,Label,Result,Signal,Flashes/Time,Meastime,MeasInfo,\n1,OD,0,0,0.1,00:00,x,\n\n"
    let export = readExport(
      "Plate information \nPlate,Repeat,Barcode,Measured height,Formula,Measurement date,\n1,1,,N/A,Calc 1: OD450,x,\n\n"
        + background + body
        + "\n\nPlate information \nPlate,Repeat,Barcode,Measured height,Group,Label,Measurement date,\n"
        + "1,1,,14.4,1,OD450(1),7/17/2026,\n\n" + background + body + "\n\nExported with EnVision Workstation\n")
    #expect(export.plates.map(\.channel) == ["OD450(1)"] && export.plates.map(\.role) == [.measured])
    #expect(export.plates.first?.value("H12") == 95 && export.plates.first?.plate == "1")
  }

  @Test func `a background beside results is left out unless asked for`() {
    let text = "Background\n,1,2,3\nA,1,2,3\nB,4,5,6\n\nResults\n,1,2,3\nA,101,102,103\nB,104,105,106\n"
    #expect(readExport(text).plates.map { $0.value("A1") } == [101])
    #expect(readExport(text, calculated: true).plates.map(\.role) == [.measured, .background])
  }

  @Test func `Tecan kinetics of two labels: one row a cycle`() {
    let export = readExport(
      "Application: Tecan i-control,,,,x\nKinetic Measurement,,\nStart Time:,14.10.2016 14:11:38\n,,\nOD600:600,,\n"
        + "Cycle Nr.,Time [s],Temp. [°C],A1,A2,B1\n1,0,37.2,0.1,0.2,0.3\n2,300,37,0.4,0.5,OVER\n,,\nLUMI:Lum,,\n"
        + "Cycle Nr.,Time [s],Temp. [°C],A1,A2,B1\n1,0,37.6,-4,-2,-5\n2,12.8,37.6,-2,4,2\n")
    #expect(export.plates.map(\.channel) == ["OD600:600", "OD600:600", "LUMI:Lum", "LUMI:Lum"])
    #expect(export.plates.map(\.repeatNumber) == [1, 2, 1, 2] && export.plates[1].time == "300 s")
    #expect(export.plates[1].note("B1") == .overflow && export.plates[3].value("A2") == 4)
  }

  @Test func `GloMax Multi: steps and reads, the grids one cell to the right`() {
    let grid = ",,1,2,3\n,A,1,2,3\n,B,4,5,6\n"
    let export = readExport(
      "Protocol,Dual Luciferase\n\nPlateResults\nStep 1. Luminescence,,,\n,Read 1\n\(grid)\nStep 2. Luminescence\n,Read 1\n"
        + grid.replacing("6", with: "7"))
    #expect(export.reader == "Promega GloMax" && export.plates.map { $0.value("B3") } == [6, 7])
    #expect(export.plates.map(\.channel) == ["Step 1. Luminescence, Read 1", "Step 2. Luminescence, Read 1"])
  }

  @Test func `Gen5 marks an excluded well with asterisks and calculates concentrations`() {
    let header = "\t1\t2\t3\n"
    let export = readExport(
      "Reader Type:\tEpoch\nProcedure Details\nPlate Number\tPlate 1\n\n660\n" + header
        + "A\t0.044\t*0.356*\t0.1\t660\nB\t1\t2\t3\t660\n\n"
        + "Conc\n" + header + "A\t<0.000\t6.7\t1\tConc\nB\t1\t2\t?????\tConc\n")
    #expect(export.plates.map(\.channel) == ["660"] && export.plates.first?.note("A2") == .masked)
  }
}
