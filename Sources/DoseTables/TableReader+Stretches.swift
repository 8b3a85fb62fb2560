import Assay
import Foundation
import Spreadsheets

/// The stretches of a table: looking up a row's stretch is a comparison of bytes with the row before, so that names become
/// Strings once a stretch and not once a row.
extension TableReader {
  struct Stretch {
    var block: Int
    /// The columns' drugs that this block has: indices into `columns.drugs`.
    var drugs: [Int]
    /// What turns the stretch's doses into the block's unit.
    var factors: [Double]
    var converts: Bool
    /// For each drug whether its unit's field is empty: no matter beside a dose of 0.
    var isUnitEmpty: [Bool]
  }

  /// Finds the stretch of a row whose names are others than those of the row before.
  mutating func begin(_ row: borrowing TextRow) {
    addNewWells()
    last.take(row)
    let (number, isNew) = stretchKeys.number(of: last.key)
    if isNew { stretches.append(stretch(row)) }
    current = stretches[number]
    hasCurrent = true
    plainDoses = []
    if let current, !current.converts, columns.responses.count == 1, columns.alone.isEmpty,
      current.drugs.count == columns.drugs.count
    {
      plainDoses = current.drugs.map { columns.drugs[$0].dose }
    }
  }

  /// Finds or makes the block of a row that begins a stretch; `nil` when the row names fewer than two drugs.
  private mutating func stretch(_ row: borrowing TextRow) -> Stretch? {
    var present: [Int] = []
    var names: [String] = []
    var units: [ConcentrationUnit] = []
    var isUnitEmpty: [Bool] = []
    var contradiction: Finding?
    for (number, drug) in columns.drugs.enumerated() {
      let written = drug.name.map { self.name(row, $0, drug.prefix) } ?? drug.nameInHeader ?? "drug \(number + 1)"
      let (name, unitOfName) = drug.name == nil ? (written, nil) : Self.nameAndUnit(written)
      if name.isEmpty || Vehicle.isName(name) { continue }
      present.append(number)
      names.append(name)
      let stated = drug.unit.map { unit(row.text($0)) } ?? .unstated
      let read =
        stated == .unstated || stated.symbol == "NA" ? drug.unitInHeader ?? unitOfName ?? .unstated : stated
      if let header = drug.unitInHeader, stated.molar != nil, stated != header, self.units(name) == nil {
        contradiction =
          contradiction
          ?? .error(
            .unitContradicted(
              line: row.line, drug: name, column: columns.names[drug.dose], header: header.symbol, stated: stated.symbol
            ))
      }
      units.append(self.units(name) ?? read)
      isUnitEmpty.append(drug.unit != nil && units[units.count - 1] == .unstated)
    }
    guard present.count >= 2 else { return nil }
    let sample = sample(row)
    let label = columns.block.map { row.text($0) } ?? ""
    let keys = names.map(drugKey)
    let (identity, isNew) = identities.number(of: identityKey(label: label, drugs: keys, sample: sample))
    guard !isNew else {
      blocks.append(screen.blocks.count)
      if columns.block == nil { unnamed += 1 }
      screen.blocks.append(
        RawBlock(
          label: columns.block == nil ? "\(unnamed)" : label, line: row.line, sample: sample, drugs: names, units: units
        ))
      screen.blocks[screen.blocks.count - 1].refusal = contradiction
      return Stretch(
        block: screen.blocks.count - 1, drugs: present, factors: present.map { _ in 1 },
        converts: isUnitEmpty.contains(true), isUnitEmpty: isUnitEmpty)
    }
    let block = blocks[identity]
    if let contradiction, screen.blocks[block].refusal == nil { screen.blocks[block].refusal = contradiction }
    // The pair may be named the other way round.
    let first = screen.blocks[block].drugs.map(drugKey)
    if keys != first {
      let order = first.compactMap { key in keys.firstIndex(of: key) }
      screen.blocks[block].findings.add(.info(.pairTurned(line: row.line, drugs: names)))
      (present, names, units) = (order.map { present[$0] }, order.map { names[$0] }, order.map { units[$0] })
      isUnitEmpty = order.map { isUnitEmpty[$0] }
    }
    for (name, first) in zip(names, screen.blocks[block].drugs) where name != first {
      screen.blocks[block].findings.add(.info(.synonymJoined(line: row.line, name: name, first: first)))
    }
    let factors = units.indices.map { drug -> Double in
      if isUnitEmpty[drug] { return 1 }
      if screen.blocks[block].units[drug] == .unstated, columns.drugs[present[drug]].unit != nil {
        // Wells before were without the drug, or it is said of them when all rows are read.
        screen.blocks[block].units[drug] = units[drug]
        return 1
      }
      return screen.blocks[block].factor(from: units[drug], of: drug, line: row.line)
    }
    return Stretch(
      block: block, drugs: present, factors: factors,
      converts: factors.contains { $0 != 1 } || isUnitEmpty.contains(true), isUnitEmpty: isUnitEmpty)
  }

  /// `selinexor (uM)`: the name, and the unit in its parenthesis.
  private static func nameAndUnit(_ text: String) -> (name: String, unit: ConcentrationUnit?) {
    guard text.utf8.last == UInt8(ascii: ")") || text.utf8.last == UInt8(ascii: "]"),
      let unit = ColumnRole.unit(inColumnName: text),
      let open = text.lastIndex(where: { $0 == "(" || $0 == "[" }), open > text.startIndex
    else { return (text, nil) }
    return (String(trimming: text[..<open].utf8), unit)
  }

  /// What identifies a block, each text with its length before it. Texts that are equal to a reader are equal here.
  private mutating func identityKey(label: String, drugs: [String], sample: String?) -> [UInt8] {
    identityBytes.removeAll(keepingCapacity: true)
    func add(_ text: String) {
      let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
      let bytes = isPlain ? text.utf8 : text.decomposedStringWithCanonicalMapping.utf8
      withUnsafeBytes(of: bytes.count) { identityBytes.append(contentsOf: $0) }
      identityBytes.append(contentsOf: bytes)
    }
    add(label)
    if let sample { add(sample) }
    for drug in drugs.count == 2 && drugs[0] <= drugs[1] ? drugs : drugs.sorted() { add(drug) }
    identityBytes.append(sample == nil ? 0 : 1)
    return identityBytes
  }

  /// Refuses blocks whose sample is a word for what was computed, beside those of samples.
  static func refuseComputed(_ screen: inout RawScreen, column: String) {
    let words: Set = ["mean", "average", "avg", "median", "sd", "stdev", "std dev", "mittelwert", "stabw", "cv"]
    let computed = screen.blocks.indices.filter { words.contains(screen.blocks[$0].sample?.lowercased() ?? "") }
    guard !computed.isEmpty, computed.count < screen.blocks.count else { return }
    for place in computed {
      let block = screen.blocks[place]
      screen.blocks[place].refusal = .error(
        .computedRows(column: column, values: [block.sample ?? ""], rows: block.wellCount), line: block.line)
    }
  }

  mutating func unit(_ text: String) -> ConcentrationUnit {
    if text != lastUnit.text { lastUnit = (text, ConcentrationUnit(text)) }
    return lastUnit.unit
  }
}
