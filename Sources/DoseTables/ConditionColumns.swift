import Assay
import Spreadsheets

/// The columns of a long table that have no role. Where one tells wells of one dose pair apart and each of its values stands
/// in many wells (a time, an experiment, a donor), these wells are no replicates: each value is a block of its own.
///
/// A column with many values, as a raw signal or a row number has, tells every well apart and is no condition.
struct ConditionColumns {
  /// A column with more values is none.
  static let mostValues = 5_000
  /// So many columns are looked at.
  private static let mostColumns = 100
  /// A condition's value stands in at least so many wells of a block on average.
  static let wellsOfValue = 3

  private(set) var columns: [Column]
  /// The names of columns that are too many to be looked at.
  private var beyond: [String] = []
  /// For each block the number of each column's value, well after well.
  var values: [[UInt16]] = []

  /// Doses that differ by no more than this share of themselves are one.
  private let doseTolerance: Double

  /// None.
  init() { (columns, doseTolerance) = ([], 0) }

  init(_ table: TableColumns, doseTolerance: Double, sampleNames: [String: String] = [:]) {
    self.doseTolerance = doseTolerance
    beyond = table.others.dropFirst(Self.mostColumns).map { table.names[$0] }.filter { !$0.isEmpty }
    // What was measured beside the response is of the well or its plate.
    let measured = table.others.filter {
      (ColumnRole.isSpreadName(table.names[$0])
        || (table.growth != nil && ColumnRole.isMeasurementName(table.names[$0]))) && !table.conditions.contains($0)
        && !table.replicates.contains($0)
    }
    beyond += measured.map { table.names[$0] }
    columns = table.others.filter { !measured.contains($0) }.prefix(Self.mostColumns).map { place in
      let isChosen = table.replicates.contains(place) || table.conditions.contains(place)
      let isReplicate =
        isChosen ? table.replicates.contains(place) : ColumnRole.isReplicateName(table.names[place])
      var column = Column(place: place, name: table.names[place], isChosen: isChosen, isReplicate: isReplicate)
      column.isOfWords = table.responsesUnread.contains(place)
      return column
    }
    if let samples = table.samples {
      var wide = Column(place: -1, name: "", isChosen: true, isReplicate: false)
      (wide.isWide, wide.texts) = (true, samples.map { sampleNames[$0] ?? $0 })
      columns.append(wide)
    }
  }

  /// A column that was used for something else.
  var used: String?

  /// How many columns are looked at.
  var count: Int { columns.count }

  /// Whether responses that stand side by side are told apart.
  var isOfColumns: Bool { columns.contains(where: \.isWide) }

  /// Whether there is no column to look at.
  var isEmpty: Bool { columns.isEmpty }

  /// The number of each column's value in a row.
  ///
  /// - Parameter response: Which of the row's responses it is.
  mutating func numbers(of row: borrowing TextRow, response: Int = 0) -> [UInt16] {
    columns.indices.map { columns[$0].number(of: row, response: response) }
  }

  /// Notes what a row holds whose first response is added to a block.
  mutating func append(_ row: borrowing TextRow, block: Int) {
    while values.count <= block { values.append([]) }
    for column in columns.indices { values[block].append(columns[column].number(of: row, response: 0)) }
  }

  /// Notes what the row of a well holds that is added to a block.
  mutating func append(_ numbers: [UInt16], block: Int) {
    guard !columns.isEmpty else { return }
    while values.count <= block { values.append([]) }
    values[block] += numbers
  }

  /// Notes in each block which plate, or else which replicate, a well is of.
  func group(_ screen: inout RawScreen) {
    let plates = columns.indices.filter { !columns[$0].isOver && ColumnRole.isPlateName(columns[$0].name) }
    let replicates = columns.indices.filter {
      guard !columns[$0].isOver else { return false }
      let folded = ColumnRole.fold(columns[$0].name)
      return folded.hasPrefix("rep") || folded.contains("replicate") || folded.hasSuffix("rep")
    }
    guard
      let column = plates.first(where: { columns[$0].texts.count > 1 })
        ?? replicates.first(where: { columns[$0].texts.count > 1 })
    else { return }
    screen.isGroupedByPlate = plates.contains(column)
    for index in screen.blocks.indices where index < values.count {
      let own = stride(from: column, to: values[index].count, by: columns.count).map { values[index][$0] }
      if own.count == screen.blocks[index].wellCount { screen.blocks[index].groups = own }
    }
  }

