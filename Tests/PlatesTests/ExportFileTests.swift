import Assay
import Foundation
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// The real exports, against values read off the files by eye and against their lines split without the product's
/// reader.
@Suite(.enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct ExportFileTests {
  private func read(_ name: String, calculated: Bool = false) throws -> PlateExport {
    var options = PlateExportOptions()
    options.includesCalculated = calculated
    let bytes = [UInt8](try Data(contentsOf: ReferenceData.url("plates/\(name)")))
    #expect(PlateExport.recognises(bytes))
    return PlateExport.read(bytes, name: name, options: options)
  }

  /// The file's lines, split at the separator; from the line on, from 1.
  private func lines(_ name: String, from first: Int, count: Int, separator: Character = ",") throws -> [[String]] {
    let data = try Data(contentsOf: ReferenceData.url("plates/\(name)"))
    let text = String(data: data, encoding: data.starts(with: [0xFF, 0xFE]) ? .utf16 : .utf8)
    let lines = try #require(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines[(first - 1)..<(first - 1 + count)].map {
      $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Whether the plate's wells are the cells of the lines, whose first cells name the rows with the given places.
  private func expect(_ plate: PlateRead, isRows rows: [Int], of lines: [[String]], columns: Int, from first: Int = 1) {
    var wells: [WellPosition: PlateRead.Well] = [:]
    for well in plate.wells { wells[well.position] = well }
    #expect(plate.wells.count == rows.count * columns)
    for (row, cells) in zip(rows, lines) {
      for column in 0..<columns where first + column < cells.count {
        let text = cells[first + column].trimmingCharacters(in: .whitespaces)
        let well = wells[WellPosition(row: row, column: column)]
        #expect(well?.value == Double(text) && well?.note == (text.isEmpty ? .empty : nil), "\(row) \(column)")
      }
    }
  }

  private func value(_ plate: PlateRead, _ well: String) -> Double? {
    plate.wells.first { $0.position.description == well }?.value
  }

  @Test func `EnVision, luminescence, 384 wells: two plates, the calculated ones left out`() throws {
    let export = try read("envision_luminescence_384.csv")
    #expect(export.reader == "PerkinElmer EnVision" && export.plates.count == 2)
    #expect(export.plates.map(\.barcode) == ["8/22/2023 11:01:43 AM", "8/22/2023 12:16:57 PM"])
    #expect(export.plates.map(\.plate) == ["1", "2"] && export.plates.allSatisfy { $0.format.wells == 384 })
    #expect(export.plates.map(\.channel) == Array(repeating: "0_1 US LUM 384(1) - channel 0 (CPS)", count: 2))
    #expect(export.plates.map(\.time) == ["8/22/2023 12:16:31 PM", "8/22/2023 12:18:19 PM"])
    let rows = [0, 4, 8, 12]  // A, E, I, M
    for (plate, line) in zip(export.plates, [26, 56]) {
      expect(plate, isRows: rows, of: try lines("envision_luminescence_384.csv", from: line, count: 4), columns: 24)
    }
    #expect(value(export.plates[0], "I8") == 120 && value(export.plates[1], "E1") == 80)
    #expect(export.problems.map(\.severity) == [.info, .info])
  }

  @Test func `EnVision: calculated plates come after the measured ones and say so`() throws {
    let export = try read("envision_luminescence_384.csv", calculated: true)
    #expect(export.plates.map(\.role) == [.measured, .measured, .calculated, .calculated])
    #expect(export.plates[2].channel?.hasPrefix("Calculated results: Calc 1: Crosstalk") == true)
    for (plate, line) in zip(export.plates[2...], [11, 41]) {
      expect(
        plate, isRows: [0, 4, 8, 12], of: try lines("envision_luminescence_384.csv", from: line, count: 4),
        columns: 24)
    }
  }

  @Test func `EnVision, fluorescence, 96 wells: five plates of unnamed rows, the first one half empty`() throws {
    let export = try read("envision_fluorescence.csv")
    #expect(export.plates.map(\.plate) == ["1", "2", "3", "4", "5"] && export.plates.allSatisfy { $0.barcode == nil })
    #expect(export.plates.allSatisfy { $0.channel == "Alexa-488(1)" && $0.format.wells == 96 })
    for (number, plate) in export.plates.enumerated() {
      let lines = try lines("envision_fluorescence.csv", from: 5 + 13 * number, count: 8)
      expect(plate, isRows: Array(0..<8), of: lines, columns: 12, from: 0)
    }
    #expect(value(export.plates[0], "A8") == 103_760 && value(export.plates[1], "H12") == 16_328)
    #expect(export.plates[0].wells.count { $0.note == .empty } == 96 - 32)
    #expect(export.plates[4].time == "11/10/2022 3:12:00 PM")
  }

  @Test func `PHERAstar, absorbance, 96 wells`() throws {
    let export = try read("bmg_pherastar.csv")
    let plate = try #require(export.plates.first)
    #expect(export.plates.count == 1 && plate.reader == "BMG Labtech PHERAstar")
    #expect(plate.barcode == "20260618 dsRNA _PLATE_01_18Jun26" && plate.channel == "Absorbance (450)")
    #expect(plate.time == "6/18/2026 3:56:48 PM" && plate.format.wells == 96)
    expect(plate, isRows: Array(0..<8), of: try lines("bmg_pherastar.csv", from: 10, count: 8), columns: 12)
    #expect(value(plate, "A1") == 1.691 && value(plate, "C12") == 1.637 && value(plate, "H12") == 0.884)
  }

  @Test func `CLARIOstar, 1536 wells: the rows past Z are in small print`() throws {
    let export = try read("bmg_mars_luminescence_1536.csv")
    let plate = try #require(export.plates.first)
    #expect(export.plates.count == 1 && plate.reader == "BMG Labtech CLARIOstar")
    #expect(plate.barcode == "92A_4" && plate.channel == "Luminescence (No filter)" && plate.format.wells == 1536)
    let rows = [0, 6, 12, 18, 24, 30]  // A, G, M, S, Y, AE
    expect(plate, isRows: rows, of: try lines("bmg_mars_luminescence_1536.csv", from: 10, count: 6), columns: 48)
    #expect(value(plate, "A48") == 88_396 && value(plate, "AE1") == 36_809 && value(plate, "AE48") == 19_500)
  }

  @Test func `Gen5, luminescence, 96 wells`() throws {
    let export = try read("gen5_luminescence.txt")
    let plate = try #require(export.plates.first)
    #expect(export.plates.count == 1 && plate.reader == "BioTek Gen5 (Synergy H1)" && plate.barcode == "Plate 1")
    #expect(plate.channel == "Filter Lum:460/40" && plate.time == "2/8/2024 10:47:01 PM")
    let lines = try lines("gen5_luminescence.txt", from: 36, count: 8, separator: "\t")
    expect(plate, isRows: Array(0..<8), of: lines, columns: 12)
    #expect(value(plate, "A1") == 210_530 && value(plate, "H12") == 250_360)
  }

  @Test func `Kaleido, luminescence, 96 wells: the plate map is no plate`() throws {
    let export = try read("kaleido_luminescence.csv")
    let plate = try #require(export.plates.first)
    #expect(export.plates.count == 1 && plate.reader == "Revvity Kaleido (EnSight)")
    #expect(plate.barcode == "V-2023-05-17 16:21:29" && plate.channel == "Luminescence 1" && plate.repeatNumber == 1)
    #expect(plate.time == "2023-05-17 16:21:30")
    expect(plate, isRows: Array(0..<8), of: try lines("kaleido_luminescence.csv", from: 11, count: 8), columns: 12)
    #expect(value(plate, "A1") == 94_395 && value(plate, "H12") == 75)
  }

  @Test func `SoftMax Pro, luminescence in time format: three wavelengths of a part of the plate`() throws {
    let export = try read("softmax_luminescence.txt")
    #expect(export.plates.map(\.channel) == ["Luminescence 400", "Luminescence 578", "Luminescence 700"])
    #expect(export.plates.allSatisfy { $0.barcode == "Plate1" && $0.format.wells == 96 && $0.wells.count == 96 })
    for (plate, line) in zip(export.plates, [4, 6, 8]) {
      let cells = try lines("softmax_luminescence.txt", from: line, count: 1, separator: "\t")[0]
      let expected = (0..<96).map { Double(cells[2 + $0]) }
      #expect(plate.wells.map(\.value) == expected)
      #expect(plate.wells.count { $0.note == .empty } == 96 - 32)
    }
    #expect(value(export.plates[0], "C3") == 2_250_491 && value(export.plates[0], "F10") == 430_522)
    #expect(value(export.plates[1], "C3") == 874_418 && value(export.plates[2], "F10") == 1_501_722)
  }

  @Test func `an Echo transfer log is no plate export and says where it belongs`() throws {
    let bytes = [UInt8](try Data(contentsOf: ReferenceData.url("plates/echo_cherry_pick.csv")))
    #expect(!PlateExport.recognises(bytes))
    let export = PlateExport.read(bytes, name: "echo.csv")
    #expect(export.plates.isEmpty && export.problems.map(\.severity) == [.error])
    #expect(export.problems.first?.message.contains("transfer log with --layout") == true)
  }

  @Test(arguments: [
    "screens/mathews_griner_ibrutinib_tmd8.csv", "screens/synergyfinder_NCATSTable.csv",
    "screens/synergyfinder_ONEILMatrix.csv", "screens/synergyfinder_ONEILTable.xlsx",
    "screens/synergyfinder_ONEILMatrix.xlsx", "r/directAntivirals.csv", "py/data/synergy_datasets/2d.csv",
    "r/golden_oneil_cells.csv", "r/README.md",
  ])
  func `a table of doses or of anything else is not taken for a plate export`(path: String) throws {
    #expect(!PlateExport.recognises([UInt8](try Data(contentsOf: ReferenceData.url(path)))))
  }
}
