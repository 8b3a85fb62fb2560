import Assay
import Foundation
import Spreadsheets

/// What stands above, beside and in the corner of a matrix: labels, titles, the names of its axes, and the doses across.
extension MatrixReader {
  /// A label and its value: in two fields, or in one behind a colon.
  static func labelled(_ first: String, second: String, isBare: Bool) -> (Label, String)? {
    if let label = Label(first) { return (label, second) }
    guard isBare else { return nil }
    if let label = Label(way: first), second.contains(where: \.isLetter) { return (label, second) }
    guard let colon = first.firstIndex(of: ":"),
      let label = Label(String(first[..<colon])) ?? Label(way: String(first[..<colon]))
    else { return nil }
    let value = first[first.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    return (label, value.isEmpty ? second : value)
  }

  /// Several labels and their values in one row: `Drug1: a | Drug2: b`, in fields of their own or in one, or `Drug1 | a | Drug2 | b`;
  /// `nil` where the row holds no more than one.
  static func severalLabels(_ row: borrowing TextRow) -> (labels: [(Label, String)], unread: [String])? {
    guard row.countWithoutTrailingEmpties <= 12 else { return nil }
    let texts = row.texts.filter { !$0.isEmpty }
    guard texts.contains(where: { $0.contains(where: \.isLetter) }) else { return nil }
    // What stands behind a comma is a label of its own where a word and a colon begin it, else a part of the value before.
    func both(_ text: Substring) -> (key: String, label: Label?, value: String)? {
      guard let mark = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
      let key = String(trimming: text[..<mark].utf8)
      guard key.count <= 30, key.contains(where: \.isLetter) else { return nil }
      return (key, Label(key) ?? Label(way: key), String(trimming: text[text.index(after: mark)...].utf8))
    }
    var found: [(key: String, label: Label?, value: String)] = []
    for text in texts {
      for piece in text.split(separator: /,\s+|;\s*|\||\t/) {
        if let said = both(piece) {
          found.append(said)
        } else if let last = found.indices.last, found[last].value.isEmpty || texts.count == 1 {
          found[last].value += (found[last].value.isEmpty ? "" : ", ") + String(trimming: piece.utf8)
        } else {
          found = []
          break
        }
      }
      if found.isEmpty { break }
    }
    let known = found.compactMap { said in said.label.map { ($0, said.value) } }.filter { !$0.1.isEmpty }
    if found.first?.label != nil, known.count > 1 {
      return (known, found.filter { $0.label == nil }.map { "\($0.key): \($0.value)" })
    }
    guard texts.count > 2, texts.count.isMultiple(of: 2) else { return nil }
    // A word that is no label beside those that are has its colon, or follows two of them.
    let pairs = stride(from: 0, to: texts.count, by: 2).map {
      (Label(texts[$0]) ?? Label(way: texts[$0]), texts[$0], texts[$0 + 1])
    }
    guard pairs[0].0 != nil, pairs.allSatisfy({ ($0.0 != nil || $0.1.hasSuffix(":")) && Label($0.2) == nil }) else {
      return nil
    }
    return (
      pairs.compactMap { label, _, value in label.map { ($0, value) } },
      pairs.filter { $0.0 == nil }.map { "\($0.1) \($0.2)" }
    )
  }

  /// Whether a row holds the doses across of a matrix without labels: the first, one with the same corner, or one whose
  /// doses are those of the first or begin at 0 in their order, as means and deviations below a matrix do not.
  func beginsMatrix(_ row: borrowing TextRow) -> Bool {
    guard let bare, row.line >= bare.headerLine,
      let doses = BareMatrix.labels(across: row, from: column, numbers)?.doses().compactMap(\.self)
    else { return false }
    guard let corner else { return true }
    // A row of the dose 0 is none, whatever its numbers are.
    if header != nil, AxisLabel(row, column, numbers) == .vehicle { return false }
    let own = row.text(column)
    return own.isEmpty || Self.corner(own) == Self.corner(corner) || doses == firstDoses
      || (doses.contains(0) && BareMatrix.isOrdered(doses))
  }

  /// Whether a row behind a word has the doses across of the first matrix, as that of its deviations has.
  func repeatsHeader(_ row: borrowing TextRow) -> Bool {
    guard bare != nil, let labels = BareMatrix.labels(across: row, from: column, numbers) else { return false }
    return labels.doses().compactMap(\.self) == firstDoses
  }

  /// The doses of a row below a matrix with labels that holds no responses but doses once more: nothing beside two or more
  /// plain doses in order, one of them 0 or those of the matrix.
  ///
  /// Something may stand in their corner: the drugs' names, `Rep 2`, `SD`.
  func secondHeader(_ row: borrowing TextRow) -> [Double]? {
    let letters = row.text(0).count(where: \.isLetter)
    guard row.isEmpty(0) || letters > 0, let labels = BareMatrix.labels(across: row, from: 0, numbers)
    else { return nil }
    let doses = labels.doses().compactMap(\.self)
    switch AxisLabel(row, 0, numbers) {
    case nil, .computed?: break
    case .dose?, .vehicle?: return nil
    }
    let own = header?.compactMap { kind -> Double? in if case .dose(let dose) = kind { dose } else { nil } }
    let isAxis = doses.contains(0) && (BareMatrix.isOrdered(doses) || BareMatrix.isOrdered(doses.reversed()))
    return doses.count > 1 && (isAxis && letters != 1 || doses == own) ? doses : nil
  }

  /// Passes over what follows a second row of doses, up to the next labels. What holds deviations is noted, else it is an error:
  /// whose doses they are is not guessed.
  mutating func skip(_ row: borrowing TextRow, doses: [Double]) {
    isSkipping = true
    if Self.isStatistic(heading) || ComputedWords.are(heading) {
      titles.append(heading)
    } else {
      let block = current?.label ?? ""
      screen.findings.add(
        .error(.secondMatrix(line: row.line, doses: doses.map(PlateReadingError.number), block: block)))
    }
    heading = ""
  }

  /// Doubts doses that count rows and columns from 0, where neither drug has a unit.
  mutating func checkCounting(down: [Double], line: Int) {
    guard bare != nil, let block = current, block.units.allSatisfy({ $0 == .unstated }) else { return }
    let across = Set(block.values.indices.map { block.dose(of: 1, in: $0) }).sorted()
    guard down.count > 3, across.count > 3, [down, across].allSatisfy({ $0 == (0..<$0.count).map(Double.init) }) else {
      return
    }
    current?.findings.add(.warning(.countedAxes(line: line, count: max(down.count, across.count))))
  }

  /// Says that doses stand several times along an axis: doubts it where others stand once, untreated ones aside. Whether it did.
  @discardableResult mutating func noteRepeated(_ doses: [Double], drug: Int, line: Int) -> Bool {
    let counts = Dictionary(grouping: doses.filter { $0 > 0 }, by: \.self).mapValues(\.count)
    guard let most = counts.values.max(), most > 1, let name = current?.drugs[drug] else { return false }
    let once = counts.count { $0.value == 1 }
    guard once > 0 else {
      if drug == 0 {
        current?.findings.add(.info(.groupedRows(line: line, rows: doses.count, doses: Set(doses).count)))
      }
      return drug == 0
    }
    let repeated = counts.filter { $0.value > 1 }.keys.sorted().map(PlateReadingError.number)
    current?.findings.add(
      .warning(.doseRepeated(line: line, drug: name, doses: repeated, isAcross: drug == 1)))
    return true
  }

  /// Notes rows or columns that were computed of the others.
  mutating func noteComputed(_ labels: [String], line: Int) {
    if computed.isEmpty { firstComputed = line }
    computed += labels
  }

  /// Words in the corner of a matrix that holds no responses.
  static let statistics: Set<String> = [
    "sd", "std", "stdev", "sem", "se", "cv", "n", "stddev", "error", "variance",
  ]

  static func isStatistic(_ text: String) -> Bool {
    statistics.contains(ColumnRole.fold(text)) || isComputed(text)
      || text.lowercased().contains(/^(sd|sem|std|stdev|cv)s?\s+(of|for)\b/)
      || text.lowercased().contains(/\bstandard\s+(deviation|error)\b|\bstd\.?\s*(dev|err)/)
      || (text.count <= 40 && ComputedWords.areSurely(text))
  }

  /// Whether a text says that numbers were computed of responses, or count wells: `p-value`, `Z-score`, `Number of wells`.
  private static func isComputed(_ text: String) -> Bool {
    [
      "pvalue", "pvalues", "padj", "padjusted", "adjustedp", "adjustedpvalue", "qvalue", "qvalues", "fdr",
      "zscore", "zscores", "foldchange", "foldchanges", "log2foldchange", "logfc", "numberofwells", "nwells",
      "numberofreplicates", "significance", "eob", "excessoverbliss", "iqr",
    ].contains(ColumnRole.fold(text))
  }

  /// The only text of a row, and its column.
  static func loneText(_ row: borrowing TextRow) -> (Int, String)? {
    var found: Int?
    for field in 0..<row.countWithoutTrailingEmpties where !row.isEmpty(field) {
      if found != nil { return nil }
      found = field
    }
    guard let found, row.text(found).contains(where: \.isLetter) || row.text(found).hasPrefix("#") else { return nil }
    return (found, row.text(found))
  }

  /// Names the drug that goes down, by a text left of its doses.
  mutating func name(downBy text: String) {
    // One letter is that of a plate's row.
    guard text.contains(where: \.isLetter), text.count > 1, titleDown.isEmpty else { return }
    guard !ReplicateWord.isAll(of: text) else {
      if let title = current?.title, ReplicateWord(title) == nil {
        current?.title = [title, text].filter { !$0.isEmpty }.joined(separator: " ")
      }
      return
    }
    titleDown = text
    let (name, unit) = Self.nameAndUnit(text)
    guard current?.drugs[0] == "drug 1" else { return }
    if ColumnRole.isLogarithm(text) {
      let line = current?.line ?? 1
      current?.refusal = .error(.logarithms(line: line, column: text))
    }
    current?.drugs[0] = name
    if let unit = units(name) ?? unit, current?.units[0] == .unstated { current?.units[0] = unit }
  }

  /// `Selinexor (nM)`: the name, and the unit in its parenthesis.
  static func nameAndUnit(_ text: String) -> (name: String, unit: ConcentrationUnit?) {
    if let (drug, unit) = ColumnRole.doseOfNamedDrug(text) { return (drug, unit) }
    return (text, nil)
  }

  /// What a corner says of the axes: `selinexor \\ bortezomib`.
  static func axes(corner: String) -> (down: String, across: String)? {
    for mark in ["\\", "|", " / ", " vs. ", " vs ", " × ", " x "] {
      let parts = corner.components(separatedBy: mark).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { continue }
      let (one, two) = (AxisWords(parts[0]), AxisWords(parts[1]))
      guard [one.name, two.name].allSatisfy({ $0.contains(where: \.isLetter) }) else { continue }
      if one.way == .across || two.way == .down, one.way != .down, two.way != .across { return (two.name, one.name) }
      return (one.name, two.name)
    }
    return arrows(corner)
  }

  /// `selinexor (uM) ↓ bortezomib (nM) →`: two names, each with the way that it goes before or behind it.
  private static func arrows(_ corner: String) -> (down: String, across: String)? {
    let arrows = corner.indices.filter { "↓⇓→⟶⇒".contains(corner[$0]) }
    guard arrows.count == 2, let first = corner.first else { return nil }
    let cut = "↓⇓→⟶⇒".contains(first) ? arrows[1] : corner.index(after: arrows[0])
    let (one, two) = (AxisWords(String(corner[..<cut])), AxisWords(String(corner[cut...])))
    guard [one.name, two.name].allSatisfy({ $0.contains(where: \.isLetter) }), one.way != two.way else { return nil }
    let names = [one, two].map { $0.name.trimmingCharacters(in: CharacterSet(charactersIn: " ,;/|")) }
    return one.way == .down ? (names[0], names[1]) : (names[1], names[0])
  }

  /// `bortezomib (nM) in H929`: the drug and the sample.
  private static func sample(behind text: String) -> (name: String, sample: String)? {
    let parts = text.components(separatedBy: " in ").map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.count == 2, parts[0].contains(where: \.isLetter), ConcentrationUnit(parts[1]).molar == nil,
      MatrixTitle.mayBeSample(parts[1])
    else { return nil }
    return (parts[0], parts[1])
  }

  mutating func takeHeader(_ row: borrowing TextRow, filled: Int, first: String) {
    let across = AxisLabels(labels: (column + 1..<max(filled, column + 1)).map { AxisLabel(row, $0, numbers) })
    // `Passage, 7` is a name and its value, and no row of doses.
    let isValue = bare == nil && across.labels.count { $0?.isDose == true } < 2 && first.contains(where: \.isLetter)
    guard across.hasDose, !isValue else {
      // What it says may tell this matrix from others: `Time:, 24 h`.
      if first.contains(where: \.isLetter) { noteText(row.texts.joined(separator: " "), line: row.line) }
      screen.findings.add(
        .warning(.unknownLabel(line: row.line, text: first.isEmpty ? row.texts.joined(separator: " ") : first)))
      return
    }
    if labels.isEmpty || firstLine == 0 { firstLine = row.line }
    for (place, label) in across.labels.enumerated() where label == nil {
      screen.findings.add(
        .warning(
          .unreadableDose(
            line: row.line, drug: labels[.drug(2)] ?? "drug 2", text: row.text(column + 1 + place))))
    }
    // Until the unit is known.
    header = across.labels.map { _ in .unreadable }
    noteComputed(across.computed, line: row.line)
    if bare == nil { cornerTitle = ReplicateWord(first)?.text ?? "" }
    if bare != nil {
      if Self.isStatistic(first) || Self.isStatistic(heading) || (!firstDoses.isEmpty && ComputedWords.are(heading)) {
        let title = heading.isEmpty ? first : heading
        screen.findings.add(.info(.computedMatrix(line: row.line, title: title)))
        heading = ""
        return
      }
      if firstDoses.isEmpty { firstDoses = across.doses().compactMap(\.self) }
      carryLabels(corner: first)
      nameAxes(corner: first, line: row.line)
    }
    let isCourse = TimeWords.isCourse(heading)
    if !heading.isEmpty, labels[.block] == nil { labels[.block] = heading }
    heading = ""
    noteUnreadTitle(line: row.line)
    guard let one = labels[.drug(1)], let two = labels[.drug(2)], !one.isEmpty, !two.isEmpty, labels[.drug(3)] == nil
    else {
      let missing =
        labels[.drug(3)] != nil
        ? "two drugs only (three need a long table)" : labels[.drug(1)] ?? "" == "" ? "Drug1" : "Drug2"
      screen.findings.add(.error(.matrixIncomplete(line: firstLine, missing: missing)))
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
    current?.isMatrix = true
    let own = textsAbove.filter { !ReplicateWord.isAll(of: $0) }
    current?.section =
      own.isEmpty
      ? (previous?.section ?? []) + (labels[.sample] == nil ? [previous?.sample].compactMap(\.self) : []) : own
    textsAbove = []
    current?.title = [labels[.block] ?? ownHeading, cornerTitle].filter { !$0.isEmpty }.joined(separator: " ")
    if let common = labels[.unit(nil)].map({ ConcentrationUnit($0) }), common.molar != nil {
      for (number, unit) in zip([1, 2], above) where unitsOfNames.contains(number) {
        guard let unit, unit != common else { continue }
        current?.findings.add(
          .warning(
            .unitSaidTwice(line: row.line, drug: [one, two][number - 1], used: unit.symbol, other: common.symbol)))
      }
    }
    let axis = resolve(across, first: bare == nil ? nil : behind, above: above[1], drug: 1, line: row.line)
    current?.units[1] = units(two) ?? axis.unit
    let plain = axis.doses.compactMap(\.self)
    isGrouped = Set(plain).count < plain.count && plain.count == across.labels.count
    if isGrouped, !noteRepeated(plain, drug: 1, line: row.line) {
      screen.findings.add(.info(.groupedColumns(line: row.line, columns: plain.count, doses: Set(plain).count)))
    }
    header = zip(across.labels, axis.doses).map {
      $0?.isDose == false ? .computed : $1.map { .dose($0) } ?? .unreadable
    }
    (down, rowOfWell) = (AxisLabels(labels: []), [])
    let isSaid = [one, two].contains(where: TimeWords.isAxis) || rowAbove.contains(where: TimeWords.isAxis)
    rowAbove = []
    let logarithm = [first, one, two].first(where: ColumnRole.isLogarithm)
    if let logarithm { current?.refusal = .error(.logarithms(line: row.line, column: logarithm)) }
    if isSaid || (isCourse && two == "drug 2") {
      current?.refusal = .error(
        .timesAcross(line: row.line, times: (column + 1..<max(filled, column + 1)).map { row.text($0) }))
    } else {
      checkTimes(axis.doses.compactMap(\.self), isNamed: two != "drug 2", line: row.line)
    }
  }

  /// Doubts doses that are the hours of whole days; refuses them where no drug is named.
  mutating func checkTimes(_ doses: [Double], isNamed: Bool, line: Int) {
    guard TimeWords.areDays(doses), current?.refusal == nil else { return }
    let texts = doses.map(PlateReadingError.number)
    if isNamed {
      current?.findings.add(.warning(.dosesLikeTimes(line: line, times: texts)))
    } else {
      current?.refusal = .error(.timesAcross(line: line, times: texts))
    }
  }

  /// Names the drugs of a matrix without labels, where labels do not.
  mutating func nameAxes(corner whole: String, line: Int) {
    if corner == nil { corner = whole }
    let word = ReplicateWord(whole)
    let text = word?.rest ?? whole
    var axes = Self.axes(corner: text)
    if let across = axes?.across, let (name, sample) = Self.sample(behind: across) {
      axes?.across = name
      if labels[.sample] == nil || isSampleCarried {
        (labels[.sample], isSampleCarried, isSampleOfTitle) = (sample, false, true)
        tellOnce(.info(.titleSample(line: line, title: whole, sample: sample)))
      }
    }
    // A name with a unit is that of what goes down: neither is said of what goes across.
    if axes == nil, titleDown.isEmpty, AxisWords(text).way == nil, let down = ColumnRole.doseOfNamedDrug(text),
      down.unit != nil
    {
      axes = (text, titleAcross.isEmpty ? "drug 2" : titleAcross)
    }
    if axes == nil, case .response(let word)? = ColumnRole(columnName: text), screen.responseColumn == nil {
      screen.responseColumn = (text, word)
    }
    // Where the corner names the drugs, what stands above the doses is the sample.
    if let axes, axes.across != titleAcross, !titleAcross.isEmpty, labels[.sample] == nil {
      labels[.sample] = titleAcross
      screen.findings.add(.info(.sampleAbove(line: line, name: titleAcross)))
    }
    let unit = axes == nil ? ColumnRole.unit(inColumnName: text) ?? ConcentrationUnit(text) : .unstated
    if unit.molar != nil, labels[.unit(nil)] == nil { labels[.unit(nil)] = unit.symbol }
    cornerTitle = axes == nil ? whole : word?.text ?? ""
    isCornerUnread =
      axes == nil && text.contains(where: \.isLetter) && !Self.isCommon(text) && unit.molar == nil
      && ColumnRole.doseOfNamedDrug(text) == nil && AxisLabel.isVehicle(text) == false
    var names = (down: axes?.down ?? titleDown, across: axes?.across ?? titleAcross)
    takeTitle(&names)
    for (number, name) in [(1, names.down), (2, names.across)]
    where labels[.drug(number)] == nil {
      guard !name.isEmpty else {
        labels[.drug(number)] = "drug \(number)"
        continue
      }
      let (drug, unit) = Self.nameAndUnit(name)
      labels[.drug(number)] = drug
      if let unit, labels[.unit(number)] == nil { labels[.unit(number)] = unit.symbol }
    }
    if let axes { axesNote = .info(.axesNamed(line: line, rows: axes.down, columns: axes.across)) }
  }
}
