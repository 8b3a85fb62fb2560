import Foundation
import Mustache
import Reporting

/// What a template fills in, by name. Names are looked up from the innermost section outwards, so a value that may be
/// missing is stated as `false` (see ``optional(_:)``) rather than left out.
typealias Fields = [String: Any]

/// A value, or `false`: an empty section.
func optional(_ value: (some Any)?) -> Any { value.map { $0 as Any } ?? false }

/// Markup that is inserted as it is, `{{{name}}}`: made by `Reporting` or by another template, which escaped what users
/// wrote. Nothing else may stand in three braces; a test reads the templates for that.
struct Markup: Sendable, MustacheCustomRenderable {
  /// The markup.
  let text: String
  /// As inserted.
  var renderText: String { text }
  /// Whether a section of it is left out.
  var isNull: Bool { text.isEmpty }

  /// Takes markup from a part that escapes.
  init(_ text: String) { self.text = text }
}

/// Escapes as the report does, byte by byte. The library's own escaping goes by what a reader takes for one sign, and
/// passes over a `<` that has an accent or stands behind certain letters: the browser does not.
struct ReportContent: MustacheContentType {
  /// What templates call it.
  static let name = "REPORT"

  func escapeText(_ text: String) -> String { ReportText.escaped(text) }
}

/// The embedded templates.
enum Templates {
  /// Every template under its name; a template that does not parse is a fault of the build, which a test finds.
  static let library: MustacheLibrary = {
    MustacheContentTypes.register(ReportContent(), named: ReportContent.name)
    var library = MustacheLibrary()
    for (name, bytes) in texts {
      do {
        // A template that another one calls begins with the library's own escaping again, so each says which it wants.
        let text = "{{% CONTENT_TYPE: \(ReportContent.name)}}" + String(decoding: bytes, as: UTF8.self)
        try library.register(text, named: name)
      } catch {
        preconditionFailure("template \(name).mustache: \(error)")
      }
    }
    return library
  }()

  /// Fills a template in.
  static func render(_ name: String, _ fields: Fields) -> String {
    guard let text = library.render(fields, withTemplate: name) else {
      preconditionFailure("there is no template \(name).mustache")
    }
    return text
  }

  /// A whole page: its template between the frame's head and foot.
  ///
  /// - Parameters:
  ///   - name: The template.
  ///   - title: What stands in the browser's tab.
  ///   - frame: Who reads.
  ///   - path: Where the page stands below the list of screens: names with links, outermost first.
  ///   - fields: What the template fills in.
  static func page(
    _ name: String, title: String, frame: PageFrame, path: [(name: String, link: String?)] = [], _ fields: Fields
  ) -> String {
    var all = fields
    all["title"] = title
    all["frame"] = frame.fields
    all["canEdit"] = frame.canEdit
    all["path"] = path.map { ["name": $0.name, "link": optional($0.link)] as Fields }
    return render(name, all)
  }
}
