import Foundation
import ReferenceData
import Testing

@testable import Reporting

@Suite("figures/")
struct FigureFilesTests {
  @Test("a block has a file for each chart and format; a picture has two dots a pixel")
  func files() async throws {
    let folder = try TemporaryDirectory()
    let analysis = try SampleScreen.analysis(.init())
    let source = DocumentSample.source([analysis])
    try await FigureFiles(source: source, formats: [.svg, .png], mostBlocks: 5).write(into: folder.path + "/figures")
    let block = folder.path + "/figures/001-selinexor-bortezomib"
    let names = try FileManager.default.contentsOfDirectory(atPath: block)
    #expect(names.count == 2 * BlockFigures(analysis).all.count)
    #expect(
      Set(names).isSuperset(
        of: ["response.png", "synergy-zip.svg", "landscape-hsa.png", "curve-drug-1.png", "shift-drug-2.svg"]))
    let png = [UInt8](try Data(contentsOf: URL(fileURLWithPath: block + "/curve-drug-1.png")))
    #expect(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    // Width and height of the picture, big-endian, at bytes 16 and 20: two dots a pixel, 8 pixels of white around it.
    let size = DoseCurve(analysis.monotherapies[0], in: analysis.matrix).size
    let number = { (start: Int) in png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == 2 * (Int(size.width) + 16) && number(20) == 2 * (Int(size.height) + 16))
    let svg = try String(contentsOfFile: block + "/response.svg", encoding: .utf8)
    #expect(svg.contains("<svg") && svg.hasSuffix("</svg>\n"))
  }

  @Test("a figure's bytes do not depend on what was drawn before it", arguments: FigureFormat.allCases)
  func deterministic(_ format: FigureFormat) throws {
    let folder = try TemporaryDirectory()
    let analysis = try SampleScreen.analysis(.init())
    let chart = DoseCurve(analysis.monotherapies[0], in: analysis.matrix)
    let written = try (1...3).map { number in
      let path = "\(folder.path)/\(number).\(format.rawValue)"
      try FigureFiles.draw(chart, as: format, to: path)
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
    #expect(written[0].count > 500 && Set(written).count == 1)
  }

  @Test("names are safe in any file system and unique")
  func names() {
    let all = DocumentSample.hostile.enumerated().map {
      FigureFiles.name(rank: $0.offset + 1, of: 10, drugs: [$0.element, "../../etc"])
    }
    #expect(Set(all).count == all.count)
    for name in all {
      #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } && name.count < 100)
    }
    #expect(FigureFiles.name(rank: 7, of: 12_000, drugs: ["KPT-330", "AZD 7762"]) == "00007-kpt-330-azd-7762")
  }

  @Test("a run without figures removes those of an earlier run, and one without a format its file")
  func stale() async throws {
    let screen = WrittenScreen()
    let analyses = try [SampleScreen.analysis(.init())]
    var options = DocumentOptions()
    options.figures = [.svg]
    try await screen.write(analyses, documents: options)
    #expect(screen.names.contains("figures"))
    try await screen.write(analyses, documents: options)  // over a folder that is there
    #expect(screen.names.contains("figures"))
    options.figures = []
    options.formats = [.markdown]
    try await screen.write(analyses, documents: options)
    #expect(
      screen.names == [
        "cells.csv", "columns.csv", "fits.csv", "isobole-manifest.json", "problems.csv", "ranking.csv", "report.md",
        "results.sqlite", "scores.csv", "wells.csv",
      ])
  }
}
