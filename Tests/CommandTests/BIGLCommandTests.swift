import Foundation
import ReferenceData
import Testing

@Suite("isobole analyze --bigl")
struct BIGLCommandTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    let small = WrittenBlock("small", first: ["0", "1", "3"], second: ["0", "1", "3"])
    try directory.write(
      "screen.csv", WrittenBlock.table([WrittenBlock("b1", seed: 1), WrittenBlock("b2", seed: 2), small]))
  }

  private func header(_ out: String) throws -> [String] {
    try directory.text("\(out)/ranking.csv").prefix { $0 != "\n" }.split(separator: ",").map { String($0) }
  }

  @Test("F and p of each null stand at the end of the ranking, and only when asked for")
  func columns() async throws {
    #expect(try await Tool.run(["analyze", "screen.csv", "--out", "plain"], in: directory).status == 0)
    let outcome = try await Tool.run(
      ["analyze", "screen.csv", "--bigl", "hsa,loewe2", "--out", "asked"], in: directory)
    #expect(outcome.status == 0)
    #expect(try header("asked") == header("plain") + ["bigl_hsa_f", "bigl_hsa_p", "bigl_loewe2_f", "bigl_loewe2_p"])
    for row in try directory.rows("asked/ranking.csv") {
      let p = row["bigl_hsa_p"].flatMap { Double($0) }
      #expect(row["block_id"] == "small" ? p == nil : p.map { (0...1).contains($0) } == true)
    }
    // 3 × 3 doses leave no degree of freedom: said, not hidden.
    let problems = try directory.rows("asked/problems.csv").filter { $0["block_id"] == "small" }
    #expect(problems.contains { $0["message"]?.contains("7 parameters from 5 wells") == true })
  }

  @Test("the store has the marginals, F and a call for every combination cell")
  func json() async throws {
    _ = try await Tool.run(["analyze", "screen.csv", "--bigl", "bliss", "--out", "out"], in: directory)
    struct Results: Decodable {
      struct Block: Decodable {
        struct Marginals: Decodable { var curves: [Double] }
        struct Test: Decodable {
          var null_model: String
          var f: Double
          var df1: Double
          var cells: [Int]
          var max_r: [Double]
          var calls: String
        }
        var block_id: String
        var surface_marginals: [Marginals]
        var surface_tests: [Test]
      }
      var blocks: [Block]
    }
    let exported = try await Tool.run(["export", "out"], in: directory).output
    let results = try JSONDecoder().decode(Results.self, from: Data(exported.utf8))
    let block = try #require(results.blocks.first { $0.block_id == "b2" })
    let test = try #require(block.surface_tests.first)
    #expect(test.null_model == "bliss")
    #expect(test.df1 == 25 && test.cells.count == 25 && test.max_r.count == 25)
    #expect(test.calls.split(separator: " ").count == 25)
    #expect(block.surface_marginals.first?.curves.count == 6)
    let row = try #require(try directory.rows("out/ranking.csv").first { $0["block_id"] == "b2" })
    #expect(row["bigl_bliss_f"].flatMap { Double($0) } == test.f)
  }

  @Test(
    "bad arguments are refused",
    arguments: [
      (["--bigl", "zip"], "zip"), (["--bigl", "hsa,hsa"], "hsa,hsa"), (["--bigl-refits", "1"], "--bigl-refits 1"),
      (["--bigl-resamples", "5"], "--bigl-resamples 5"), (["--bigl-errors", "normal"], "normal"),
    ])
  func badArguments(arguments: [String], word: String) async throws {
    let outcome = try await Tool.run(["analyze", "screen.csv"] + arguments, in: directory)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(word))
  }
}
