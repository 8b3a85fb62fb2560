import Foundation

/// A page's tags, for tests that look at what a browser would see.
struct InspectedPage {
  /// One opening tag.
  struct Tag {
    var name: String
    var attributes: [String: String]
  }

  /// The opening tags in their order.
  private(set) var tags: [Tag] = []
  /// What is not well formed.
  private(set) var faults: [String] = []

  private static let void: Set<String> = [
    "meta", "link", "input", "br", "hr", "img", "path", "rect", "col", "!doctype",
  ]
  /// Elements whose end may be left out: tables of the report do.
  private static let lenient: Set<String> = ["td", "th", "tr", "li", "p", "option"]

  /// Reads the tags one by one; an attribute's value must be quoted.
  init(_ html: String) {
    var open: [String] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      if rest.hasPrefix("/") {
        let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber }.lowercased()
        while let last = open.last, last != name, Self.lenient.contains(last) { open.removeLast() }
        if open.last == name {
          open.removeLast()
        } else {
          faults.append("</\(name)> within <\(open.last ?? "nothing")>")
        }
        continue
      }
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "!" }.lowercased()
      if name.isEmpty {
        faults.append("a bare < before \(rest.prefix(12))")
        continue
      }
      rest = rest.dropFirst(name.count)
      var tag = Tag(name: name, attributes: [:])
      let isClosed = Self.attributes(of: &tag, in: &rest)
      tags.append(tag)
      if !isClosed, !Self.void.contains(name) { open.append(name) }
    }
    while let last = open.last, Self.lenient.contains(last) { open.removeLast() }
    if !open.isEmpty { faults.append("never closed: \(open)") }
  }

  /// Reads up to the tag's end; answers whether it closes itself.
  private static func attributes(of tag: inout Tag, in rest: inout Substring) -> Bool {
    while true {
      rest = rest.drop { $0.isWhitespace }
      if rest.hasPrefix("/>") {
        rest = rest.dropFirst(2)
        return true
      }
      if rest.isEmpty || rest.hasPrefix(">") {
        rest = rest.dropFirst()
        return false
      }
      let name = rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != ">" && $0 != "/" }
      rest = rest.dropFirst(max(1, name.count))
      var value = ""
      if rest.hasPrefix("=\"") {
        rest = rest.dropFirst(2)
        let text = rest.prefix { $0 != "\"" }
        value = String(text)
        rest = rest.dropFirst(text.count + 1)
      }
      tag.attributes[name.lowercased()] = value
    }
  }

  /// Every value of an attribute, entities as they stand.
  func values(of attribute: String) -> [String] { tags.compactMap { $0.attributes[attribute] } }
}

extension String {
  /// The text of an attribute or element: entities read back.
  var withoutEntities: String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(self) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }
}
