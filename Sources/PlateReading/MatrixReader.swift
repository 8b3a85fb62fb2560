import Assay

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
struct MatrixReader {
  /// The labels of the rows above a block's table. Colons, case and spaces do not matter.
  enum Label: Hashable {
    case drug(Int)
    case sample
    case unit(Int?)
    case block

    init?(_ text: String) {
      switch ColumnRole(columnName: text) {
      case .drug(let number): self = .drug(number)
      case .sample: self = .sample
      case .unit(let number): self = .unit(number)
      case .block: self = .block
      default: return nil
      }
    }
  }

  private let numbers: NumberReading
  private let units: @Sendable (String) -> ConcentrationUnit?
  private var screen = RawScreen(format: "SynergyFinder matrix")
  private var labels: [Label: String] = [:]
  private var firstLine = 0
  /// The doses of drug 2; `nil` where the header cannot be read. Set while a block's table is being read.
  private var header: [Double?]?
  private var current: RawBlock?

  init(numbers: NumberReading, units: @escaping @Sendable (String) -> ConcentrationUnit?) {
    self.numbers = numbers
    self.units = units
  }

  /// Takes a row.
  mutating func take(_ row: borrowing TextRow) {
    let filled = row.countWithoutTrailingEmpties
    if filled == 0 { return }
    let first = row.text(0)
    if let label = Label(first) {
      if header != nil { endBlock() }
      if labels.isEmpty { firstLine = row.line }
      labels[label] = filled > 1 ? row.text(1) : ""
    } else if header == nil {
      takeHeader(row, filled: filled, first: first)
    } else {
      takeDoses(row, filled: filled)
    }
  }

  private mutating func takeHeader(_ row: borrowing TextRow, filled: Int, first: String) {
    var doses: [Double?] = []
    var findings: [Finding] = []
    let drug2 = labels[.drug(2)] ?? "drug 2"
    for field in 1..<max(filled, 1) {
      let dose = numbers.number(in: row.bytes, row.range(field)).flatMap { $0 >= 0 ? $0 : nil }
      doses.append(dose)
      if dose == nil { findings.append(.doubted(.unreadableDose(line: row.line, drug: drug2, text: row.text(field)))) }
    }
    guard doses.contains(where: { $0 != nil }) else {
      screen.findings.add(
        .doubted(.unknownLabel(line: row.line, text: first.isEmpty ? row.texts.joined(separator: " ") : first)))
      return
    }
    if labels.isEmpty { firstLine = row.line }
    header = doses
    for finding in findings { screen.findings.add(finding) }
    guard let one = labels[.drug(1)], let two = labels[.drug(2)], !one.isEmpty, !two.isEmpty, labels[.drug(3)] == nil
    else {
      let missing =
        labels[.drug(3)] != nil
        ? "two drugs only (three need a long table)" : labels[.drug(1)] ?? "" == "" ? "Drug1" : "Drug2"
      screen.findings.add(.refused(.matrixIncomplete(line: firstLine, missing: missing)))
      current = nil
      return
    }
    let units = [one, two].enumerated().map { place, drug -> ConcentrationUnit in
      let number = place + 1
      if let unit = self.units(drug) { return unit }
      return if let text = labels[.unit(number)] ?? labels[.unit(nil)] { ConcentrationUnit(text) } else { .unstated }
    }
    current = RawBlock(
      label: labels[.block] ?? "\(screen.blocks.count + 1)", line: firstLine,
      sample: labels[.sample].flatMap { $0.isEmpty ? nil : $0 }, drugs: [one, two], units: units)
  }

  private mutating func takeDoses(_ row: borrowing TextRow, filled: Int) {
    guard var block = current, let header else { return }
    current = nil  // so that the block is changed in place
    defer { current = block }
    if filled - 1 > header.count {
      block.findings.add(.doubted(.tooManyFields(line: row.line, found: filled, expected: header.count + 1)))
      block.leftOut += header.count
      return
    }
    guard let dose = numbers.number(in: row.bytes, row.range(0)), dose >= 0 else {
      block.leftOut += header.count
      if filled == 1 {
        block.findings.add(.doubted(.unknownLabel(line: row.line, text: row.text(0))))
      } else {
        block.findings.add(.doubted(.unreadableDose(line: row.line, drug: block.drugs[0], text: row.text(0))))
      }
      return
    }
    for (field, other) in header.enumerated() {
      guard let other else {
        block.leftOut += 1
        continue
      }
      guard let value = numbers.number(in: row.bytes, row.range(field + 1)) else {
        block.leftOut += 1
        block.findings.add(.doubted(.unreadableResponse(line: row.line, text: row.text(field + 1))))
        continue
      }
      block.append(doses: [dose, other], value: value, line: row.line)
    }
  }

  private mutating func endBlock() {
    if let current { screen.blocks.append(current) }
    current = nil
    header = nil
    labels = [:]
  }

  /// What was gathered.
  consuming func finish() -> RawScreen {
    if header == nil, !labels.isEmpty {
      screen.findings.add(.refused(.matrixIncomplete(line: firstLine, missing: "table of doses")))
    }
    endBlock()
    return screen
  }
}
