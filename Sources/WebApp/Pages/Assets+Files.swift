import Reporting

extension Assets {
  /// The embedded files under their names, and what `Reporting` makes.
  static let files: [String: [UInt8]] = EmbeddedFiles.folder("Assets").merging([
    "report.css": Array(ReportAssets.styleSheet.utf8),
    "report-surface.js": Array(ReportAssets.surfaceModule.utf8),
  ]) { _, made in made }
}
