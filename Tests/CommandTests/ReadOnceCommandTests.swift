import Foundation
import ReferenceData
import Testing

@Suite("Pipes beside many files")
struct ReadOnceCommandTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("piped.csv", WrittenBlock.table([WrittenBlock("p1"), WrittenBlock("p2", seed: 4)]))
    // More files than one batch takes.
    for file in 1...260 {
      let doses = ["0", "1", "10"]
      try directory.write(
        "screen/\(file).csv", WrittenBlock.table([WrittenBlock("b", seed: file, first: doses, second: doses)]))
    }
  }

  @Test(
    "Standard input and a named pipe are read once, whatever lies beside them",
    arguments: [
      "cat piped.csv | \"$0\" analyze - screen --quiet --resamples 100 --out out",
      // What comes after the first reader's end would be another content; it is never read.
      "mkfifo fifo; (cat piped.csv > fifo; : > fifo) & writer=$!; \"$0\" analyze fifo screen --quiet --resamples 100 "
        + "--out out; status=$?; kill $writer 2> killed; exit $status",
    ])
  func piped(script: String) async throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script, Tool.path]
    shell.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    try await Tool.ended(shell)
    #expect(shell.terminationStatus == 0)
    let ids = try directory.rows("out/ranking.csv").compactMap { $0["block_id"] }
    #expect(ids.count == 262)
    #expect(Set(ids.map { $0.split(separator: ":").last ?? "" }).isSuperset(of: ["p1", "p2"]))
    #expect(try directory.rows("out/problems.csv").filter { $0["severity"] == "error" }.isEmpty)
  }
}
