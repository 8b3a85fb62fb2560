/// A screen: files that are analysed together, their runs and the review.
struct Screen: Sendable, Hashable {
  var id: Int64
  var name: String
  var owner: Person
  /// Whether only its owner sees it.
  var isPrivate: Bool
  var isArchived: Bool
  var created: String
  var files: Int
  var runs: Int
  /// The newest run.
  var lastRun: RunState?
}
