import Assay

/// Titles above a matrix, the names that stand below its corner, and cells without a measurement.
extension MatrixReader {
  /// Takes a label's value; a drug's may have its unit behind it.
  mutating func take(_ label: Label, _ value: String) {
    guard case .drug(let number) = label, case let (name, unit?) = Self.nameAndUnit(value) else {
      labels[label] = value
      return
    }
    labels[label] = name
    if labels[.unit(number)] == nil {
      labels[.unit(number)] = unit.symbol
      unitsOfNames.insert(number)
    }
  }

  /// Takes a line above a matrix, by which it is called.
  mutating func takeHeading(_ text: String, line: Int) {
    if !heading.isEmpty, MatrixTitle(heading) == nil { titles.append(heading) }
    heading = text
    noteText(text, line: line)
    beginWords(text)
    guard let title = MatrixTitle(text) else { return }
    guard var known = said else {
      said = (title, text, line)
      return
    }
    if !title.drugs.isEmpty { (known.title.drugs, known.text, known.line) = (title.drugs, text, line) }
    if title.sample != nil { (known.title.sample, known.title.unclear) = (title.sample, []) }
    known.title.isSampleSaid = known.title.isSampleSaid || title.isSampleSaid
    known.title.unit = title.unit ?? known.title.unit
    said = known
  }

  /// Keeps a text above a matrix, and what it says of the responses.
  mutating func noteText(_ text: String, line: Int) {
    textsAbove.append(text)
    if let title = ResponseTitle(text, at: .line(line)) { screen.responseTitles.append(title) }
  }

  /// Names the axes by the title where nothing else does, and the sample.
  mutating func takeTitle(_ names: inout (down: String, across: String)) {
    // A name with its unit above the doses, where others stand beside them.
    if column > 0, names.across.isEmpty, labels[.drug(2)] == nil, ColumnRole.doseOfNamedDrug(heading)?.unit != nil {
      names.across = heading
      heading = ""
    }
    guard let said else { return }
    let drugs = said.title.drugs
    var isRead = false
    var isGuessed = false
    if drugs.count == 2, labels[.drug(1)] == nil, labels[.drug(2)] == nil {
      func place(_ text: String) -> Int? {
        let name = ColumnRole.fold(Self.nameAndUnit(text).name)
        return drugs.firstIndex { ColumnRole.fold($0.name) == name }
      }
      switch (names.down.isEmpty, names.across.isEmpty) {
      case (true, true):
        (names.down, names.across) = (drugs[0].text, drugs[1].text)
        (isRead, isGuessed) = (true, true)
      case (true, false):
        if let known = place(names.across) { (names.down, isRead) = (drugs[1 - known].text, true) }
      case (false, true):
        if let known = place(names.down) { (names.across, isRead) = (drugs[1 - known].text, true) }
      case (false, false): break
      }
      if isRead, let unit = said.title.unit, labels[.unit(nil)] == nil { labels[.unit(nil)] = unit.symbol }
    }
    let read = [labels[.drug(1)] ?? names.down, labels[.drug(2)] ?? names.across]
    let isOfThese =
      isRead || (drugs.isEmpty && said.title.isSampleSaid)
      || said.title.names(read[0], read[1])
    if !isOfThese, drugs.count == 2, !isSaidOld, !said.title.isPairLoose || said.title.namesOne(of: read[0], read[1]) {
      let own = read.enumerated()
      tellOnce(
        .warning(
          .titleNamesOthers(
            line: said.line, title: said.text,
            drugs: own.map { $1.isEmpty ? "drug \($0 + 1)" : Self.nameAndUnit($1).name })))
    }
    var sample: String?
    if isOfThese, labels[.sample] == nil {
      sample = said.title.sample
      if let sample { (labels[.sample], isSampleOfTitle) = (sample, true) }
      if said.title.unclear.count > 1 {
        tellOnce(.info(.titleUnclear(line: said.line, title: said.text, parts: said.title.unclear)))
      }
    }
    if isRead {
      areDrugsCarried = isSaidOld && isGuessed
      let error = PlateReadingError.titleRead(
        line: said.line, title: said.text, rows: names.down, columns: names.across, sample: sample,
        isOrderGuessed: isGuessed)
      tellOnce(isGuessed ? .warning(error) : .info(error))
    } else if let sample {
      tellOnce(.info(.titleSample(line: said.line, title: said.text, sample: sample)))
    }
  }

