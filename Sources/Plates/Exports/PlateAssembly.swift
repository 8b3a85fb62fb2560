import Assay
import DoseTables

/// Makes plates of what was found in a sheet: reads the numbers, tells sizes, sees wells twice and blocks again.
struct PlateAssembly {
  private(set) var plates: [PlateRead] = []
  private(set) var findings: [PlateExportError] = []

  private let options: PlateExportOptions
  private let sheetName: String?

  /// One series with what the export says of it.
  private struct Named {
    var series: FoundBlock.Series
    var identity: PlateIdentity
    var format: PlateFormat?
    var stated: PlateFormat?
  }

  /// The reads of each plate and channel by their repeat, those of the file's sheets before included.
  private var reads: [ReadKey: [Int: PlateRead]] = [:]
  private var lastRepeat: [ReadKey: Int] = [:]

  /// What reads of one plate in one channel have in common.
  private struct ReadKey: Hashable {
    var barcode: String?
    var plate: String?
    var channel: String?
    var role: PlateRead.Role
    var version: String?

    init(_ read: PlateRead) {
      (barcode, plate, channel, role, version) = (read.barcode, read.plate, read.channel, read.role, read.version)
    }
  }

  /// Makes the plates; `earlier` are those of the file's sheets before.
  init(
    _ scan: SheetScan, options: PlateExportOptions, earlier: [PlateRead] = []
  ) throws(PlateExportError) {
    self.options = options
    sheetName = scan.sheet.name
    for plate in earlier { note(plate, ReadKey(plate)) }
    findings = scan.findings
    var named: [Named] = []
    var layoutLine: Int?
    var wasLayout = false
    for found in scan.blocks {
      let heading = found.context.headings.suffix(3).contains { ExportWords.isLayout($0) }
      var isLayout = false
      for series in found.block.series {
        let (readings, texts) = series.counts
        let says = ExportWords.isLayout(series.label) || ExportWords.isLayout(found.block.corner)
        if texts > readings || says || (heading && readings == 0) || (wasLayout && readings == 0) {
          layoutLine = layoutLine ?? series.line
          isLayout = true
        } else if heading, found.block.shape == .grid, !(scan.dialect is SoftMaxExport) {
          layoutLine = layoutLine ?? series.line
          isLayout = true
        } else if ExportWords.isLogarithm(series.label), readings > 0 {
          findings.append(.logarithms(line: series.line, channel: series.label))
        } else if readings == 0 || !series.hasValue {
          findings.append(.nothingMeasured(line: series.line))
        } else {
          named.append(
            Named(
              series: series, identity: Self.identity(of: series, found, scan.dialect),
              format: found.block.format, stated: PlateSize.stated(in: found.context)))
        }
      }
      if !isLayout || found.block.series.contains(where: { $0.counts.readings > 0 }) {
        findings += found.block.findings
      }
      wasLayout = isLayout
    }
    if named.isEmpty, let layoutLine { throw .layoutOnly(line: layoutLine) }
    let ending = PlateSize.stated(in: scan.context)
    for place in named.indices where named[place].stated == nil { named[place].stated = ending }
    nameByEnd(&named, scan.context)
    let time = type(of: scan.dialect).time(scan.context)
    for place in named.indices where named[place].identity.time == nil { named[place].identity.time = time }
    let reading = try NumberStyle.tell(named.lazy.map(\.series), decimal: options.decimal)
    take(named, reading: reading, reader: scan.dialect.reader)
  }

  /// What the export says of a series; a heading names the plate where nothing else does, whatever the reader.
  private static func identity(
    of series: FoundBlock.Series, _ found: SheetScan.Found, _ dialect: any ExportDialect
  ) -> PlateIdentity {
    var identity = dialect.identify(series, of: found.block, in: found.context)
    guard identity.barcode == nil, identity.plate == nil,
      let heading = found.context.headings.last(where: { PlateHeading.namesPlate($0) && !$0.contains(":") }),
      heading.contains(where: \.isNumber)
    else { return identity }
    identity.barcode = heading
    if identity.channel == heading { identity.channel = nil }
    return identity
  }

  /// Parts of one plate that stand below one another, as a list with a header for each row of the plate: the same names,
  /// no well twice.
  private static func joined(_ named: [Named]) -> [Named] {
    var result: [Named] = []
    for one in named {
      guard let last = result.last, last.identity == one.identity, last.series.repeatNumber == nil,
        one.series.repeatNumber == nil, one.identity.repeatNumber == nil,
        last.format == one.format || isNextPart(one, of: last),
        Set(last.series.cells.map(\.position)).isDisjoint(with: one.series.cells.map(\.position))
      else {
        result.append(one)
        continue
      }
      result[result.count - 1].series.cells += one.series.cells
      if last.format != one.format { result[result.count - 1].format = nil }
    }
    return result
  }

  /// Whether a grid has the rows of the one above it and the columns that follow: the other half of a plate.
  private static func isNextPart(_ one: Named, of last: Named) -> Bool {
    let (own, before) = (one.series.cells.map(\.position), last.series.cells.map(\.position))
    guard let first = own.map(\.column).min(), let end = before.map(\.column).max() else { return false }
    return first == end + 1 && Set(own.map(\.row)) == Set(before.map(\.row))
  }

  /// A barcode that stands at the sheet's end, or the sheet's name, names plates that nothing else names.
  private func nameByEnd(_ named: inout [Named], _ context: BlockContext) {
    guard named.allSatisfy({ $0.identity.barcode == nil }), Set(named.map(\.identity.plate)).count <= 1 else { return }
    let barcode =
      context.value("barcode", "platebarcode") ?? sheetName.flatMap { PlateHeading.isDefaultName($0) ? nil : $0 }
    for place in named.indices { named[place].identity.barcode = barcode }
  }

