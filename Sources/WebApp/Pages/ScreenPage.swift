import Foundation

/// `/screens/{s}`: a screen's files as they were understood, what to analyse them with, its runs, what was done to it.
struct ScreenPage: Sendable {
  /// An entry of the audit trail.
  struct Event: Sendable {
    var at: Date
    var by: String
    var action: String
    var subject: String
    var detail: String

    /// Makes an entry.
    init(at: Date, by: String, action: String, subject: String, detail: String) {
      self.at = at
      self.by = by
      self.action = action
      self.subject = subject
      self.detail = detail
    }
  }

  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// Its files, by name.
  var files: [FileRow]
  /// What a next run is asked for unless changed: the last run's options, or the defaults.
  var options: RunOptionsForm
  /// Its runs, newest first.
  var runs: [RunRow]
  /// Wells that people left out and that a next run leaves out too.
  var leftOut: Int
  /// What was done, newest first.
  var history: [Event]
  /// The largest file that may be uploaded, bytes.
  var largestUpload: Int
  /// What stands in the way of a run, in a sentence: exports without a layout. `nil` when nothing does.
  var hindrance: String?

  /// Makes the page.
  init(
    frame: PageFrame, screen: ScreenHeading, files: [FileRow], options: RunOptionsForm, runs: [RunRow],
    leftOut: Int = 0, history: [Event] = [], largestUpload: Int, hindrance: String? = nil
  ) {
    self.frame = frame
    self.screen = screen
    self.files = files
    self.options = options
    self.runs = runs
    self.leftOut = leftOut
    self.history = history
    self.largestUpload = largestUpload
    self.hindrance = hindrance
  }

  /// Files that a run reads.
  private var used: [FileRow] { files.filter { $0.role != .ignored && $0.role != .unknown } }

  /// The page.
  var html: String {
    let exports = files.filter { $0.role == .export || $0.role == .wells }.count
    return Templates.page(
      "screen", title: screen.name, frame: frame, path: [("Screens", "/")],
      [
        "screen": screen.fields, "files": files.map { $0.fields(of: screen.id) }, "hasFiles": !files.isEmpty,
        "fileCount": Words.count(files.count, "file"), "usedCount": Words.count(used.count, "file"),
        "canAnalyse": frame.canEdit && !used.isEmpty, "hasExports": exports > 0,
        "hasTables": files.contains { $0.role == .matrix || $0.role == .unknown },
        "hasSamplesFile": files.contains { $0.role == .samples },
        "platesLink": Links.plates(screen.id), "canRestore": screen.isArchived && frame.role != .reader,
        "largestUpload": largestUpload,
        "largestWords": "\(Words.number(largestUpload >> 20)) MB", "hindrance": optional(hindrance),
        "options": options.fields,
        "leftOutWords": leftOut > 0 ? Words.count(leftOut, "well") as Any : false,
        "runs": runs.map { $0.fields(of: screen.id) }, "hasRuns": !runs.isEmpty,
        "hasLiveRun": runs.contains { $0.state.isLive },
        "comparisons": comparisons, "canCompare": !comparisons.isEmpty,
        "history": history.map { event -> Fields in
          [
            "at": Words.time(event.at), "by": event.by.isEmpty ? false : event.by as Any, "action": event.action,
            "subject": event.subject, "detail": event.detail,
          ]
        }, "hasHistory": !history.isEmpty,
      ])
  }

  /// Each finished run against the one before it.
  private var comparisons: [Fields] {
    let finished = runs.filter { $0.state == .finished }
    return zip(finished, finished.dropFirst()).map { newer, older in
      [
        "newer": newer.number, "older": older.number,
        "comparisonLink": Links.comparison(newer.number, against: older.number, of: screen.id),
      ]
    }
  }
}
