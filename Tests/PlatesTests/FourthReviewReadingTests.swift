import Assay
import Plates
import ReadingSamples
import Testing

/// Readings that are no replicates, controls of two kinds, signals that rise, and wells whose columns nothing numbers.
@Suite("Readings of one plate that are told apart, and levels that differ")
struct FourthReviewReadingTests {
  /// A grid of 96 wells in which every well reads a number of its own, `factor` times.
  private static func grid(_ factor: Double) -> [[String]] {
    [[""] + (1...12).map(String.init)]
      + (0..<8).map { row in
        [WellPosition(row: row, column: 0).rowName]
          + (0..<12).map { column in "\(factor * (1000 - Double(40 * ((row + column) % 9))))" }
      }
  }

  private func screen(
    _ reads: [PlateRead], _ layout: String, file: String = "P1.csv", options: PlateOptions = .init()
  ) -> (screen: ScreenPlates, problems: [InputProblem]) {
    let set = layouts((name: "l.csv", text: layout))
    let screen = ScreenPlates(exports: [.init(file: file, reads: reads)], layouts: set.layouts, options: options)
    return (screen, set.problems + screen.problems)
  }

  private static let layout = ThirdReviewTests.header + "\n" + ThirdReviewTests.grid()

  private func raw(_ screen: ScreenPlates, _ well: String) -> Double? {
    screen.plates.first?.wells.first { $0.design.position == WellPosition(well) }?.raw
  }

  // MARK: times and what was computed

  private func reads(_ sheets: [(name: String, factor: Double)], id: String? = nil) throws -> [PlateRead] {
    let rows = sheets.map { (name: $0.name, rows: (id.map { [["Plate ID:", $0]] } ?? []) + Self.grid($0.factor)) }
    return PlateExport.read(try FourthReviewTests.workbook(rows), name: "P1.xlsx").plates
  }

  @Test(
    "plates that are called after times are one plate, of which the last is used, or the one that is asked for",
    arguments: [["24h", "72 h"], ["72 h", "24h"], ["Day 3", "Day 1"], ["P1 24h", "P1_72h"]], [nil, "P1"])
  func times(names: [String], id: String?) throws {
    let sheets = names.map { (name: $0, factor: $0.contains("72") || $0.contains("3") ? 2.0 : 1) }
    let late = names.first { $0.contains("72") || $0.contains("3") } ?? ""
    let (screen, problems) = screen(try reads(sheets, id: id), Self.layout)
    #expect(screen.blocks.count == 1 && screen.plates.map(\.plate) == ["P1"])
    // B2 is row 1, column 1: 1000 − 40 · 2, twice.
    #expect(raw(screen, "B2") == 1840)
    #expect(problems.first("plate P1", "2 times", "\"\(late)\" was used", "--time")?.severity == .warning)
    var options = PlateOptions()
    options.time = 24
    let asked = self.screen(try reads(sheets, id: id), Self.layout, options: options)
    #expect(raw(asked.screen, "B2") == 920 && asked.screen.usesTime)
    #expect(asked.problems.first("as was asked")?.severity == .info)
    options.time = 50
    let none = self.screen(try reads(sheets, id: id), Self.layout, options: options)
    #expect(none.screen.blocks.isEmpty && none.problems.first("not at 50 h", "Correct --time")?.severity == .error)
  }

  @Test("plates that a layout calls after times are no replicates")
  func timesOfLayout() throws {
    let rows = Self.layout.split(separator: "\n").dropFirst()
    let header = "plate," + ThirdReviewTests.header
    for names in [["24h", "72h"], ["X 24h", "X 72h"]] {
      let text = ([header] + names.flatMap { name in rows.map { "\(name),\($0)" } }).joined(separator: "\n")
      let (screen, problems) = screen(try reads([(names[0], 1), (names[1], 2)]), text)
      #expect(screen.plates.map(\.plate) == [names[1]] && raw(screen, "B2") == 1840)
      #expect(screen.blocks.map(\.matrix.wellCount) == [16])
      #expect(problems.first("\"\(names[1])\" was used, the last")?.severity == .warning)
    }
    // Other samples are other plates.
    let own = ["24h", "72h"].flatMap { name in rows.map { "\(name),\($0),S\(name)" } }
    let text = ([header + ",sample"] + own).joined(separator: "\n")
    #expect(screen(try reads([("24h", 1), ("72h", 2)]), text).screen.blocks.count == 2)
    // And a culture in 3D is none of day 3.
    let culture = ["P 2D", "P 3D"].flatMap { name in rows.map { "\(name),\($0)" } }
    let both = screen(try reads([("P 2D", 1), ("P 3D", 2)]), ([header] + culture).joined(separator: "\n"))
    #expect(both.screen.plates.count == 2)
  }

