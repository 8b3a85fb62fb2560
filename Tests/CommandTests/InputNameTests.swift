import Foundation
import ReferenceData
import Testing

/// Reports are sent around: they name inputs as the user did, and say nothing of the machine they were made on.
@Suite("Names of inputs in reports")
struct InputNameTests {
  @Test(
    "an input is named as the user named it, in every file", arguments: ["data/good.csv", "./data/good.csv", "data"])
  func relative(_ name: String) async throws {
    let directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(atPath: directory.path + "/data", withIntermediateDirectories: true)
    try directory.write("data/good.csv", WrittenBlock.table((1...2).map { WrittenBlock("b\($0)", seed: $0) }))
    let outcome = try await Tool.run(["analyze", name, "--out", "out"], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let machine = Data(directory.path.utf8)
    for file in directory.names(in: "out") {
      #expect(try directory.bytes("out/" + file).range(of: machine) == nil, "\(file)")
    }
    for file in ["report.html", "report.md"] {
      #expect(try directory.text("out/" + file).contains("good.csv"), "\(file)")
    }
  }
}
