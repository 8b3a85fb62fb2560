import Assay
import Statistics

/// Columns that say what wells are that are not a condition's: the roles of wells without a drug, and rows that were computed.
extension ConditionColumns {
  /// Takes wells out of the blocks that by a column are none of theirs: killed cells and wells without cells at dose 0, untreated
  /// cells beside those with the vehicle, untreated cells of a condition of which nothing was treated, and rows that were computed
  /// of others. Says so of each column. Refuses a block whose wells without a drug stand in two groups that are no one control.
  mutating func takeOutOthers(_ screen: inout RawScreen) {
    for column in columns.indices {
      let own = columns[column]
      guard !own.isOver, !own.isChosen, !own.isWide, own.texts.count > 1 else { continue }
      takeOutComputed(&screen, column)
      takeOutKilled(&screen, column)
      guard own.texts.count <= Self.mostRoles, !own.areWells, !own.isReplicate || own.isRole else { continue }
      takeOutBesideVehicle(&screen, column)
      takeOutUntreatedOfOthers(&screen, column)
      for index in screen.blocks.indices where index < values.count && screen.blocks[index].refusal == nil {
        if let error = unlikeControls(screen.blocks[index], values[index], by: column) {
          screen.blocks[index].refusal = .error(error, line: screen.blocks[index].line)
        }
      }
    }
  }

  /// A column with more values tells no roles of wells.
  private static let mostRoles = 50

  /// Wells of each block, by its number; none where the block is refused.
  private func chosen(_ screen: RawScreen, _ isOut: (RawBlock, [UInt16]) -> [Int]) -> [Int: Set<Int>] {
    var chosen: [Int: Set<Int>] = [:]
    for index in screen.blocks.indices where index < values.count && screen.blocks[index].refusal == nil {
      let out = isOut(screen.blocks[index], values[index])
      if !out.isEmpty { chosen[index] = Set(out) }
    }
    return chosen
  }

  /// Takes wells out of the blocks; how many, the first's line and the column's values of them.
  private mutating func takeOut(
    _ chosen: [Int: Set<Int>], of screen: inout RawScreen, _ column: Int
  ) -> (wells: Int, line: Int, values: [String])? {
    var (wells, line, found): (Int, Int, Set<UInt16>) = (0, .max, [])
    for (index, out) in chosen {
      wells += out.count
      for well in out {
        line = min(line, screen.blocks[index].lines[well])
        found.insert(values[index][well * columns.count + column])
      }
      screen.blocks[index].takeOut(out)
      values[index] = values[index].indices.filter { !out.contains($0 / columns.count) }.map { values[index][$0] }
    }
    return wells == 0 ? nil : (wells, line, found.sorted().map { columns[column].texts[Int($0)] })
  }

  /// The wells of a block whose value in a column is one of some.
  private func wells(_ block: RawBlock, _ values: [UInt16], _ column: Int, _ isIn: Set<UInt16>) -> [Int] {
    (0..<min(block.wellCount, values.count / columns.count)).filter {
      isIn.contains(values[$0 * columns.count + column])
    }
  }

  /// The numbers of the column's values whose text is of some kind.
  private func numbers(of column: Int, where isOne: (String) -> Bool) -> Set<UInt16> {
    Set(columns[column].texts.indices.filter { isOne(columns[column].texts[$0]) }.map { UInt16($0) })
  }

  /// Rows of means and deviations among wells.
  private mutating func takeOutComputed(_ screen: inout RawScreen, _ column: Int) {
    let computed = numbers(of: column, where: columns[column].isComputed)
    // A column of mean, SD and N alone says what each row is.
    let own = columns[column]
    guard !computed.isEmpty, !own.texts.allSatisfy({ own.isComputed($0) || MatrixReader.isStatistic($0) }) else {
      return
    }
    let rows = chosen(screen) { block, values in wells(block, values, column, computed) }
    guard let out = takeOut(rows, of: &screen, column) else { return }
    screen.findings.add(
      .warning(.computedRows(column: columns[column].name, values: out.values, rows: out.wells), line: out.line))
  }

