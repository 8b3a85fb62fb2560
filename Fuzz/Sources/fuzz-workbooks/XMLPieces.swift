/// An XML text as its tags and the texts between them, to be changed piece by piece.
struct XMLPieces {
  private var pieces: [[UInt8]] = []

  /// Splits before each `<` and after each `>`.
  init(_ bytes: [UInt8]) {
    var piece: [UInt8] = []
    for byte in bytes {
      if byte == UInt8(ascii: "<"), !piece.isEmpty {
        pieces.append(piece)
        piece = []
      }
      piece.append(byte)
      if byte == UInt8(ascii: ">") {
        pieces.append(piece)
        piece = []
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
  }

  /// The text.
  var bytes: [UInt8] { Array(pieces.joined()) }

  /// What stands in workbooks, and what should not.
  private static let words: [String] = [
    "A1", "XFD1048576", "XFE1", "AAAA1", "A0", "A-1", "1", "0", "-1", "1048577", "9223372036854775808", "1e308", "nan",
    "s", "b", "e", "str",
    "inlineStr", "r", "t", "v", "c", "row", "si", "is", "rPh", "sheet", "Relationship", "Id", "Target", "Type", "name",
    "r:id", "../../x",
    "/xl/worksheets/sheet1.xml", "worksheets/sheet2.xml", "/officeDocument", "/sharedStrings", "xmlns", "xmlns:r",
    "x:y", ":", "",
    "\u{0}", "\u{1}", "\u{FFFE}", "\u{2028}", "é", "OVRFLW", "drug1", "conc1", "Barcode: P1", "Plate",
  ]

  private static let intruders: [String] = [
    "<!DOCTYPE x [<!ENTITY a \"b\">]>", "<!-- x -->", "<![CDATA[x]]>", "]]>", "<?x y?>", "&amp;", "&a;", "&#0;",
    "&#xD800;", "&#x10FFFF;", "<", ">",
    "<c/>", "<v>1</v>", "</row>", "<row>", "<a:b xmlns:a=\"\"/>", "<rPh>", "</si>",
  ]

  private static let letters = Array("abcr:\"'= /<>&;".utf8)

  /// Makes one change.
  mutating func mutate(_ random: inout Random) {
    guard !pieces.isEmpty else { return pieces = [[UInt8(ascii: "<")]] }
    let place = random.below(pieces.count)
    let word = Array(random.one(of: Self.words).utf8)
    switch random.below(11) {
    case 0: pieces.remove(at: place)
    case 1: pieces.insert(pieces[place], at: random.below(pieces.count + 1))
    case 2: pieces.swapAt(place, random.below(pieces.count))
    case 3: pieces.insert(Array(random.one(of: Self.intruders).utf8), at: place)
    case 4: insert([UInt8(truncatingIfNeeded: 0x80 + random.below(0x80))], in: place, &random)
    case 5: insert([random.one(of: Self.letters)], in: place, &random)
    case 6: insert(word, in: place, &random)
    case 7: replaceWord(in: place, by: word, &random)
    case 8: addAttributes(to: place, word, &random)
    case 9: repeatPiece(place, &random)
    default: removeByte(from: place, &random)
    }
  }

  private mutating func insert(_ bytes: [UInt8], in place: Int, _ random: inout Random) {
    pieces[place].insert(contentsOf: bytes, at: random.below(pieces[place].count + 1))
  }

  private mutating func removeByte(from place: Int, _ random: inout Random) {
    guard !pieces[place].isEmpty else { return }
    pieces[place].remove(at: random.below(pieces[place].count))
  }

  /// Puts another word in the place of a run of letters, digits and colons: a name, a reference, a number.
  private mutating func replaceWord(in place: Int, by word: [UInt8], _ random: inout Random) {
    let piece = pieces[place]
    func isWord(_ byte: UInt8) -> Bool {
      (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    let starts = piece.indices.filter { isWord(piece[$0]) && ($0 == 0 || !isWord(piece[$0 - 1])) }
    guard !starts.isEmpty else { return }
    let start = random.one(of: starts)
    let end = piece[start...].firstIndex { !isWord($0) } ?? piece.count
    pieces[place].replaceSubrange(start..<end, with: word)
  }

  private mutating func addAttributes(to place: Int, _ word: [UInt8], _ random: inout Random) {
    guard pieces[place].count > 2, pieces[place].last == UInt8(ascii: ">") else { return }
    let quote = random.below(4) == 0 ? "'" : "\""
    let count = random.below(8) == 0 ? random.below(1_200) : 1
    let name = random.one(of: Self.words)
    let added = (0..<count).flatMap {
      Array(" \(name)\($0 == 0 ? "" : "\($0)")=\(quote)".utf8) + word + Array(quote.utf8)
    }
    let isEmpty = pieces[place][pieces[place].count - 2] == UInt8(ascii: "/")
    pieces[place].insert(contentsOf: added, at: pieces[place].count - (isEmpty ? 2 : 1))
  }

  private mutating func repeatPiece(_ place: Int, _ random: inout Random) {
    let end = min(pieces.count, place + 1 + random.below(4))
    let run = Array(pieces[place..<end])
    let most = max(1, 8_192 / max(1, run.reduce(0) { $0 + $1.count }))
    for _ in 0...random.below(min(most, 400)) { pieces.insert(contentsOf: run, at: place) }
  }
}
