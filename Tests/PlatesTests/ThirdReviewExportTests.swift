import Assay
import Plates
import ReadingSamples
import Testing

/// What exports and dispensers' logs hold that was passed over in silence.
@Suite("Exports whose wells or signals are in doubt")
struct ThirdReviewExportTests {
  private func read(_ text: String) -> PlateExport { PlateExport.read(Array(text.utf8), name: "e.csv") }

  private func grid(_ columns: ClosedRange<Int> = 1...12, edit: (Int, inout [String]) -> Void = { _, _ in }) -> String {
    "," + columns.map(String.init).joined(separator: ",") + "\n"
      + (0..<8).map { row in
        var cells = columns.map { "\((row + 1) * 100 + $0).5" }
        edit(row, &cells)
        return WellPosition(row: row, column: 0).rowName + "," + cells.joined(separator: ",") + "\n"
      }.joined()
  }

  private func value(_ export: PlateExport, _ well: String) -> Double? {
    export.plates.first?.wells.first { $0.position == WellPosition(well) }?.value
  }

  @Test("a row that is shorter or longer than the others has no well", arguments: [false, true])
  func shiftedRow(isLong: Bool) {
    let export = read(
      grid { row, cells in
        if row == 3 { if isLong { cells.insert("7", at: 4) } else { cells.remove(at: 4) } }
      })
    #expect(value(export, "D5") == nil && value(export, "D12") == nil && value(export, "D1") == nil)
    #expect(value(export, "C12") == 312.5 && value(export, "E1") == 501.5)
    #expect(
      export.problems.first("line 5", "row \"D\"", "\(isLong ? 13 : 11) values, expected 12")?.severity == .warning)
    // Empty cells have their places, and a plate that is used in part is read.
    #expect(value(read(grid { if $0 == 3 { $1[4] = "" } }), "D6") == 406.5)
    let part = read(grid { if $0 > 2 { $1.removeLast(6) } })
    #expect(value(part, "D6") == 406.5 && part.problems.first("expected 12") == nil)
  }

  @Test("halves of a plate below one another are one reading; means at the rows' ends are none")
  func halves() {
    let both = read(grid(1...6) + "\n" + grid(7...12))
    #expect(both.plates.count == 1 && both.plates.first?.format.wells == 96)
    #expect(value(both, "H6") == 806.5 && value(both, "A7") == 107.5)
    let means = read(grid { $1.append("999") }.replacing("11,12\n", with: "11,12,Avg\n"))
    #expect(means.plates.count == 1 && means.plates.first?.channel == nil)
    #expect(value(means, "D12") == 412.5)
  }

  private func list(_ names: String, _ values: (Int) -> String) -> PlateExport {
    let rows = (0..<24).map { "\(WellPosition(row: $0 / 6, column: $0 % 6)),\(values($0))\n" }
    return read("Well,\(names)\n" + rows.joined())
  }

  @Test("every column of numbers of a list is a channel or is named")
  func listColumns() {
    let counted = list("Cell Count,RLU") { "\(100 + $0),\(9000 + $0)" }
    #expect(counted.plates.map(\.channel) == ["Cell Count", "RLU"])
    let two = list("Result,Signal") { "\(100 + $0),\(9000 + $0)" }
    #expect(two.plates.map(\.channel) == ["Result", "Signal"] && two.plates.allSatisfy { $0.repeatNumber == 1 })
    let areas = list("Count,Mean Intensity") { "\(100 + $0),\(9000 + $0)" }
    #expect(areas.problems.first("\"Count\"", "not read beside \"Mean Intensity\"")?.severity == .info)
    let logarithms = list("log2 RLU") { "\(13 + $0 / 10)" }
    #expect(logarithms.plates.isEmpty)
    #expect(logarithms.problems.first("logarithms", "log2 RLU")?.severity == .error)
  }

  @Test(
    "signals that rise when cells die are asked about where they rise",
    arguments: [
      "LDH release", "Cytotoxicity (RFU)", "CytoTox-Glo", "Caspase-Glo 3/7", "Annexin V", "PI positive", "dead cells",
    ]
  )
  func risingSignals(title: String) {
    let set = layouts((name: "l.csv", text: ThirdReviewTests.header + "\n" + ThirdReviewTests.grid()))
    func screen(_ sign: Double, _ channel: String?, _ direction: SignalDirection? = nil) -> ScreenPlates {
      var options = PlateOptions()
      options.normalisation.positiveIs = direction ?? .lower
      options.normalisation.isDirectionStated = direction == nil ? nil : true
      let read = ThirdReviewTests.read("P1", channel: channel, sign: sign)
      return ScreenPlates(exports: [.init(file: "e.csv", reads: [read])], layouts: set.layouts, options: options)
    }
    let rising = screen(1, title)
    #expect(rising.blocks.isEmpty)
    #expect(rising.problems.first("\"\(title)\"", "rises", "--signal-direction higher")?.severity == .error)
    #expect(screen(-1, title).blocks.count == 1 && screen(1, "Luminescence").blocks.count == 1)
    #expect(screen(1, title, .lower).blocks.count == 1)
  }

  @Test("negative controls at 0 speak of a blank only where there is one")
  func controlsAtZero() {
    let set = layouts((name: "l.csv", text: ThirdReviewTests.header + "\n" + ThirdReviewTests.grid()))
    var read = ThirdReviewTests.read("P1")
    for well in read.wells.indices { read.wells[well].value = read.wells[well].value.map { 1000 - $0 } }
    let at = read.wells.firstIndex { $0.position == WellPosition("B2") } ?? 0
    read.wells[at].value = 0
    let screen = ScreenPlates(exports: [.init(file: "e.csv", reads: [read])], layouts: set.layouts)
    let problem = screen.problems.first("negative controls read 0", "% inhibition already")
    #expect(problem?.severity == .error && problem?.message.contains("blank") == false)
  }

  // MARK: dispensers

  private func log(_ unit: String, _ rows: [String], stocks: String? = nil, layout: String? = nil) -> LayoutSet {
    var options = TransferOptions()
    options.wellVolume = 50_000
    options.solventLimit = 1
    let head = "Source Plate Barcode,Source Well,Destination Plate Barcode,Destination Well,Transfer Volume"
    let text = head + (stocks == nil ? ",Sample Name,Source Concentration,\(unit)" : "") + "\n" + rows.joined()
    var files = [(name: "log.csv", text: text)]
    if let stocks { files.append((name: "s.csv", text: stocks)) }
    if let layout { files.insert((name: "l.csv", text: layout), at: 0) }
    return LayoutSet(files: files.map { ($0.name, Array($0.text.utf8)) }, options: options)
  }

  private func doses(_ set: LayoutSet) -> [Double] {
    set.layouts.flatMap(\.wells).flatMap(\.treatments).map { $0.dose * ($0.unit.factor(to: .init("nM")) ?? .nan) }
  }

  @Test(
    "the unit of an Echo log's concentrations is read, whatever its column is called",
    arguments: [
      "Source Concentration Units", "Sample Concentration Units", "Source Concentration Unit", "Sample Units",
      "Concentration Units", "Units", "Unit", "Conc Unit",
    ])
  func unitColumns(name: String) {
    let set = log(name, ["S,A1,P1,B2,25,b,2.0,uM\n", "S,A2,P1,B3,25,b,0.006,mM\n"])
    #expect(doses(set).map { ($0 * 1e6).rounded() / 1e6 } == [1, 3])
    let volume = log("Volume Unit", ["S,A1,P1,B2,25,b,2.0,nL\n"])
    #expect(volume.layouts[0].wells[0].treatments[0].unit == .unstated)
    #expect(volume.problems.first("no unit", "\"b\"")?.severity == .info)
  }

  @Test("a solvent of a stock list needs no concentration", arguments: ["", "NA", "-"])
  func solventInStockList(text: String) {
    for name in ["Concentration", "Conc", "stock concentration"] {
      let stocks = "source plate,source well,drug,\(name),unit\nS,A1,DMSO,\(text),\nS,A2,b,2,uM\n"
      let set = log("", ["S,A1,P1,B2,25\n", "S,A2,P1,B3,25\n"], stocks: stocks)
      #expect(set.layouts.first?.wells.map(\.role) == [.negative, .sample], "\(name)")
      #expect(!set.problems.contains { $0.severity != .info }, "\(set.problems)")
    }
  }

  @Test("a control that a log gives a drug is neither")
  func controlWithTransfer() {
    let layout = "plate,well,role\nP1,B2,negative\nP1,B3,sample\nP1,B4,negative\n"
    let set = log(
      "Unit", ["S,A1,P1,B2,25,b,2,uM\n", "S,A1,P1,B3,25,b,2,uM\n", "S,A3,P1,B4,25,DMSO,,\n"], layout: layout)
    #expect(set.layouts[0].wells.map(\.role) == [.empty, .sample, .negative])
    #expect(set.problems.first("well B2", "negative by role", "\"b\"")?.severity == .warning)
  }

  @Test(
    "fluids that fill wells up are no drugs",
    arguments: ["100% DMSO", "a+Tw", "Aqueous+Tween normalization", "0.3% Tween 20", "Normalization"])
  func fluids(name: String) {
    let text = """
      Plate,Dispensed well,Fluid name,Dispensed concentration,Units,Dispensed volume,Units,Total well volume
      1,A1,\(name),0.03,%,15,nL,50015
      1,A2,selinexor,1,uM,10,nL,50010

      """
    let set = layouts((name: "d.csv", text: text))
    #expect(set.layouts.first?.wells.map(\.role) == [.negative, .sample])
  }
}
