/// How far a run has come.
enum RunState: String, Codable, Sendable, CaseIterable {
  case queued
  case running
  /// Its results are whole.
  case finished
  /// Nothing could be analysed, or it broke off with an error.
  case failed
  case cancelled
  /// The server ended while it ran, several times over.
  case interrupted

  /// Whether nothing more will happen.
  var isOver: Bool { self != .queued && self != .running }
}
