/// `/`: the screens that a person may see.
struct ScreensPage: Sendable {
  /// One screen of the list.
  struct Row: Sendable {
    /// The screen.
    var screen: ScreenHeading
    /// How many files it has.
    var files: Int
    /// How many runs.
    var runs: Int
    /// The last run; `nil` when there is none.
    var lastRun: RunRow?

    /// Makes a row.
    init(screen: ScreenHeading, files: Int, runs: Int, lastRun: RunRow?) {
      self.screen = screen
      self.files = files
      self.runs = runs
      self.lastRun = lastRun
    }
  }

  /// Who reads. `canEdit`: may make screens.
  var frame: PageFrame
  /// The screens, newest first.
  var screens: [Row]
  /// Whether those put away are among them.
  var showsArchived: Bool
  /// How many were put away.
  var archived: Int

  /// Makes the page.
  init(frame: PageFrame, screens: [Row], showsArchived: Bool, archived: Int) {
    self.frame = frame
    self.screens = screens
    self.showsArchived = showsArchived
    self.archived = archived
  }

  /// The page.
  var html: String {
    Templates.page(
      "screens", title: "Screens", frame: frame,
      [
        "screens": screens.map { row -> Fields in
          [
            "screen": row.screen.fields, "files": Words.count(row.files, "file"), "runs": Words.count(row.runs, "run"),
            "lastRun": optional(row.lastRun?.fields(of: row.screen.id)),
          ]
        },
        "isEmpty": screens.isEmpty, "showsArchived": showsArchived,
        "archived": archived > 0 ? Words.count(archived, "screen") as Any : false,
      ])
  }
}
