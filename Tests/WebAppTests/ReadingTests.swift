import Assay
import Foundation
import PlateSimulation
import Screening
import Synchronization
import Testing

@testable import WebApp

@Suite("Reading uploads in processes of their own")
struct ReadingTests {
  @Test("What a file was read as comes back whole, blocks to the bit")
  func contentComesBack() throws {
    let table =
      "block_id,drug1,drug2,cell_line,conc1,conc2,inhibition,conc_unit\n"
      + (1...30).flatMap { block in
        (0..<9).map {
          "\(block),A,B,S,\($0 % 3),\($0 / 3),\(Double(block * $0) / 7),uM\n\(block),A,B,S,\($0 % 3),\($0 / 3),\($0),uM\n"
        }
      }.joined()
    let content = FileReader().read(Array(table.utf8), name: "f.csv", role: nil, corrections: FileCorrections())
    let back: FileReader.Content = try ReadingRequest.value(ReadingRequest.json(content))
    #expect(back.blocks.count == 30 && back.blocks.map(\.axes) == content.blocks.map(\.axes))
    #expect(zip(back.blocks, content.blocks).allSatisfy { $0.mean == $1.mean && $0.count == $1.count })
    #expect(back.reading.problems == content.reading.problems && back.reading.summary == content.reading.summary)
    let drawn = content.drawing(first: 24)
    #expect(drawn.blocks.map(\.axes) == content.blocks.map(\.axes) && drawn.blocks[23].wellCount == 18)
    #expect(drawn.blocks[24].wellCount == 0 && drawn.reading.blocks[24].wells == 18)
  }

  @Test("A plate comes back with its wells, notes and lines")
  func plateComesBack() throws {
    let text = "Barcode: P7\nLuminescence\n,1,2,3\nA,1.5,>9999,\nB,4,5,6\n"
    let content = FileReader().read(Array(text.utf8), name: "f.csv", role: .export, corrections: FileCorrections())
    let back: FileReader.Content = try ReadingRequest.value(ReadingRequest.json(content))
    #expect(back.plates == content.plates && back.plates.count == 1 && back.facts == content.facts)
  }

  @Test("A program's streams are its own, and its end is told as it was")
  func childEnds() throws {
    let environment = ["GREETING": "hello"]
    let child = try ChildProcess(
      "/bin/sh", ["-c", "read line; echo $GREETING $line; echo oh >&2; exit 7"], environment: environment)
    child.input.write(Data("there\n".utf8))
    #expect(child.output.readToEnd(most: 100) {} == Data("hello there\n".utf8) && child.errors.readTail(100) == "oh\n")
    child.awaitEnd()
    guard case .exited(7) = child.reap() else { return #expect(Bool(false), "not status 7") }
    let killed = try ChildProcess("/bin/sh", ["-c", "kill -9 $$"], environment: [:])
    guard case .killed(SIGKILL) = killed.reap() else { return #expect(Bool(false), "not signal 9") }
    #expect(throws: ChildProcess.Fault.self) { try ChildProcess("/no/such/program", [], environment: [:]) }
  }

  @Test("Who is cancelled while waiting gives up its turn, and the next one has it")
  func placesAreGivenUp() async throws {
    let places = ReadingPlaces(1)
    let (entered, enter) = AsyncStream<Void>.makeStream()
    let (released, release) = AsyncStream<Void>.makeStream()
    let first = Task {
      try await places.run {
        enter.finish()
        for await _ in released {}
      }
    }
    for await _ in entered {}
    let second = Task { try await places.run { Issue.record("the cancelled one had its turn") } }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    let third = Task { try await places.run { 3 } }
    release.finish()
    try await first.value
    #expect(try await third.value == 3)
  }

  @Test("Of those who wait, who had a place the longest ago comes first, however many files others bring")
  func placesAreShared() async throws {
    let places = ReadingPlaces(1)
    let (entered, enter) = AsyncStream<Void>.makeStream()
    let (released, release) = AsyncStream<Void>.makeStream()
    let (order, served) = AsyncStream<Int64>.makeStream()
    func read(_ party: Int64) -> Task<Void, any Error> {
      ReadingPlaces.$party.withValue(party) {
        Task { try await places.run { _ = served.yield(party) } }
      }
    }
    let first = ReadingPlaces.$party.withValue(1) {
      Task {
        try await places.run {
          enter.finish()
          for await _ in released {}
        }
      }
    }
    for await _ in entered {}
    let crowd = (0..<20).map { _ in read(1) }
    await places.untilWaiting(20)
    let one = read(2)
    await places.untilWaiting(21)
    release.finish()
    try await first.value
    try await one.value
    for task in crowd { try await task.value }
    served.finish()
    var found: [Int64] = []
    for await party in order { found.append(party) }
    #expect(found == [2] + Array(repeating: 1, count: 20))
  }

  @Test("A page's file is kept until newer ones need the room")
  func cache() {
    let cache = ContentCache()
    func key(_ number: Int) -> ContentCache.Key { .init(sha256: "\(number)", name: "f", role: nil, corrections: []) }
    let content = FileReader.Content(reading: FileUnderstanding(kind: .matrix))
    for number in 0..<65 { cache.keep(content, bytes: 10, for: key(number)) }
    #expect(cache[key(0)] == nil && cache[key(1)] != nil && cache[key(64)] != nil)
    cache.keep(content, bytes: 1 << 30, for: key(100))
    #expect(cache[key(100)] == nil)
    for number in 200..<206 { cache.keep(content, bytes: 16 << 20, for: key(number)) }
    #expect(cache[key(201)] == nil && cache[key(202)] != nil && cache[key(205)] != nil)
  }
}
