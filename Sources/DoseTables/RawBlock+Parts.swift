import Assay

extension RawBlock {
  /// The blocks of the drugs that were combined, where no well holds all of a block's drugs: of the columns of four drugs that
  /// were tested two by two, one block of each pair. `nil` where some well holds all of them, or none holds two.
  func parts() -> [RawBlock]? {
    guard drugs.count > 2, refusal == nil else { return nil }
    var sets: [Set<Int>] = []
    var met: Set<Set<Int>> = []
    for well in values.indices {
      let present = Set(drugs.indices.filter { dose(of: $0, in: well) > 0 })
      guard present.count < drugs.count else { return nil }
      if present.count > 1, met.insert(present).inserted { sets.append(present) }
    }
    let whole = sets.filter { set in !sets.contains { $0.isStrictSuperset(of: set) } }
    guard !whole.isEmpty else { return nil }
    return whole.map { set in
      let kept = set.sorted()
      var part = self
      part.drugs = kept.map { drugs[$0] }
      part.units = kept.map { units[$0] }
      (part.doses, part.values, part.lines, part.groups) = ([], [], [], [])
      if set != whole[0] { (part.findings, part.leftOut) = (FindingList(), 0) }
      for well in values.indices where drugs.indices.allSatisfy({ set.contains($0) || dose(of: $0, in: well) == 0 }) {
        part.append(doses: kept.map { dose(of: $0, in: well) }, value: values[well], line: lines[well])
        if well < groups.count { part.groups.append(groups[well]) }
      }
      part.line = part.lines.first ?? line
      return part
    }
  }
}

extension RawScreen {
  /// Makes a block of each combination that was made, where no well holds all drugs of one.
  mutating func splitParts() {
    guard blocks.indices.contains(where: { blocks[$0].drugs.count > 2 }) else { return }
    var all: [RawBlock] = []
    for block in blocks {
      guard let parts = block.parts() else {
        all.append(block)
        continue
      }
      all += parts
      findings.add(.info(.partsCombined(drugs: block.drugs, combined: parts.map(\.drugs)), line: block.line))
    }
    blocks = all
  }
}
