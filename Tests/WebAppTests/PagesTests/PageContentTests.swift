import Foundation
import Testing

@testable import WebApp

@Suite("What pages say")
struct PageContentTests {
  @Test("the ranked table has a row a combination, each with a link, and keeps decisions of the screen’s blocks")
  func rankedTable() async throws {
    let samples = try await SharedSamples.samples()
    let html = try #require(try await SharedSamples.pages()["review"])
    let rows = InspectedPage(html).tags.filter { $0.attributes["data-review"] != nil }
    #expect(rows.count == samples.source.ranked.count)
    let first = samples.source.ranked[0]
    #expect(rows[0].attributes["data-review"] == "/api/v1/screens/7/runs/2/blocks/\(first.index)/review")
    #expect(html.contains("href=\"/screens/7/runs/2/blocks/\(first.index)\""))
    #expect(html.contains("27 combinations"))
    #expect(html.contains("<b data-count=\"starred\">2</b>"))
    #expect(html.components(separatedBy: "aria-pressed=\"true\"").count == 3)
  }

  @Test("for a script the page of the table excludes what it does not show, and links never ask for that")
  func tableOnly() async throws {
    let samples = try await SharedSamples.samples()
    let query = RankingQuery([(name: "part", value: "table"), (name: "sort", value: "css")])
    let part = samples.reviewPage(PageSamples.frame, query: query).html
    let whole = samples.reviewPage(PageSamples.frame).html
    #expect(part.contains("id=\"table\"") && !part.contains("data-b=") && whole.contains("data-b="))
    #expect(part.utf8.count < whole.utf8.count * 3 / 4)
    #expect(!part.contains("part=table"))
  }

  @Test("a map’s boxes have a value each, and its wells are the block’s to the last bit")
  func cells() async throws {
    struct Cells: Decodable {
      var x: [Int]
      var y: [Int]
      var rows: [String]
      var columns: [String]
      var values: [String]
      var start: [Int]
    }
    struct Wells: Decodable {
      var rows: [Double]
      var columns: [Double]
      var fixed: [Double]
      var wells: [[Double]]
    }
    let samples = try await SharedSamples.samples()
    let page = InspectedPage(try #require(try await SharedSamples.pages()["combination"]))
    let matrix = try samples.analysis(samples.shown).matrix
    let maps = try page.values(of: "data-cells").map {
      try JSONDecoder().decode(Cells.self, from: Data($0.withoutEntities.utf8))
    }
    #expect(maps.count == 5, "the response and four models")
    for map in maps {
      #expect(map.values.count == map.rows.count * map.columns.count)
      #expect(map.x.count == map.columns.count && map.y.count == map.rows.count)
      #expect(map.rows.count + map.start[0] == matrix.shape[0])
    }
    #expect(maps[0].rows[1] == "selinexor 30 nM" && maps[0].columns[0] == "no venetoclax")
    #expect(maps[0].values[0].contains(" % inhibition (2 wells: "))
    #expect(maps[1].values[0].contains(" points (") && maps[1].values[0].contains("; fitted "))
    let wells = try JSONDecoder().decode(
      Wells.self, from: Data(try #require(page.values(of: "data-wells").first).withoutEntities.utf8))
    #expect(wells.rows == matrix.axes[0].doses && wells.columns == matrix.axes[1].doses && wells.fixed.isEmpty)
    #expect(wells.wells.indices.allSatisfy { wells.wells[$0] == Array(matrix.replicates(of: $0)) })
  }

  @Test("excluded wells are listed with who, when and why, and can be put back; those put back stay in the list")
  func leftOut() async throws {
    let html = try #require(try await SharedSamples.pages()["combination"])
    let listed = InspectedPage(html).tags.filter { $0.attributes["data-out"] != nil }
    #expect(listed.map { $0.attributes["data-out"] } == ["false", "true"])
    #expect(listed.last?.attributes["data-doses"] == "100.0,0.1")
    #expect(html.contains("bubble &lt;in&gt; the well"))
    #expect(html.contains("put back by Ada"))
    #expect(html.components(separatedBy: "data-part=\"undo\"").count == 2)
    #expect(html.contains("selinexor 100 nM × venetoclax 0.1 µM"))
  }

  @Test("a file’s page says format, response, drugs, units and problems with block and line")
  func file() async throws {
    let html = try #require(try await SharedSamples.pages()["file-matrix"])
    #expect(html.contains("responses are <b>inhibition, %</b>"))
    #expect(html.contains("block h1, line 7"))
    #expect(html.contains("placeholder=\"nM\""))
    #expect(html.contains("value=\"uM\""), "the correction that was made")
    #expect(InspectedPage(html).values(of: "data-cells").count == 3, "a map a block")
    #expect(html.contains("<option value=\"viability\" selected>"))
  }

  @Test("an export’s page has a map with every well’s signal and the names of the layout’s plates")
  func export() async throws {
    let html = try #require(try await SharedSamples.pages()["file-export"])
    let cells = try #require(InspectedPage(html).values(of: "data-cells").first).withoutEntities
    #expect(cells.components(separatedBy: "signal ").count == 97)
    #expect(html.contains("data-barcode=\"SIM-P1\" value=\"P1\""))
    #expect(html.contains("<option>P2</option>"))
  }

  @Test("a screen’s page offers its files, the last run’s options and each finished run")
  func screen() async throws {
    let html = try #require(try await SharedSamples.pages()["screen"])
    #expect(html.contains("Analyse 3 files"))
    #expect(html.contains("exclude the 2 wells that the review excludes"))
    #expect(html.contains("name=\"resamples\" value=\"200\""))
    #expect(html.contains("/screens/7/files/%3Cb%3Enames.csv"))
    #expect(html.contains("same content as old-names.csv in Pilot"))
    #expect(html.contains("<tr data-run=\"3\">") && html.contains("value=\"0.42\""))
  }

  @Test("a page of two runs names both and links every changed block to the newer run")
  func comparison() async throws {
    let html = try #require(try await SharedSamples.pages()["comparison"])
    #expect(html.contains("Against <b>run 1</b>."))
    #expect(!html.contains("comparison.csv") && !html.contains("href=\"#r"))
    #expect(html.contains("href=\"/screens/7/runs/2/blocks/"))
  }

  @Test("plates that have no partner and the maps of those that have are on the page of plates")
  func plates() async throws {
    let html = try #require(try await SharedSamples.pages()["plates"])
    #expect(html.contains("plate &lt;P9&gt; of export.csv has no layout"))
    #expect(InspectedPage(html).values(of: "data-cells").count == 8, "raw and normalised of four plates")
  }
}
