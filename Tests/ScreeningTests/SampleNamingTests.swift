import Assay
import DoseTables
import ReferenceData
import Testing

@testable import Screening

@Suite("Names of samples that may be one, and replicates in several files")
struct SampleNamingTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func run(_ names: [String], _ change: (inout ScreenRun) -> Void = { _ in }) async throws -> RecordingSink {
    let sink = RecordingSink()
    var run = ScreenRun(options: ScreenOptions(synergy: .scoresOnly, threads: 2))
    change(&run)
    _ = try await run.run(FileDiscovery(paths: names.map { directory.path + "/" + $0 }), into: sink)
    return sink
  }

  private func table(_ samples: [String]) -> String {
    var text = "drug1,drug2,cell_line,conc1,conc2,viability,unit\n"
    for (number, sample) in samples.enumerated() {
      for (a, b, value) in [(0, 0, 100), (0, 5, 80), (10, 0, 70), (10, 5, 40)] {
        text += "a,b,\(sample),\(a),\(b),\(value - 2 * number),nM\n"
      }
    }
    return text
  }

  @Test("case, spaces and marks are no difference, a letter within is little, digits and ends are")
  func pairs() {
    func pairs(_ names: String...) -> [String] {
      SampleNaming.pairs(Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })).map { "\($0.name)=\($0.suggestion)" }
    }
    #expect(pairs("MM.1S", "MM1S", "mm1.s") == ["MM1S=MM.1S", "mm1.s=MM.1S"])
    #expect(pairs("Kasumi-1", "Kasmui-1") == ["Kasumi-1=Kasmui-1"])
    #expect(
      pairs(
        "MM1S", "MM1R", "KMS-11", "KMS-12", "OCI-AML2", "OCI-AML3", "RPMI8226", "RPMI8266", "MOLM13", "MOLM13R",
        "patientA",
        "patientB", "P01", "P02"
      ).isEmpty)
  }

  @Test("names that are alike are doubted, and joined by the option and by a file's correction")
  func joined() async throws {
    try directory.write("s.csv", table(["MM.1S", "MM1S", "mm1.s"]))
    let apart = try await run(["s.csv"])
    #expect(apart.matrices.count == 3)
    let doubts = apart.problems.filter { $0.severity == .warning && $0.message.contains("the sample “") }
    #expect(
      doubts.count == 2
        && doubts.allSatisfy { $0.message.contains("--rename-sample") && $0.message.contains("=MM.1S'") })
    let joined = try await run(["s.csv"]) { $0.options.reading.sampleNames = ["MM1S": "MM.1S", "mm1.s": "MM.1S"] }
    #expect(joined.matrices.map(\.sample) == ["MM.1S"] && joined.matrices.map(\.wellCount) == [12])
    let path = directory.path + "/s.csv"
    let corrected = try await run(["s.csv"]) {
      $0.corrections = FileCorrections([.init(file: path, sample: "MM1S=MM.1S;mm1.s=MM.1S;X=Y")])
    }
    #expect(corrected.matrices.map(\.wellCount) == [12])
    #expect(
      corrected.problems.contains { $0.severity == .info && $0.message.contains("the sample MM1S is called MM.1S") })
    #expect(corrected.problems.contains { $0.severity == .warning && $0.message.contains("no sample is called X") })
  }

  @Test("files of the same pair and sample are told, and pooled where a person says so")
  func files() async throws {
    let board = "Selinexor (nM) \\ Bortezomib (nM),0,5\n0,100,80\n10,70,40\n"
    try directory.write("pair_rep1.csv", board)
    try directory.write("pair_rep2.csv", board.replacing("40", with: "36"))
    try directory.write("other.csv", board.replacing("40", with: "30"))
    let pooled = try await run(["pair_rep1.csv", "pair_rep2.csv"]) { $0.options.reading.replicates = .pool }
    #expect(pooled.matrices.map(\.id) == ["pair:1"] && pooled.matrices.map(\.mean) == [[0, 20, 30, 62]])
    #expect(pooled.inputs.map(\.blocks) == [1, 0])
    #expect(pooled.problems.contains { $0.blockID == "pair:1" && $0.message.contains("were pooled") })
    let all = try await run(["pair_rep1.csv", "other.csv", "pair_rep2.csv"])
    #expect(all.matrices.count == 3)
    let told = all.problems.filter { $0.message.contains("was measured") }
    #expect(told.count == 1 && told.first?.message.contains("\"other\"") == true && told.first?.severity == .warning)
    let small = try await run(["pair_rep1.csv", "other.csv", "pair_rep2.csv"]) { $0.batchFiles = 1 }
    #expect(small.matrices.map(\.id).sorted() == all.matrices.map(\.id).sorted())
    let one = try await run(["pair_rep1.csv", "other.csv", "pair_rep2.csv"]) { $0.options.reading.replicates = .pool }
    #expect(one.matrices.map(\.wellCount) == [12])
    #expect(one.problems.contains { $0.severity == .warning && $0.message.contains("Their names differ") })
    try directory.write("H929_rep1.csv", board)
    try directory.write("MM1S_rep1.csv", board)
    let lines = try await run(["H929_rep1.csv", "MM1S_rep1.csv"]) { $0.options.reading.replicates = .pool }
    #expect(lines.matrices.count == 2 && lines.problems.contains { $0.message.contains("were not pooled") })
    let apart = try await run(["pair_rep1.csv", "pair_rep2.csv"]) { $0.options.reading.replicates = .separate }
    #expect(apart.matrices.count == 2)
  }
}

extension RecordingSink {
  fileprivate var matrices: [DoseMatrix] { fragments.map(\.analysis.matrix) }
}
