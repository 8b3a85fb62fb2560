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

  /// Puts wells into the blocks they belong to.
  ///
  /// - Parameter isLabelled: Whether the table has a column of block ids.
  static func place(
    _ wells: [SingleWell], in screen: inout RawScreen, conditions: inout ConditionColumns, isLabelled: Bool,
    drugKey: (String) -> String
  ) {
    guard !wells.isEmpty else { return }
    let keys = screen.blocks.map { $0.drugs.map(drugKey) }
    var blocksOfSample: [String?: [Int]] = [:]
    for (index, block) in screen.blocks.enumerated() { blocksOfSample[block.sample, default: []].append(index) }
    var shared: [[String]: (wells: Int, blocks: Int)] = [:]
    for well in wells {
      let own = well.drugs.map { drugKey($0.name) }
      let places = blocksOfSample[well.sample, default: []].filter { block in
        (!isLabelled || well.label.isEmpty || screen.blocks[block].label == well.label)
          && own.allSatisfy(keys[block].contains)
      }
      guard !places.isEmpty else {
        screen.strayDrugs.formUnion(well.drugs.map(\.name))
        screen.findings.add(.doubted(.singleWithoutPair(line: well.line, drugs: well.drugs.map(\.name))))
        continue
      }
      for block in places {
        screen.blocks[block].append(well, keys: keys[block], own: own)
        for _ in well.values { conditions.append(well.conditions, block: block) }
      }
      if places.count > 1 {
        let before = shared[own]
        shared[own] = ((before?.wells ?? 0) + well.values.count, max(before?.blocks ?? 0, places.count))
      }
    }
    for (drugs, count) in shared.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      screen.findings.add(.noted(.singleShared(drugs: drugs, wells: count.wells, blocks: count.blocks)))
    }
  }
}

extension RawBlock {
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
