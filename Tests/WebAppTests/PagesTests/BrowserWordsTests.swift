import Foundation
import Testing

@testable import WebApp

/// Messages speak of fields in the browser, of options in a terminal.
@Suite struct BrowserWordsTests {
  @Test(arguments: [
    (
      "missing: doses; say which column is which with --columns, as in --columns response=NAME,conc1=NAME, or rename them",
      "missing: doses; say which column is which in the menus of the columns (“Correct how it is read” on the file’s page), or rename them"
    ),
    (
      "12 blocks in all. If its values are replicates, give --columns replicate=donor",
      "12 blocks in all. If its values are replicates, choose “replicate” in the menu of the column donor on the file’s page"
    ),
    (
      "Specify the plate: --plate 'run 1.csv'=NAME, or a --manifest",
      "Specify the plate: “This plate” on its page, or a manifest uploaded beside it"
    ),
    (
      "this is a layout; give it with --layout, and the plate reader's exports as the files",
      "this is a layout; upload it beside them, and the plate reader's exports as the files"
    ),
    ("--- 12 wells", "--- 12 wells"),
  ])
  func aMessageNamesTheField(message: String, words: String) {
    #expect(BrowserWords.of(message) == words)
  }

  /// Reads the sources of the readers: a message with a new option needs a field, and its words here.
  @Test func noMessageOfAReaderNamesAnOption() throws {
    let sources = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Sources").standardized
    var found = 0
    for target in ["DoseTables", "Plates", "Screening", "Spreadsheets"] {
      let folder = sources.appendingPathComponent(target)
      let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in text.split(separator: "\n") where !line.drop(while: \.isWhitespace).hasPrefix("//") {
          for literal in line.replacing(/\\\([^"]*?\)+/, with: "name").matches(of: /"([^"]*)"/) {
            let message = String(literal.output.1)
            guard message.contains(/--[a-z]/) else { continue }
            found += 1
            let words = BrowserWords.of(message)
            // The folder for results is the server's own.
            #expect(!words.replacing("--out", with: "").contains(/--[a-z]/), "\(file.lastPathComponent): \(words)")
          }
        }
      }
    }
    #expect(found > 20)
  }
}
