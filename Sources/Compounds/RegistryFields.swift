/// Takes keys and values out of a registry's mappings and notes whatever is not as the schema asks.
struct RegistryFields {
  private(set) var faults: [RegistryFault] = []
  private var sources: [String: String] = [:]

  /// Unicode scalars of a name.
  private static let nameLength = 200

  mutating func add(line: Int, key: String? = nil, _ kind: RegistryFault.Kind) {
    faults.append(RegistryFault(line: line, key: key, kind))
  }

  mutating func add(_ member: YAMLNode.Member, _ kind: RegistryFault.Kind) {
    faults.append(RegistryFault(line: member.line, key: member.key, kind))
  }

  /// A mapping's members by key; `nil` when it is no mapping or lacks a key that it needs.
  mutating func members(
    of node: YAMLNode, _ what: String, known: [String], needed: [String]
  ) -> [String: YAMLNode.Member]? {
    guard case .map(let members) = node.content else {
      add(
        line: node.line,
        .value(found: node.described, expected: "\(what): a mapping with \(needed.joined(separator: ", "))"))
      return nil
    }
    for member in members where !known.contains(member.key) { add(member, .unknownKey(known: known)) }
    let byKey = Dictionary(members.map { ($0.key, $0) }) { first, _ in first }
    let missing = needed.filter { byKey[$0] == nil }
    for key in missing { add(line: node.line, key: key, .missingKey(in: what)) }
    return missing.isEmpty ? byKey : nil
  }

  /// The items of a list; none when the key is absent.
  mutating func items(_ member: YAMLNode.Member?) -> [YAMLNode] {
    guard let member else { return [] }
    guard case .list(let items) = member.value.content else {
      add(member, .value(found: member.value.described, expected: "a list: a line “- …” for each"))
      return []
    }
    return items
  }

  /// A text that is not empty.
  mutating func text(_ node: YAMLNode, key: String) -> String? {
    guard case .scalar(let text) = node.content, let trimmed = Self.trimmed(text) else {
      add(line: node.line, key: key, .value(found: node.described, expected: "a text"))
      return nil
    }
    guard trimmed.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      add(line: node.line, key: key, .value(found: "a control character", expected: "a text that can be printed"))
      return nil
    }
    return trimmed
  }

  mutating func text(_ member: YAMLNode.Member) -> String? { text(member.value, key: member.key) }

  /// A name: a text that is short, in one line, and has something that counts.
  mutating func name(_ member: YAMLNode.Member) -> String? {
    guard let text = text(member), isName(text, line: member.value.line, key: member.key) else { return nil }
    return text
  }

  /// Whether a text can be a name; notes why not.
  mutating func isName(_ text: String, line: Int, key: String) -> Bool {
    if text.unicodeScalars.count <= Self.nameLength, !CompoundName(text).key.isEmpty { return true }
    let node = YAMLNode(content: .scalar(text), line: line)
    add(
      line: line, key: key,
      .value(found: node.described, expected: "a name of at most \(Self.nameLength) characters, with a letter or digit")
    )
    return false
  }

  /// A fact: a text, which takes the entry's citation, or a mapping of `value`, `source` and `citation`.
  mutating func fact(_ node: YAMLNode, key: String, inheriting citation: String?) -> CitedText? {
    guard case .map = node.content else { return text(node, key: key).map { CitedText($0, citation: citation) } }
    guard
      let own = members(of: node, "a fact", known: ["value", "source", "citation"], needed: ["value"]),
      let value = own["value"].flatMap({ text($0) })
    else { return nil }
    return CitedText(value, citation: self.citation(own, inheriting: citation))
  }

  /// The citation that a mapping states: the source's text, the citation's, or both; else what it inherits.
  mutating func citation(_ members: [String: YAMLNode.Member], inheriting inherited: String?) -> String? {
    var parts: [String] = []
    if let member = members["source"], let key = text(member) {
      if let source = sources[key] {
        parts.append(source)
      } else {
        add(member, .unknownSource(key, known: sources.keys.sorted()))
        parts.append(key)  // so that the same fault is not told again as a missing citation
      }
    }
    if let detail = members["citation"].flatMap({ text($0) }) { parts.append(detail) }
    return parts.isEmpty ? inherited : parts.joined(separator: ", ")
  }

  /// The file's sources: a key and the citation that it stands for.
  mutating func readSources(_ member: YAMLNode.Member?) {
    guard let member else { return }
    guard case .map(let members) = member.value.content else {
      return add(
        member, .value(found: member.value.described, expected: "a mapping: a key and its citation on each line"))
    }
    for source in members { sources[source.key] = text(source) }
  }

  private static func trimmed(_ text: String) -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
