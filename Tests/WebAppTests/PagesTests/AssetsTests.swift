import Foundation
import Testing

@testable import WebApp

@Suite("Assets")
struct AssetsTests {
  @Test("every asset has a type and a tag of its own; others are not there")
  func assets() throws {
    let assets = try Assets.names.map { try #require(Assets.file(named: $0)) }
    #expect(Set(assets.map(\.etag)).count == assets.count)
    #expect(assets.allSatisfy { $0.etag.hasPrefix("\"") && !$0.bytes.isEmpty })
    #expect(Assets.file(named: "main.js")?.contentType == "text/javascript; charset=utf-8")
    #expect(Assets.file(named: "report.css")?.contentType == "text/css; charset=utf-8")
    for name in ["../Package.swift", "main", "", "plotly.min.js"] { #expect(Assets.file(named: name) == nil) }
  }

  @Test("every module that a module imports is embedded")
  func imports() throws {
    for name in Assets.names where name.hasSuffix(".js") {
      let text = String(decoding: try #require(Assets.file(named: name)).bytes, as: UTF8.self)
      for match in text.matches(of: /(?:from|import\()\s*"\.\/([^"]+)"/) {
        #expect(Assets.file(named: String(match.output.1)) != nil, "\(name): \(match.output.1)")
      }
    }
  }

  @Test("no module sets markup from text or runs text: textContent and elements only")
  func noMarkupFromText() throws {
    for name in Assets.names where name.hasSuffix(".js") && name != "report-surface.js" {
      let text = String(decoding: try #require(Assets.file(named: name)).bytes, as: UTF8.self)
      for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
        #expect(!text.contains(word), "\(name): \(word)")
      }
    }
  }

  @Test("a name becomes one segment of a path, and sizes, counts and times read well")
  func words() {
    #expect(Links.file("a/b?#&.csv", of: "7") == "/screens/7/files/a%2Fb%3F%23%26.csv")
    #expect(Links.output("figures/1-a/zip.svg", run: 2, of: "7").hasSuffix("/outputs/figures/1-a/zip.svg"))
    #expect(Words.count(1, "well") == "1 well" && Words.count(12_034, "well") == "12,034 wells")
    #expect(Words.bytes(1) == "1 byte" && Words.bytes(41_220) == "41.2 kB" && Words.bytes(3_204_000) == "3.2 MB")
    #expect(Words.duration(200.4) == "3 min 20 s")
    #expect(Words.moment(Date(timeIntervalSince1970: 0)) == "1970-01-01 00:00 UTC")
  }

  @Test(
    "after signing in one goes to a path of this server only",
    arguments: ["//evil.org", "/\\evil", "https://x", "", "/a b"])
  func nextPath(path: String) { #expect(!SignInPage.isOwnPath(path)) }

  @Test("blocks to put side by side are read from a list or from several parameters, each once, six at most")
  func sideBySide() {
    #expect(SideBySidePage.indices(["1,2", "x", "2", "5"]) == [1, 2, 5])
    #expect(SideBySidePage.indices(["1,2,3,4,5,6,7,8"]).count == SideBySidePage.most)
  }

  @Test("a correction of plates names one, or says which becomes which")
  func plateNames() {
    #expect(PlateNames.parsed(["P1=A;P2=B"], barcodes: ["P1", "P2"]) == ["P1": "A", "P2": "B"])
    #expect(PlateNames.parsed(["A"], barcodes: ["P1"]) == ["P1": "A"])
    #expect(PlateNames.parsed(["A"], barcodes: ["P1", "P2"]).isEmpty)
  }
}
