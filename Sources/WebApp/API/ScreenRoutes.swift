import Foundation
import HTTPTypes
import Hummingbird

/// Screens: the list, making, renaming, archiving, and their history.
struct ScreenRoutes {
  let services: Services

  struct Answer: Encodable {
    var id: Int64
    var name: String
    var owner: String
    var `private`: Bool
    var archived: Bool
    var created: String
    var files: Int
    var runs: Int
    var lastRun: RunState?

    enum CodingKeys: String, CodingKey {
      case id, name, owner, `private`, archived, created, files, runs
      case lastRun = "last_run"
    }

    init(_ screen: Screen) {
      id = screen.id
      name = screen.name
      owner = screen.owner.name
      `private` = screen.isPrivate
      archived = screen.isArchived
      created = screen.created
      files = screen.files
      runs = screen.runs
      lastRun = screen.lastRun
    }
  }

  struct New: Decodable {
    var name: String
    var `private`: Bool?
  }

  struct Change: Decodable {
    var name: String?
    var `private`: Bool?
    var archived: Bool?
  }

  func add(to group: RouterGroup<WebContext>) {
    group.get("screens") { request, context in
      let screens = try await services.store.screens(
        for: context.person(), archived: request.query("archived") == "true")
      return try JSONBody.response(["screens": screens.map(Answer.init)])
    }
    group.post("screens") { request, context in
      let person = try context.editor()
      let new = try await JSONBody.decode(New.self, from: request)
      let id = try await services.store.addScreen(
        name: Self.checked(new.name), isPrivate: new.private ?? false, by: person)
      guard let screen = try await services.store.screen(id, for: person) else { throw APIError.notFound("screen") }
      return try JSONBody.response(Answer(screen), status: .created, headers: [.location: "/api/v1/screens/\(id)"])
    }
    group.get("screens/:screen") { _, context in
      try JSONBody.response(Answer(try await services.screen(context)))
    }
    group.patch("screens/:screen") { request, context in
      let person = try context.editor()
      let screen = try await services.screen(context)
      let change = try await JSONBody.decode(Change.self, from: request)
      if change.private != nil, screen.owner.id != person.id {
        throw APIError(
          status: .forbidden, code: "not_owner", message: "Only the owner makes a screen private or shares it.")
      }
      try await services.store.changeScreen(
        screen, name: change.name.map(Self.checked), isPrivate: change.private, isArchived: change.archived, by: person)
      guard let changed = try await services.store.screen(screen.id, for: person) else {
        throw APIError.notFound("screen")
      }
      return try JSONBody.response(Answer(changed))
    }
    group.get("screens/:screen/history") { _, context in
      let screen = try await services.screen(context)
      return try JSONBody.response(["history": try await services.store.history(of: screen.id)])
    }
  }

  /// A screen's name as it is kept.
  static func checked(_ name: String) throws -> String {
    let plain = name.trimmingCharacters(in: .whitespacesAndNewlines)
    let isPrintable = !plain.unicodeScalars.contains {
      $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
    }
    guard (1...200).contains(plain.count), plain.utf8.count <= 800, isPrintable else {
      throw APIError.bad("A screen's name needs 1 to 200 printable characters.")
    }
    return plain
  }
}