  /// Wells at dose 0 that are called killed cells, or none. What combinations are called too is no role of a well.
  private mutating func takeOutKilled(_ screen: inout RawScreen, _ column: Int) {
    var killed = numbers(of: column, where: columns[column].isKilled)
    for index in screen.blocks.indices where !killed.isEmpty && index < values.count {
      let block = screen.blocks[index]
      for well in wells(block, values[index], column, killed)
      where block.drugs.indices.count(where: { block.dose(of: $0, in: well) > 0 }) > 1 {
        killed.remove(values[index][well * columns.count + column])
      }
    }
    guard !killed.isEmpty else { return }
    let out = chosen(screen) { block, values in wells(block, values, column, killed).filter(block.isControl) }
    guard let out = takeOut(out, of: &screen, column) else { return }
    screen.findings.add(
      .warning(.otherControls(column: columns[column].name, values: out.values, wells: out.wells), line: out.line))
  }

  /// Untreated wells beside wells with the drugs' vehicle: the drugs bring the vehicle with them.
  private mutating func takeOutBesideVehicle(_ screen: inout RawScreen, _ column: Int) {
    let solvents = numbers(of: column, where: columns[column].isVehicle)
    let plain = numbers(of: column, where: columns[column].isUntreated)
    guard !solvents.isEmpty, !plain.isEmpty else { return }
    let out = chosen(screen) { block, values in
      let hasVehicle = wells(block, values, column, solvents).contains(where: block.isControl)
      return hasVehicle ? wells(block, values, column, plain).filter(block.isControl) : []
    }
    guard let out = takeOut(out, of: &screen, column) else { return }
    screen.findings.add(
      .warning(
        .untreatedBesideVehicle(column: columns[column].name, values: out.values, wells: out.wells), line: out.line))
  }

  /// Untreated wells of a donor or a batch of which nothing was treated, where the treated wells' own has untreated wells too.
  private mutating func takeOutUntreatedOfOthers(_ screen: inout RawScreen, _ column: Int) {
    guard !columns[column].isNote, !columns[column].isOfWords else { return }
    let roles = numbers(of: column) { $0.isEmpty || columns[column].isControlWord($0) }
    let out = chosen(screen) { block, values in
      func number(_ well: Int) -> UInt16 { values[well * columns.count + column] }
      let wells = 0..<min(block.wellCount, values.count / columns.count)
      let treated = Set(wells.filter { !block.isControl($0) }.map(number))
      let untreated = wells.filter(block.isControl)
      guard treated.count * Self.wellsOfValue <= wells.count,
        untreated.contains(where: { treated.contains(number($0)) })
      else { return [] }
      return untreated.filter { !treated.contains(number($0)) && !roles.contains(number($0)) }
    }
    guard let out = takeOut(out, of: &screen, column) else { return }
    screen.findings.add(
      .warning(.untreatedOfOthers(column: columns[column].name, values: out.values, wells: out.wells), line: out.line))
  }

  /// How far apart two groups of untreated wells may be, as a share of the range of all of a block's values.
  private static let likeControls = 0.4

  /// Two words that stand beside wells without a drug alone, and whose wells are far from one another.
  private func unlikeControls(_ block: RawBlock, _ values: [UInt16], by column: Int) -> PlateReadingError? {
    var groups: [UInt16: [Double]] = [:]
    var treated: Set<UInt16> = []
    for well in 0..<min(block.wellCount, values.count / columns.count) {
      let number = values[well * columns.count + column]
      if block.isControl(well) {
        groups[number, default: []].append(block.values[well])
      } else {
        treated.insert(number)
      }
    }
    let texts = columns[column].texts
    let own = groups.filter {
      !treated.contains($0.key) && !texts[Int($0.key)].isEmpty && Double(texts[Int($0.key)]) == nil
    }
    // A few words are roles; a word for each well is its place or its number.
    guard own.count > 1, own.count <= Self.mostControls else { return nil }
    let levels = own.map { (text: texts[Int($0.key)], level: median($0.value)) }
    guard let low = levels.min(by: { ($0.level, $0.text) < ($1.level, $1.text) }),
      let high = levels.max(by: { ($0.level, $0.text) < ($1.level, $1.text) }), let range = block.values.range,
      high.level - low.level > Self.likeControls * (range.high - range.low)
    else { return nil }
    return .unlikeControls(
      column: columns[column].name, values: [high.text, low.text], levels: [high.level, low.level])
  }

