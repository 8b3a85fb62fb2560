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

  private enum Column {
    /// Of a dose of drug 2.
    case dose(Double)
    /// Of something else than responses.
    case computed
    case unreadable
  }

  private let numbers: NumberReading
  private let units: @Sendable (String) -> ConcentrationUnit?
  /// Where the doses stand, in a matrix without labels; `nil` for SynergyFinder's.
  private let bare: BareMatrix?
  /// The column of the doses down.
  private let column: Int
  private var screen: RawScreen
  /// A lone text right of the corner, which names what goes across, and one left of the doses down.
  private var titleAcross = ""
  private var titleDown = ""
  /// What stands in the corner of the first matrix without labels.
  private var corner: String?
  private var firstDoses: [Double] = []
  /// Rows around matrices without labels that were not read.
  private var titles: [String] = []
  /// The last such row: a matrix without labels that follows it is called so.
  private var heading = ""
  /// The unit that stands behind the doses across.
  private var behind: ConcentrationUnit?
  /// The texts of the row before, where it is no part of a matrix.
  private var rowAbove: [String] = []
  private var labels: [Label: String] = [:]
  private var firstLine = 0
  /// What the columns of a block's table are. Set while it is being read.
  private var header: [Column]?
  /// What is beside the rows of the block's table.
  private var down = AxisLabels(labels: [])
  /// The row of `down` that each of the block's wells is in.
  private var rowOfWell: [Int] = []
  /// Rows and columns that were computed of the others.
  private var computed: [String] = []
  private var firstComputed = 0
  private var isNamedByNumber = false
  private var current: RawBlock?

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
    if let (label, value) = Self.labelled(first, second: filled > 1 ? row.text(1) : "", isBare: bare != nil),
      filled <= 3 || bare == nil
    {
      if header != nil { endBlock() }
      if labels.isEmpty { firstLine = row.line }
      labels[label] = value
    } else if header != nil, case .computed(let text)? = AxisLabel(row, column, numbers), !repeatsHeader(row) {
      noteComputed([text], line: row.line)
    } else if bare != nil, beginsMatrix(row) {
      if header != nil { endBlock() }
      behind = BareMatrix.unitBehind(row)
      takeHeader(row, filled: behind == nil ? filled : filled - 1, first: row.text(column))
    } else if bare != nil, let (place, text) = Self.loneText(row) {
      if header != nil, place == column, current?.units[0] == .unstated, ConcentrationUnit(text).molar != nil {
        // Below the doses down their unit may stand.
        let name = current?.drugs[0] ?? ""
        current?.units[0] = units(name) ?? ConcentrationUnit(text)
      } else if header != nil, place < column {
        name(downBy: text)
        if filled > column { takeDoses(row, filled: filled) }
      } else {
        if header != nil { endBlock() }
        if place > column {
          // Above the name of what goes across the first matrix, its sample may be named, and that of those below it.
          if !titleAcross.isEmpty, screen.blocks.isEmpty, labels[.sample] == nil {
            labels[.sample] = titleAcross
            screen.findings.add(.noted(.sampleAbove(line: row.line, name: titleAcross)))
          }
          titleAcross = text
        } else {
          if !heading.isEmpty { titles.append(heading) }
          heading = text
          // What was said of the matrices before is not said of what has a title of its own.
          if !screen.blocks.isEmpty { labels[.sample] = nil }
        }
      }
    } else if header == nil {
      if bare == nil {
        takeHeader(row, filled: filled, first: first)
      } else {
        titles.append(row.texts.joined(separator: " "))
        rowAbove = row.texts
      }
    } else {
      if column > 0, !row.isEmpty(column - 1) { name(downBy: row.text(column - 1)) }
      takeDoses(row, filled: filled)
    }
  }

  /// A label and its value: in two fields, or in one behind a colon.
  private static func labelled(_ first: String, second: String, isBare: Bool) -> (Label, String)? {
    if let label = Label(first) { return (label, second) }
    guard isBare, let colon = first.firstIndex(of: ":"), let label = Label(String(first[..<colon])) else { return nil }
    let value = first[first.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    return (label, value.isEmpty ? second : value)
  }

  /// Whether a row holds the doses across of a matrix without labels: the first, one with the same corner, or one whose
  /// doses are those of the first or begin at 0 in their order, as means and deviations below a matrix do not.
  private func beginsMatrix(_ row: borrowing TextRow) -> Bool {
    guard let bare, row.line >= bare.headerLine,
      let doses = BareMatrix.labels(across: row, from: column, numbers)?.doses().compactMap(\.self)
    else { return false }
    guard let corner else { return true }
    // A row of the dose 0 is none, whatever its numbers are.
    if header != nil, AxisLabel(row, column, numbers) == .vehicle { return false }
    return row.isEmpty(column) || row.text(column).lowercased() == corner.lowercased() || doses == firstDoses
      || (doses.contains(0) && BareMatrix.isOrdered(doses))
  }

  /// Whether a row behind a word has the doses across of the first matrix, as that of its deviations has.
  private func repeatsHeader(_ row: borrowing TextRow) -> Bool {
    guard bare != nil, let labels = BareMatrix.labels(across: row, from: column, numbers) else { return false }
    return labels.doses().compactMap(\.self) == firstDoses
  }

  /// Notes rows or columns that were computed of the others.
  private mutating func noteComputed(_ labels: [String], line: Int) {
    if computed.isEmpty { firstComputed = line }
    computed += labels
  }

  /// Words in the corner of a matrix that holds no responses.
  private static let statistics: Set<String> = [
    "sd", "std", "stdev", "sem", "se", "cv", "n", "stddev", "error", "variance",
  ]

  private static func isStatistic(_ text: String) -> Bool {
    statistics.contains(ColumnRole.fold(text))
      || text.lowercased().contains(/\bstandard\s+(deviation|error)\b|\bstd\.?\s*(dev|err)/)
      || (text.count <= 40 && ComputedWords.areSurely(text))
  }

  /// The only text of a row, and its column.
  private static func loneText(_ row: borrowing TextRow) -> (Int, String)? {
    var found: Int?
    for field in 0..<row.countWithoutTrailingEmpties where !row.isEmpty(field) {
      if found != nil { return nil }
      found = field
    }
    guard let found, row.text(found).contains(where: \.isLetter) else { return nil }
    return (found, row.text(found))
  }

  /// Names the drug that goes down, by a text left of its doses.
  private mutating func name(downBy text: String) {
    guard text.contains(where: \.isLetter), titleDown.isEmpty else { return }
    titleDown = text
    let (name, unit) = Self.nameAndUnit(text)
    guard current?.drugs[0] == "drug 1" else { return }
    current?.drugs[0] = name
    if let unit = units(name) ?? unit, current?.units[0] == .unstated { current?.units[0] = unit }
  }

  /// `Selinexor (nM)`: the name, and the unit in its parenthesis.
  private static func nameAndUnit(_ text: String) -> (name: String, unit: ConcentrationUnit?) {
    if let (drug, unit) = ColumnRole.doseOfNamedDrug(text) { return (drug, unit) }
    return (text, nil)
  }

  /// What a corner says of the axes: `selinexor \\ bortezomib`.
  private static func axes(corner: String) -> (down: String, across: String)? {
    for mark in ["\\", "|", " / ", " vs. ", " vs ", " × ", " x "] {
      let parts = corner.components(separatedBy: mark).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { continue }
      let (one, two) = (AxisWords(parts[0]), AxisWords(parts[1]))
      guard [one.name, two.name].allSatisfy({ $0.contains(where: \.isLetter) }) else { continue }
      if one.way == .across || two.way == .down, one.way != .down, two.way != .across { return (two.name, one.name) }
      return (one.name, two.name)
    }
    return nil
  }

  private mutating func takeHeader(_ row: borrowing TextRow, filled: Int, first: String) {
    let across = AxisLabels(labels: (column + 1..<max(filled, column + 1)).map { AxisLabel(row, $0, numbers) })
    guard across.hasDose else {
      screen.findings.add(
        .doubted(.unknownLabel(line: row.line, text: first.isEmpty ? row.texts.joined(separator: " ") : first)))
      return
    }
    if labels.isEmpty { firstLine = row.line }
    for (place, label) in across.labels.enumerated() where label == nil {
      screen.findings.add(
        .doubted(
          .unreadableDose(
            line: row.line, drug: labels[.drug(2)] ?? "drug 2", text: row.text(column + 1 + place))))
    }
    // Until the unit is known.
    header = across.labels.map { _ in .unreadable }
    noteComputed(across.computed, line: row.line)
    if bare != nil {
      if Self.isStatistic(first) || Self.isStatistic(heading) || (!firstDoses.isEmpty && ComputedWords.are(heading)) {
        titles.append(first.isEmpty ? heading : first)
        heading = ""
        return
      }
      if firstDoses.isEmpty { firstDoses = across.doses().compactMap(\.self) }
      nameAxes(corner: first, line: row.line)
    }
    let isCourse = TimeWords.isCourse(heading)
    if !heading.isEmpty, labels[.block] == nil { labels[.block] = heading }
    heading = ""
    guard let one = labels[.drug(1)], let two = labels[.drug(2)], !one.isEmpty, !two.isEmpty, labels[.drug(3)] == nil
    else {
      let missing =
        labels[.drug(3)] != nil
        ? "two drugs only (three need a long table)" : labels[.drug(1)] ?? "" == "" ? "Drug1" : "Drug2"
      screen.findings.add(.refused(.matrixIncomplete(line: firstLine, missing: missing)))
      current = nil
      return
    }
    let above = [1, 2].map { number in
      (labels[.unit(number)] ?? labels[.unit(nil)]).map { ConcentrationUnit($0) }
    }
    current = RawBlock(
      label: labels[.block] ?? "\(screen.blocks.count + 1)", line: firstLine,
      sample: labels[.sample].flatMap { $0.isEmpty ? nil : $0 }, drugs: [one, two],
      units: [units(one) ?? above[0] ?? .unstated, .unstated])
    let axis = resolve(across, first: bare == nil ? nil : behind, above: above[1], drug: 1, line: row.line)
    current?.units[1] = units(two) ?? axis.unit
    header = zip(across.labels, axis.doses).map {
      $0?.isDose == false ? .computed : $1.map { .dose($0) } ?? .unreadable
    }
    (down, rowOfWell) = (AxisLabels(labels: []), [])
    let isSaid = [one, two].contains(where: TimeWords.isAxis) || rowAbove.contains(where: TimeWords.isAxis)
    rowAbove = []
    if isSaid || (isCourse && two == "drug 2") {
      current?.refusal = .refused(
        .timesAcross(line: row.line, times: (column + 1..<max(filled, column + 1)).map { row.text($0) }))
    } else {
      checkTimes(axis.doses.compactMap(\.self), isNamed: two != "drug 2", line: row.line)
    }
  }

  /// Doubts doses that are the hours of whole days; refuses them where no drug is named.
  private mutating func checkTimes(_ doses: [Double], isNamed: Bool, line: Int) {
    guard TimeWords.areDays(doses), current?.refusal == nil else { return }
    let texts = doses.map(PlateReadingError.number)
    if isNamed {
      current?.findings.add(.doubted(.dosesLikeTimes(line: line, times: texts)))
    } else {
      current?.refusal = .refused(.timesAcross(line: line, times: texts))
    }
  }

  /// Names the drugs of a matrix without labels, where labels do not.
  private mutating func nameAxes(corner text: String, line: Int) {
    if corner == nil { corner = text }
    let axes = Self.axes(corner: text)
    if axes == nil, case .response(let word)? = ColumnRole(columnName: text), screen.responseColumn == nil {
      screen.responseColumn = (text, word)
    }
    // Where the corner names the drugs, what stands above the doses is the sample.
    if axes != nil, !titleAcross.isEmpty, labels[.sample] == nil {
      labels[.sample] = titleAcross
      screen.findings.add(.noted(.sampleAbove(line: line, name: titleAcross)))
    }
    let unit = ColumnRole.unit(inColumnName: text) ?? ConcentrationUnit(text)
    if unit.molar != nil, labels[.unit(nil)] == nil { labels[.unit(nil)] = unit.symbol }
    for (number, name) in [(1, axes?.down ?? titleDown), (2, axes?.across ?? titleAcross)]
    where labels[.drug(number)] == nil {
      guard !name.isEmpty else {
        labels[.drug(number)] = "drug \(number)"
        continue
      }
      let (drug, unit) = Self.nameAndUnit(name)
      labels[.drug(number)] = drug
      if let unit, labels[.unit(number)] == nil { labels[.unit(number)] = unit.symbol }
    }
    if let axes { screen.findings.add(.noted(.axesNamed(line: line, rows: axes.down, columns: axes.across))) }
  }

  private mutating func takeDoses(_ row: borrowing TextRow, filled: Int) {
    guard var block = current, let header else { return }
    current = nil  // so that the block is changed in place
    defer { current = block }
    if filled - 1 - column > header.count {
      block.findings.add(.doubted(.tooManyFields(line: row.line, found: filled, expected: header.count + 1 + column)))
      block.leftOut += header.count
      return
    }
    guard let label = AxisLabel(row, column, numbers) else {
      block.leftOut += header.count
      if filled == column + 1 {
        block.findings.add(.doubted(.unknownLabel(line: row.line, text: row.text(column))))
      } else {
        block.findings.add(.doubted(.unreadableDose(line: row.line, drug: block.drugs[0], text: row.text(column))))
      }
      return
    }
    down.labels.append(label)
    for (field, kind) in header.enumerated() {
      guard case .dose(let other) = kind else {
        // What was computed was not left out.
        if case .unreadable = kind { block.leftOut += 1 }
        continue
      }
      let range = row.range(field + 1 + column)
      guard let response = numbers.response(in: row.bytes, range) else {
        block.leftOut += 1
        block.findings.add(.doubted(.unreadableResponse(line: row.line, text: row.text(field + 1 + column))))
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
  private mutating func resolve(
    _ axis: AxisLabels, first: ConcentrationUnit?, above: ConcentrationUnit?, drug: Int, line: Int
  ) -> (doses: [Double?], unit: ConcentrationUnit) {
    let name = current?.drugs[drug] ?? ""
    guard let stated = axis.stated else { return (axis.doses(), first ?? above ?? .unstated) }
    let known = first ?? (axis.hasPlain ? above : nil)
    let unit = known ?? stated
    let doses = axis.doses(in: unit, plain: unit)
    for other in axis.units where other != unit {
      guard other.factor(to: unit) != nil else {
        current?.refusal = .refused(.unitsDiffer(line: line, drug: name, first: unit.symbol, other: other.symbol))
        continue
      }
      current?.findings.add(
        .noted(.unitsConverted(line: line, drug: name, first: unit.symbol, other: other.symbol)))
    }
    if axis.hasPlain, known == nil {
      if BareMatrix.isOrdered(doses.compactMap(\.self)) {
        current?.findings.add(.doubted(.unitPartlyStated(line: line, drug: name, unit: unit.symbol)))
      } else {
        current?.refusal = .refused(.axisUnits(line: line, drug: name, unit: unit.symbol))
      }
    }
    return (doses, unit)
  }

  /// Gives the block's wells their doses down.
  private mutating func resolveDown() {
    guard let block = current else { return }
    let known = block.units[0] == .unstated ? nil : block.units[0]
    let axis = resolve(down, first: known, above: nil, drug: 0, line: block.line)
    current?.units[0] = axis.unit
    for (well, row) in rowOfWell.enumerated() {
      current?.doses[well * 2] = axis.doses[row] ?? 0
    }
    (down, rowOfWell) = (AxisLabels(labels: []), [])
  }

  private mutating func endBlock() {
    resolveDown()
    if let block = current {
      var down: [Double] = []
      for well in block.values.indices where down.last != block.dose(of: 0, in: well) {
        down.append(block.dose(of: 0, in: well))
      }
      checkTimes(down, isNamed: block.drugs[0] != "drug 1", line: block.line)
    }
    if let current {
      if bare != nil, !Set(current.drugs).isDisjoint(with: ["drug 1", "drug 2"]) { isNamedByNumber = true }
      screen.blocks.append(current)
    }
    current = nil
    header = nil
    (titleAcross, titleDown) = ("", "")
    // What one matrix without labels was called, the next is called too, until something else is said.
    labels = bare == nil ? [:] : labels.filter { if case .sample = $0.key { true } else { false } }
  }

  /// What was gathered.
  consuming func finish() -> RawScreen {
    if header == nil, !labels.isEmpty, bare == nil {
      screen.findings.add(.refused(.matrixIncomplete(line: firstLine, missing: "table of doses")))
    }
    endBlock()
    if !heading.isEmpty { titles.append(heading) }
    if let first = titles.first { screen.findings.add(.noted(.rowsAround(count: titles.count, first: first))) }
    if !computed.isEmpty {
      screen.findings.add(.noted(.computedAxis(labels: computed), line: firstComputed))
    }
    if isNamedByNumber { screen.findings.add(.noted(.noDrugNames)) }
    for finding in screen.marks.findings { screen.findings.add(finding) }
    return screen
  }
}