  /// A column whose name says that it names treatments, with one of them, where they are several; vehicles are none.
  func treatments() -> (column: String, text: String)? {
    for column in columns where !column.isChosen && TreatmentColumn.isName(column.name) {
      let named = column.texts.filter { !$0.isEmpty && !Vehicle.isName($0) }
      if let last = named.last, named.count > 2 || column.isOver { return (column.name, last) }
    }
    return nil
  }

  /// Makes a block of each condition.
  consuming func split(_ screen: inout RawScreen) {
    var named: Set<Int> = []
    defer {
      // A column of which something else is said is not passed over.
      let seen = columns.indices.filter {
        !named.contains($0) && !columns[$0].name.isEmpty && !columns[$0].isOfWords && columns[$0].name != used
          && !columns[$0].isWide && !columns[$0].areExclusions
      }.map { columns[$0].name }
      for column in columns where column.areExclusions {
        screen.findings.add(.warning(.exclusionsUnread(column: column.name, values: column.texts)))
      }
      let others = seen + beyond
      if !others.isEmpty { screen.findings.add(.info(.columnsPassedOver(names: others))) }
    }
    for column in columns where column.isOver && !column.isReplicate {
      let folded = ColumnRole.fold(column.name)
      guard column.isChosen || ["time", "hour", "day", "date", "elapsed"].contains(where: folded.contains) else {
        continue
      }
      screen.findings.add(.warning(.conditionTooLarge(column: column.name)))
    }
    guard columns.contains(where: { !$0.isOver && $0.texts.count > 1 }) else { return }
    var blocks: [RawBlock] = []
    var split: [Int: (values: Set<UInt16>, alone: Set<UInt16>, hasEmpty: Bool, blocks: Int)] = [:]
    var pooled: [Int: Set<UInt16>] = [:]
    var unpaired: (wells: Int, columns: Set<String>) = (0, [])
    for (index, block) in screen.blocks.enumerated() {
      let telling = index < values.count ? telling(block, values[index]) : []
      for column in telling where columns[column].areReplicates {
        pooled[column, default: []].formUnion(numbers(of: column, in: values[index]))
      }
      let conditions = telling.filter { !columns[$0].areReplicates }
      guard !conditions.isEmpty else {
        var block = block
        if index < values.count { doubtConfounded(&block, values[index]) }
        blocks.append(block)
        continue
      }
      // Where nothing was combined, a condition says nothing of the combination.
      let all = parts(block, values[index], by: conditions)
      let paired = all.filter(\.hasCombination)
      let parts = paired.isEmpty ? all : paired
      if parts.count < all.count {
        unpaired.wells += all.filter { !$0.hasCombination }.reduce(0) { $0 + $1.wellCount }
        unpaired.columns.formUnion(conditions.map { columns[$0].name })
      }
      for column in conditions {
        let before = split[column]
        split[column] = (
          (before?.values ?? []).union(numbers(of: column, in: values[index])),
          (before?.alone ?? []).union(aloneValues(block, values[index], of: column)),
          before?.hasEmpty ?? false || isEmptyAValue(of: column, block, values[index]),
          (before?.blocks ?? 0) + parts.count
        )
      }
      blocks += parts
    }
    named = Set(split.keys).union(pooled.keys)
    for (column, found) in split.sorted(by: { $0.key < $1.key }) where !columns[column].isWide {
      func texts(_ numbers: Set<UInt16>) -> [String] {
        numbers.sorted().map { columns[column].texts[Int($0)] }.filter { !$0.isEmpty }
      }
      screen.findings.add(
        .warning(
          .condition(
            column: columns[column].name,
            values: texts(found.values.subtracting(found.alone)) + (found.hasEmpty ? [""] : []),
            alone: texts(found.alone), blocks: found.blocks)))
    }
    for (column, found) in pooled.sorted(by: { $0.key < $1.key }) where !columns[column].isWide {
      screen.findings.add(.info(.pooled(column: columns[column].name, values: found.count)))
    }
    if unpaired.wells > 0 {
      screen.findings.add(.info(.conditionWithoutPair(columns: unpaired.columns.sorted(), wells: unpaired.wells)))
    }
    screen.blocks = blocks
  }