  /// So many kinds of control a column tells apart.
  private static let mostControls = 6
}

extension ConditionColumns.Column {
  /// Letters and digits of a text, in small letters.
  private static func fold(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

  /// Whether a word says that a well holds killed cells, or none. Where the column's name says that it holds the roles of wells,
  /// short words do.
  fileprivate func isKilled(_ text: String) -> Bool {
    let folded = Self.fold(text)
    let plain: Set = [
      "positive", "positivecontrol", "positivectrl", "positivecontrols", "poscontrol", "posctrl", "posctl",
      "killcontrol",
      "killed", "killedcells", "deadcells", "deadcontrol", "blank", "blanks", "blankcontrol", "nocells", "nocell",
      "withoutcells", "cellfree", "background", "mediaonly", "mediumonly", "mediablank", "mediumblank",
      "positivkontrolle", "leerwert", "blanc", "ohnezellen", "100kill", "100inhibition", "triton", "tritonx100", "sds",
      "lysis", "lysisbuffer", "lysiscontrol",
    ]
    let short: Set = ["pos", "pc", "empty", "bg", "kill", "dead"]
    return plain.contains(folded)
      || (isRole && (short.contains(folded) || ["ctrl+", "c+"].contains(text.lowercased())))
  }

  /// Whether the name says that the column holds the roles of wells.
  fileprivate var isRole: Bool {
    let folded = ColumnRole.fold(name)
    return ["role", "content", "type", "control", "category", "class", "kind"].contains(where: folded.contains)
  }

  /// Whether a word is that of the drugs' vehicle.
  fileprivate func isVehicle(_ text: String) -> Bool {
    ["dmso", "dmsocontrol", "vehicle", "vehiclecontrol", "veh", "solvent", "solventcontrol"].contains(Self.fold(text))
  }

  /// Whether a word is that of cells without a vehicle.
  fileprivate func isUntreated(_ text: String) -> Bool {
    [
      "untreated", "untreatedcontrol", "untreatedcells", "notreatment", "nodrug", "cellsonly", "cellsalone", "nt", "ut",
      "unbehandelt", "nontraité",
    ].contains(Self.fold(text))
  }

  /// Whether a word says that a well is a control.
  fileprivate func isControlWord(_ text: String) -> Bool {
    let folded = Self.fold(text)
    return Vehicle.isName(text) || isVehicle(text) || isUntreated(text)
      || ["control", "ctrl", "ctl", "neg", "dmso", "vehicle", "kontroll"].contains(where: folded.contains)
  }

  /// Whether a word says that a row was computed of others. Where the column numbers replicates or plates, short words do.
  fileprivate func isComputed(_ text: String) -> Bool {
    let folded = Self.fold(text)
    if ["mean", "average", "avg", "median", "mittelwert", "stdev", "stddev", "standarddeviation", "stabw"].contains(
      folded)
    {
      return true
    }
    return isReplicate && ["sd", "sem", "se", "cv", "std", "mw", "summary"].contains(folded)
  }
}

extension RawBlock {
  /// Takes wells out.
  fileprivate mutating func takeOut(_ wells: Set<Int>) {
    let kept = values.indices.filter { !wells.contains($0) }
    doses = kept.flatMap { well in drugs.indices.map { dose(of: $0, in: well) } }
    values = kept.map { values[$0] }
    lines = kept.map { lines[$0] }
  }
}
