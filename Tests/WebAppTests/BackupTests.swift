import Foundation
import GRDB
import ReferenceData
import Testing

@testable import WebApp

@Suite("Backup")
struct BackupTests {
  @Test("A copy is a whole data directory; what the store does not name is not copied")
  func copies() async throws {
    let directory = try TemporaryDirectory()
    let source = directory.path + "/data"
    let data = try DataDirectory(source)
    let store = try Store(path: data.store)
    let person = try await store.localPerson(name: "me")
    let screen = try await store.addScreen(name: "screen", isPrivate: false, by: person)
    let sha256 = Secrets.digest("content")
    try FileManager.default.createDirectory(
      atPath: source + "/files/" + sha256.prefix(2), withIntermediateDirectories: true)
    try Data("content".utf8).write(to: URL(fileURLWithPath: data.file(sha256: sha256)))
    try Data("stray".utf8).write(to: URL(fileURLWithPath: data.file(sha256: sha256) + "x"))
    try await store.putFile(
      "a.csv", in: screen, sha256: sha256, bytes: 7, role: .unknown, isRoleSet: false, corrections: [],
      reading: FileUnderstanding(kind: .unknown), by: person)

    let target = directory.path + "/copy"
    let counts = try DataBackup.write(from: source, to: target)
    #expect(counts.files == 1 && counts.runs == 0)
    let copy = try DataDirectory(target)
    #expect(try Data(contentsOf: URL(fileURLWithPath: copy.file(sha256: sha256))) == Data("content".utf8))
    #expect(!FileManager.default.fileExists(atPath: copy.file(sha256: sha256) + "x"))
    #expect(try await Store(path: copy.store).files(of: screen).map(\.name) == ["a.csv"])
    #expect(throws: WebAppError.self) { try DataBackup.write(from: source, to: target) }
    #expect(throws: WebAppError.self) { try DataBackup.write(from: directory.path, to: directory.path + "/b") }
    #expect(throws: WebAppError.directoryInUse(path: copy.path)) { try DataDirectory(target) }
  }
}