  private mutating func take(_ named: [Named], reading: CellReading, reader: String) {
    let hasMeasured = named.contains { $0.identity.role == .measured }
    let first = Self.joined(named.filter { $0.identity.role == .measured })
    let rest = named.filter { $0.identity.role != .measured }
    for one in first { add(one, reading: reading, reader: reader) }
    for one in rest {
      let channel = one.identity.channel ?? one.identity.role.rawValue
      if hasMeasured, !options.includesCalculated {
        findings.append(.calculatedLeftOut(line: one.series.line, channel: channel))
      } else {
        if !hasMeasured { findings.append(.calculatedOnly(line: one.series.line, channel: channel)) }
        add(one, reading: reading, reader: reader)
      }
    }
  }

  private mutating func add(_ named: Named, reading: CellReading, reader: String) {
    var passes = named.series.passes
    if passes.count > 1 {
      for pass in passes where !pass.hasValue {
        findings.append(.passWithoutValue(line: pass.line, plate: Self.name(named.identity)))
      }
      passes.removeAll { !$0.hasValue }
      if passes.count == 1 { passes[0].repeatNumber = nil }
    }
    for pass in passes { addPass(pass, of: named, reading: reading, reader: reader) }
  }

  private mutating func addPass(
    _ series: FoundBlock.Series, of named: Named, reading: CellReading, reader: String
  ) {
    let identity = named.identity
    guard let size = PlateSize(series.cells.map(\.position), header: named.format, stated: named.stated) else {
      for cell in series.cells.prefix(1) {
        findings.append(
          .pastThePlate(
            line: cell.line, plate: Self.name(identity), well: cell.position.description, format: Self.largest))
      }
      return
    }
    if let well = size.contradicts, let stated = named.stated {
      findings.append(.sizeContradicted(line: series.line, stated: stated.wells, well: well.description))
    }
    let name = Self.name(identity)
    var plate = PlateRead(
      barcode: identity.barcode, format: size.format, reader: reader, channel: identity.channel,
      repeatNumber: series.repeatNumber ?? identity.repeatNumber ?? 1, time: identity.time, wells: [],
      line: series.line, plate: identity.plate, role: identity.role)
    if let sheetName, identity.barcode != sheetName, PlateVersion(sheetName) != nil { plate.version = sheetName }
    plate.wells = wells(series, name: name, format: size.format, reading: reading)
    let key = ReadKey(plate)
    if let twin = reads[key]?[plate.repeatNumber], twin.isSame(as: plate) {
      findings.append(.sameAgain(line: series.line, first: twin.line ?? 0))
      return
    }
    if reads[key]?[plate.repeatNumber] != nil { plate.repeatNumber = (lastRepeat[key] ?? 0) + 1 }
    note(plate, key)
    for note in [PlateRead.Note.overflow, .underflow, .masked] {
      let wells = plate.wells.filter { $0.note == note }.map(\.position.description)
      if !wells.isEmpty { findings.append(.noted(line: series.line, plate: name, note: note, wells: wells)) }
    }
    plates.append(plate)
  }

  private mutating func note(_ plate: PlateRead, _ key: ReadKey) {
    reads[key, default: [:]][plate.repeatNumber] = plate
    lastRepeat[key] = max(lastRepeat[key] ?? 0, plate.repeatNumber)
  }

  private static let largest = PlateFormat.standard[PlateFormat.standard.count - 1]

  /// How a sentence calls the plate.
  private static func name(_ identity: PlateIdentity) -> String {
    let name = identity.barcode ?? identity.plate
    return name.map { "plate \(PlateReadingError.quoted($0))" } ?? "the plate"
  }

  /// The wells in their order, each once.
  private mutating func wells(
    _ series: FoundBlock.Series, name: String, format: PlateFormat, reading: CellReading
  ) -> [PlateRead.Well] {
    var wells: [WellPosition: (well: PlateRead.Well, text: String)] = [:]
    for cell in series.cells {
      let position = cell.position
      guard format.contains(position) else {
        if !cell.text.isEmpty {
          findings.append(.pastThePlate(line: cell.line, plate: name, well: position.description, format: format))
        }
        continue
      }
      if let first = wells[position] {
        if first.text == cell.text {
          findings.append(
            .wellRepeated(line: cell.line, plate: name, well: position.description, firstLine: first.well.line ?? 0))
        } else if first.well.note == nil, reading.content(cell.text) == .empty {
          // A well that is named again with nothing in it has the value that it had.
          continue
        } else {
          findings.append(
            .wellTwice(
              line: cell.line, plate: name, well: position.description, first: first.text,
              firstLine: first.well.line ?? 0, second: cell.text))
          wells[position]?.well.value = nil
          wells[position]?.well.note = .unreadable
        }
        continue
      }
      var well = PlateRead.Well(position: position, value: nil, line: cell.line)
      switch reading.content(cell.text) {
      case .number(let value): well.value = value
      case .noted(let note, let value):
        well.note = note
        well.value = value
      case .empty: well.note = .empty
      case .text:
        well.note = .unreadable
        if cell.text != CutOff.mark {
          findings.append(
            .unreadableWell(line: cell.line, plate: name, well: position.description, text: cell.text))
        }
      }
      wells[position] = (well, cell.text)
    }
    return wells.values.map(\.well).sorted { $0.position < $1.position }
  }
}

extension PlateRead {
  /// Whether the export gives one read twice: the time and every well are the same.
  fileprivate func isSame(as other: PlateRead) -> Bool {
    time == other.time && format == other.format
      && wells.count == other.wells.count
      && zip(wells, other.wells).allSatisfy { $0.position == $1.position && $0.value == $1.value && $0.note == $1.note }
  }
}
