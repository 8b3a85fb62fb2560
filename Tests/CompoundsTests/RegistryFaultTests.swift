import Testing

@testable import Compounds

@Suite("Faults of a registry file")
struct RegistryFaultTests {
  /// A file below its first line, the line of the fault, and what its message must hold.
  static let files: [(String, Int, [String])] = [
    ("compounds: [{nam: x}]", 2, ["nam", "no such key", "name, synonyms"]),
    ("compounds:\n  - class: SINE", 3, ["name", "lacks this key"]),
    ("compounds: {name: x}", 2, ["compounds", "a mapping of 1 key", "expected a list"]),
    ("compounds: [x]", 2, ["“x”", "expected a compound: a mapping with name"]),
    ("compounds: [{name: [a]}]", 2, ["name", "a list of 1", "expected a text"]),
    ("compounds: [{name: '  '}]", 2, ["name", "expected a text"]),
    ("compounds: [{name: '---'}]", 2, ["“---”", "with a letter or digit"]),
    ("compounds: [{name: x, synonyms: ['-']}]", 2, ["synonyms", "“-”"]),
    ("compounds: [{name: x, cmax: 3}]", 2, ["“3”", "cmax: a mapping with value, unit"]),
    ("compounds: [{name: x, cmax: {value: 3, unit: nM}}]", 2, ["Cmax of x has no citation", "source"]),
    ("compounds: [{name: x, cmax: {value: -3, unit: nM, citation: a}}]", 2, ["value", "“-3”", "above 0"]),
    ("compounds: [{name: x, cmax: {value: '1,5', unit: nM, citation: a}}]", 2, ["“1,5”", "decimal point"]),
    ("compounds: [{name: x, cmax: {value: nan, unit: nM, citation: a}}]", 2, ["“nan”", "above 0"]),
    ("compounds: [{name: x, cmax: {value: 1e999, unit: nM, citation: a}}]", 2, ["“1e999”", "above 0"]),
    ("compounds: [{name: x, adverse_effects: [rash]}]", 2, ["rash of x has no citation"]),
    ("compounds: [{name: x, source: paper}]", 2, ["“paper”", "expected a key of `sources`; the file lists none"]),
    ("sources: {a: b}\ncompounds: [{name: x, source: paper}]", 3, ["“paper”", "expected a key of `sources`: a"]),
    ("compounds: [{name: \"a\\eb\"}]", 2, ["control character"]),
    (
      "compounds:\n - name: a\n - {name: x, synonyms: [kpt330, lot 3, bortezomib]}", 4,
      ["“bortezomib”", "selinexor (which “kpt330” names)", "by bortezomib", "take it off one"]
    ),
    (
      "trials: [{id: T, drugs: [magic], indication: a, status: reported, citation: a}]", 2,
      ["T names “magic”", "no compound of the registry"]
    ),
    (
      "trials: [{id: T, drugs: [selinexor], indication: a, status: done, citation: a}]", 2,
      ["“done”", "reported, under way, stopped"]
    ),
    ("trials: [{id: T, drugs: [], indication: a, status: reported, citation: a}]", 2, ["no drug"]),
    ("trials: [{id: T, drugs: [selinexor], indication: a, status: reported}]", 2, ["trial T has no citation"]),
    ("compounds: []\ncompounds: []", 3, ["compounds", "already stands on line 2"]),
    ("compounds: [&a {name: x}]", 2, ["an anchor"]),
    ("compounds: [*a]", 2, ["an alias"]),
    ("compounds: [!!python/object {name: x}]", 2, ["a tag"]),
    ("compounds: [{? [a] : b}]", 2, ["as a key"]),
    ("compounds: [\n", 3, ["this is not YAML"]),
    ("---\nisobole_compounds: 1", 2, ["a second document"]),
  ]

