import Foundation
import Testing

@testable import WebApp

@Suite("Readers see everything and change nothing")
struct PageRoleTests {
  @Test("a reader’s pages have no control that edits")
  func readOnly() async throws {
    let editing: Set = [
      "upload", "remove-file", "analyse", "new-screen", "file", "screen-settings",
    ]
    for (name, html) in try await SharedSamples.pages() where name.hasPrefix("reader-") && name != "reader-sign-in" {
      let page = InspectedPage(html)
      let uses = Set(page.values(of: "data-use"))
      // The heading asks for its module, which finds nothing to change.
      #expect(uses.intersection(editing).subtracting(["screen-settings"]).isEmpty, "\(name): \(uses)")
      #expect(!page.tags.contains { $0.name == "textarea" || $0.name == "dialog" }, "\(name)")
      let parts = Set(page.values(of: "data-part")).intersection([
        "star", "status", "undo", "cancel", "rename", "private",
      ])
      #expect(parts.isEmpty, "\(name): \(parts)")
    }
  }

  @Test("an editor’s pages have them")
  func editing() async throws {
    let pages = try await SharedSamples.pages()
    let screen = InspectedPage(try #require(pages["screen"]))
    #expect(Set(screen.values(of: "data-use")).isSuperset(of: ["upload", "remove-file", "analyse", "live-runs"]))
    let combination = InspectedPage(try #require(pages["combination"]))
    #expect(combination.tags.contains { $0.name == "dialog" })
    #expect(Set(combination.values(of: "data-part")).isSuperset(of: ["star", "status", "undo"]))
  }

  @Test("every module that a page asks for is embedded, and main.js knows it")
  func modules() async throws {
    let known = String(decoding: try #require(Assets.file(named: "parts.js")).bytes, as: UTF8.self)
    for (name, html) in try await SharedSamples.pages() {
      for module in InspectedPage(html).values(of: "data-use") {
        #expect(Assets.file(named: module + ".js") != nil, "\(name): \(module)")
        #expect(known.contains("\"\(module)\""), "\(name): \(module)")
      }
    }
  }
}