  @Test(
    "of raw signals and what was computed of them only the raw ones are used",
    arguments: [
      ["raw", "normalised"], ["Normalized", "Raw data"], ["background subtracted", "raw"], ["P1 raw", "P1 norm"],
    ],
    [nil, "P1"])
  func computed(names: [String], id: String?) throws {
    let isRaw = { (name: String) in name.lowercased().contains("raw") }
    let sheets = names.map { (name: $0, factor: isRaw($0) ? 2.0 : 1) }
    let (screen, problems) = screen(try reads(sheets, id: id), Self.layout)
    #expect(screen.plates.map(\.plate) == ["P1"] && screen.blocks.count == 1)
    #expect(raw(screen, "B2") == 1840)
    let other = names.first { !isRaw($0) } ?? ""
    #expect(problems.first("plate P1", "\"\(other)\" was computed", "not used")?.severity == .warning)
  }

  // MARK: controls

  /// A grid of treated wells, eight controls called `one` in column 1, and four called `other` in column 12.
  private func controls(_ one: String, _ other: String, asRole: Bool) -> String {
    var text =
      ThirdReviewTests.header + "\n"
      + ThirdReviewTests.grid(from: "C3", role: true).split(separator: "\n")
      .filter { !$0.contains("negative") }.map { $0 + "\n" }.joined()
    for (column, rows, word) in [(0, 0..<8, one), (11, 0..<4, other)] {
      for row in rows {
        let well = WellPosition(row: row, column: column)
        text += asRole ? "\(well),\(word),,,,,,\n" : "\(well),,\(word),,,,,\n"
      }
    }
    return text
  }

  /// DMSO reads 1000, 1000 ± 10; the others `level` ± 10.
  private func read(_ level: Double, offset: Double = 10) -> PlateRead {
    var read = ThirdReviewTests.read("P1")
    for place in read.wells.indices {
      let well = read.wells[place].position
      let noise = [0, offset, -offset, 0][well.row % 4]
      if well.column == 0 { read.wells[place].value = 1000 + noise }
      if well.column == 11 { read.wells[place].value = level + noise }
    }
    return read
  }

