import Foundation
import ReferenceData
import Testing

@Suite("The same input gives the same files")
struct ReproducibilityTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("byte for byte, on one thread and on many", arguments: [2, 3, 16])
  func threads(count: Int) async throws {
    for file in 1...5 {
      try directory.write(
        "screen/\(file).csv", WrittenBlock.table((1...9).map { WrittenBlock("b\($0)", seed: 10 * file + $0) }))
    }
    for (threads, out) in [(1, "one"), (count, "many")] {
      let outcome = try await Tool.run(
        ["analyze", "screen", "--quiet", "--line-fits", "--resamples", "100", "--threads", "\(threads)", "--out", out],
        in: directory)
      #expect(outcome.status == 0)
    }
    for name in ["ranking.csv", "cells.csv", "fits.csv", "problems.csv"] {
      #expect(try directory.text("one/" + name) == directory.text("many/" + name), "\(name)")
    }
    #expect(try directory.rows("one/ranking.csv").count == 45)
  }
}
