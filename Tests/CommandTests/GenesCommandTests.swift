import Foundation
import ReferenceData
import Simulation
import Testing

@Suite("isobole genes")
struct GenesCommandTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    var design = CountScreenDesign()
    (design.genes, design.hits, design.replicates) = (120, 0.1, 2)
    try directory.write("counts.tsv", Self.text(design.screen()))
  }

  /// A screen as MAGeCK's table of counts.
  private static func text(_ screen: CountScreenDesign.Screen) -> String {
    var text = "sgRNA\tGene\t" + screen.samples.joined(separator: "\t") + "\n"
    for row in screen.guides.indices {
      text += "\(screen.guides[row])\t\(screen.genes[row])\t"
      text += screen.counts.map { String(Int($0[row])) }.joined(separator: "\t") + "\n"
    }
    return text
  }

  private func genes(_ arguments: String...) async throws -> Tool.Outcome {
    try await Tool.run(["genes", "counts.tsv"] + arguments, in: directory)
  }

  private static let arms = ["--control", "control_1,control_2", "--treatment", "drug_1,drug_2"]

  private func genes(_ more: [String]) async throws -> Tool.Outcome {
    try await Tool.run(["genes", "counts.tsv"] + Self.arms + more, in: directory)
  }

  @Test("leaves tables whose every column has a meaning, and says the strongest genes")
  func tables() async throws {
    let outcome = try await genes(["--drug", "selinexor", "--out", "out"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for words in ["Loss sensitises", "Loss protects", "120 genes", "Tables: out/genes.csv"] {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    #expect(
      directory.names(in: "out") == ["columns.csv", "gene_qc.csv", "genes.csv", "guides.csv", "isobole-manifest.json"])
    let dictionary = try directory.rows("out/columns.csv")
    for table in ["genes.csv", "guides.csv", "gene_qc.csv"] {
      let header = try directory.text("out/" + table).prefix { $0 != "\n" }.split(separator: ",").map(String.init)
      #expect(header == dictionary.filter { $0["table"] == table }.map { $0["column"] ?? "" })
    }
    func meaning(_ column: String) -> String { dictionary.first { $0["column"] == column }?["meaning"] ?? "" }
    #expect(meaning("effect_low").contains("95 % interval") && meaning("call").contains("<= 0.1"))
    #expect(meaning("call").contains("± 0.5 log2") && meaning("q_sensitises").contains("direction by itself"))
    let rows = try directory.rows("out/genes.csv")
    #expect(rows.count == 120 && rows.allSatisfy { $0["contrast"] == "selinexor" && $0["drug"] == "selinexor" })
    // The simulation's first genes protect, the next sensitise.
    #expect(Set(rows.prefix(4).compactMap { $0["gene"] }).isSubset(of: ["G6", "G7", "G8", "G9", "G10", "G11"]))
    #expect(rows.first?["call"] == "sensitises" && rows.last?["call"] == "protects")
    #expect(try directory.rows("out/guides.csv").count == 720)
    #expect(try directory.rows("out/gene_qc.csv").contains { $0["measure"] == "gini" && $0["verdict"] == "pass" })
  }

  @Test("gives the same bytes from a table with its rows in another order")
  func order() async throws {
    #expect(try await genes(["--out", "a"]).status == 0)
    let lines = try directory.text("counts.tsv").split(separator: "\n")
    try directory.write("counts.tsv", (lines.prefix(1) + lines.dropFirst().reversed()).joined(separator: "\n") + "\n")
    #expect(try await genes(["--out", "b"]).status == 0)
    for name in ["genes.csv", "guides.csv", "gene_qc.csv", "columns.csv"] {
      #expect(try directory.text("a/" + name) == directory.text("b/" + name), "\(name)")
    }
  }

  @Test("a design makes contrasts; one that cannot be analysed does not take the others with it (status 3)")
  func design() async throws {
    try directory.write(
      "samples.csv",
      "sample,arm,drug,line\ncontrol_1,vehicle,,x\ncontrol_2,vehicle,,y\ndrug_1,drug,selinexor,x\ndrug_2,drug,selinexor,y\n"
    )
    var outcome = try await genes("--design", "samples.csv", "--out", "out", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(
      (json["contrasts"] as? [[String: Any]])?.compactMap { $0["contrast"] as? String } == [
        "selinexor, x", "selinexor, y",
      ])
    // The second line's treatment has no reads.
    let rows = try directory.text("counts.tsv").split(separator: "\n")
    try directory.write(
      "counts.tsv",
      rows.enumerated().map {
        $0 == 0 ? String($1) : $1.split(separator: "\t").dropLast().joined(separator: "\t") + "\t0"
      }
      .joined(separator: "\n"))
    outcome = try await genes("--design", "samples.csv", "--out", "out")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("\"drug_2\" has no reads at all"))
    #expect(try Set(directory.rows("out/genes.csv").map { $0["contrast"] }) == ["selinexor, x"])
    #expect(
      try directory.rows("out/gene_qc.csv").contains { $0["measure"] == "error" && $0["contrast"] == "selinexor, y" })
  }

  @Test(
    "a command or an input that is wrong ends with its status and leaves nothing",
    arguments: [
      (["--control", "control_1"], Int32(2), "expected --control and --treatment"),
      (["--control", "control_1", "--treatment", "drug_9"], 2, "Did you mean \"drug_1\"?"),
      (["--control", "control_1", "--treatment", "control_1"], 2, "a control and a treatment"),
      (["--control", "control_1", "--treatment", "drug_1", "--as", "drugz"], 4, "needs at least 1001"),
      (["--control", "control_1", "--treatment", "drug_1", "--as", "drugz", "--method", "rra"], 2, "--as drugz"),
      (["--control", "control_1", "--treatment", "drug_1", "--control-genes", "NONE"], 2, "none of its names"),
      (["--control", "control_1", "--treatment", "drug_1", "--essential", "none.txt"], 2, "none.txt"),
      (["--control", "control_1", "--treatment", "drug_1", "--fdr", "2"], 2, "--fdr 2"),
      (["--design", "none.csv"], 2, "none.csv"),
      (["--design", "counts.tsv", "--drug", "x"], 2, "remove --control"),
    ])
  func wrong(arguments: [String], status: Int32, says: String) async throws {
    let outcome = try await Tool.run(["genes", "counts.tsv"] + arguments + ["--out", "out"], in: directory)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(outcome.output.isEmpty && directory.names(in: "out").isEmpty)
    #expect(directory.names(in: ".").filter { $0.contains(".isobole-") }.isEmpty)
  }

  @Test("a spoilt table ends with status 4; its place is named")
  func spoilt() async throws {
    try directory.write(
      "counts.tsv", directory.text("counts.tsv").replacingOccurrences(of: "G3_1\tG3\t", with: "G3_1\tG3\t-"))
    let outcome = try await genes(["--out", "out"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("counts.tsv, line 21, column \"control_1\""), "\(outcome.errors)")
    #expect(directory.names(in: "out").isEmpty)
  }

  @Test("never touches other files, nor results of another command")
  func foreign() async throws {
    try directory.write("mine/genes.csv", "precious")
    var outcome = try await genes(["--out", "mine"])
    #expect(outcome.status == 2 && outcome.errors.contains("genes.csv"))
    #expect(try directory.text("mine/genes.csv") == "precious")
    try directory.write("data/counts.tsv", directory.text("counts.tsv"))
    outcome = try await Tool.run(["genes", "data/counts.tsv"] + Self.arms + ["--out", "data"], in: directory)
    #expect(outcome.status == 2 && outcome.errors.contains("counts.tsv (an input of this run)"))
    try directory.write("block.csv", WrittenBlock.table([WrittenBlock("g1")]))
    #expect(try await Tool.run(["analyze", "block.csv", "--out", "run", "--formats", "md"], in: directory).status == 0)
    outcome = try await genes(["--out", "run"])
    #expect(outcome.status == 2 && outcome.errors.contains("name another directory with --out"))
    // Its own tables it replaces.
    for _ in 1...2 { #expect(try await genes(["--out", "own"]).status == 0) }
    #expect(try await Tool.run(["analyze", "block.csv", "--out", "own", "--formats", "md"], in: directory).status == 2)
  }

  @Test("reads standard input")
  func standardInput() async throws {
    let outcome = try await Tool.run(
      ["genes", "-"] + Self.arms + ["--out", "out"], in: directory, input: directory.path + "/counts.tsv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try directory.rows("out/genes.csv").count == 120)
  }

  @Test("reads a directory of files of one sample each")
  func files() async throws {
    for (name, column) in [("v1", 2), ("v2", 3), ("d1", 4), ("d2", 5)] {
      let rows = try directory.text("counts.tsv").split(separator: "\n").map { $0.split(separator: "\t") }
      let lines = rows.enumerated().map { "\($1[0])\t\($1[1])\t" + ($0 == 0 ? "count" : $1[column]) }
      try directory.write("counts/\(name).txt", lines.joined(separator: "\n") + "\n")
    }
    let outcome = try await Tool.run(
      [
        "genes", "counts", "--control", "v1,v2", "--treatment", "d1,d2", "--drug", "selinexor", "--quiet", "--out",
        "out",
      ], in: directory)
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
    #expect(try directory.rows("out/genes.csv").count == 120)
  }
}
