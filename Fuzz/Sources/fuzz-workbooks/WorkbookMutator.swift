/// Changes the parts of a workbook: bytes, tags, attributes, references to cells, numbers of shared texts, relations, and
/// which parts there are.
struct WorkbookMutator {
  private(set) var parts: [StoredZip.Part]
  private var random: Random
  /// libFuzzer's own mutation of some bytes.
  private let mutateBytes: ([UInt8]) -> [UInt8]

  init(parts: [StoredZip.Part], random: Random, mutateBytes: @escaping ([UInt8]) -> [UInt8]) {
    self.parts = parts
    self.random = random
    self.mutateBytes = mutateBytes
  }

  /// Makes one to four changes.
  mutating func mutate() {
    for _ in 0...random.below(4) {
      guard !parts.isEmpty else { return }
      let part = random.below(parts.count)
      switch random.below(12) {
      case 0: parts[part].bytes = mutateBytes(parts[part].bytes)
      case 1: changeParts()
      case 2: reencode(part)
      default: changeXML(part)
      }
    }
  }

  private mutating func changeXML(_ part: Int) {
    var xml = XMLPieces(parts[part].bytes)
    xml.mutate(&random)
    parts[part].bytes = xml.bytes
  }

  /// Removes, doubles, renames or swaps parts.
  private mutating func changeParts() {
    let (one, other) = (random.below(parts.count), random.below(parts.count))
    switch random.below(4) {
    case 0 where parts.count > 1: parts.remove(at: one)
    case 1 where parts.count < 16: parts.append(parts[one])
    case 2: parts[one].name = mutateBytes(parts[one].name)
    default:
      let bytes = parts[one].bytes
      parts[one].bytes = parts[other].bytes
      parts[other].bytes = bytes
    }
  }

  /// The part in another encoding, or with another one declared.
  private mutating func reencode(_ part: Int) {
    let bytes = parts[part].bytes
    switch random.below(5) {
    case 0: parts[part].bytes = [0xFF, 0xFE] + bytes.flatMap { [$0, 0] }
    case 1: parts[part].bytes = [0xFE, 0xFF] + bytes.flatMap { [0, $0] }
    case 2: parts[part].bytes = [0xEF, 0xBB, 0xBF] + bytes
    case 3: parts[part].bytes = bytes.flatMap { [$0, 0, 0, 0] }
    default:
      let name = random.one(of: ["UTF-16", "ISO-8859-1", "US-ASCII", "windows-1252", "UTF-7", "", "\u{C1}"])
      let declaration = Array("<?xml version=\"1.0\" encoding=\"\(name)\"?>".utf8)
      let end = bytes.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? 0
      parts[part].bytes = declaration + (bytes.starts(with: Array("<?xml".utf8)) ? Array(bytes[end...]) : bytes)
    }
  }
}
