import Foundation
import ReferenceData
import Testing

/// A simulated matrix screen and a simulated gene screen with one truth: partners that were planted as synergistic act on genes that were planted as sensitising.
@Suite("isobole analyze --genes --targets")
struct GeneJoinCommandTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func run(_ arguments: String...) async throws -> Tool.Outcome { try await Tool.run(arguments, in: directory) }

  /// Both screens, and the table of targets: `planted` are the synergistic partners.
  private func screens() async throws -> (planted: [String], others: [String]) {
    for arguments in [
      [
        "simulate", "--blocks", "24", "--hits", "0.4", "--effect", "15", "--grid", "5x5", "--replicates", "2",
        "--noise", "3", "--out", "matrix",
      ],
      ["simulate", "--genes", "--gene-count", "300", "--hits", "0.1", "--replicates", "3", "--out", "counts"],
      [
        "genes", "counts/counts.tsv", "--control", "control_1,control_2,control_3", "--treatment",
        "drug_1,drug_2,drug_3",
        "--drug", "KPT-330", "--out", "Genes",
      ],
    ] {
      let outcome = try await Tool.run(arguments, in: directory)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let truth = try directory.rows("matrix/truth.csv")
    let planted = truth.filter { $0["planted"] == "synergy" }.compactMap { $0["drug2"] }
    let others = truth.filter { $0["planted"] == "bliss" }.compactMap { $0["drug2"] }
    // Genes 0 … 14 protect, 15 … 29 sensitise.
    var table = "drug,gene,action,source\nAbsent drug,G15,inhibitor,a paper\n"
    for (place, drug) in planted.enumerated() { table += "\(drug),G\(16 + place),inhibitor,a paper\n" }
    for (place, drug) in others.dropLast().enumerated() { table += "\(drug),G\(100 + place),inhibitor,a paper\n" }
    try directory.write("targets.csv", table)
    return (planted, others)
  }

  private func analyze(_ more: [String] = []) async throws -> Tool.Outcome {
    try await Tool.run(
      [
        "analyze", "matrix/screen.csv", "--resamples", "200", "--out", "run", "--genes", "Genes", "--targets",
        "targets.csv",
      ] + more,
      in: directory)
  }

  @Test("finds what was planted, says it in tables and reports, and again from the store")
  func join() async throws {
    let (planted, others) = try await screens()
    let outcome = try await analyze()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains("Gene screen KPT-330: 23 partners with both, rank correlation 0."), "\(outcome.output)")
    let rows = try directory.rows("run/partners.csv")
    #expect(rows.count == 25 && rows.allSatisfy { $0["drug"] == "selinexor" })
    func verdicts(_ names: [String]) -> [String] {
      rows.filter { names.contains($0["partner"] ?? "") }.compactMap { $0["verdict"] }
    }
    let agreed = verdicts(planted).count { $0 == "both agree" }
    #expect(agreed * 2 > planted.count, "\(verdicts(planted))")
    #expect(!verdicts(planted + others).contains("contradiction"))
    #expect(verdicts(others).allSatisfy { $0 == "both agree" || $0 == "neither" || $0 == "matrix only" })
    let absent = try #require(rows.first { $0["partner"] == "Absent drug" })
    #expect(absent["verdict"] == "gene only" && absent["verdict_reason"]?.contains("not tested in the matrix") == true)
    #expect(absent["matrix_call"] == "" && absent["target_sources"] == "a paper" && absent["sample"] == "")
    #expect(rows.first { $0["partner"] == others.last }?["gene_finding"] == "not measured")
    let biomarkers = try directory.rows("run/biomarkers.csv").compactMap { $0["gene"] }
    #expect(biomarkers.count > 8 && biomarkers.count { (Int($0.dropFirst()) ?? 99) < 15 } >= biomarkers.count - 2)
    // Every column has a meaning.
    let dictionary = try directory.rows("run/columns.csv")
    for table in ["partners.csv", "biomarkers.csv"] {
      let header = try directory.text("run/" + table).prefix { $0 != "\n" }.split(separator: ",").map(String.init)
      #expect(header == dictionary.filter { $0["table"] == table }.map { $0["column"] ?? "" })
    }
    let html = try directory.text("run/report.html")
    #expect(html.contains("<section id=\"partners\"") && html.contains("<a href=\"#partners\">Gene screen</a>"))
    let text = try directory.text("run/report.md")
    #expect(
      text.contains("## Gene screen and matrix") && text.contains("sets of targets")
        && text.contains("Candidate biomarkers"))
    let manifest = try directory.text("run/isobole-manifest.json")
    #expect(manifest.contains("partners.csv"))
    // From the store, without the gene screen.
    try FileManager.default.removeItem(atPath: directory.path + "/Genes")
    try FileManager.default.removeItem(atPath: directory.path + "/targets.csv")
    let again = try await run("report", "run")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("Gene screen KPT-330"))
    for table in ["partners.csv", "biomarkers.csv"] {
      #expect(try directory.text("run/report/" + table) == directory.text("run/" + table))
    }
    #expect(try directory.text("run/report/report.md") == text)
    // Of a choice of blocks, the partners are still those of the run.
    #expect(try await run("report", "run", "--top", "3", "--out", "top").status == 0)
    #expect(try directory.text("top/partners.csv") == directory.text("run/partners.csv"))
    let export = try await run("export", "run", "--table", "partners")
    #expect(export.output == (try directory.text("run/partners.csv")))
    // The JSON of the run holds it too.
    #expect(try await run("export", "run", "--out", "run.json").status == 0)
    #expect(try await run("report", "run.json", "--out", "json").status == 0)
    #expect(try directory.text("json/partners.csv") == directory.text("run/partners.csv"))
  }

  @Test("a report takes a gene screen that the run did not have")
  func later() async throws {
    _ = try await screens()
    #expect(
      try await run("analyze", "matrix/screen.csv", "--resamples", "200", "--out", "run", "--formats", "md").status == 0
    )
    #expect(!directory.names(in: "run").contains("partners.csv"))
    let outcome = try await run(
      "report", "run", "--genes", "Genes/", "--targets", "targets.csv", "--formats", "md,html,pdf,xlsx")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try directory.rows("run/report/partners.csv").count == 25)
  }

  @Test("without a pair that holds the gene screen's drug there is a warning, with the matrix's drugs, and no verdict")
  func anotherDrug() async throws {
    _ = try await screens()
    let genes = try directory.text("Genes/genes.csv")
    try directory.write("Genes/genes.csv", genes.replacing("KPT-330", with: "Lab 17"))
    let outcome = try await analyze(["--formats", "md,html"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let says =
      "No pair of the matrix screen holds Lab 17, the drug of contrast Lab 17: not joined. The matrix screen’s drugs are selinexor, "
    #expect(outcome.output.contains("warning: " + says), "\(outcome.output)")
    #expect(!outcome.output.contains("gene only"))
    #expect(try directory.rows("run/partners.csv").isEmpty)
    let text = try directory.text("run/report.md")
    #expect(text.contains("## Gene screen and matrix\n\n" + says) && !text.contains("gene only"))
  }

  @Test("targets of a lab's compounds count, cited; the table goes before them")
  func compounds() async throws {
    let (planted, _) = try await screens()
    try directory.write(
      "lab.yaml",
      "isobole_compounds: 1\ncompounds:\n  - name: \(planted[0])\n    class: inhibitor of G20\n    target: G20\n")
    try directory.write("targets.csv", "drug,gene\n\(planted[1]),G17\n")
    let outcome = try await analyze(["--compounds", "lab.yaml", "--formats", "md"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try directory.rows("run/partners.csv")
    #expect(rows.first { $0["partner"] == planted[0] }?["targets"]?.hasPrefix("G20 ") == true)
    #expect(rows.first { $0["partner"] == planted[1] }?["targets"]?.hasPrefix("G17 ") == true)
  }

  @Test(
    "what is wrong ends with status 2 and leaves nothing",
    arguments: [
      (["--targets", "targets.csv"], "add --genes"), (["--genes", "none"], "there is no genes.csv"),
      (["--genes", "Genes"], "no targets of any drug are known"),
      (["--genes", "Genes", "--targets", "none.csv"], "none.csv"),
      (["--genes", "Genes", "--targets", "bad.csv"], "bad.csv, line 2, column \"drug\""),
      (["--genes", "Bad", "--targets", "good.csv"], "there is no column \"contrast\""),
    ])
  func wrong(arguments: [String], says: String) async throws {
    try directory.write("block.csv", WrittenBlock.table([WrittenBlock("g1")]))
    try directory.write("bad.csv", "drug,gene\n,PARP1\n")
    try directory.write("good.csv", "drug,gene\nolaparib,PARP1\n")
    try directory.write("targets.csv", "drug,gene\nolaparib,PARP1\n")
    try directory.write("Bad/genes.csv", "a,b\n1,2\n")
    try directory.write(
      "Genes/genes.csv",
      "contrast,drug,gene,call,effect,effect_low,effect_high,p_sensitises,p_protects,q_protects,z_p_sensitises,z_p_protects\n"
        + "s,selinexor,PARP1,no effect,0.1,-0.1,0.2,0.5,0.5,0.9,0.6,0.4\n")
    let outcome = try await Tool.run(["analyze", "block.csv", "--out", "run"] + arguments, in: directory)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(directory.names(in: "run").isEmpty)
  }

  @Test("isobole simulate --genes writes what isobole genes reads, with its truth; its options need it")
  func simulate() async throws {
    let arguments = [
      "simulate", "--genes", "--gene-count", "200", "--guides", "4", "--replicates", "2", "--hits", "0.2",
      "--protecting", "0.25",
      "--fold-change", "2", "--bottleneck", "200", "--depth", "200", "--inactive-guides", "0", "--seed", "7", "--out",
      "s",
    ]
    #expect(try await Tool.run(arguments, in: directory).status == 0)
    let truth = try directory.rows("s/truth.csv")
    #expect(truth.count == 200 && truth.count { $0["loss"] == "protects" } == 10)
    #expect(truth.count { $0["loss"] == "sensitises" } == 30 && truth.count { $0["log2_fold_change"] == "-2.0" } == 30)
    #expect(try directory.text("s/counts.tsv").split(separator: "\n").count == 801)
    let outcome = try await run("genes", "s/counts.tsv", "--design", "s/samples.csv", "--out", "out", "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let genes = try directory.rows("out/genes.csv")
    for call in ["sensitises", "protects"] {
      let called = genes.filter { $0["call"] == call }.compactMap { $0["gene"] }
      let planted = Set(truth.filter { $0["loss"] == call }.compactMap { $0["gene"] })
      #expect(called.count { planted.contains($0) } * 10 >= planted.count * 9, "\(call): \(called)")
    }
    for (arguments, says) in [
      (["--guides", "4"], "--guides: only for --genes"), (["--genes", "--depth", "0"], "--depth 0"),
      (["--genes", "--power"], "--power"),
    ] {
      let wrong = try await Tool.run(["simulate"] + arguments + ["--out", "x"], in: directory)
      #expect(wrong.status == 2 && wrong.errors.contains(says), "\(wrong.errors)")
    }
  }
}
