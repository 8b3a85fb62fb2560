import Foundation
import ReferenceData
import Testing

@Suite("Intervals do not depend on how the screen is run")
struct InferenceTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func analyze(_ file: String, threads: Int = 2, out: String, extra: [String] = []) async throws {
    let outcome = try await Tool.run(
      ["analyze", file, "--quiet", "--resamples", "150", "--threads", "\(threads)", "--out", out] + extra, in: directory
    )
    #expect(outcome.status == 0)
  }

  /// Rows of a file by block, without what is the screen's by nature: rank, call and q.
  private func rows(_ name: String) throws -> [String: [[String: String]]] {
    let rows = try directory.rows(name).map { row in
      row.filter { column, _ in column != "rank" && !column.contains("call") && !column.hasSuffix("_q") }
    }
    return Dictionary(grouping: rows) { $0["block_id"] ?? "" }
  }

  @Test("threads and the order of the blocks change no bit; nor does half of the screen for what is its own")
  func independence() async throws {
    let single = (1...8).map { WrittenBlock("s\($0)", seed: $0) }
    let double = (1...8).map { number in
      let block = WrittenBlock("d\(number)", seed: 40 + number)
      return (block, WrittenBlock("d\(number)", seed: 140 + number))
    }
    // Replicate wells: the rows of two blocks under one name.
    let replicated = double.map { WrittenBlock.table([$0.0, $0.1]).split(separator: "\n").dropFirst() }
    let header = WrittenBlock.table([single[0]]).split(separator: "\n")[0]
    let plain = single.map { WrittenBlock.table([$0]).split(separator: "\n").dropFirst() }
    func file(_ blocks: [ArraySlice<Substring>]) -> String {
      ([header] + blocks.flatMap { $0 }).joined(separator: "\n") + "\n"
    }
    try directory.write("all.csv", file(plain + replicated))
    try directory.write("turned.csv", file((plain + replicated).reversed()))
    try directory.write("half.csv", file(Array(plain[..<7]) + Array(replicated[..<4])))
    try await analyze("all.csv", threads: 1, out: "one")
    try await analyze("all.csv", threads: 2, out: "two")
    try await analyze("turned.csv", out: "turned")
    try await analyze("half.csv", out: "half")
    for name in ["ranking.csv", "cells.csv", "fits.csv", "problems.csv"] {
      #expect(try directory.text("one/" + name) == directory.text("two/" + name), "\(name)")
      // Messages name lines, which moved.
      if name != "problems.csv" { #expect(try rows("one/" + name) == rows("turned/" + name), "\(name)") }
    }
    #expect(try directory.text("one/ranking.csv") == directory.text("turned/ranking.csv"))
    let whole = try rows("one/ranking.csv")
    let half = try rows("half/ranking.csv")
    for number in 1...4 {
      #expect(half["d\(number)"]?.count == 1)
      #expect(half["d\(number)"] == whole["d\(number)"])
    }
    let sources = try directory.rows("one/ranking.csv").map { ($0["block_id"] ?? "", $0["noise_source"] ?? "") }
    #expect(sources.allSatisfy { $0.0.hasPrefix("d") ? $0.1 == "replicates" : $0.1 == "screen" })
    // Where noise is the screen's, the scores stay and the intervals may move.
    for number in 1...7 {
      for column in ["zip", "bliss", "loewe", "hsa", "css"] {
        #expect(half["s\(number)"]?[0][column] == whole["s\(number)"]?[0][column])
      }
    }
  }

  @Test("the seed moves intervals, never scores; consensus is the smallest lower bound")
  func seed() async throws {
    try directory.write("all.csv", WrittenBlock.table((1...7).map { WrittenBlock("b\($0)", seed: $0) }))
    try await analyze("all.csv", out: "one")
    try await analyze("all.csv", out: "two", extra: ["--seed", "2"])
    let one = try rows("one/ranking.csv")
    let two = try rows("two/ranking.csv")
    for (id, rows) in one {
      let row = rows[0]
      let other = try #require(two[id]?[0])
      for column in ["zip", "bliss", "loewe", "hsa", "css", "zip_peak_doses"] { #expect(row[column] == other[column]) }
      #expect(row["zip_low"] != other["zip_low"])
      let lows = ["zip", "bliss", "loewe", "hsa"].compactMap { row[$0 + "_low"].flatMap { Double($0) } }
      let highs = ["zip", "bliss", "loewe", "hsa"].compactMap { row[$0 + "_high"].flatMap { Double($0) } }
      #expect(row["consensus_upper"].flatMap { Double($0) } == highs.max())
      let consensus = try #require(row["consensus"].flatMap { Double($0) })
      #expect(consensus == lows.min())
    }
  }

  @Test(
    "wrong numbers are refused by name",
    arguments: [
      ["--resamples", "5"], ["--resamples", "-1"], ["--confidence", "1"], ["--threshold", "nan"], ["--fdr", "0"],
    ])
  func usage(_ arguments: [String]) async throws {
    try directory.write("all.csv", WrittenBlock.table([WrittenBlock("b", seed: 1)]))
    let outcome = try await Tool.run(["analyze", "all.csv", "--out", "out"] + arguments, in: directory)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(arguments[0]))
  }
}
