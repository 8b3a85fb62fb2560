import CResources

/// The report's style sheet and scripts: the files of `Assets`, embedded. Each says at its top what it does.
package enum ReportAssets {
  /// The report's style sheet, with that of every section.
  package static var styleSheet: String { ReportStyle.text + ReportStyle.samples + ReportStyle.comparison }

  /// The report's canvas surface as an ES module that exports `surface(box)`; `box` is an element that `BlockMaps`
  /// wrote.
  package static var surfaceModule: String { text("surface.js") + "\nexport { surface };\n" }

  /// The script of `report.html`. Without it the report is whole but for the surface, sorting, and combinations that it
  /// makes of the data in the page.
  static let script = ["ranking.js", "surface.js", "combination.js", "pages.js"].map(text).joined()

  /// An embedded file as text.
  static func text(_ name: String) -> String {
    let file = isobole_report_file(name)
    precondition(file.name != nil, "there is no file \(name) in CResources/report.c")
    return String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
  }
}
