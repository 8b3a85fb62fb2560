import Foundation

/// What people decided of a combination. It belongs to the screen and the block's name, so that it survives a re-run.
struct Review: Sendable {
  /// The decision.
  enum Status: String, Codable, Sendable, CaseIterable {
    case none
    case followUp = "follow_up"
    case drop

    /// In words.
    var words: String {
      switch self {
      case .none: "not decided"
      case .followUp: "follow up"
      case .drop: "drop"
      }
    }
  }

  /// Whether it has a star.
  var isStarred: Bool
  /// The decision.
  var status: Status
  /// How many comments there are.
  var comments: Int
  /// Who decided last, and when.
  var by: String?
  var at: Date?

  /// Makes a review; by default there is none.
  init(isStarred: Bool = false, status: Status = .none, comments: Int = 0, by: String? = nil, at: Date? = nil) {
    self.isStarred = isStarred
    self.status = status
    self.comments = comments
    self.by = by
    self.at = at
  }
}

/// What somebody wrote of a combination.
struct Comment: Sendable {
  /// Its text, as written.
  var text: String
  /// Who wrote it; empty where the server has no accounts.
  var by: String
  /// When.
  var at: Date

  /// Makes a comment.
  init(text: String, by: String, at: Date) {
    self.text = text
    self.by = by
    self.at = at
  }
}
