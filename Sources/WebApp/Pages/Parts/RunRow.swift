import Foundation

/// A run of a screen: where it stands and what it was asked for.
struct RunRow: Sendable {
  /// Where a run stands.
  enum State: String, Sendable, CaseIterable {
    case queued, running, finished, failed, cancelled, interrupted

    /// Whether it will still change.
    var isLive: Bool { self == .queued || self == .running }
  }

  /// Its number within the screen, from 1.
  var number: Int
  /// Where it stands.
  var state: State
  /// How much of it is done, 0 … 1.
  var fraction: Double
  /// Files that were read so far.
  var filesRead: Int
  /// Blocks that were analysed so far.
  var blocks: Int
  /// When it was asked for, began and ended.
  var created: Date
  var started: Date?
  var finished: Date?
  /// Who asked for it; empty where the server has no accounts.
  var by: String
  /// Why it ended, when it did not finish.
  var message: String?
  /// What it was asked for, other than the defaults: `("models", "zip, bliss")`.
  var options: [(name: String, value: String)]
  /// Problems by severity.
  var errors: Int
  var warnings: Int
  /// Wells that people left out of it.
  var leftOut: Int
  /// The command that gives the same bytes in a terminal.
  var command: String?

  /// Makes a row.
  init(
    number: Int, state: State, fraction: Double = 0, filesRead: Int = 0, blocks: Int = 0, created: Date,
    started: Date? = nil, finished: Date? = nil, by: String = "", message: String? = nil,
    options: [(name: String, value: String)] = [], errors: Int = 0, warnings: Int = 0, leftOut: Int = 0,
    command: String? = nil
  ) {
    self.number = number
    self.state = state
    self.fraction = fraction
    self.filesRead = filesRead
    self.blocks = blocks
    self.created = created
    self.started = started
    self.finished = finished
    self.by = by
    self.message = message
    self.options = options
    self.errors = errors
    self.warnings = warnings
    self.leftOut = leftOut
    self.command = command
  }

  /// What the run was asked for in a line: `default options`, `models zip, bliss · threshold 8`.
  var optionWords: String {
    options.isEmpty ? "default options" : options.map { "\($0.name) \($0.value)" }.joined(separator: " · ")
  }

  /// For the templates.
  func fields(of screen: String) -> Fields {
    let link = Links.run(number, of: screen)
    var took: String?
    if let started, let finished { took = Words.duration(finished.timeIntervalSince(started)) }
    return [
      "number": number, "state": state.rawValue, "isLive": state.isLive, "isFinished": state == .finished,
      "isQueued": state == .queued, "hasFailed": !state.isLive && state != .finished,
      "percent": Int((min(1, max(0, fraction)) * 100).rounded()), "fraction": min(1, max(0, fraction)),
      "filesRead": filesRead, "blocks": blocks, "blockWords": Words.count(blocks, "block"),
      "fileWords": Words.count(filesRead, "file"), "created": Words.time(created),
      "finished": optional(finished.map(Words.time)), "took": optional(took), "by": by.isEmpty ? false : by as Any,
      "message": optional(message), "optionWords": optionWords,
      "errors": errors > 0 ? Words.count(errors, "error") as Any : false,
      "warnings": warnings > 0 ? Words.count(warnings, "warning") as Any : false,
      "leftOut": leftOut > 0 ? Words.count(leftOut, "well") + " excluded" as Any : false,
      "command": optional(command), "link": link, "api": Links.api(link), "report": link + "/report.html",
    ]
  }
}
