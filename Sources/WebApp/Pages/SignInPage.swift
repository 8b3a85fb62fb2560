/// `/sign-in`.
struct SignInPage: Sendable {
  /// Nobody reads yet; the version and the CSRF value.
  var frame: PageFrame
  /// Why signing in did not work; `nil` at first.
  var message: String?
  /// The name that was given.
  var name: String
  /// Where to go afterwards: a path of this server.
  var next: String

  /// Makes the page.
  init(frame: PageFrame, message: String? = nil, name: String = "", next: String = "/") {
    self.frame = frame
    self.message = message
    self.name = name
    self.next = next
  }

  /// Whether a text is a path of this server and nothing that leads elsewhere (`//host`, `/\host`).
  static func isOwnPath(_ path: String) -> Bool {
    path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\")
      && path.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 }
  }

  /// The page.
  var html: String {
    Templates.page(
      "sign-in", title: "Sign in", frame: frame,
      [
        "message": optional(message), "name": name, "next": Self.isOwnPath(next) ? next : "/",
      ])
  }
}
