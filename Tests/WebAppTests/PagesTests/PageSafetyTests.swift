import Foundation
import Testing

@testable import WebApp

@Suite("Every page keeps to the content security policy and escapes what users wrote")
struct PageSafetyTests {
  @Test("no page has inline script, style or event handlers, and the only script is the one module")
  func strictPolicy() async throws {
    for (name, html) in try await SharedSamples.pages() where !name.hasSuffix("surface") {
      let page = InspectedPage(html)
      #expect(page.tags.filter { $0.name == "script" }.map { $0.attributes["src"] } == ["/assets/main.js"], "\(name)")
      #expect(!page.tags.contains { $0.name == "style" || $0.name == "base" || $0.name == "object" }, "\(name)")
      let handlers = page.tags.flatMap(\.attributes.keys).filter { $0 == "style" || $0.hasPrefix("on") }
      #expect(handlers.isEmpty, "\(name): \(handlers)")
      #expect(!html.contains("javascript:"), "\(name)")
    }
  }

  @Test("every page is well formed: what opens is closed, in order")
  func wellFormed() async throws {
    for (name, html) in try await SharedSamples.pages() {
      #expect(InspectedPage(html).faults.isEmpty, "\(name): \(InspectedPage(html).faults.prefix(3))")
    }
  }

  @Test("names, comments, reasons and messages that hold markup come out as text")
  func escaping() async throws {
    let pages = try await SharedSamples.pages()
    for (name, html) in pages {
      let raw = ["<script>", "<b>names", "bubble <in>"].filter(html.contains)
      #expect(raw.isEmpty, "\(name)")
    }
    #expect(try #require(pages["combination"]).contains("&lt;b&gt;See&lt;/b&gt; plate 4 &amp; 5."))
    #expect(try #require(pages["combination-hostile"]).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
    #expect(try #require(pages["sign-in"]).contains("value=\"&quot;&gt;&lt;script&gt;\""))
    #expect(try #require(pages["screens"]).contains("content=\"c5rf&quot;&lt;&amp;\""))
  }

  @Test("no page shows a value as the language would: no Optional, no nil, no query of the store")
  func noLeaks() async throws {
    for (name, html) in try await SharedSamples.pages() {
      let leaks = ["Optional(", "SQL(", ">nil<", "{{", "Markup("].filter(html.contains)
      #expect(leaks.isEmpty, "\(name)")
    }
  }

  @Test("ids are unique within a page, and labels lead to ids that are there")
  func ids() async throws {
    for (name, html) in try await SharedSamples.pages() {
      let page = InspectedPage(html)
      let ids = page.values(of: "id")
      #expect(Set(ids).count == ids.count, "\(name): \(ids.filter { id in ids.filter { $0 == id }.count > 1 })")
      for target in page.values(of: "aria-labelledby") { #expect(ids.contains(target), "\(name): \(target)") }
    }
  }

  @Test("every link stays on this server and every asset that a page names is embedded")
  func links() async throws {
    for (name, html) in try await SharedSamples.pages() {
      let page = InspectedPage(html)
      for link in page.values(of: "href") + page.values(of: "src") + page.values(of: "action") {
        #expect(link.hasPrefix("/") && !link.hasPrefix("//") || link.hasPrefix("#"), "\(name): \(link)")
        guard link.hasPrefix("/assets/"), link != "/assets/plotly.min.js" else { continue }
        #expect(Assets.file(named: String(link.dropFirst(8))) != nil, "\(name): \(link)")
      }
    }
  }

  @Test(
    "every file of Assets and Templates is embedded, with the bytes that it has", arguments: ["Assets", "Templates"])
  func embedded(folder: String) throws {
    let path =
      "\(#filePath.prefix(upTo: #filePath.range(of: "/Tests/")?.lowerBound ?? #filePath.endIndex))"
      + "/Sources/WebApp/\(folder)"
    let embedded = EmbeddedFiles.folder(folder)
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: path)) == Set(embedded.keys))
    for (name, bytes) in embedded {
      #expect(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) == Data(bytes), "\(name)")
    }
  }

  @Test("triple braces stand only where a field is Markup")
  func tripleBraces() throws {
    let allowed: Set = [
      "background", "callBar", "charts", "comparison", "distrust", "facts", "figure", "headline", "identity", "legend",
      "map", "maps", "numbers", "plates", "problems", "responseLegend", "sentence", "signalLegend", "synergyLegend",
    ]
    for (name, bytes) in Templates.texts {
      let text = String(decoding: bytes, as: UTF8.self)
      for match in text.matches(of: /\{\{\{\s*([^}]*?)\s*\}\}\}|\{\{&/) {
        #expect(allowed.contains(String(match.output.1 ?? "&")), "\(name): \(match.output.0)")
      }
    }
  }
}
