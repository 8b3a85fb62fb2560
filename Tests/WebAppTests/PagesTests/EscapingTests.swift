import Foundation
import Testing

@testable import WebApp

@Suite("Escaping by bytes")
struct EscapingTests {
  @Test(
    "What a reader takes for one sign with its neighbour is escaped all the same",
    arguments: ["\u{D4E}<b data-use=x>", "<\u{301}b>", "\u{200D}<b>", "<\u{FE0F}b>"])
  func tags(text: String) {
    let frame = PageFrame(csrf: "c", version: "1")
    let heading = ScreenHeading(
      id: "1", name: text, owner: text, isPrivate: false, isArchived: false, created: .distantPast)
    let page = ScreensPage(
      frame: frame, screens: [.init(screen: heading, files: 0, runs: 0, lastRun: nil)], showsArchived: false,
      archived: 0
    ).html
    let bytes = Array(page.utf8)
    let tag = Array("<".utf8) + Array(text.utf8.drop { $0 != UInt8(ascii: "<") }.dropFirst())
    #expect(bytes.firstRange(of: tag) == nil)
    #expect(bytes.firstRange(of: Array("&lt;".utf8)) != nil)
  }

  @Test("A quote with an accent does not end an attribute")
  func quotes() {
    let page = SignInPage(frame: PageFrame(csrf: "c", version: "1"), name: "x\"\u{338} autofocus onfocus=y").html
    #expect(Array(page.utf8).firstRange(of: Array("x\"".utf8)) == nil)
  }
}
