import Assay
import DoseTables
import Foundation
import ReadingSamples
import Testing

/// Every way in which a grid can be written.
struct WrittenAs: Sendable, CustomTestStringConvertible {
  enum Encoding: CaseIterable {
    case utf8, utf8BOM, utf16LE, utf16BE, utf16LEWithoutMark, utf16BEWithoutMark, windows1252
  }
  enum Layout: CaseIterable { case table, matrix, drugComb, ncats }
  var separator: String
  var decimal: String
  var newline: String
  var encoding: Encoding
  var layout: Layout

  var testDescription: String {
    "\(layout) \(separator.debugDescription) \(decimal) \(newline.debugDescription) \(encoding)"
  }

  static let all: [WrittenAs] = [",", ";", "\t"].flatMap { separator in
    [".", ","].flatMap { decimal in
      ["\n", "\r", "\r\n"].flatMap { newline in
        Encoding.allCases.flatMap { encoding in
          Layout.allCases.map {
            WrittenAs(separator: separator, decimal: decimal, newline: newline, encoding: encoding, layout: $0)
          }
        }
      }
    }
  }

  func bytes(_ grid: TestGrid) -> [UInt8] {
    let text = rows(grid).map { $0.map(field).joined(separator: separator) }.joined(separator: newline) + newline
    func utf16(_ littleEndian: Bool) -> [UInt8] {
      text.utf16.flatMap { littleEndian ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
    return switch encoding {
    case .utf8: Array(text.utf8)
    case .utf8BOM: [0xEF, 0xBB, 0xBF] + text.utf8
    case .utf16LE: [0xFF, 0xFE] + utf16(true)
    case .utf16BE: [0xFE, 0xFF] + utf16(false)
    case .utf16LEWithoutMark: utf16(true)
    case .utf16BEWithoutMark: utf16(false)
    case .windows1252: text.unicodeScalars.map { $0 == "–" ? 0x96 : UInt8($0.value) }
    }
  }

  private func field(_ text: String) -> String {
    text.contains(separator) || text.contains("\"")
      ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  }

  private func number(_ value: Double) -> String { "\(value)".replacingOccurrences(of: ".", with: decimal) }

  private func rows(_ grid: TestGrid) -> [[String]] {
    let wells = grid.responses.indices.map { cell in
      (
        number(grid.doses1[cell / grid.doses2.count]), number(grid.doses2[cell % grid.doses2.count]),
        number(grid.responses[cell])
      )
    }
    let sample = grid.sample ?? ""
    switch layout {
    case .table:
      return [["block_id", "drug1", "drug2", "cell_line_name", "conc1", "conc2", "response", "conc_unit"]]
        + wells.map { ["7", grid.drug1, grid.drug2, sample, $0.0, $0.1, $0.2, "µM"] }
    case .drugComb:
      return [
        [
          "block_id", "drug_row", "drug_col", "cell_line_name", "conc_r", "conc_c", "inhibition", "conc_r_unit",
          "conc_c_unit",
        ]
      ]
        + wells.map { ["7", grid.drug1, grid.drug2, sample, $0.0, $0.1, $0.2, "µM", "µM"] }
    case .ncats:
      return [
        [
          "BlockId", "Col", "Row", "Response", "RowName", "ColName", "RowConcs", "ColConcs", "RowConcUnit",
          "ColConcUnit", "sampleid",
        ]
      ]
        + wells.map { ["7", "1", "1", $0.2, grid.drug1, grid.drug2, $0.0, $0.1, "µM", "µM", sample] }
    case .matrix:
      var rows = [["Drug1:", grid.drug1], ["Drug2:", grid.drug2], ["Cell:", sample], ["ConcUnit:", "µM"]]
      rows.append([""] + grid.doses2.map(number))
      for (row, dose) in grid.doses1.enumerated() {
        rows.append([number(dose)] + grid.doses2.indices.map { number(grid.responses[row * grid.doses2.count + $0]) })
      }
      return rows
    }
  }
}

@Suite struct RoundTripTests {
  @Test(arguments: WrittenAs.all)
  func `a grid reads back identical however it is written`(writing: WrittenAs) throws {
    for seed: UInt64 in 1...4 {
      var grid = TestGrid(seed: seed)
      grid.drug1 = "5-fluoro – β\"x\", y;z".replacingOccurrences(of: "β", with: "ß")
      let file = ScreenFile.read(writing.bytes(grid), name: "any", options: .init())
      let block = try #require(file.blocks.first, "\(file.problems)")
      #expect(file.response == "inhibition, %")
      #expect(grid.equals(block), "seed \(seed)")
      #expect(block.axes.map(\.unit) == [ConcentrationUnit("uM"), ConcentrationUnit("uM")])
      #expect(block.id == (writing.layout == .matrix ? "1" : "7"))
      #expect(file.problems(.error).isEmpty)
    }
  }
}
