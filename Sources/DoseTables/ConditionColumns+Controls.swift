import Assay
import Statistics

/// Columns that say what the wells without a drug are.
extension ConditionColumns {
  /// Takes wells out of the blocks that hold no drug of the combination and are called another control than untreated cells:
  /// killed cells, or none. Refuses a block whose wells without a drug stand in two groups that are no one control.
  mutating func takeOutOtherControls(_ screen: inout RawScreen) {
    for column in columns.indices {
      let own = columns[column]
      guard !own.isOver, !own.isChosen, !own.isWide, own.texts.count > 1 else { continue }
      let others = Set(own.texts.indices.filter { own.isOtherControl(own.texts[$0]) }.map { UInt16($0) })
      var (wells, line): (Int, Int?) = (0, nil)
      var found: Set<UInt16> = []
      for index in screen.blocks.indices where index < values.count && screen.blocks[index].refusal == nil {
        let out =
          others.isEmpty
          ? []
          : (0..<screen.blocks[index].wellCount).filter {
            others.contains(values[index][$0 * columns.count + column]) && screen.blocks[index].isControl($0)
          }
        if !out.isEmpty {
          found.formUnion(out.map { values[index][$0 * columns.count + column] })
          line = min(line ?? .max, screen.blocks[index].lines[out[0]])
          wells += out.count
          screen.blocks[index].takeOut(Set(out))
          let kept = Set(out)
          values[index] = values[index].indices.filter { !kept.contains($0 / columns.count) }.map { values[index][$0] }
        }
        if let error = unlikeControls(screen.blocks[index], values[index], by: column) {
          screen.blocks[index].refusal = .error(error, line: screen.blocks[index].line)
        }
      }
      if wells > 0 {
        let texts = found.sorted().map { own.texts[Int($0)] }
        screen.findings.add(.warning(.otherControls(column: own.name, values: texts, wells: wells), line: line))
      }
    }
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
    let levels = groups.filter {
      !treated.contains($0.key) && $0.value.count > 1 && !texts[Int($0.key)].isEmpty
        && Double(texts[Int($0.key)]) == nil
    }.map { (text: texts[Int($0.key)], level: median($0.value)) }
    guard let low = levels.min(by: { ($0.level, $0.text) < ($1.level, $1.text) }),
      let high = levels.max(by: { ($0.level, $0.text) < ($1.level, $1.text) }), let range = block.values.range,
      high.level - low.level > Self.likeControls * (range.high - range.low)
    else { return nil }
    return .unlikeControls(
      column: columns[column].name, values: [high.text, low.text], levels: [high.level, low.level])
  }
}

extension ConditionColumns.Column {
  /// Whether a word says that a well holds killed cells, or none. Where the column's name says that it holds the roles of wells,
  /// short words do.
  fileprivate func isOtherControl(_ text: String) -> Bool {
    let folded = text.lowercased().filter { $0.isLetter || $0.isNumber }
    let plain: Set = [
      "positive", "positivecontrol", "positivectrl", "positivecontrols", "poscontrol", "posctrl", "posctl",
      "killcontrol",
      "killed", "killedcells", "deadcells", "deadcontrol", "blank", "blanks", "blankcontrol", "nocells", "nocell",
      "withoutcells", "cellfree", "background", "mediaonly", "mediumonly", "mediablank", "mediumblank",
      "positivkontrolle", "leerwert", "blanc", "ohnezellen",
    ]
    let short: Set = ["pos", "pc", "empty", "bg", "kill", "dead"]
    return plain.contains(folded) || (isRole && short.contains(folded))
  }

  /// Whether the name says that the column holds the roles of wells.
  private var isRole: Bool {
    let folded = ColumnRole.fold(name)
    return ["role", "content", "type", "control", "category", "class", "kind"].contains(where: folded.contains)
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
