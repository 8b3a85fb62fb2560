import Assay
import Spreadsheets

/// What a worksheet of names and values says of the tables of the others: `Drug 1 | selinexor`, `Unit | nM`,
/// `Cell line | MM.1S`.
struct SheetFacts {
  private(set) var labels: [MatrixReader.Label: String] = [:]
  /// As they stand in the sheet.
  private(set) var texts: [String] = []

  /// A sheet of more rows is none.
  private static let mostRows = 100

  /// Reads a sheet; `nil` where it names no drug, unit or sample.
  init?(_ sheet: TextSheet) {
    guard sheet.rows.count <= Self.mostRows else { return nil }
    for cells in Self.pairs(sheet) ?? sheet.rows.map({ row in row.filled.map(row.cell) }) {
      guard let first = cells.first, cells.count <= 3 else { continue }
      var (key, value) = (first, cells.count > 1 ? cells[1] : "")
      if value.isEmpty, let colon = first.firstIndex(of: ":") {
        key = String(first[..<colon])
        value = String(trimming: first[first.index(after: colon)...].utf8)
      }
      guard !value.isEmpty, let label = MatrixReader.Label(key) ?? MatrixReader.Label(way: key) else { continue }
      if case .drug(let number) = label {
        guard number <= 2, value.contains(where: \.isLetter) else { continue }
        let (name, unit) = MatrixReader.nameAndUnit(value)
        let beside = cells.count > 2 ? ConcentrationUnit(cells[2]) : .unstated
        value = name
        if let unit = unit ?? (beside.molar == nil ? nil : beside) { labels[.unit(number)] = unit.symbol }
      } else if case .block = label {
        continue
      } else if cells.count > 2 {
        continue
      }
      // Whichever is said first holds.
      guard labels[label] == nil else { continue }
      labels[label] = value
      texts.append("\(key): \(value)")
    }
    guard !texts.isEmpty else { return nil }
  }

  /// The names and values of a sheet that has a row of names above one row of values; `nil` of another.
  private static func pairs(_ sheet: TextSheet) -> [[String]]? {
    let rows = sheet.rows.filter { !$0.isBlank }
    guard rows.count == 2, rows[0].filled.count > 1 else { return nil }
    let named = rows[0].filled.filter {
      let name = rows[0].cell($0)
      return (MatrixReader.Label(name) ?? MatrixReader.Label(way: name)) != nil
    }
    guard named.count > 1 else { return nil }
    return rows[0].filled.map { [rows[0].cell($0), rows[1].cell($0)] }
  }

  /// A block with what it lacks; `nil` where it lacks nothing of this.
  func completed(_ matrix: DoseMatrix, units stated: (String) -> ConcentrationUnit?) -> DoseMatrix? {
    guard matrix.drugCount == 2 else { return nil }
    var drugs = matrix.axes.map(\.drug)
    var units = matrix.axes.map(\.unit)
    for number in 1...2 {
      if drugs[number - 1] == "drug \(number)", let name = labels[.drug(number)] { drugs[number - 1] = name }
      if units[number - 1] == .unstated, let unit = labels[.unit(number)] ?? labels[.unit(nil)] {
        units[number - 1] = stated(drugs[number - 1]) ?? ConcentrationUnit(unit)
      }
    }
    let sample = matrix.sample ?? labels[.sample]
    guard drugs != matrix.axes.map(\.drug) || units != matrix.axes.map(\.unit) || sample != matrix.sample else {
      return nil
    }
    return matrix.called(drugs: drugs, units: units, sample: sample)
  }

