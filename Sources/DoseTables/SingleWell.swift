import Assay

/// A row of a long table that names one drug or none: a vehicle, or nothing, stands for the others. It belongs to every
/// combination of its sample (and of its block id, where it has one) that holds the drug.
struct SingleWell {
  var line: Int
  var label: String
  var sample: String?
  var drugs: [(name: String, dose: Double, unit: ConcentrationUnit)] = []
  var values: [Double] = []
  /// What the columns without a role hold in its row.
  var conditions: [UInt16] = []

  init(line: Int, label: String, sample: String?) {
    (self.line, self.label, self.sample) = (line, label, sample)
  }

  /// How many copies of wells the blocks of a file may hold that share them. A well that stands once in a file belongs to
  /// each combination of its drug and sample, so that their number may be the product of both.
  static let mostCopies = 20_000_000

  /// What wells have in common that belong to the same blocks.
  private struct Owner: Hashable {
    var label: String
    var sample: String?
    var drugs: [String]
  }

  /// Puts wells into the blocks they belong to.
  ///
  /// - Parameter isLabelled: Whether the table has a column of block ids.
  /// - Throws: `tooManyCopies` where more than `mostCopies` wells would have to be held.
  static func place(
    _ wells: [SingleWell], in screen: inout RawScreen, conditions: inout ConditionColumns, isLabelled: Bool,
    drugKey: (String) -> String
  ) throws(PlateReadingError) {
    guard !wells.isEmpty else { return }
    let keys = screen.blocks.map { $0.drugs.map(drugKey) }
    let blocks = BlockIndex(screen.blocks, keys: keys, isLabelled: isLabelled)
    var keysOfName: [String: String] = [:]
    var owners: [Owner: (wells: [Int], values: Int, places: [Int])] = [:]
    var order: [Owner] = []
    var copies = 0
    for (number, well) in wells.enumerated() {
      let own = well.drugs.map { drug in
        if let known = keysOfName[drug.name] { return known }
        let key = drugKey(drug.name)
        keysOfName[drug.name] = key
        return key
      }
      let owner = Owner(label: isLabelled ? well.label : "", sample: well.sample, drugs: own)
      if owners[owner] == nil {
        order.append(owner)
        owners[owner] = ([], 0, blocks.places(label: owner.label, sample: owner.sample, drugs: own))
      }
      let places = owners[owner]?.places ?? []
      guard !places.isEmpty else {
        screen.strayDrugs.formUnion(well.drugs.map(\.name))
        screen.findings.add(.warning(.singleWithoutPair(line: well.line, drugs: well.drugs.map(\.name))))
        continue
      }
      owners[owner]?.wells.append(number)
      owners[owner]?.values += well.values.count
      // A well of one block is no copy.
      if places.count > 1 { copies += places.count * well.values.count }
    }
    // Sixteen columns without a role take as much room as the well itself.
    guard copies * (16 + conditions.count) / 16 <= mostCopies else {
      let shared = owners.values.filter { $0.places.count > 1 }
      let blocks = Set(shared.flatMap(\.places)).count
      throw .tooManyCopies(wells: shared.reduce(0) { $0 + $1.values }, blocks: blocks, copies: copies)
    }
    var ownersOfBlock: [[Int]] = screen.blocks.map { _ in [] }
    let lists = order.map { owners[$0]?.wells ?? [] }
    for (number, owner) in order.enumerated() {
      for block in owners[owner]?.places ?? [] { ownersOfBlock[block].append(number) }
    }
    for block in screen.blocks.indices where !ownersOfBlock[block].isEmpty {
      let lists = ownersOfBlock[block].map { lists[$0] }
      screen.blocks[block].reserve(lists.reduce(0) { $0 + $1.count })
      // In the order of the file.
      for number in lists.count == 1 ? lists[0] : lists.joined().sorted() {
        let well = wells[number]
        screen.blocks[block].append(well, keys: keys[block], own: well.drugs.map { keysOfName[$0.name] ?? $0.name })
        if !conditions.isEmpty { for _ in well.values { conditions.append(well.conditions, block: block) } }
      }
    }
    var shared: [[String]: (wells: Int, blocks: Int)] = [:]
    for (owner, found) in owners where found.places.count > 1 {
      let before = shared[owner.drugs]
      shared[owner.drugs] = ((before?.wells ?? 0) + found.values, max(before?.blocks ?? 0, found.places.count))
    }
    for (drugs, count) in shared.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      screen.findings.add(.info(.singleShared(drugs: drugs, wells: count.wells, blocks: count.blocks)))
    }
  }
}

/// The blocks that wells of one drug or none belong to, found without looking at each block.
private struct BlockIndex {
  private struct Place: Hashable {
    var sample: String?
    /// The block id, where the well has one.
    var label: String?
    /// The drug, where the well has one.
    var drug: String?
  }

  private var blocks: [Place: [Int]] = [:]
  private let keys: [[String]]
  private let isLabelled: Bool

  init(_ blocks: [RawBlock], keys: [[String]], isLabelled: Bool) {
    (self.keys, self.isLabelled) = (keys, isLabelled)
    for (number, block) in blocks.enumerated() {
      self.blocks[Place(sample: block.sample), default: []].append(number)
      for drug in Set(keys[number]) { self.blocks[Place(sample: block.sample, drug: drug), default: []].append(number) }
      if isLabelled { self.blocks[Place(sample: block.sample, label: block.label), default: []].append(number) }
    }
  }

  /// The blocks of a sample that hold all the drugs; of one block id where `label` is not empty.
  func places(label: String, sample: String?, drugs: [String]) -> [Int] {
    let candidates =
      isLabelled && !label.isEmpty ? Place(sample: sample, label: label) : Place(sample: sample, drug: drugs.first)
    return blocks[candidates, default: []].filter { drugs.allSatisfy(keys[$0].contains) }
  }
}

extension RawBlock {
  /// Makes room for wells.
  fileprivate mutating func reserve(_ wells: Int) {
    doses.reserveCapacity(doses.count + wells * drugs.count)
    values.reserveCapacity(values.count + wells)
    lines.reserveCapacity(lines.count + wells)
  }

  /// Adds a single-drug or untreated well; the other drugs' doses are 0.
  fileprivate mutating func append(_ well: SingleWell, keys: [String], own: [String]) {
    var doses = [Double](repeating: 0, count: keys.count)
    for (drug, key) in zip(well.drugs, own) {
      guard let place = keys.firstIndex(of: key) else { continue }
      doses[place] = drug.dose * factor(from: drug.unit, of: place, line: well.line)
    }
    for value in well.values { append(doses: doses, value: value, line: well.line) }
  }
}
