import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Walks through one XML part of a workbook. Names are told without their prefix; a part with a document type is
/// refused, because entities can inflate without bound.
final class WorkbookXML: NSObject, XMLParserDelegate {
  /// What begins: its name, its attributes, and whether to go on.
  private let begin: (String, [String: String]) -> Bool
  /// What ends: its name and the text within it.
  private let end: (String, String) -> Bool
  private var text = ""

  private init(
    begin: @escaping (String, [String: String]) -> Bool, end: @escaping (String, String) -> Bool
  ) {
    self.begin = begin
    self.end = end
  }

  /// Walks through a part. Each closure answers whether it wants more.
  static func walk(
    _ bytes: [UInt8], part: String, begin: @escaping (String, [String: String]) -> Bool,
    end: @escaping (String, String) -> Bool
  ) throws(WorkbookError) {
    guard !bytes.prefix(4).contains(0) else { throw .unreadablePart(part: part, reason: "it is not UTF-8") }
    guard !holds(Array("<!DOCTYPE".utf8), bytes), !holds(Array("<!ENTITY".utf8), bytes) else {
      throw .unreadablePart(part: part, reason: "it declares a document type, which no workbook needs")
    }
    let walker = WorkbookXML(begin: begin, end: end)
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.delegate = walker
    guard !parser.parse(), !walker.hasEnough else { return }
    let reason = parser.parserError.map { "\(($0 as NSError).code), line \(parser.lineNumber)" } ?? "no XML"
    throw .unreadablePart(part: part, reason: "XML error \(reason)")
  }

  private static func holds(_ word: [UInt8], _ bytes: [UInt8]) -> Bool {
    var from = bytes.startIndex
    while let place = bytes[from...].firstIndex(of: word[0]) {
      if bytes[place...].starts(with: word) { return true }
      from = place + 1
    }
    return false
  }

  private var hasEnough = false

  private func local(_ name: String) -> String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    text = ""
    if !begin(local(name), attributes) { stop(parser) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if !end(local(name), text) { stop(parser) }
    text = ""
  }

  private func stop(_ parser: XMLParser) {
    hasEnough = true
    parser.abortParsing()
  }
}
