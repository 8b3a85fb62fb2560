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

  /// Whether a text is a path of this server and nothing that leads elsewhere (`//host`, `/\\host`). Goes by bytes: a
  /// browser drops signs that make one with the slash before them.
  static func isOwnPath(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    return bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
      && bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
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