  /// Doubts a block whose combinations were measured at another time, in another donor or experiment than its drugs alone.
  private func doubtConfounded(_ block: inout RawBlock, _ values: [UInt16]) {
    for column in columns.indices
    where columns[column].mayConfound {
      var (alone, together): (Set<UInt16>, Set<UInt16>) = ([], [])
      for well in 0..<min(block.wellCount, values.count / columns.count) {
        let number = values[well * columns.count + column]
        guard !columns[column].texts[Int(number)].isEmpty else { continue }
        switch block.drugs.indices.count(where: { block.dose(of: $0, in: well) > 0 }) {
        case 0: break
        case 1: alone.insert(number)
        default: together.insert(number)
        }
      }
      guard !alone.isEmpty, !together.isEmpty, alone.isDisjoint(with: together) else { continue }
      func texts(_ numbers: Set<UInt16>) -> [String] { numbers.sorted().map { columns[column].texts[Int($0)] } }
      block.findings.add(
        .warning(
          .confounded(column: columns[column].name, alone: texts(alone), together: texts(together)), line: block.line))
    }
  }

  /// The values under which drugs were given alone, as `single` and `selinexor alone`, where the combinations have values of
  /// their own, as `together` and `selinexor first`, and no drug was given alone under these. Times, donors and experiments
  /// are of all wells.
  private func aloneValues(_ block: RawBlock, _ values: [UInt16], of column: Int) -> Set<UInt16> {
    guard !columns[column].isExperiment else { return [] }
    var (alone, together): (Set<UInt16>, Set<UInt16>) = ([], [])
    for well in 0..<min(block.wellCount, values.count / columns.count) {
      let number = values[well * columns.count + column]
      switch block.drugs.indices.count(where: { block.dose(of: $0, in: well) > 0 }) {
      case 0: break
      case 1: alone.insert(number)
      default: together.insert(number)
      }
    }
    return alone.isDisjoint(with: together) && together.count > 1 ? alone : []
  }

  /// Whether an empty field of a column is a value of its own: at half of the combinations that have a value, or more, wells
  /// stand without one beside them. Else it is left open, as for drugs alone. Notes are made where there is something to say.
  private func isEmptyAValue(of column: Int, _ block: RawBlock, _ values: [UInt16]) -> Bool {
    guard let empty = columns[column].texts.firstIndex(of: ""), !columns[column].isNote else { return false }
    var (stated, unstated): (Set<[Double]>, Set<[Double]>) = ([], [])
    for well in 0..<min(block.wellCount, values.count / columns.count) {
      let doses = block.drugs.indices.map { block.dose(of: $0, in: well) }
      guard doses.count(where: { $0 > 0 }) > 1 else { continue }
      if Int(values[well * columns.count + column]) == empty { unstated.insert(doses) } else { stated.insert(doses) }
    }
    let both = stated.intersection(unstated).count
    return both > 1 && 2 * both >= stated.count
  }

  private func numbers(of column: Int, in values: [UInt16]) -> Set<UInt16> {
    Set(stride(from: column, to: values.count, by: columns.count).map { values[$0] })
  }

  /// The columns that differ within a dose pair and whose values each stand in several wells.
  private func telling(_ block: RawBlock, _ values: [UInt16]) -> [Int] {
    let wells = values.count / columns.count
    let varying = columns.indices.filter { column in
      !columns[column].isOver && columns[column].texts.count > 1
        && stride(from: column, to: values.count, by: columns.count).contains { values[$0] != values[column] }
    }
    guard !varying.isEmpty else { return [] }
    let treated = (0..<min(wells, block.wellCount)).filter { !block.isControl($0) }
    let candidates = varying.filter { column in
      if columns[column].isChosen { return true }
      if columns[column].areWells || (columns[column].isOfWords && columns[column].holdsNumbers) { return false }
      let isEmptyValue = isEmptyAValue(of: column, block, values)
      // A value of untreated wells alone says nothing of the drugs' conditions, nor does an empty field.
      let own = Set(treated.map { values[$0 * columns.count + column] }).filter {
        isEmptyValue || !columns[column].texts[Int($0)].isEmpty
      }
      // What a word beside a response says of single wells is no condition.
      if columns[column].isOfWords {
        let counts = Dictionary(grouping: treated) { values[$0 * columns.count + column] }.mapValues(\.count)
        guard 2 * (counts.values.min() ?? 0) >= counts.values.max() ?? 0 else { return false }
      }
      return own.count > 1 && own.count * Self.wellsOfValue <= wells
    }
    guard !candidates.isEmpty else { return [] }
    // What rounding makes of a dose is no dose of its own.
    var block = block
    block.mergeDoses(within: doseTolerance)
    var pairs = ByteKeys()
    var pair: [UInt8] = []
    var firstWell: [Int] = []
    var telling: Set<Int> = []
    // The dose pairs that each value stands with; one alone is that of a well, and no condition.
    var first = candidates.map { [Int](repeating: -1, count: columns[$0].texts.count) }
    var several: Set<Int> = []
    for well in 0..<min(wells, block.wellCount) {
      pair.removeAll(keepingCapacity: true)
      for drug in block.drugs.indices {
        // + 0 makes one zero of 0 and -0
        withUnsafeBytes(of: (block.dose(of: drug, in: well) + 0).bitPattern) { pair.append(contentsOf: $0) }
      }
      let (number, isNew) = pairs.number(of: pair)
      for (place, column) in candidates.enumerated() where !several.contains(column) {
        let value = Int(values[well * columns.count + column])
        if first[place][value] < 0 { first[place][value] = number }
        if first[place][value] != number { several.insert(column) }
      }
      guard !isNew else {
        firstWell.append(well)
        continue
      }
      let first = firstWell[number]
      for column in candidates
      where values[well * columns.count + column] != values[first * columns.count + column] { telling.insert(column) }
    }
    telling = telling.filter { several.contains($0) || columns[$0].isChosen }
    telling.formUnion(candidates.filter { !telling.contains($0) && areOwnGrids($0, block, values) })
    return telling.sorted()
  }