  @Test(
    "untreated wells that read otherwise than those with the vehicle are not used, and both levels are said",
    arguments: [
      ("DMSO", "untreated", true), ("vehicle", "untreated", true), ("DMSO", "no drug", false),
      ("DMSO 0.1%", "untreated", false),
    ])
  func vehicle(one: String, other: String, asRole: Bool) {
    let layout = controls(one, other, asRole: asRole)
    let (screen, problems) = screen([read(1300)], layout)
    #expect(
      problems.first("with the vehicle read 1000 (the median of 8)", "those without it 1300", "A12, B12, C12, D12")?
        .severity
        == .warning)
    // 15 treated wells and the eight with the vehicle.
    #expect(screen.blocks.map(\.matrix.wellCount) == [15 + 8])
    #expect(screen.plates.first?.normalisation?.controls.first?.negative == 1000)
    let plain = self.screen([read(1040)], layout)
    #expect(plain.problems.first("with the vehicle") == nil && plain.screen.blocks.map(\.matrix.wellCount) == [15 + 12])
    // Six per cent, but no more than such wells differ among themselves.
    #expect(self.screen([read(1060, offset: 200)], layout).problems.first("with the vehicle") == nil)
    #expect(self.screen([read(1060)], layout).problems.first("those without it 1060")?.severity == .warning)
  }

  // MARK: rising signals

  @Test(
    "a signal without a telling name that rises with the doses is asked about", arguments: ["RFU", "Absorbance", nil])
  func rising(channel: String?) {
    func screen(_ factor: Double, _ options: PlateOptions = .init(), positive: Bool = false) -> (
      ScreenPlates, [InputProblem]
    ) {
      var read = ThirdReviewTests.read("P1", channel: channel)
      for place in read.wells.indices {
        let well = read.wells[place].position
        // Doses rise down and to the right from B2 on.
        let dose = Double(max(0, well.row - 1) * max(0, well.column - 1))
        read.wells[place].value = 1000 * (1 + (factor - 1) * dose / 4)
        if well == WellPosition("H12") { read.wells[place].value = 50 }
      }
      let text = Self.layout + (positive ? "\nH12,positive,,,,,," : "")
      let result = self.screen([read], text, options: options)
      return (result.screen, result.problems)
    }
    // The upper halves of 1, 2, 4 and of 1, 3, 9 are 2, 4 and 3, 9: the doses 2 · 2, 2 · 3, 3 · 2, 3 · 3 as steps, median 6 of 4.
    let (refused, problems) = screen(2)
    #expect(refused.blocks.isEmpty)
    let said = problems.first("every drug has high doses is 250 %", "dead cells", "--signal-direction higher")
    #expect(said?.severity == .error && said?.blockID == "1")
    #expect(channel == nil || said?.message.contains("(\"\(channel ?? "")\")") == true)
    #expect(screen(1.3).0.blocks.count == 1 && screen(1.3).1.first("dead cells") == nil)
    var options = PlateOptions()
    options.normalisation.isDirectionStated = true
    let (kept, doubted) = screen(2, options)
    #expect(kept.blocks.count == 1 && doubted.first("every drug has high doses")?.severity == .warning)
    #expect(screen(2, positive: true).0.blocks.count == 1)
  }

  // MARK: whose wells they are

  @Test("plates that stand side by side in a table of times are plates of their own", arguments: [nil, ["X1", "X2"]])
  func sideBySide(names: [String]?) {
    let wells = (0..<12).map { "\(WellPosition(row: 0, column: $0))" }.joined(separator: ",")
    var text = names.map { "\($0[0])" + String(repeating: ",", count: 13) + "\($0[1])\n" } ?? ""
    text += "Time,\(wells),Time,\(wells)\n"
    for hour in 0..<3 {
      let values = { (start: Int) in (0..<12).map { "\(start + 100 * hour + $0).5" }.joined(separator: ",") }
      text += "\(hour),\(values(1000)),\(hour),\(values(5000))\n"
    }
    let plates = PlateExport.read(Array(text.utf8), name: "e.csv").plates
    #expect(plates.count == 6)
    let (one, two) = (names?[0] ?? "1", names?[1] ?? "2")
    for (name, start) in [(one, 1000.5), (two, 5000.5)] {
      let own = plates.filter { $0.barcode == name }
      #expect(own.map(\.repeatNumber) == [1, 2, 3])
      #expect(own.map { $0.wells.first?.value } == [start, start + 100, start + 200])
      #expect(own.first?.wells.map(\.value) == (0..<12).map { start + Double($0) })
    }
  }

  @Test("lettered rows of ten values are of no columns that could be told; numbers above them tell")
  func tenColumns() {
    let rows = (0..<8).map { row in
      [WellPosition(row: row, column: 0).rowName] + (2...11).map { "\(100 * row + $0).5" }
    }.map { $0.joined(separator: ",") + "\n" }.joined()
    let bare = PlateExport.read(Array(rows.utf8), name: "e.csv")
    #expect(bare.plates.isEmpty)
    #expect(
      bare.problems.first("line 1", "8 lettered rows of 10 values", "Write the columns' numbers")?.severity == .error)
    let header = "," + (2...11).map(String.init).joined(separator: ",") + "\n"
    let read = PlateExport.read(Array((header + rows).utf8), name: "e.csv").plates.first
    #expect(read?.format.wells == 96 && read?.wells.first?.position == WellPosition("A2"))
    #expect(read?.wells.first?.value == 2.5 && read?.wells.last?.position == WellPosition("H11"))
    let whole = (0..<8).map { row in
      WellPosition(row: row, column: 0).rowName + "," + (1...12).map { "\($0).5" }.joined(separator: ",") + "\n"
    }.joined()
    #expect(PlateExport.read(Array(whole.utf8), name: "e.csv").plates.first?.wells.count == 96)
  }
}
