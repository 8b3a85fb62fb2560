import Foundation

/// A screen, as far as every page below it names it.
struct ScreenHeading: Sendable {
  /// Its id, as it stands in addresses.
  var id: String
  /// Its name.
  var name: String
  /// Who made it; empty where the server has no accounts.
  var owner: String
  /// Whether only its owner sees it.
  var isPrivate: Bool
  /// Whether it was put away.
  var isArchived: Bool
  /// When it was made.
  var created: Date

  /// Makes a heading.
  init(id: String, name: String, owner: String, isPrivate: Bool, isArchived: Bool, created: Date) {
    self.id = id
    self.name = name
    self.owner = owner
    self.isPrivate = isPrivate
    self.isArchived = isArchived
    self.created = created
  }

  /// For the templates.
  var fields: Fields {
    [
      "id": id, "name": name, "owner": owner.isEmpty ? false : owner as Any, "isPrivate": isPrivate,
      "isArchived": isArchived, "created": Words.time(created), "link": Links.screen(id),
      "api": Links.api(Links.screen(id)),
    ]
  }
}
