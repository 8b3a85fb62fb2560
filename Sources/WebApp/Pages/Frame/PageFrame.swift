/// What every page knows beside its own matter: who reads it and what that person may do.
struct PageFrame: Sendable {
  /// What a person may do.
  enum Role: String, Sendable, CaseIterable {
    case admin, editor, reader
  }

  /// The name of who reads; `nil` where the server demands no sign-in.
  var user: String?
  /// What that person may do.
  var role: Role
  /// Whether this page may be changed: its controls are shown. False for readers, and where the screen is archived.
  var canEdit: Bool
  /// Whether there is a session that can be ended.
  var canSignOut: Bool
  /// What unsafe requests must bring along (`X-Isobole-CSRF`).
  var csrf: String
  /// The version of Isobole.
  var version: String
  /// Something that everybody should know, above the page: `This server is reached without TLS.`
  var notice: String?

  /// Makes a frame.
  init(
    user: String? = nil, role: Role = .admin, canEdit: Bool = true, canSignOut: Bool = false, csrf: String,
    version: String, notice: String? = nil
  ) {
    self.user = user
    self.role = role
    self.canEdit = canEdit
    self.canSignOut = canSignOut
    self.csrf = csrf
    self.version = version
    self.notice = notice
  }

  /// For the templates.
  var fields: Fields {
    [
      "user": optional(user), "role": role.rawValue, "canEdit": canEdit, "canSignOut": canSignOut, "csrf": csrf,
      "version": version, "notice": optional(notice),
    ]
  }
}
