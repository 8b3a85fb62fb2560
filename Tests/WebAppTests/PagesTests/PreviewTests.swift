import Foundation
import Testing

@testable import WebApp

@Suite("Pages to be looked at")
struct PagePreviewTests {
  @Test(
    "every page is left as a file where ISOBOLE_PAGES says",
    .enabled(if: ProcessInfo.processInfo.environment["ISOBOLE_PAGES"] != nil, "set ISOBOLE_PAGES to a directory"))
  func preview() async throws {
    let target = try #require(ProcessInfo.processInfo.environment["ISOBOLE_PAGES"])
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    let samples = try await PageSamples()
    for (name, html) in try samples.pages() {
      try html.write(toFile: "\(target)/\(name).html", atomically: true, encoding: .utf8)
    }
    for (name, html) in try samples.pages(canEdit: false) {
      try html.write(toFile: "\(target)/reader-\(name).html", atomically: true, encoding: .utf8)
    }
    for name in Assets.names {
      let asset = try #require(Assets.file(named: name))
      try Data(asset.bytes).write(to: URL(fileURLWithPath: "\(target)/\(name)"))
    }
  }
}
