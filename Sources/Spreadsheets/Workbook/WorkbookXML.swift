import CExpat

/// Walks through one XML part of a workbook with expat. Names are told without their prefix.
///
/// No part ends the program, and the time grows in step with the part's bytes: expat checks every byte, finds repeated
/// attributes by hashing, and gets the part in pieces, so that a tag without end is noticed before it is held in
/// memory. A part with a document type is refused, because entities can inflate without bound. Text is UTF-8, UTF-16
/// (the two that ECMA-376 allows), Latin-1 or ASCII, as the part declares it.
final class WorkbookXML {
  /// The attributes of one element.
  struct Attributes {
    fileprivate var pairs: [(name: String, value: String)] = []

    /// The value of the attribute with this name, prefix included.
    subscript(_ name: String) -> String? { first { $0 == name } }

    /// The value of the first attribute whose name is wanted.
    func first(where isWanted: (String) -> Bool) -> String? { pairs.first { isWanted($0.name) }?.value }
  }

  /// What begins: its name, its attributes, and whether to go on.
  typealias Begin = (String, Attributes) -> Bool
  /// What ends: its name, the text within it, and whether to go on.
  typealias End = (String, String) -> Bool

  private let parser: XML_Parser
  private let begin: Begin
  private let end: End
  private var text: [UInt8] = []
  private var depth = 0
  private var hasEnough = false
  private var fault: String?

  private init(_ parser: XML_Parser, begin: @escaping Begin, end: @escaping End) {
    self.parser = parser
    self.begin = begin
    self.end = end
  }

  /// Walks through a part. Each closure answers whether it wants more.
  ///
  /// - Throws: `WorkbookError.unreadablePart` with the line and what is wrong there.
  static func walk(
    _ bytes: [UInt8], part: String, begin: @escaping Begin, end: @escaping End
  ) throws(WorkbookError) {
    guard let parser = XML_ParserCreate(nil) else {
      throw .unreadablePart(part: part, reason: "too little memory is free")
    }
    defer { XML_ParserFree(parser) }
    let walker = WorkbookXML(parser, begin: begin, end: end)
    walker.listen()
    if let fault = withExtendedLifetime(walker, { walker.parse(bytes) }) {
      throw .unreadablePart(part: part, reason: fault)
    }
  }

  /// How many bytes expat gets at a time.
  private static let pieceBytes = 1 << 18

  /// Parses to the end, or until nothing more is wanted; answers what is wrong with the part.
  private func parse(_ bytes: [UInt8]) -> String? {
    var fed = 0
    repeat {
      let count = min(Self.pieceBytes, bytes.count - fed)
      let isLast = fed + count == bytes.count
      let status = bytes.withUnsafeBytes { buffer in
        XML_Parse(
          parser, buffer.baseAddress.map { ($0 + fed).assumingMemoryBound(to: CChar.self) }, Int32(count),
          isLast ? 1 : 0)
      }
      fed += count
      if hasEnough { return nil }
      if let fault { return "line \(line): \(fault)" }
      guard status == XML_STATUS_OK else { return "line \(line): \(XMLFault.words(parser, in: bytes))" }
      // What expat has not told yet is the beginning of a tag or a comment, and it holds all of it.
      if !isLast, fed - Int(XML_GetCurrentByteIndex(parser)) > WorkbookXMLLimits.tagBytes {
        return "line \(line): a tag or comment of more than \(WorkbookXMLLimits.tagBytes) bytes, as no workbook has"
      }
    } while fed < bytes.count
    return nil
  }

  private var line: UInt { UInt(XML_GetCurrentLineNumber(parser)) }

  /// Has expat call this walker. The pointer is good while `walk` keeps the walker alive.
  private func listen() {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { WorkbookXML.of($0)?.start($1, $2) }, { WorkbookXML.of($0)?.finish($1) })
    XML_SetCharacterDataHandler(parser) { WorkbookXML.of($0)?.add($1, Int($2)) }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      WorkbookXML.of(data)?.refuse("it declares a document type, which no workbook needs")
    }
  }

  private static func of(_ data: UnsafeMutableRawPointer?) -> WorkbookXML? {
    data.map { Unmanaged<WorkbookXML>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Whether nothing more is taken; expat may still tell the end of an element after it was stopped.
  private var isOver: Bool { hasEnough || fault != nil }

  private func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    guard !isOver, let name else { return }
    text.removeAll(keepingCapacity: true)
    depth += 1
    guard depth <= WorkbookXMLLimits.depth else {
      return refuse("elements within elements to a depth of more than \(WorkbookXMLLimits.depth)")
    }
    let count = Int(XML_GetSpecifiedAttributeCount(parser)) / 2
    guard count <= WorkbookXMLLimits.attributes else {
      return refuse("an element with \(count) attributes, expected at most \(WorkbookXMLLimits.attributes)")
    }
    var told = Attributes()
    if let attributes, count > 0 {
      told.pairs.reserveCapacity(count)
      for place in 0..<count {
        guard let name = attributes[2 * place], let value = attributes[2 * place + 1] else { break }
        told.pairs.append((String(cString: name), String(cString: value)))
      }
    }
    if !begin(Self.local(name), told) { stop() }
  }

  private func finish(_ name: UnsafePointer<CChar>?) {
    guard !isOver, let name else { return }
    depth -= 1
    if !end(Self.local(name), String(decoding: text, as: UTF8.self)) { stop() }
    text.removeAll(keepingCapacity: true)
  }

  private func add(_ bytes: UnsafePointer<CChar>?, _ count: Int) {
    guard !isOver, let bytes else { return }
    text.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
  }

  private static func local(_ name: UnsafePointer<CChar>) -> String {
    let name = String(cString: name)
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
    return String(name[name.utf8.index(after: colon)...])
  }

  private func stop() {
    hasEnough = true
    XML_StopParser(parser, 0)
  }

  private func refuse(_ reason: String) {
    guard !isOver else { return }
    fault = reason
    XML_StopParser(parser, 0)
  }
}