  /// The block's wells, by their values in some columns. A well that leaves such a column empty belongs to every part.
  private func parts(_ block: RawBlock, _ values: [UInt16], by conditions: [Int]) -> [RawBlock] {
    func key(_ well: Int) -> [UInt16] { conditions.map { values[well * columns.count + $0] } }
    let wells = 0..<min(block.wellCount, values.count / columns.count)
    let treated = wells.filter { !block.isControl($0) }
    let inUse = conditions.map { column in Set(treated.map { values[$0 * columns.count + column] }) }
    let used = Dictionary(zip(conditions, inUse), uniquingKeysWith: { first, _ in first })
    let alone = Dictionary(
      conditions.map { ($0, aloneValues(block, values, of: $0)) }, uniquingKeysWith: { first, _ in first })
    // What untreated wells alone say, as time 0, is not said of drugs.
    let emptyValues = Set(conditions.filter { isEmptyAValue(of: $0, block, values) })
    func isOpen(_ number: UInt16, _ condition: Int) -> Bool {
      (columns[condition].texts[Int(number)].isEmpty && !emptyValues.contains(condition))
        || !(used[condition]?.contains(number) ?? false)
        || alone[condition]?.contains(number) ?? false
    }
    var parts: [[UInt16]: RawBlock] = [:]
    var order: [[UInt16]] = []
    func matches(_ own: [UInt16], _ part: [UInt16]) -> Bool {
      zip(zip(own, part), conditions).allSatisfy { $0.0 == $0.1 || isOpen($0.0, $1) }
    }
    // What is whole first; of what is open, a part of its own where it belongs to none of these.
    let keys = wells.map(key)
    for key in keys.filter({ !zip($0, conditions).contains(where: isOpen) }) + keys {
      guard parts[key] == nil, !order.contains(where: { matches(key, $0) }) else { continue }
      let well = keys.firstIndex(of: key) ?? 0
      var part = block
      (part.doses, part.values, part.lines, part.groups) = ([], [], [], [])
      part.line = block.lines[well]
      let text = zip(conditions, key).filter { !columns[$0].texts[Int($1)].isEmpty || emptyValues.contains($0) }.map {
        let text = columns[$0].texts[Int($1)]
        return columns[$0].isWide ? text : "\(columns[$0].name) \(text.isEmpty ? "empty" : text)"
      }
      part.isSampleJoined = block.sample != nil || conditions.count > 1 || !columns[conditions[0]].isWide
      part.sample = ((block.sample.map { [$0] } ?? []) + text).joined(separator: ", ")
      if !order.isEmpty { (part.findings, part.leftOut) = (FindingList(), 0) }
      parts[key] = part
      order.append(key)
    }
    for well in wells {
      let own = key(well)
      let doses = block.drugs.indices.map { block.dose(of: $0, in: well) }
      let targets =
        zip(own, conditions).contains(where: isOpen)
        ? order.filter { matches(own, $0) } : [own]
      for part in targets {
        parts[part]?.append(doses: doses, value: block.values[well], line: block.lines[well])
        if well < block.groups.count { parts[part]?.groups.append(block.groups[well]) }
      }
    }
    return order.isEmpty ? [block] : order.compactMap { parts[$0] }
  }
}
