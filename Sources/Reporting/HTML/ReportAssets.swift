/// The report's style sheet and scripts: the files of `Assets`, embedded. Each says at its top what it does.
package enum ReportAssets {
  /// The report's style sheet, with that of every section.
  package static var styleSheet: String { ReportStyle.text + ReportStyle.samples + ReportStyle.comparison }

  /// The report's canvas surface as an ES module that exports `surface(box)`; `box` is an element that `BlockMaps`
  /// wrote.
  package static var surfaceModule: String { text(PackageResources.surface_js) + "\nexport { surface };\n" }

  /// The script of `report.html`. Without it the report is whole but for the surface, sorting, and combinations that it
  /// makes of the data in the page.
  static let script = [
    PackageResources.ranking_js, PackageResources.surface_js, PackageResources.combination_js,
    PackageResources.pages_js,
  ].map(text).joined()

  /// An embedded file as text.
  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
