import Testing

@testable import WebApp

@Suite("Names of uploads")
struct FileNameTests {
  @Test("Plain names stay", arguments: ["plate 1.csv", "Ärzte-µM (2).xlsx", "a", "-x", "--help", "a..b"])
  func plain(name: String) throws { #expect(try FileName.checked(name) == name) }

  @Test("One name in two spellings of its letters is one name")
  func canonical() throws { #expect(try FileName.checked("a\u{308}.csv") == "\u{E4}.csv") }

  @Test(
    "What is no plain name is refused",
    arguments: [
      "", ".", "..", "-", " a", "a ", "a\u{2028}b", ".hidden", "a/b", "../a", "a\\b", "a\u{0}b", "a\nb", "a\u{7F}",
      "x\u{202E}vsc.exe",
      "a\u{200B}b",
      "\u{FEFF}a", String(repeating: "x", count: 201), String(repeating: "ü", count: 101),
    ])
  func refused(name: String) {
    #expect(throws: APIError.fileName(name)) { try FileName.checked(name) }
  }
}
