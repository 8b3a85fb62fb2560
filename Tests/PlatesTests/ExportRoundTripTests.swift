import Assay
import DoseTables
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// A plate of random values and notes.
func randomPlate(
  _ format: PlateFormat, seed: UInt64, barcode: String? = "PLATE 7", channel: String? = "Luminescence (450)",
  notes: Bool = true
) -> PlateRead {
  var random = SplitMix64(seed: seed)
  let kind = Int.random(in: 0..<4, using: &random)
  var wells: [PlateRead.Well] = []
  for row in 0..<format.rows {
    for column in 0..<format.columns {
      var value: Double =
        switch kind {
        case 0: Double(Int.random(in: 0...60, using: &random))
        case 1: Double(Int.random(in: -500...5_000_000, using: &random))
        case 2: Double(Int.random(in: 0...40_000, using: &random)) / 1e4
        default: Double.random(in: -1...1, using: &random) * 1e6
        }
      if wells.isEmpty { value = 0.123_45 }  // tells the decimal mark
      var note: PlateRead.Note?
      if notes, wells.count > 2, Int.random(in: 0..<8, using: &random) == 0 {
        note = [.overflow, .underflow, .empty, .masked, .unreadable][Int.random(in: 0..<5, using: &random)]
      }
      wells.append(
        .init(
          position: WellPosition(row: row, column: column), value: note == nil || note == .masked ? value : nil,
          note: note))
    }
  }
  return PlateRead(barcode: barcode, format: format, reader: "", channel: channel, wells: wells)
}

extension PlateRead {
  /// The wells without the lines they stood on.
  var content: [Well] {
    wells.map { Well(position: $0.position, value: $0.value, note: $0.note) }
  }
}

@Suite struct ExportRoundTripTests {
  typealias Dialect = PlateExportWriter.Dialect

  /// The reader that each format is told to be of.
  static let readers: [Dialect: String] = [
    .envision: "PerkinElmer EnVision", .envisionPlain: "PerkinElmer EnVision", .mars: "BMG Labtech CLARIOstar",
    .marsList: "BMG Labtech CLARIOstar", .kaleido: "Revvity Kaleido (EnSight)", .gen5: "BioTek Gen5 (Synergy H1)",
    .softMax: "Molecular Devices SoftMax Pro", .softMaxTime: "Molecular Devices SoftMax Pro",
    .iControl: "Tecan i-control", .magellan: "Tecan Magellan", .spark: "Tecan Spark (SparkControl)",
    .gloMax: "Promega GloMax",
  ]

  private func channel(_ dialect: Dialect) -> String? {
    switch dialect {
    case .softMax, .softMaxTime: "Luminescence 450"
    case .gridBare: nil
    default: "Luminescence (450)"
    }
  }

  @Test(arguments: Dialect.allCases, PlateFormat.standard)
  func `a plate printed in any dialect reads back`(dialect: Dialect, format: PlateFormat) throws {
    for seed: UInt64 in 1...6 {
      var plate = randomPlate(format, seed: seed, channel: channel(dialect))
      if dialect == .gridBare { plate.barcode = nil }
      let export = PlateExport.read(PlateExportWriter(dialect).bytes([plate]), name: "plate")
      let read = try #require(export.plates.first, "\(export.problems)")
      #expect(export.plates.count == 1 && export.problems.allSatisfy { $0.severity != .error })
      #expect(read.content == plate.wells, "seed \(seed)")
      #expect(read.format == format && read.barcode == plate.barcode && read.channel == plate.channel)
      #expect(read.reader == Self.readers[dialect, default: "plate table"])
    }
  }

  @Test(arguments: Dialect.allCases)
  func `several plates in a file read back in their order`(dialect: Dialect) throws {
    let format = try #require(PlateFormat(wells: 96))
    let plates = (1...3).map {
      randomPlate(
        format, seed: UInt64(40 + $0), barcode: dialect == .gridBare ? nil : "B0\($0)", channel: channel(dialect))
    }
    let export = PlateExport.read(PlateExportWriter(dialect).bytes(plates), name: "plates")
    #expect(export.plates.map(\.content) == plates.map(\.wells))
    #expect(export.plates.map(\.barcode) == plates.map(\.barcode))
  }

  @Test(arguments: Dialect.allCases)
  func `decimal commas, other separators and encodings read back`(dialect: Dialect) throws {
    let format = try #require(PlateFormat(wells: 96))
    for (number, separator) in [";", "\t", ","].map(Character.init).enumerated() {
      for decimal: Character in [".", ","] {
        for isUTF16 in [false, true] {
          var style = PlateExportWriter.Style()
          style.separator = separator
          style.decimal = decimal
          style.isUTF16 = isUTF16
          style.newline = decimal == "." ? "\n" : "\r\n"
          var plate = randomPlate(format, seed: UInt64(60 + number), channel: channel(dialect))
          if dialect == .gridBare { plate.barcode = nil }
          let export = PlateExport.read(PlateExportWriter(dialect, style: style).bytes([plate]), name: "plate")
          #expect(
            export.plates.map(\.content) == [plate.wells], "\(separator) \(decimal) \(isUTF16) \(export.problems)")
        }
      }
    }
  }

  @Test(arguments: Dialect.allCases)
  func `what is printed is recognised as a plate export`(dialect: Dialect) throws {
    let plate = randomPlate(try #require(PlateFormat(wells: 384)), seed: 9, channel: channel(dialect))
    #expect(PlateExport.recognises(PlateExportWriter(dialect).bytes([plate])))
  }

  @Test func `repeats of a plate are numbered`() throws {
    let format = try #require(PlateFormat(wells: 96))
    for dialect in Dialect.allCases where dialect != .gloMax {
      let plates = (1...2).map { number in
        var plate = randomPlate(format, seed: UInt64(80 + number), channel: channel(dialect))
        plate.repeatNumber = number
        return plate
      }
      let export = PlateExport.read(PlateExportWriter(dialect).bytes(plates), name: "plates")
      #expect(export.plates.map(\.repeatNumber) == [1, 2], "\(dialect)")
      #expect(export.plates.map(\.content) == plates.map(\.wells), "\(dialect)")
    }
  }
}