  /// Says something of a title that may hold for several matrices.
  mutating func tellOnce(_ finding: Finding) {
    guard !told.contains(finding) else { return }
    told.append(finding)
    screen.findings.add(finding)
  }

  /// Notes that the line above a matrix without names of drugs was not understood.
  mutating func noteUnreadTitle(line: Int) {
    guard bare != nil, let title = labels[.block], title.contains(where: \.isWhitespace), said == nil,
      labels[.drug(1)] == "drug 1" || labels[.drug(2)] == "drug 2",
      ReplicateWord(title)?.rest.contains(where: \.isWhitespace) ?? true
    else { return }
    tellOnce(.info(.titleUnread(title: title), line: line))
  }

  /// A text below the corner that may name what goes down.
  static func nameBelowCorner(_ text: String) -> String? {
    guard text.count <= 60, text.contains(where: \.isLetter), !isStatistic(text), ConcentrationUnit(text).molar == nil,
      ReplicateWord(text) == nil
    else { return nil }
    return text
  }

  /// Names what goes down by a text between the corner and its first dose; what stands in the corner goes across then.
  mutating func takeName(belowCorner text: String, line: Int) {
    guard let drugs = current?.drugs, let stated = current?.units else { return }
    let (name, unit) = Self.nameAndUnit(text)
    if drugs[1] == "drug 2" {
      if drugs[0] != "drug 1" {
        current?.drugs[1] = drugs[0]
        if stated[1] == .unstated { current?.units[1] = stated[0] }
        current?.units[0] = .unstated
      } else if cornerTitle.contains(where: \.isLetter), !Self.isCommon(cornerTitle) {
        let (across, unit) = Self.nameAndUnit(cornerTitle)
        isCornerUnread = false
        current?.drugs[1] = across
        if let unit = units(across) ?? unit, stated[1] == .unstated { current?.units[1] = unit }
        current?.title = labels[.block] ?? ""
      }
    } else if drugs[0] != "drug 1" {
      titles.append(text)
      return
    }
    current?.drugs[0] = name
    if let unit = units(name) ?? unit { current?.units[0] = unit }
    titleDown = text
    if ColumnRole.isLogarithm(text) { current?.refusal = .error(.logarithms(line: line, column: text)) }
    let across = current?.drugs[1] ?? ""
    axesNote = .info(.axesNamed(line: line, rows: name, columns: across))
  }

  /// Whether a corner names no drug but says what the numbers are.
  static func isCommon(_ text: String) -> Bool {
    ColumnRole(columnName: text) != nil
      || ["conc", "dose", "doses", "concentration", "concentrations", "drug", "drugs"].contains(ColumnRole.fold(text))
  }

  /// A corner as corners are compared.
  static func corner(_ text: String) -> String { (ReplicateWord(text)?.rest ?? text).lowercased() }

  private static let unmeasuredWords: Set<String> = [
    "nd", "na", "nan", "notdetermined", "notdone", "notmeasured", "notavailable", "missing", "null", "",
  ]

  /// Whether a cell says that nothing was measured: `n.d.`, `NA`, `–`; not an empty one.
  static func saysUnmeasured(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 20, !text.contains(where: \.isNumber) else { return false }
    let folded = text.lowercased().filter(\.isLetter)
    guard unmeasuredWords.contains(folded) else { return false }
    // Marks alone are a dash or a point.
    return !folded.isEmpty || ["-", "–", "—", ".", "--"].contains(text)
  }
}

extension MatrixReader.Label {
  /// `Rows`, `down`, `columns`, `across`: the drug that goes that way.
  init?(way text: String) {
    switch ColumnRole.fold(text) {
    case "rows", "row", "down", "vertical", "yaxis", "zeilen", "rowcompound", "inrows": self = .drug(1)
    case "columns", "column", "cols", "across", "horizontal", "xaxis", "spalten", "columndrug", "columncompound",
      "incolumns":
      self = .drug(2)
    case "cells", "celllines": self = .sample
    default: return nil
    }
  }
}
