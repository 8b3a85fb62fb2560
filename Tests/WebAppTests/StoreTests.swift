import Foundation
import GRDB
import ReferenceData
import Testing

@testable import WebApp

@Suite("Store")
struct StoreTests {
  let directory: TemporaryDirectory
  let store: Store
  let ada: Person
  let ben: Person

  init() async throws {
    directory = try TemporaryDirectory()
    store = try Store(path: directory.path + "/isobole.sqlite")
    try await store.addAccount(name: "ada", role: .editor, hash: "x")
    try await store.addAccount(name: "ben", role: .admin, hash: "x")
    ada = try #require(try await store.signInData(name: "ada")).person
    ben = try #require(try await store.signInData(name: "Ben")).person
  }

  @Test("A private screen is seen by its owner alone, whatever the others' role")
  func privateScreens() async throws {
    let id = try await store.addScreen(name: "mine", isPrivate: true, by: ada)
    #expect(try await store.screen(id, for: ada) != nil)
    #expect(try await store.screen(id, for: ben) == nil)
    #expect(try await store.screens(for: ben, archived: false).isEmpty)
    let screen = try #require(try await store.screen(id, for: ada))
    try await store.changeScreen(screen, name: nil, isPrivate: false, isArchived: nil, by: ada)
    #expect(try await store.screen(id, for: ben)?.name == "mine")
  }

  @Test("What is done and its entry in the history are one transaction")
  func auditIsAtomic() async throws {
    let id = try await store.addScreen(name: "screen", isPrivate: false, by: ada)
    let screen = try #require(try await store.screen(id, for: ada))
    let nobody = Person(id: 999, name: "nobody", role: .admin)
    await #expect(throws: DatabaseError.self) {
      try await store.changeScreen(screen, name: "other", isPrivate: nil, isArchived: nil, by: nobody)
    }
    #expect(try await store.screen(id, for: ada)?.name == "screen")
    #expect(try await store.history(of: id).map(\.action) == ["screen created"])
  }

  @Test("A review belongs to the screen and the block's name; every change of it is in the history")
  func reviews() async throws {
    let id = try await store.addScreen(name: "screen", isPrivate: false, by: ada)
    try await store.changeReview(of: "b1", in: id, isStarred: true, status: nil, by: ada)
    try await store.changeReview(of: "b1", in: id, isStarred: nil, status: .followUp, by: ben)
    try await store.changeReview(of: "b1", in: id, isStarred: true, status: .followUp, by: ben)
    _ = try await store.addComment("look again", on: "b1", in: id, by: ben)
    let review = try #require(try await store.reviews(of: id)["b1"])
    #expect(review.isStarred && review.status == .followUp && review.comments == 1)
    #expect(
      try await store.history(of: id).map { "\($0.by): \($0.action)" }
        == ["ben: comment", "ben: to follow up", "ada: starred", "ada: screen created"])
  }

  @Test("A well that is restored stays in the list, with who left it out, why, and who took it in")
  func leftOut() async throws {
    let id = try await store.addScreen(name: "screen", isPrivate: false, by: ada)
    func leaveOut() async throws -> Bool {
      try await store.leaveOut(doses: [0.1, 3], response: 41.25, of: "b1", in: id, reason: "bubble", by: ada)
    }
    #expect(try await leaveOut())
    #expect(try await leaveOut() == false)
    let entry = try #require(try await store.leftOut(of: id, block: "b1").first)
    #expect(entry.isActive && entry.doses == [0.1, 3] && entry.response == 41.25 && entry.by == "ada")
    #expect(try await store.undoLeftOut(entry.id, of: "b2", in: id, by: ben) == false)
    #expect(try await store.undoLeftOut(entry.id, of: "b1", in: id, by: ben))
    #expect(try await store.undoLeftOut(entry.id, of: "b1", in: id, by: ben) == false)
    let undone = try #require(try await store.leftOut(of: id).first)
    #expect(!undone.isActive && undone.undoneBy == "ben" && undone.reason == "bubble")
  }

  @Test("A session ends when it is not used, when its account is disabled, and when its password changes")
  func sessions() async throws {
    let (secret, csrf) = try await store.openSession(of: ada)
    let long = 86_400.0
    #expect(try await store.visitor(session: secret, idle: long, life: long)?.csrf == csrf)
    #expect(try await store.visitor(session: secret + "x", idle: long, life: long) == nil)
    #expect(try await store.visitor(session: secret, idle: 0, life: long) == nil)
    #expect(try await store.visitor(session: secret, idle: long, life: 0) == nil)
    try await store.changeAccount(name: "ada", hash: "y")
    #expect(try await store.visitor(session: secret, idle: long, life: long) == nil)
  }

  @Test("Neither passwords, sessions nor tokens are in the store as they are sent")
  func secretsAreDigests() async throws {
    let (secret, _) = try await store.openSession(of: ada)
    let book = try AccountBook(data: directory.path)
    try await book.setPassword(of: "ben", "correct horse battery")
    let token = try await book.makeToken(for: "ada", named: "script")
    #expect(try await store.visitor(token: token)?.person == ada)
    try await store.pool.barrierWriteWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/isobole.sqlite"))
    for text in [secret, token, "correct horse battery"] { #expect(bytes.range(of: Data(text.utf8)) == nil) }
    #expect(bytes.range(of: Data("$argon2id$".utf8)) != nil)
  }

  @Test("A store that a newer version wrote is refused and left alone")
  func newerStore() async throws {
    let path = directory.path + "/newer.sqlite"
    do {
      let newer = try Store(path: path)
      try await newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
    }
    #expect(throws: WebAppError.storeIsNewer(path: path)) { try Store(path: path) }
  }

  @Test("A file that is no store is told as such")
  func noStore() throws {
    let path = directory.path + "/garbage.sqlite"
    try Data("this is no database, but long enough to be looked at as one".utf8).write(to: URL(fileURLWithPath: path))
    do {
      _ = try Store(path: path)
      Issue.record("it opened")
    } catch WebAppError.cannotOpenStore(let where_, let reason) {
      #expect(where_ == path && !reason.isEmpty)
    }
  }
}
