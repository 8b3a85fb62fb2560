/// A value of a YAML document, with the line on which it begins.
package struct YAMLNode: Sendable {
  /// What the value is.
  package enum Content: Sendable {
    /// A text or number, as written.
    case scalar(String)
    /// A sequence.
    case list([YAMLNode])
    /// A mapping, in the order of the file.
    case map([Member])
  }

  /// A key and its value.
  package struct Member: Sendable {
    package var key: String
    /// The line of the key, from 1.
    package var line: Int
    package var value: YAMLNode
  }

  package var content: Content
  /// The line on which it begins, from 1.
  package var line: Int

  /// What was found, in words, for a message that says what was expected.
  package var described: String {
    switch content {
    case .scalar(let text) where text.isEmpty: "nothing"
    case .scalar(let text): "“\(text.count > 60 ? text.prefix(60) + "…" : text[...])”"
    case .list(let items): "a list of \(items.count)"
    case .map(let members): "a mapping of \(members.count) \(members.count == 1 ? "key" : "keys")"
    }
  }
}
