import GRDB

/// What a person may do.
public enum Role: String, Codable, Sendable, CaseIterable {
  /// Everything that an editor may; accounts are made with the command.
  case admin
  /// Upload, analyse, review.
  case editor
  /// Look and download.
  case reader

  /// Whether anything may be changed.
  var mayEdit: Bool { self != .reader }
}

/// An account, or the person at this machine where nobody signs in.
struct Person: Sendable, Hashable {
  var id: Int64
  var name: String
  var role: Role
}

/// Who sends a request, and how that is known.
struct Visitor: Sendable {
  /// How a visitor was recognised.
  enum Proof: Sendable, Hashable {
    /// The server listens on this machine only and demands no sign-in.
    case local
    /// A session's cookie; the session's key in the store.
    case session(hash: String)
    /// A token in the Authorization header.
    case token
  }

  var person: Person
  var proof: Proof
  /// What a page must send back with everything that changes something.
  var csrf: String
}
