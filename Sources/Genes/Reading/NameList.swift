import Spreadsheets

/// A list of names of genes or guides: one per line, or the first column of a table whose header is a word for genes or guides.
public struct NameList: Sendable, Hashable {
  /// The file, as the user named it, or the option.
  public var source: String
  /// The names, each once, in their order.
  public var names: [String]

  /// A list of names.
  public init(source: String, names: [String]) {
    var seen: Set<String> = []
    self.source = source
    self.names = names.filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private static let headers: Set<String> = [
    "gene", "genes", "genesymbol", "symbol", "hgncsymbol", "sgrna", "sgrnaid", "guide", "guideid", "id", "name",
  ]

  /// Reads a list; `#` begins a comment.
  ///
  /// - Throws: `emptyList`, or why it is no text.
  public init(_ bytes: [UInt8], file: String) throws(CountError) {
    let place = CountError.Place(file, content: .names)
    let text: TextDecoding.Text
    do {
      text = try TextDecoding.decode(GzipFile.begins(bytes) ? try GzipFile.inflate(bytes) : bytes)
    } catch TextError.notText(let kind) {
      throw .notText(place, kind: kind)
    } catch is GzipFile.Failure {
      throw .damagedGzip(place)
    } catch {
      throw .emptyList(place)
    }
    var names: [String] = []
    let lines = String(decoding: text.bytes[text.start...], as: UTF8.self).split(whereSeparator: \.isNewline)
    for line in lines where !line.hasPrefix("#") {
      let field = line.split(omittingEmptySubsequences: false, whereSeparator: { "\t,;".contains($0) }).first ?? line
      let name = field.trimmingSpaces
      names.append(name.hasPrefix("\"") && name.hasSuffix("\"") ? String(name.dropFirst().dropLast()) : name)
    }
    if let first = names.first, Self.headers.contains(CountColumns.fold(first)) { names.removeFirst() }
    self.init(source: file, names: names)
    guard !self.names.isEmpty else { throw .emptyList(place) }
  }

  /// The guides of a table that it names: a name is a guide's, or a gene's and then stands for all of that gene's guides.
  ///
  /// - Parameter what: What it should hold, in words, for the message.
  /// - Returns: Whether each guide is named, and how many names are in the table.
  /// - Throws: `nothingFound` where no name is in the table.
  public func guides(in table: CountTable, what: String) throws(CountError) -> (isNamed: [Bool], found: Int) {
    let names = Set(names)
    var isNamed = [Bool](repeating: false, count: table.guides.count)
    var found = 0
    for (gene, name) in table.genes.enumerated() where names.contains(name) {
      found += 1
      for guide in table.guides(of: gene) { isNamed[guide] = true }
    }
    for (guide, name) in table.guides.enumerated() where !isNamed[guide] && names.contains(name) {
      found += 1
      isNamed[guide] = true
    }
    guard found > 0 else { throw .nothingFound(CountError.Place(source), what: what, example: self.names.first ?? "") }
    return (isNamed, found)
  }
}
