import Assay
import Foundation
import Spreadsheets

/// Gathers the rows of SynergyFinder's Matrix format into blocks.
///
/// ```
/// Drug1:,MK-1775
/// Drug2:,Niraparib
/// Cell:,OCUBM
/// ConcUnit:,uM
/// ,0,0.223,0.775        ← doses of drug 2
/// 0,-0.1,2.1,2.3        ← dose of drug 1, then the responses
/// 0.0325,2.4,57.8,55.1
/// ```
package struct MatrixReader {
  /// The labels of the rows above a block's table. Colons, case and spaces do not matter.
  package enum Label: Hashable {
    case drug(Int)
    case sample
    case unit(Int?)
    case block

    package init?(_ text: String) {
      switch ColumnRole(columnName: text) {
      case .drug(let number): self = .drug(number)
      case .sample: self = .sample
      case .unit(let number): self = .unit(number)
      case .block: self = .block
      default: return nil
      }
    }
  }

  enum Column {
    /// Of a dose of drug 2.
    case dose(Double)
    /// Of something else than responses.
    case computed
    case unreadable
  }

  let numbers: NumberReading
  let units: @Sendable (String) -> ConcentrationUnit?
  /// Where the doses stand, in a matrix without labels; `nil` for SynergyFinder's.
  let bare: BareMatrix?
  /// The column of the doses down.
  let column: Int
  var screen: RawScreen
  /// A lone text right of the corner, which names what goes across, and one left of the doses down.
  var titleAcross = ""
  var titleDown = ""
  /// Whether rows are passed over, as those of deviations below a matrix with labels are.
  var isSkipping = false
  /// The texts above this matrix, understood or not.
  var textsAbove: [String] = []
  /// What the lines above matrices name, and whether a matrix below them was read already.
  var said: (title: MatrixTitle, text: String, line: Int)?
  var isSaidOld = false
  /// The matrix before, and what stands above this one alone.
  var previous: Previous?
  var own: String?
  /// The row before, where it is among those of a matrix and has a text in the place of the dose.
  var unreadRow: String?
  /// What the matrix is called where it is called another replicate alone: what the one before is.
  var ownHeading = ""
  /// The labels of this matrix, and whether its sample, or its drugs, were said of one before, or by a title.
  var ownLabels: [Label: String] = [:]
  var isSampleCarried = false
  var isSampleOfTitle = false
  var areDrugsCarried = false
  /// Which way the drugs go, by the corner.
  var axesNote: Finding?
  /// What was said of titles already: one may hold for several matrices.
  var told: [Finding] = []
  /// Whether nothing was taken of the corner.
  var isCornerUnread = false
  /// What the corner says besides the drugs.
  var cornerTitle = ""
  /// Whether each dose across has several columns.
  var isGrouped = false
  /// Cells that say that nothing was measured.
  var unmeasured: (count: Int, text: String, line: Int)?
  /// What stands in the corner of the first matrix without labels.
  var corner: String?
  var firstDoses: [Double] = []
  /// Rows around matrices without labels that were not read.
  var titles: [String] = []
  /// The last such row: a matrix without labels that follows it is called so.
  var heading = ""
  /// The unit that stands behind the doses across.
  var behind: ConcentrationUnit?
  /// The texts of the row before, where it is no part of a matrix.
  var rowAbove: [String] = []
  var labels: [Label: String] = [:]
  /// The drugs whose units stand behind their names.
  var unitsOfNames: Set<Int> = []
  var firstLine = 0
  /// What the columns of a block's table are. Set while it is being read.
  var header: [Column]?
  /// What is beside the rows of the block's table.
  var down = AxisLabels(labels: [])
  /// The row of `down` that each of the block's wells is in.
  var rowOfWell: [Int] = []
  /// Rows and columns that were computed of the others.
  var computed: [String] = []
  var firstComputed = 0
  var isNamedByNumber = false
  var current: RawBlock?

  package init(
    numbers: NumberReading, units: @escaping @Sendable (String) -> ConcentrationUnit?, bare: BareMatrix? = nil
  ) {
    self.numbers = numbers
    self.units = units
    self.bare = bare
    column = bare?.column ?? 0
    screen = RawScreen(format: bare == nil ? "SynergyFinder matrix" : "matrix of doses and responses")
  }

  /// Takes a row.
  package mutating func take(_ row: borrowing TextRow) {
    let filled = row.countWithoutTrailingEmpties
    if filled == 0 {
      if bare != nil, header != nil { endBlock() }
      return
    }
    let first = row.text(0)
    if let several = Self.severalLabels(row) {
      if header != nil { endBlock() }
      isSkipping = false
      if labels.isEmpty || firstLine == 0 { firstLine = row.line }
      titles += several.unread
      for (label, value) in several.labels {
        beginWords(label, first, value: value)
        take(label, value)
      }
    } else if let (label, value) = Self.labelled(first, second: filled > 1 ? row.text(1) : "", isBare: bare != nil),
      filled <= 3 || bare == nil
    {
      if header != nil { endBlock() }
      (isSkipping, heading) = (false, bare == nil && !ReplicateWord.isAll(of: heading) ? "" : heading)
      if labels.isEmpty || firstLine == 0 { firstLine = row.line }
      beginWords(label, first, value: value)
      if case .unit(nil) = label, filled == 3, bare == nil || ConcentrationUnit(row.text(2)).molar != nil {
        take(.unit(1), value)
        take(.unit(2), row.text(2))
      } else {
        take(label, value)
      }
    } else if isSkipping {
      return
    } else if bare == nil, header != nil, current != nil, let doses = secondHeader(row) {
      if !row.isEmpty(0) { heading = first }
      skip(row, doses: doses)
    } else if header != nil, case .computed(let text)? = AxisLabel(row, column, numbers), !repeatsHeader(row),
      bare == nil || filled > column + 1
    {
      if filled == 1 { heading = text }
      noteComputed([text], line: row.line)
    } else if bare != nil, beginsMatrix(row) {
      if header != nil { endBlock() }
      // Right above doses across, a row that was none of the matrix before is a title of this one.
      if let unreadRow { beginWords(unreadRow) }
      unreadRow = nil
      behind = BareMatrix.unitBehind(row)
      takeHeader(row, filled: behind == nil ? filled : filled - 1, first: row.text(column))
    } else if bare != nil, let (place, text) = Self.loneText(row) {
      if header != nil, place == column, current?.units[0] == .unstated, ConcentrationUnit(text).molar != nil {
        // Below the doses down their unit may stand.
        let name = current?.drugs[0] ?? ""
        current?.units[0] = units(name) ?? ConcentrationUnit(text)
      } else if current != nil, place == column, down.labels.isEmpty, let name = Self.nameBelowCorner(text) {
        takeName(belowCorner: name, line: row.line)
      } else if header != nil, place < column {
        name(downBy: text)
        if filled > column { takeDoses(row, filled: filled) }
      } else {
        if header != nil { endBlock() }
        if place > column, MatrixTitle(text)?.drugs.isEmpty ?? true, !ReplicateWord.isAll(of: text) {
          // Above the name of what goes across the first matrix, its sample may be named, and that of those below it.
          if !titleAcross.isEmpty, screen.blocks.isEmpty, labels[.sample] == nil {
            labels[.sample] = titleAcross
            screen.findings.add(.info(.sampleAbove(line: row.line, name: titleAcross)))
          }
          titleAcross = text
          noteText(text, line: row.line)
        } else {
          takeHeading(text, line: row.line)
        }
      }
    } else if isTitle(row) {
      // A comma in a title without quotes, or a remark beside it, makes fields of it.
      endBlock()
      takeTexts(row)
    } else if header == nil {
      if bare != nil {
        takeTexts(row)
      } else if ReplicateWord.isAll(of: row.texts.joined(separator: " ")) {
        heading = row.texts.joined(separator: " ")
      } else {
        takeHeader(row, filled: filled, first: first)
      }
    } else {
      if column > 0, !row.isEmpty(column - 1) { name(downBy: row.text(column - 1)) }
      takeDoses(row, filled: filled)
    }
  }

  mutating func takeDoses(_ row: borrowing TextRow, filled: Int) {
    guard var block = current, let header else { return }
    current = nil  // so that the block is changed in place
    defer { current = block }
    if filled - 1 - column > header.count {
      block.findings.add(.warning(.tooManyFields(line: row.line, found: filled, expected: header.count + 1 + column)))
      block.leftOut += header.count
      return
    }
    guard let label = AxisLabel(row, column, numbers) else {
      block.leftOut += header.count
      unreadRow = row.texts.filter { !$0.isEmpty }.joined(separator: ", ")
      if filled == column + 1 {
        heading = row.text(column)
        if !ReplicateWord.isAll(of: heading) {
          block.findings.add(.warning(.unknownLabel(line: row.line, text: heading)))
        }
      } else {
        block.findings.add(.warning(.unreadableDose(line: row.line, drug: block.drugs[0], text: row.text(column))))
      }
      return
    }
    unreadRow = nil
    down.labels.append(label)
    for (field, kind) in header.enumerated() {
      guard case .dose(let other) = kind else {
        // What was computed was not left out.
        if case .unreadable = kind { block.leftOut += 1 }
        continue
      }
      let range = row.range(field + 1 + column)
      guard let response = numbers.response(in: row.bytes, range) else {
        let text = row.text(field + 1 + column)
        // Groups of replicates need not be full.
        if text.isEmpty, isGrouped { continue }
        if Self.saysUnmeasured(text) {
          unmeasured = ((unmeasured?.count ?? 0) + 1, unmeasured?.text ?? text, unmeasured?.line ?? row.line)
          continue
        }
        block.leftOut += 1
        block.findings.add(.warning(.unreadableResponse(line: row.line, text: text)))
        continue
      }
      screen.marks.note(response, line: row.line)
      // The dose down is known when all of them are.
      block.append(doses: [0, other], value: response.value, line: row.line)
      rowOfWell.append(down.labels.count - 1)
    }
  }

  /// The doses of an axis and their unit: the first that is known of the axis, that said above where some dose has none beside
  /// it, that beside the doses. A dose without a unit is in that of the axis; where only the others say which, the block is
  /// refused unless the doses are in order then.
  mutating func resolve(
    _ axis: AxisLabels, first: ConcentrationUnit?, above: ConcentrationUnit?, drug: Int, line: Int
  ) -> (doses: [Double?], unit: ConcentrationUnit) {
    let name = current?.drugs[drug] ?? ""
    guard let stated = axis.stated else { return (axis.doses(), first ?? above ?? .unstated) }
    let known = first ?? (axis.hasPlain ? above : nil)
    let unit = known ?? stated
    let doses = axis.doses(in: unit, plain: unit)
    for other in axis.units where other != unit {
      guard other.factor(to: unit) != nil else {
        current?.refusal = .error(.unitsDiffer(line: line, drug: name, first: unit.symbol, other: other.symbol))
        continue
      }
      current?.findings.add(
        .info(.unitsConverted(line: line, drug: name, first: unit.symbol, other: other.symbol)))
    }
    if !axis.hasPlain, let above, above.molar != nil, above != unit {
      current?.findings.add(.warning(.unitSaidTwice(line: line, drug: name, used: unit.symbol, other: above.symbol)))
    }
    if axis.hasPlain, known == nil {
      if BareMatrix.isOrdered(doses.compactMap(\.self)) {
        current?.findings.add(.warning(.unitPartlyStated(line: line, drug: name, unit: unit.symbol)))
      } else {
        current?.refusal = .error(.axisUnits(line: line, drug: name, unit: unit.symbol))
      }
    }
    return (doses, unit)
  }

  /// Gives the block's wells their doses down.
  mutating func resolveDown() {
    guard let block = current else { return }
    let known = block.units[0] == .unstated ? nil : block.units[0]
    let axis = resolve(down, first: known, above: nil, drug: 0, line: block.line)
    current?.units[0] = axis.unit
    noteRepeated(axis.doses.compactMap(\.self), drug: 0, line: block.line)
    for (well, row) in rowOfWell.enumerated() {
      current?.doses[well * 2] = axis.doses[row] ?? 0
    }
    (down, rowOfWell) = (AxisLabels(labels: []), [])
  }

  mutating func endBlock() {
    resolveDown()
    if isCornerUnread, current != nil { titles.append(cornerTitle) }
    isCornerUnread = false
    if let axesNote { screen.findings.add(axesNote) }
    axesNote = nil
    if let block = current {
      var down: [Double] = []
      for well in block.values.indices where down.last != block.dose(of: 0, in: well) {
        down.append(block.dose(of: 0, in: well))
      }
      checkTimes(down, isNamed: block.drugs[0] != "drug 1", line: block.line)
      checkCounting(down: down, line: block.line)
    }
    if let current {
      if bare != nil, !Set(current.drugs).isDisjoint(with: ["drug 1", "drug 2"]) { isNamedByNumber = true }
      noteCarried(current)
      screen.blocks.append(current)
      previous = Previous(
        line: current.line, drugs: current.drugs, sample: current.sample, labels: ownLabels,
        heading: labels[.block] ?? ownHeading, section: current.section)
      (isSaidOld, own, areDrugsCarried) = (true, nil, false)
    }
    current = nil
    header = nil
    (titleAcross, titleDown) = ("", "")
    firstLine = 0
    // What one matrix without labels was called, the next is called too, until something else is said. What a title says is
    // asked of the title again.
    labels = bare == nil || isSampleOfTitle ? [:] : labels.filter { if case .sample = $0.key { true } else { false } }
    unitsOfNames = []
    (isSampleCarried, isSampleOfTitle) = (!labels.isEmpty, false)
  }

  /// What was gathered.
  consuming func finish() -> RawScreen {
    if header == nil, !labels.isEmpty, bare == nil {
      screen.findings.add(.error(.matrixIncomplete(line: firstLine, missing: "table of doses")))
    }
    endBlock()
    if !heading.isEmpty { titles.append(heading) }
    if let unmeasured {
      screen.findings.add(
        .info(.unmeasured(count: unmeasured.count, text: unmeasured.text), line: unmeasured.line))
    }
    if let first = titles.first { screen.findings.add(.info(.rowsAround(count: titles.count, first: first))) }
    if !computed.isEmpty {
      screen.findings.add(.info(.computedAxis(labels: computed), line: firstComputed))
    }
    if isNamedByNumber { screen.findings.add(.info(.noDrugNames)) }
    for finding in screen.marks.findings { screen.findings.add(finding) }
    return screen
  }
}
