/// A page for what went wrong: what happened and what to do.
struct ErrorPage: Sendable {
  /// Who reads.
  var frame: PageFrame
  /// The HTTP status.
  var status: Int
  /// What happened, in a few words; by default the status'.
  var title: String
  /// What happened and what to do, in a sentence.
  var message: String
  /// Where to go on: a name and a path; by default the list of screens.
  var link: (name: String, path: String)

  /// Makes the page.
  init(
    frame: PageFrame, status: Int, title: String? = nil, message: String? = nil,
    link: (name: String, path: String) = ("All screens", "/")
  ) {
    self.frame = frame
    self.status = status
    self.title = title ?? Self.words(of: status).title
    self.message = message ?? Self.words(of: status).message
    self.link = link
  }

  /// The page.
  var html: String {
    Templates.page(
      "error", title: title, frame: frame,
      ["status": status, "heading": title, "message": message, "linkName": link.name, "linkPath": link.path])
  }

  private static func words(of status: Int) -> (title: String, message: String) {
    switch status {
    case 401: ("Please sign in", "This page needs an account.")
    case 403: ("Not for you", "Your account may not do this. Ask the screen’s owner or an admin.")
    case 404: ("Not here", "There is no such page, or it is another person’s private screen.")
    case 413: ("Too large", "The upload is larger than this server takes.")
    case 429: ("Too many attempts", "Wait a minute, then try again.")
    case 500...: ("Something broke here", "Nothing was lost. Try again; if it stays, tell who runs this server.")
    default: ("That did not work", "The request could not be read.")
    }
  }
}