  @Test("Each is told with its line, what was read and what was expected", arguments: files)
  func fault(text: String, line: Int, words: [String]) throws {
    let fault = try #require(LabFile.faults(text).first)
    #expect(fault.line == line, "\(fault)")
    for word in words { #expect(fault.description.contains(word), "\(fault)") }
    #expect(fault.description.hasPrefix("line \(line)"))
  }

  @Test(
    "A file that is no registry is refused", arguments: ["", "# nothing", "hello", "- a", "isobole_compounds: 2", "{}"])
  func foreign(text: String) throws {
    do throws(CompoundsError) {
      _ = try RegistryFile(Array(text.utf8), name: "x.yaml")
      Issue.record("it was read")
    } catch {
      #expect(error.description.hasPrefix("x.yaml: "))
      #expect(error.description.contains("isobole_compounds") || error.description.contains("expected 1"))
    }
  }

  @Test("All faults are told, in the order of the file, and a great many are counted")
  func many() throws {
    let text = (1...30).map { "  - nam: drug \($0)\n" }.joined()
    let faults = LabFile.faults("compounds:\n" + text)
    #expect(faults.count == 60)  // each an unknown key and a missing one
    #expect(faults.map { $0.line ?? 0 } == faults.compactMap(\.line).sorted())
    let description = CompoundsError.faulty(file: "lab.yaml", faults).description
    #expect(description.split(separator: "\n").count == CompoundsError.mostTold + 1)
    #expect(description.hasSuffix("and 40 more"))
  }

  @Test("Two compounds of one file that claim one synonym are an error that names both")
  func ambiguous() throws {
    let fault = try #require(
      LabFile.faults("compounds:\n  - {name: A, synonyms: [one]}\n  - {name: B}\n  - {name: C, synonyms: [b, One]}")
        .first)
    #expect(fault.line == 5)
    #expect(fault.description.contains("“One” is claimed by B (which “b” names) and by A"), "\(fault)")
  }

  @Test("An unreadable file says so")
  func unreadable() {
    let error = CompoundsError.unreadable(file: "lab.yaml", reason: "no permission")
    #expect(
      error.description
        == "lab.yaml: the registry file could not be read (no permission); check the path and its permissions")
  }
}

@Suite("Hostile YAML")
struct HostileYAMLTests {
  /// What reading some bytes gives, in words.
  private func outcome(_ bytes: [UInt8]) -> String {
    do throws(CompoundsError) {
      _ = try CompoundRegistry([RegistryFile(bytes, name: "x")])
      return "read"
    } catch {
      return error.description
    }
  }

  @Test("Aliases that would grow to 10⁹ values are refused at the first anchor")
  func laughs() {
    let text =
      "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
      + "bcdefghi".reduce(into: "") { text, letter in
        let before = Character(UnicodeScalar(letter.asciiValue! - 1))
        text += "\(letter): &\(letter) [" + Array(repeating: "*\(before)", count: 10).joined(separator: ",") + "]\n"
      }
    #expect(outcome(Array(text.utf8)).contains("line 1: an anchor"))
  }

  @Test("Deep nesting, a large file, a long text and very many values are refused")
  func bounds() {
    #expect(outcome(Array(("a: " + String(repeating: "[", count: 500_000)).utf8)).contains("nested deeper"))
    #expect(outcome([UInt8](repeating: UInt8(ascii: " "), count: YAMLDocument.Limit.bytes + 1)).contains("more bytes"))
    #expect(outcome(Array(("a: " + String(repeating: "x", count: 9000)).utf8)).contains("a longer text"))
    #expect(outcome(Array(("a: [" + String(repeating: "1,", count: 250_000) + "1]").utf8)).contains("more values"))
  }

  @Test("No bytes end the program")
  func noise() {
    var state: UInt64 = 17
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    let seedText = Array(
      "isobole_compounds: 1\ncompounds:\n  - name: x\n    cmax: {value: 1, unit: nM, citation: 'a'}\n".utf8)
    var refused = 0
    for round in 0..<2000 {
      var bytes = seedText
      for _ in 0...(round % 7) { bytes[Int(next()) % bytes.count] = UInt8(truncatingIfNeeded: next()) }
      if outcome(bytes) != "read" { refused += 1 }
    }
    #expect(refused > 1000)
    #expect(outcome([0xFF, 0xFE, 0x00]) != "read")
    #expect(outcome([0x80, 0x81]) != "read")
  }
}
