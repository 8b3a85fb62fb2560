import Foundation
import ReferenceData
import Testing

@Suite("isobole compounds, and a lab's registry in a run")
struct CompoundsCommandTests {
  let directory: TemporaryDirectory

  static let lab = """
    isobole_compounds: 1
    compounds:
      - name: KPT-330
        cmax: {value: 500, unit: nM, citation: our PK}
      - name: LAB-7
        synonyms: [olaparib]
        class: PARP inhibitor
    """

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("lab.yaml", Self.lab)
    try directory.write("bad.yaml", "isobole_compounds: 1\ncompounds:\n  - nom: x\n")
    try directory.write(
      "screen.csv", WrittenBlock.table([WrittenBlock("b1", drugs: ["olaparib", "KPT-330"])]))
  }

  @Test("list, by class")
  func list() async throws {
    let all = try await Tool.run(["compounds", "list"], in: directory)
    #expect(all.status == 0)
    #expect(all.output.contains("SINE (XPO1 inhibitor)\n  selinexor "))
    #expect(all.output.contains("proteasome inhibitor\n  bortezomib"))
    let some = try await Tool.run(
      ["compounds", "list", "--class", "parp inhibitor", "--compounds", "lab.yaml"], in: directory)
    #expect(some.output == "PARP inhibitor\n  LAB-7  olaparib\n")
    let none = try await Tool.run(["compounds", "list", "--class", "tea"], in: directory)
    #expect(none.status == 2)
    #expect(none.errors.contains("expected one of SINE, "))
  }

  @Test("find a drug in any spelling, and a pair with its trials")
  func find() async throws {
    let one = try await Tool.run(["compounds", "find", "kpt330", "--compounds", "lab.yaml"], in: directory)
    #expect(one.status == 0)
    #expect(one.output.hasPrefix("selinexor (XPO1 inhibitor)\n"))
    #expect(one.output.contains("500 nM ("))
    #expect(one.output.contains(") our PK\n") || one.output.contains(")   our PK\n"))
    #expect(one.output.contains("[95]"))
    let pair = try await Tool.run(["compounds", "find", "selinexor", "bortezomib"], in: directory)
    #expect(pair.output.hasPrefix("selinexor × bortezomib\n"))
    #expect(pair.output.contains("NCT02343042: selinexor + bortezomib + dexamethasone"))
    #expect(pair.output.contains("thrombocytopenia: selinexor"))
    let unknown = try await Tool.run(["compounds", "find", "tea"], in: directory)
    #expect(unknown.status == 3)
    #expect(unknown.errors.contains("tea: no drug of this name"))
    #expect(unknown.output.isEmpty)
  }

  @Test("--json is JSON")
  func json() async throws {
    struct Found: Decodable {
      struct Precedent: Decodable { var id: String, given_besides: [String] }
      var anchor: String?
      var precedents: [Precedent]
    }
    struct Listed: Decodable {
      struct Compound: Decodable { var name: String, is_anchor: Bool }
      var compounds: [Compound]
    }
    struct Checked: Decodable {
      struct Fault: Decodable { var line: Int? }
      struct File: Decodable { var file: String, usable: Bool, faults: [Fault]? }
      var files: [File]
    }
    func decoded<Value: Decodable>(_ type: Value.Type, _ arguments: [String]) async throws -> Value {
      let outcome = try await Tool.run(["compounds"] + arguments + ["--json"], in: directory)
      return try JSONDecoder().decode(type, from: Data(outcome.output.utf8))
    }
    let pair = try await decoded(Found.self, ["find", "bortezomib", "xpovio"])
    #expect(pair.anchor == "xpovio")
    #expect(pair.precedents.first?.given_besides == ["dexamethasone"])
    let listed = try await decoded(Listed.self, ["list", "--class", "sine"])
    #expect(listed.compounds.map(\.name).starts(with: ["selinexor", "eltanexor"]))
    #expect(!listed.compounds.contains { !$0.is_anchor })
    let checked = try await decoded(Checked.self, ["check", "lab.yaml", "bad.yaml"])
    #expect(checked.files.map(\.usable) == [true, false])
    #expect(checked.files.last?.faults?.map(\.line) == [3, 3])
  }

  @Test("check says what is in a file, or what is wrong with it")
  func check() async throws {
    let good = try await Tool.run(["compounds", "check", "lab.yaml"], in: directory)
    #expect((good.status, good.output) == (0, "lab.yaml: 2 compounds, no classes, no trials\n"))
    let bad = try await Tool.run(["compounds", "check", "bad.yaml", "gone.yaml"], in: directory)
    #expect(bad.status == 3)
    #expect(bad.errors.contains("bad.yaml: line 3: nom: no such key; expected one of name, "))
    #expect(bad.errors.contains("gone.yaml: the registry file could not be read (No such file or directory)"))
    let endless = try await Tool.run(["compounds", "check", "/dev/zero"], in: directory)
    #expect(endless.status == 3)
    #expect(endless.errors.contains("more bytes than a registry may have"))
  }

  @Test(
    "Help shows an example",
    arguments: [["compounds", "--help"], ["compounds", "find", "--help"], ["help", "compounds", "check"]])
  func help(arguments: [String]) async throws {
    let outcome = try await Tool.run(arguments, in: directory)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("  isobole compounds "))
  }

  @Test("A faulty registry ends analyze with status 2 before anything is written")
  func faulty() async throws {
    let outcome = try await Tool.run(
      ["analyze", "screen.csv", "--compounds", "bad.yaml", "--out", "out"], in: directory)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("bad.yaml: line 3"))
    #expect(directory.names(in: "out").isEmpty)
  }

  @Test("analyze names, turns and scores reachable doses; the results say by which files, and what was read")
  func analyze() async throws {
    let outcome = try await Tool.run(
      ["analyze", "screen.csv", "--compounds", "lab.yaml", "--out", "out"], in: directory)
    #expect(outcome.status == 0)
    let row = try #require(try directory.rows("out/ranking.csv").first)
    #expect([row["drug1"], row["drug2"]] == ["selinexor", "LAB-7"])
    #expect([row["drug1_as_read"], row["drug2_as_read"]] == ["KPT-330", "olaparib"])
    #expect(row["reachable_cells"] == "10")  // 0.1 and 0.3 µM, times five doses
    #expect(row["reachable_doses"] == "selinexor<=0.5 uM")
    // Checked against the cells: the mean of Bliss over those with selinexor at 0.5 µM or less.
    let cells = try directory.rows("out/cells.csv").filter { cell in
      let doses = ["conc1", "conc2"].map { Double(cell[$0] ?? "") ?? .nan }
      return doses[0] > 0 && doses[1] > 0 && doses[0] <= 0.5
    }
    let scores = cells.compactMap { Double($0["bliss_synergy"] ?? "") }
    #expect(scores.count == 10)
    let mean = scores.reduce(0, +) / 10
    #expect(abs(mean - (Double(row["reachable_bliss"] ?? "") ?? .nan)) < 1e-9)

    struct Results: Decodable {
      struct Options: Decodable {
        struct Drugs: Decodable {
          struct File: Decodable { var name: String, sha256: String }
          var keeps_names: Bool
          var registry_files: [File]
        }
        var compounds: Drugs
      }
      struct Block: Decodable {
        struct Drug: Decodable { var name: String, name_as_read: String?, position_as_read: Int? }
        var drugs: [Drug]
      }
      var options: Options
      var blocks: [Block]
    }
    let results = try JSONDecoder().decode(
      Results.self, from: Data(try await Tool.run(["export", "out"], in: directory).output.utf8))
    #expect(results.options.compounds.registry_files.map(\.name) == ["built-in", "lab.yaml"])
    #expect(results.options.compounds.registry_files.allSatisfy { $0.sha256.count == 64 })
    #expect(!results.options.compounds.keeps_names)
    #expect(results.blocks.first?.drugs.map(\.name_as_read) == ["KPT-330", "olaparib"])
    #expect(results.blocks.first?.drugs.map(\.position_as_read) == [1, 0])
    #expect(try directory.rows("out/problems.csv").filter { $0["message"]?.contains("is called") == true }.count == 2)
  }

  @Test("--keep-names leaves names and order as read")
  func keepNames() async throws {
    let outcome = try await Tool.run(["analyze", "screen.csv", "--keep-names", "--out", "out"], in: directory)
    #expect(outcome.status == 0)
    let row = try #require(try directory.rows("out/ranking.csv").first)
    #expect([row["drug1"], row["drug2"]] == ["olaparib", "KPT-330"])
    #expect(row["drug1_as_read"] == nil)
    #expect(row["reachable_cells"] == nil)
  }

  @Test("The registry is in the binary: a copy elsewhere has it")
  func copied() async throws {
    let copy = directory.path + "/elsewhere"
    try FileManager.default.copyItem(atPath: Tool.path, toPath: copy)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: copy)
    process.arguments = ["compounds", "find", "lmb"]
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardOutput = output
    try await Tool.ended(process)
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("leptomycin B"))
  }
}
