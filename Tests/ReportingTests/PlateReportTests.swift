import Assay
import Foundation
import PlateSimulation
import Plates
import ReferenceData
import Screening
import Testing

@testable import Reporting
import Results

/// Plates in the tables, the JSON and the report.
@Suite("Plates in the results") struct PlateReportTests {
  /// The simulated example with a dim rim on its first plate and a masked well on its second.
  private static func report(correction: NormalisationOptions.Correction = .none) throws -> PlateReport {
    let example = try SimulatedScreen.example()
    var options = PlateOptions()
    options.normalisation.correction = correction
    var reads = example.reads
    reads[1].wells[5].note = .masked
    for well in reads[0].wells.indices {
      let place = reads[0].wells[well].position
      if place.row == 0 || place.row == 7 || place.column == 0 || place.column == 11 {
        reads[0].wells[well].value = reads[0].wells[well].value.map { ($0 * 0.6).rounded() }
      }
    }
    let screen = ScreenPlates(
      exports: reads.map { NamedExport(file: "<\($0.barcode ?? "")>.csv", reads: [$0]) },
      layouts: example.design.layouts,
      options: options)
    return PlateReport(
      plates: screen.plates,
      blocks: screen.blocks.map {
        .init(
          id: $0.matrix.id, drugs: $0.matrix.axes.map(\.drug), sample: $0.matrix.sample, plates: $0.plates,
          quality: $0.quality)
      }, thresholds: options.thresholds)
  }

  @Test("qc.csv has a row a plate and a row a block, each with every column") func qualityTable() throws {
    let report = try Self.report()
    let rows = CSVText.fields(String(decoding: QualityTable.text(of: report), as: UTF8.self))
    #expect(rows.count == 1 + 4 + 4)
    #expect(rows.allSatisfy { $0.count == QualityTable.columns.count })
    let table = CSVText.rows(String(decoding: QualityTable.text(of: report), as: UTF8.self))
    #expect(table.map { $0["kind"] } == Array(repeating: "plate", count: 4) + Array(repeating: "block", count: 4))
    #expect(table[0]["verdict"] == "fail" && table[0]["reasons"]?.contains("edge-effect") == true)
    #expect(table[2]["verdict"] == "pass" && table[2]["normalisation"]?.hasPrefix("npi, median, blank") == true)
    let z = try #require(report.plates[0].quality.values[.zPrime])
    #expect(Double(table[0]["z_prime"] ?? "") == z)
    #expect(table[0]["negative_controls"] == "10" && table[0]["positive_controls"] == "6")
  }

  @Test(
    "plates read back from the store give the same table and section again",
    arguments: [NormalisationOptions.Correction.none, .polish])
  func readBack(correction: NormalisationOptions.Correction) throws {
    let report = try Self.report(correction: correction)
    let directory = try TemporaryDirectory()
    var options = ScreenOptions(threads: 1)
    options.plates = PlateOptions()
    options.plates?.thresholds = report.thresholds
    let path = directory.path + "/" + RunStoreWriter.name
    let writer = try RunStoreWriter(path: path, title: "plates", options: options, version: "0.1.0")
    try writer.append(report)
    try writer.finish(ranked: [])
    let again = try #require(try RunStore(path: path, threads: 1).plates())
    #expect(again.plates.map { "\($0.wells)" } == report.plates.map { "\($0.wells)" })
    #expect(again.plates.map(\.quality.values) == report.plates.map(\.quality.values))
    #expect(QualityTable.text(of: again) == QualityTable.text(of: report))
    #expect(again.summary == report.summary)
    for (name, report) in [("one", report), ("other", again)] {
      let file = try OutputFile(path: directory.path + "/" + name)
      try PlateSection(report: report).write(to: file)
      try file.close()
    }
    let written = try ["one", "other"].map { try String(contentsOfFile: directory.path + "/" + $0, encoding: .utf8) }
    #expect(written[0] == written[1])
    #expect(written[0].contains("class=\"pl\""))
  }

  @Test("the report has two maps a plate, with signs for controls and no text of a file unescaped") func maps() throws {
    let report = try Self.report()
    let directory = try TemporaryDirectory()
    let file = try OutputFile(path: directory.path + "/section.html")
    try PlateSection(report: report).write(to: file)
    try file.close()
    let html = try String(contentsOfFile: directory.path + "/section.html", encoding: .utf8)
    #expect(html.components(separatedBy: "<svg").count - 1 == 8)
    #expect(html.contains("&lt;SIM-P1&gt;.csv") && !html.contains("<SIM-P1>"))
    #expect(html.contains("<b class=\"fail\">1 fail</b>"))
    let first = try #require(report.plates.first)
    let negative = try #require(first.wells.first { $0.design.role == .negative })
    #expect(PlateMap.sign(of: negative) == "−")
    #expect(PlateMap.sign(of: try #require(report.plates[1].wells.first { $0.exclusion != nil })) == "×")
  }

  @Test("signals take the colours between the plate's ends") func signalLevels() {
    #expect(SignalPalette.level(of: 0, in: 100...200) == 0)
    #expect(SignalPalette.level(of: 150, in: 100...200) == SignalPalette.steps / 2)
    #expect(SignalPalette.level(of: 1e9, in: 100...200) == SignalPalette.steps)
    #expect(SignalPalette.level(of: 5, in: 5...5) == 0)
    for level in 0...SignalPalette.steps {
      for colour in [SignalPalette.light(level), SignalPalette.dark(level)] {
        #expect(colour.contrast(with: colour.ink) >= 4.5)
      }
    }
  }
}
