import Assay
import DoseTables
import Foundation
import ReferenceData
import Screening
import Synchronization
import Synergy
import Testing

@Suite("Running a screen")
struct ScreenRunTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func run(
    _ paths: [String]? = nil, threads: Int = 2, change: (inout ScreenRun) -> Void = { _ in }
  ) async throws -> (sink: RecordingSink, outcome: ScreenRun.Outcome) {
    let sink = RecordingSink()
    var run = ScreenRun(options: ScreenOptions(synergy: .scoresOnly, threads: threads))
    change(&run)
    let outcome = try await run.run(FileDiscovery(paths: paths ?? [directory.path]), into: sink)
    return (sink, outcome)
  }

  private func writeScreen(files: Int = 7, blocksEach: Int = 5) throws {
    for file in 1...files {
      try directory.write(
        "\(file).csv", MadeBlock.file(MadeBlock.blocks(blocksEach, prefix: "f\(file)b", seed: UInt64(100 * file))))
    }
  }

  @Test("One and many threads give the same fragments in the same order", arguments: [2, 3, 8])
  func threads(count: Int) async throws {
    try writeScreen()
    let one = try await run(threads: 1)
    let many = try await run(threads: count)
    #expect(one.sink.fragments.count == 35)
    #expect(one.sink.fragments.map(\.index) == Array(0..<35))
    #expect(one.sink.fragments == many.sink.fragments)
    #expect(one.sink.events == many.sink.events)
    #expect(one.outcome.ranked.map(\.id) == many.outcome.ranked.map(\.id))
  }

  @Test("Batches of one file, and portions of one block, give the same as all at once")
  func batches() async throws {
    try writeScreen()
    let whole = try await run()
    let single = try await run { $0.batchFiles = 1 }
    let small = try await run { $0.batchBytes = 1 }
    let portions = try await run { $0.cellsAtOnce = 1 }
    for other in [single, small, portions] {
      #expect(whole.sink.fragments == other.sink.fragments)
      #expect(whole.sink.events == other.sink.events)
      #expect(whole.outcome.ranked.map(\.index) == other.outcome.ranked.map(\.index))
    }
  }

  @Test("Blocks keep their numbers to the bit wherever they lie")
  func shuffled() async throws {
    let blocks = MadeBlock.blocks(12)
    try directory.write("a.csv", MadeBlock.file(blocks))
    let together = try await run()
    let apart = try TemporaryDirectory()
    for (place, block) in blocks.reversed().enumerated() {
      try apart.write("\(place % 5)/\(place).csv", MadeBlock.file([block]))
    }
    let scattered = try await run([apart.path])
    #expect(together.sink.bitsByBlock.count == 12)
    #expect(together.sink.bitsByBlock == scattered.sink.bitsByBlock)
  }

  @Test("A bad block leaves the good ones' numbers as they were, to the bit")
  func badAmongGood() async throws {
    let good = MadeBlock.blocks(6)
    var bad = MadeBlock("bad", seed: 99)
    bad.wells.removeAll { $0.doses[0] == 0 }  // drug 2 was never tested alone
    let clean = try await run([try directory.write("clean.csv", MadeBlock.file(good))])
    let mixed = try await run([
      try directory.write("mixed.csv", MadeBlock.file(Array(good[..<3]) + [bad] + Array(good[3...])))
    ])
    #expect(clean.sink.bitsByBlock.count == 6)
    #expect(clean.sink.bitsByBlock == mixed.sink.bitsByBlock)
    #expect(!clean.outcome.hasRefusals)
    #expect(mixed.outcome.hasRefusals)
    let refused = mixed.sink.problems.filter { $0.severity == .error }
    #expect(refused.map(\.blockID) == ["bad"])
    #expect(refused.first?.message.contains("olaparib alone") == true)
  }

  @Test("Two files of the same content are doubted; both are read")
  func twins() async throws {
    let text = MadeBlock.file(MadeBlock.blocks(2))
    for name in ["a.csv", "b.csv", "c.csv"] { try directory.write(name, text) }
    let (sink, outcome) = try await run()
    let doubted = sink.problems.filter { $0.severity == .warning }
    #expect(doubted.map(\.file) == [directory.path + "/b.csv", directory.path + "/c.csv"])
    #expect(doubted.allSatisfy { $0.message.contains("the same content as \(directory.path)/a.csv") })
    #expect(sink.inputs.map(\.sha256).allSatisfy { $0 == sink.inputs.first?.sha256 && $0?.count == 64 })
    #expect(Set(outcome.ranked.map(\.id)) == ["a:b1", "a:b2", "b:b1", "b:b2", "c:b1", "c:b2"])
  }

  @Test("Empty files are refused, not called twins")
  func emptyTwins() async throws {
    for name in ["a.csv", "b.csv"] { try directory.write(name) }
    let (sink, _) = try await run()
    #expect(sink.problems.map(\.severity) == [.error, .error])
  }

  @Test("A file's SHA-256 is that of its bytes")
  func hash() async throws {
    let (sink, _) = try await run([try directory.write("a.csv", "abc")])
    #expect(
      sink.inputs.map(\.sha256) == ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"])  // FIPS 180-2
    #expect(sink.inputs.map(\.bytes) == [3])
  }

  @Test("Each file's problems, blocks and summary come in the files' order, the end last")
  func order() async throws {
    try directory.write("1.csv", MadeBlock.file(MadeBlock.blocks(1)))
    try directory.write("2.csv")
    try directory.write("3.csv", MadeBlock.file(MadeBlock.blocks(2)))
    let (sink, outcome) = try await run()
    #expect(
      sink.events.filter { !$0.hasPrefix("problem 1:") && !$0.hasPrefix("problem 3:") } == [
        "block 1:b1", "input 1", "problem -", "input 0", "block 3:b1", "block 3:b2", "input 2", "finish",
      ])
    #expect(outcome.files == 3)
    #expect(sink.ranked?.map(\.id) == outcome.ranked.map(\.id))
  }

  @Test("One file alone gives its blocks no prefix")
  func prefix() async throws {
    let (sink, _) = try await run([try directory.write("a.csv", MadeBlock.file(MadeBlock.blocks(2)))])
    #expect(sink.fragments.map(\.id) == ["b1", "b2"])
  }

  @Test("Progress rises to 1 and counts files and blocks")
  func progress() async throws {
    try writeScreen()
    let seen = Mutex<[ScreenRun.Progress]>([])
    var run = ScreenRun(options: ScreenOptions(synergy: .scoresOnly, threads: 2))
    run.batchFiles = 2
    run.cellsAtOnce = 100
    _ = try await run.run(FileDiscovery(paths: [directory.path]), into: RecordingSink()) { progress in
      seen.withLock { $0.append(progress) }
    }
    let all = seen.withLock { $0 }
    #expect(all.count > 4)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.fraction <= $1.fraction && $0.blocks <= $1.blocks })
    #expect(all.last?.fraction == 1)
    #expect(all.last?.files == 7)
    #expect(all.last?.blocks == 35)
  }

  @Test("A cancelled run throws and does not finish its sink")
  func cancelled() async throws {
    try writeScreen()
    let paths = [directory.path]
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      let sink = RecordingSink()
      do {
        _ = try await ScreenRun(options: ScreenOptions(synergy: .scoresOnly, threads: 2)).run(
          FileDiscovery(paths: paths), into: sink)
        return "finished"
      } catch is CancellationError {
        return sink.ranked == nil ? "cancelled" : "cancelled after the end"
      }
    }
    #expect(try await task.value == "cancelled")
  }

  @Test("A screen of no files finishes with nothing")
  func nothing() async throws {
    let (sink, outcome) = try await run([])
    #expect(outcome.ranked.isEmpty)
    #expect(sink.events == ["finish"])
  }
}
