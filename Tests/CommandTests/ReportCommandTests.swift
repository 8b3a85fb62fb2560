import Foundation
import ReferenceData
import Testing

@Suite("isobole report")
struct ReportCommandTests {
  private static let header = "block_id,drug1,drug2,cell_line,conc1,conc2,inhibition,conc_unit\n"

  /// Two partners in six samples; venetoclax adds `bump` points in the first three.
  private func screen(bump: Double = 15) -> String {
    var text = Self.header
    for sample in 0..<6 {
      for (partner, drug) in ["venetoclax", "olaparib"].enumerated() {
        for first in [0.0, 10, 30, 100] {
          for second in [0.0, 1, 3, 10] {
            let one = first / (first + 40) * 70
            let other = second / (second + 4) * 60
            let more = first > 0 && second > 0 && partner == 0 && sample < 3 ? bump : 0
            let wobble = Double((Int(first) * 7 + Int(second) * 13 + sample * 5 + partner * 3) % 11) / 4
            let response = one + other - one * other / 100 + more + wobble
            text += "\(sample * 2 + partner),selinexor,\(drug),S\(sample),\(first),\(second),\(response),nM\n"
          }
        }
      }
    }
    return text
  }

  private static let samples = "sample,TP53\nS0,mut\nS1,mut\nS2,mut\nS3,wt\nS4,wt\nS5,wt\n"

  private func analyzed(_ directory: TemporaryDirectory, _ more: [String] = ["--resamples", "100"]) async throws {
    try directory.write("screen.csv", screen())
    try directory.write("samples.csv", Self.samples)
    let outcome = try await Tool.run(["analyze", "screen.csv", "--out", "run"] + more, in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("the whole report is that of analyze, byte for byte; the results are left as they were")
  func whole() async throws {
    let directory = try TemporaryDirectory()
    try await analyzed(directory, ["--resamples", "100", "--samples", "samples.csv"])
    let before = try directory.bytes("run/results.sqlite")
    let outcome = try await Tool.run(["report", "run"], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    for name in ["report.html", "report.md", "report.pdf", "ranking.csv", "across_samples.csv", "associations.csv"] {
      #expect(try directory.bytes("run/" + name) == directory.bytes("run/report/" + name), "\(name)")
    }
    #expect(try directory.bytes("run/results.sqlite") == before)
    #expect(
      directory.names(in: "run/report").sorted() == [
        "across_samples.csv", "associations.csv", "isobole-manifest.json", "ranking.csv", "report.html", "report.md",
        "report.pdf",
        "report.xlsx",
      ])
  }

  @Test("a choice keeps the screen's ranks and says how many of how many")
  func choice() async throws {
    let directory = try TemporaryDirectory()
    try await analyzed(directory)
    let outcome = try await Tool.run(
      [
        "report", "run", "--sample", "S4", "--sample", "S0", "--partner", "Venetoclax", "--out", "some", "--formats",
        "md",
      ],
      in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2 of the screen's 12 blocks: of sample S4 or S0, with partner Venetoclax"))
    let all = try directory.rows("run/ranking.csv")
    let some = try directory.rows("some/ranking.csv")
    #expect(some.count == 2)
    for row in some { #expect(all.contains(row)) }
    #expect(Set(some.map { $0["sample"] }) == ["S0", "S4"])
    #expect(!directory.names(in: "some").contains("report.html"))
  }

  @Test("annotations can be given afterwards, and give what they give when the screen is analysed")
  func annotated() async throws {
    let directory = try TemporaryDirectory()
    try await analyzed(directory)
    #expect(!directory.names(in: "run").contains("associations.csv"))
    let outcome = try await Tool.run(["report", "run", "--samples", "samples.csv"], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let later = try directory.text("run/report/associations.csv")
    let analysis = try await Tool.run(
      ["analyze", "screen.csv", "--out", "other", "--resamples", "100", "--samples", "samples.csv"], in: directory)
    #expect(analysis.status == 0)
    #expect(try directory.text("other/associations.csv") == later)
    let rows = try directory.rows("run/report/associations.csv")
    let first = try #require(rows.first)
    #expect(first["drug2"] == "venetoclax" && first["annotation"] == "TP53")
    #expect(first["p"] == "0.1" && first["arrangements"] == "20" && first["exact"] == "yes")
  }

  @Test("another run is compared: ranks, calls, and why")
  func against() async throws {
    let directory = try TemporaryDirectory()
    try await analyzed(directory)
    try directory.write("screen.csv", screen(bump: -15))
    let later = try await Tool.run(
      ["analyze", "screen.csv", "--out", "later", "--resamples", "100", "--threshold", "4"], in: directory)
    #expect(later.status == 0)
    let outcome = try await Tool.run(["report", "later", "--compare-with", "run"], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("synergy.inference.threshold: 5 → 4"))
    #expect(outcome.output.contains("screen.csv: other content"))
    #expect(outcome.output.contains("synergistic → antagonistic"))
    let rows = try directory.rows("later/report/comparison.csv")
    #expect(rows.count == 12)
    let changed = rows.filter { $0["reasons"]?.contains("other responses in 9 of 16 cells") ?? false }
    #expect(Set(changed.map { $0["sample"] }) == ["S0", "S1", "S2"])
    #expect(changed.allSatisfy { $0["drug2"] == "venetoclax" && $0["bliss_change"]?.hasPrefix("-30") ?? false })
  }

  @Test(
    "what cannot be done ends with status 2 or 4 and says what to do",
    arguments: [
      (["report", "nowhere"], Int32(2), "there is no directory nowhere; name one that isobole analyze has written"),
      (["report", "."], 2, "there is no results.sqlite in .; name a directory that isobole analyze has written"),
      (["report", "run", "--sample", "Z"], 2, "no block is of sample Z; there are 12 blocks"),
      (["report", "run", "--call", "lucky"], 2, "lucky"),
      (["report", "run", "--top", "0"], 2, "--top 0: expected 1 or more."),
      (["report", "run", "--out", "run"], 2, "run holds the results of a run, which a report must not replace"),
      (
        ["report", "run", "--compare-with", "broken"], 4,
        "broken/results.sqlite is not a results file that this version can read"
      ),
      (
        ["report", "older"], 4,
        "older/results.json has version 1 of the format, expected 3; analyse the screen again: isobole analyze … --out older"
      ),
      (["report", "run", "--samples", "none.csv"], 3, "none.csv"),
      (
        ["analyze", "screen.csv", "--out", "again", "--samples", "screen.csv", "--permutations", "5"], 2,
        "expected 99 to 1000000"
      ),
    ])
  func errors(arguments: [String], status: Int32, message: String) async throws {
    let directory = try TemporaryDirectory()
    try await analyzed(directory, [])
    try directory.write("broken/results.sqlite", "{\"format\":\"isobole-results\"}\n")
    try directory.write("older/results.json", "{\"format\":\"isobole-results\",\"format_version\":1}\n")
    let outcome = try await Tool.run(arguments, in: directory)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
