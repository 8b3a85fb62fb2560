/// The names of a file's blocks. Rows of one block id that hold several drug pairs or samples became several blocks;
/// these are called
/// `1/a`, `1/b`, … so that nothing is lost and every name is unique.
struct BlockNames {
  /// One name for each block, in their order.
  private(set) var ids: [String] = []
  /// What was split.
  private(set) var splits: [Finding] = []

  init(_ blocks: [RawBlock]) {
    var counts: [String: Int] = Dictionary(minimumCapacity: blocks.count)
    // By number: to take a block out of the array is to count the users of all its parts.
    for index in blocks.indices { counts[blocks[index].label, default: 0] += 1 }
    ids.reserveCapacity(blocks.count)
    // Names that are no block's in the file.
    var used: Set<String> = []
    var next: [String: Int] = [:]
    var parts: [String: [Int]] = [:]
    let isUnique = counts.count == blocks.count
    for index in blocks.indices {
      let stated = blocks[index].label
      let label = stated.isEmpty ? "unnamed" : stated
      let isPart = !isUnique && counts[stated, default: 0] > 1
      guard isPart || (stated.isEmpty && (counts[label] != nil || used.contains(label))) else {
        ids.append(label)
        if stated.isEmpty { used.insert(label) }
        continue
      }
      if isPart { parts[stated, default: []].append(index) }
      var id: String
      repeat {
        id = label + "/" + Self.letters(next[label, default: 0])
        next[label, default: 0] += 1
      } while counts[id] != nil || used.contains(id)
      used.insert(id)
      ids.append(id)
    }
    for (label, members) in parts.sorted(by: { $0.value[0] < $1.value[0] }) {
      let isPairs = Set(members.map { blocks[$0].drugs }).count > 1
      let error = PlateReadingError.blockSplit(
        label: label, by: isPairs ? .drugs : .sample, into: members.map { ids[$0] })
      // One id for a pair in every sample is a usual convention; one id for several pairs is not.
      splits.append(
        isPairs ? .warning(error, line: blocks[members[1]].line) : .info(error, line: blocks[members[1]].line))
    }
  }

  /// a … z, aa, ab, …
  private static func letters(_ number: Int) -> String {
    var letters = ""
    var rest = number
    repeat {
      letters = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }
}