  /// Completes the tables of a workbook by its sheets that hold none, and says of these what they hold.
  static func apply(
    _ sheets: [TextSheet], to parts: inout [ScreenFile], file: String, units: (String) -> ConcentrationUnit?
  ) {
    func isComplete(_ matrix: DoseMatrix) -> Bool {
      matrix.sample != nil
        && matrix.axes.enumerated().allSatisfy { $1.unit != .unstated && $1.drug != "drug \($0 + 1)" }
    }
    for place in sheets.indices where parts[place].blocks.isEmpty && !sheets[place].rows.isEmpty {
      let facts = parts[place].isNoTable || parts[place].format != nil ? SheetFacts(sheets[place]) : nil
      // A matrix without its table of doses is one of names and values, whatever numbers are among these.
      guard parts[place].isNoTable || (facts != nil && (parts[place].drugNames.isEmpty || arePairs(sheets[place])))
      else { continue }
      let isNeeded = parts.contains { part in !part.blocks.allSatisfy(isComplete) }
      var isUsed = false
      let called = facts?.samples(calledBySheets: sheets, parts) ?? SampleNames()
      if let facts {
        for other in parts.indices {
          if let sample = called.samples[other] {
            for block in parts[other].blocks.indices where parts[other].blocks[block].sample == nil {
              parts[other].blocks[block] = parts[other].blocks[block].of(sample: sample)
            }
          }
          for block in parts[other].blocks.indices {
            guard let completed = facts.completed(parts[other].blocks[block], units: units) else { continue }
            parts[other].blocks[block] = completed
            isUsed = true
          }
          guard isUsed, !parts[other].blocks.isEmpty else { continue }
          let all = parts[other].blocks.flatMap(\.axes)
          parts[other].drugNames = Set(all.map(\.drug))
          if !all.contains(where: { $0.drug == "drug 1" || $0.drug == "drug 2" }) {
            parts[other].problems.removeAll { $0.message == PlateReadingError.noDrugNames.description }
          }
          if !all.contains(where: { $0.unit == .unstated }) {
            parts[other].problems.removeAll { $0.message == PlateReadingError.noUnit.description }
          }
        }
      }
      let first = sheets[place].rows.filter { !$0.isBlank }.prefix(4).map { row in
        row.filled.map(row.cell).joined(separator: " ")
      }
      let finding: Finding =
        isUsed
        ? .info(.sheetFacts(facts: facts?.texts ?? []))
        : isNeeded && facts == nil
          ? .warning(.sheetUnread(texts: Array(first), isNeeded: true))
          : .info(.sheetUnread(texts: Array(first), isNeeded: false))
      var findings = [finding]
      if isUsed || !called.samples.isEmpty, !called.differing.isEmpty, let said = facts?.labels[.sample] {
        findings.append(
          .warning(.sheetSample(said: said, called: called.differing, isCalled: !called.samples.isEmpty)))
      }
      parts[place] = ScreenFile(
        format: nil, response: nil, blocks: [], problems: findings.map { $0.problem(file: file, blockID: nil) })
    }
  }

  /// Whether every row of a sheet is a name, its value and perhaps a remark.
  private static func arePairs(_ sheet: TextSheet) -> Bool {
    sheet.rows.filter { !$0.isBlank }.allSatisfy { row in
      let cells = row.filled.map(row.cell)
      return cells.count <= 3 && cells.first.map { $0.contains(where: \.isLetter) } ?? true
    }
  }

  /// What sheets that name their samples are called.
  private struct SampleNames {
    /// The samples that sheets are called after, by their places.
    var samples: [Int: String] = [:]
    /// The names of sheets that may be other samples than the one that is said.
    var differing: [String] = []
  }

  /// The samples by the names of the sheets, where these are names of samples: one of them is what is said of all, or several
  /// look like cell lines. Else the names that may be are told alone.
  private func samples(calledBySheets sheets: [TextSheet], _ parts: [ScreenFile]) -> SampleNames {
    var found = SampleNames()
    guard let said = labels[.sample] else { return found }
    func fold(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
    var names: [Int: String] = [:]
    for place in sheets.indices where parts[place].blocks.contains(where: { $0.sample == nil }) {
      guard let name = sheets[place].name, MatrixTitle.mayBeSample(name), !Self.isCommon(name) else { continue }
      let drugs =
        parts[place].blocks.flatMap { $0.axes.map(\.drug) } + [labels[.drug(1)], labels[.drug(2)]].compactMap(\.self)
      guard !drugs.contains(where: { fold($0).count > 2 && fold(name).contains(fold($0)) }) else { continue }
      names[place] = name
    }
    let others = names.filter { fold($0.value) != fold(said) }
    found.differing = others.sorted { $0.key < $1.key }.map(\.value)
    // MM.1S and U266 look like cell lines, HeLa and Anna may be anything.
    let lines = others.values.filter { $0.contains(where: \.isNumber) && $0.count(where: \.isLetter) > 0 }
    if others.count < names.count || lines.count > 1 { found.samples = others }
    if found.samples.isEmpty, lines.isEmpty, others.count < 2 { found.differing = [] }
    return found
  }

  /// Whether a name is one that programs and people give to any sheet: `Sheet1`, `Plate 2`, `Results`.
  static func isCommon(_ name: String) -> Bool {
    let words: Set = [
      "sheet", "tabelle", "blatt", "feuil", "feuille", "hoja", "foglio", "data", "daten", "results", "result", "values",
      "plate", "platte", "matrix", "board", "set", "part", "combo", "combination", "exp", "experiment", "day", "tag",
      "pair",
      "table", "list", "page", "fig", "figure", "test", "summary", "analysis", "export", "drug", "repeat", "low",
      "high",
    ]
    return name.lowercased().split { !$0.isLetter }.contains { words.contains(String($0)) }
  }
}
