import CLibYAML

/// Reads the one document of a YAML file by libyaml's events.
///
/// A registry needs nothing of YAML but scalars, lists and mappings: anchors, aliases and tags are refused at the first
/// event that has one, so that no document can expand, and depth, number and length of values are bounded while they
/// are read.
package enum YAMLDocument {
  /// The bounds of what is read. A registry of ten thousand compounds stays far below them.
  enum Limit {
    /// Bytes of a file: 1 MiB.
    static let bytes = 1 << 20
    /// Values of a document.
    static let nodes = 200_000
    /// Values within values. The schema needs 7.
    static let depth = 16
    /// Bytes of one text.
    static let textBytes = 8000
  }

  /// The document's value; `nil` when the file holds none.
  package static func read(_ bytes: [UInt8]) throws(RegistryFault) -> YAMLNode? {
    guard bytes.count <= Limit.bytes else {
      throw RegistryFault(line: nil, .tooLarge("more bytes", limit: "\(Limit.bytes)"))
    }
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { throw RegistryFault(line: nil, .syntax("out of memory")) }
    defer { yaml_parser_delete(parser) }
    return try bytes.withUnsafeBufferPointer { buffer throws(RegistryFault) in
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      var builder = Builder()
      while try builder.take(nextEvent(of: parser)) {}
      return builder.root
    }
  }

  /// One event, with nothing of the parser's memory in it.
  private enum Event {
    case scalar(String)
    case startList
    case startMap
    case end
    case startDocument
    case endStream
    case other
  }

  private static func nextEvent(of parser: UnsafeMutablePointer<yaml_parser_t>) throws(RegistryFault) -> (Event, Int) {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it could not be read"
      let line = parser.pointee.problem_mark.line + 1
      throw RegistryFault(line: parser.pointee.error == YAML_READER_ERROR ? nil : Int(line), .syntax(problem))
    }
    defer { yaml_event_delete(&event) }
    let line = Int(event.start_mark.line) + 1
    switch event.type {
    case YAML_ALIAS_EVENT: throw RegistryFault(line: line, .unsupported("an alias (*name)"))
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try refuse(anchor: scalar.anchor, tag: scalar.tag, line: line)
      guard scalar.length <= Limit.textBytes else {
        throw RegistryFault(line: line, .tooLarge("a longer text", limit: "\(Limit.textBytes) bytes"))
      }
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return (.scalar(text), line)
    case YAML_SEQUENCE_START_EVENT:
      try refuse(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, line: line)
      return (.startList, line)
    case YAML_MAPPING_START_EVENT:
      try refuse(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, line: line)
      return (.startMap, line)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return (.end, line)
    case YAML_DOCUMENT_START_EVENT: return (.startDocument, line)
    case YAML_STREAM_END_EVENT: return (.endStream, line)
    default: return (.other, line)
    }
  }

  private static func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, line: Int
  ) throws(RegistryFault) {
    if anchor != nil { throw RegistryFault(line: line, .unsupported("an anchor (&name)")) }
    if tag != nil { throw RegistryFault(line: line, .unsupported("a tag (!name)")) }
  }

  /// Puts values together as their events come.
  private struct Builder {
    /// A list or mapping that is not closed yet.
    private struct Open {
      var isMap: Bool
      var line: Int
      var items: [YAMLNode] = []
      var members: [YAMLNode.Member] = []
      /// The key whose value comes next.
      var key: (text: String, line: Int)?
      /// The keys so far, each with its line.
      var keys: [String: Int] = [:]

      var node: YAMLNode { YAMLNode(content: isMap ? .map(members) : .list(items), line: line) }

      /// Takes a list's item, or a mapping's key or value.
      mutating func take(_ node: YAMLNode) throws(RegistryFault) {
        if !isMap {
          items.append(node)
        } else if let (text, line) = key {
          members.append(YAMLNode.Member(key: text, line: line, value: node))
          key = nil
        } else if case .scalar(let text) = node.content {
          if let first = keys.updateValue(node.line, forKey: text) {
            throw RegistryFault(line: node.line, key: text, .duplicateKey(firstLine: first))
          }
          key = (text, node.line)
        } else {
          throw RegistryFault(line: node.line, .unsupported("a list or mapping as a key"))
        }
      }
    }

    private(set) var root: YAMLNode?
    private var open: [Open] = []
    private var nodes = 0
    private var hasDocument = false

    /// Takes an event; false after the last.
    mutating func take(_ event: (kind: Event, line: Int)) throws(RegistryFault) -> Bool {
      switch event.kind {
      case .scalar(let text): try add(YAMLNode(content: .scalar(text), line: event.line))
      case .startList: try begin(isMap: false, line: event.line)
      case .startMap: try begin(isMap: true, line: event.line)
      case .end: if let closed = open.popLast() { try add(closed.node) }
      case .startDocument:
        if hasDocument { throw RegistryFault(line: event.line, .unsupported("a second document")) }
        hasDocument = true
      case .endStream: return false
      case .other: break
      }
      return true
    }

    private mutating func begin(isMap: Bool, line: Int) throws(RegistryFault) {
      guard open.count < Limit.depth else {
        throw RegistryFault(line: line, .tooLarge("values nested deeper", limit: "\(Limit.depth) levels"))
      }
      open.append(Open(isMap: isMap, line: line))
    }

    private mutating func add(_ node: YAMLNode) throws(RegistryFault) {
      nodes += 1
      guard nodes <= Limit.nodes else {
        throw RegistryFault(line: node.line, .tooLarge("more values", limit: "\(Limit.nodes)"))
      }
      if open.isEmpty {
        root = node
      } else {
        try open[open.count - 1].take(node)
      }
    }
  }
}
