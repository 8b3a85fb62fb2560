import Assay
import Spreadsheets

/// What one file held: its blocks, how they were understood, and everything that was refused or doubted.
public struct ScreenFile: Sendable {
  /// The recognised format, in words; `nil` when none was.
  public var format: String?
  /// How the responses were understood, in words: `viability, %`; `nil` when they were not.
  public var response: String?
  /// The drugs' names in every block, those that were refused too.
  public var drugNames: Set<String> = []
  /// The names of a long table's columns and its first rows, also where it was not understood; `nil` for no table.
  public var excerpt: TableExcerpt?
  /// Which columns of a long table were taken for what.
  public var columns: [ColumnUse] = []
  /// The option `--response` that reads the file as it was read; `nil` when its responses were not understood.
  public var responseKind: ReadingOptions.Response?
  /// The blocks that can be analysed, in the order in which they begin in the file.
  public var blocks: [DoseMatrix]
  /// Where each of the blocks stands.
  public var places: [BlockPlace] = []
  /// The options that had a use in it.
  public var uses: Set<OptionUse> = []
  /// Whether there is no table in it at all, of doses or of anything else that is known.
  var isNoTable = false
  /// What was refused, doubted or noted.
  public var problems: [InputProblem]

  /// Reads a file: text, or a workbook (`.xlsx`) whose worksheets are read one by one. The format is told by the
  /// content, never by the name.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: How to call the file in problems.
  ///   - options: How responses are stated, and the limits of doubt.
  ///   - blockPrefix: Put before every block's name, so that names stay unique in a screen of several files.
  ///   - drugKey: What two names of one drug have in common: rows of a table that name a drug in two ways make one
  ///     block, under the name that comes first. By default only equal names are one drug.
  ///   - units: The unit of a drug's doses where it is not as the file says; `nil` where it is.
  ///   - otherKinds: What a file may be that is no table of doses.
  ///   - mostProblems: From how many problems on those of further blocks are only counted.
  /// - Returns: What the file held. Never fails: a file that cannot be read has no block and a problem of severity
  ///   `error`.
  public static func read(
    _ bytes: [UInt8], name: String, options: ReadingOptions, blockPrefix: String = "",
    drugKey: @escaping @Sendable (String) -> String = { $0 },
    units: @escaping @Sendable (String) -> ConcentrationUnit? = { _ in nil }, otherKinds: OtherKinds = .none,
    mostProblems: Int = .max
  ) -> ScreenFile {
    var file = readEach(
      bytes, name: name, options: options, blockPrefix: blockPrefix, drugKey: drugKey, units: units,
      otherKinds: otherKinds, mostProblems: mostProblems)
    guard options.replicates != .separate, RepeatedBlocks.mayRepeat(file.blocks, drugKey) else { return file }
    let repeated = RepeatedBlocks(
      zip(file.blocks, file.places).map { RepeatedBlocks.Block(matrix: $0, place: $1, file: name) },
      option: options.replicates, tolerance: options.doseTolerance, drugKey: drugKey)
    guard repeated.blocks.count < file.blocks.count || !repeated.problems.isEmpty else { return file }
    if options.replicates == .pool { file.uses.insert(.pool) }
    (file.blocks, file.places) = (repeated.blocks.map(\.matrix), repeated.blocks.map(\.place))
    file.problems = file.problems.map(repeated.renamed) + repeated.problems
    return file
  }

  /// Reads a file whose blocks stay apart.
  static func readEach(
    _ bytes: [UInt8], name: String, options: ReadingOptions, blockPrefix: String,
    drugKey: @escaping @Sendable (String) -> String, units: @escaping @Sendable (String) -> ConcentrationUnit?,
    otherKinds: OtherKinds, mostProblems: Int, sheet: String? = nil
  ) -> ScreenFile {
    if Workbook.isArchive(bytes) {
      return readWorkbook(
        bytes, name: name, options: options, blockPrefix: blockPrefix, drugKey: drugKey, units: units,
        otherKinds: otherKinds, mostProblems: mostProblems)
    }
    if let beside = SidePanels(bytes, choices: options.columns) {
      return read(beside, name: name, options: options) { panel, prefix in
        readEach(
          panel, name: name, options: options, blockPrefix: blockPrefix + prefix, drugKey: drugKey, units: units,
          otherKinds: otherKinds, mostProblems: mostProblems, sheet: sheet)
      }
    }
    var file = ScreenFile(format: nil, response: nil, blocks: [], problems: [])
    let grouped = GroupedColumns(bytes)
    if let doubt = grouped?.doubt {
      file.problems.append(Finding.error(doubt).problem(file: name, blockID: nil))
      return file
    }
    var bytes = grouped?.bytes ?? bytes
    do throws(PlateReadingError) {
      if let split = try TreatmentColumn(bytes, isWellTable: otherKinds.isWellTable) {
        bytes = split.bytes
        file.problems.append(split.finding.problem(file: name, blockID: nil))
      }
      var screen = try rawScreen(
        bytes, options: options, drugKey: drugKey, units: units, otherKinds: otherKinds)
      screen.responseTitles += [sheet.flatMap { ResponseTitle($0, at: .sheet) }, ResponseTitle(fileName: name)]
        .compactMap(\.self)
      file.format = screen.format
      file.uses = screen.uses
      file.columns = screen.columns
      file.drugNames = screen.strayDrugs
      var last: [String] = []
      for block in screen.blocks.indices {
        let drugs = screen.blocks[block].drugs
        for (place, drug) in drugs.enumerated() where place >= last.count || last[place] != drug {
          file.drugNames.insert(drug)
        }
        last = drugs
      }
      file.excerpt = screen.excerpt
      try file.add(&screen, name: name, options: options, prefix: blockPrefix, mostProblems: mostProblems)
    } catch {
      let finding = Finding.error(file.format == nil ? otherKinds.error(bytes, insteadOf: error) : error)
      file.problems.append(finding.problem(file: name, blockID: nil))
      if case .notADoseMatrix = finding.error { file.isNoTable = true }
      if case .notADoseMatrix(let line, let columns, _) = error {
        file.excerpt = TableExcerpt(columns, bytes, line: line)
      }
      if case .columnNotFound(let line, _, let columns) = error {
        file.uses.insert(.columns)
        file.excerpt = TableExcerpt(columns, bytes, line: line)
      }
    }
    return file
  }

  /// Whether a text's first row is a dose matrix's, or that of a table of doses and responses. Looks at the file's
  /// beginning; a workbook is not looked at.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    guard !Workbook.isArchive(bytes) else { return false }
    let start = bytes.count > 1 << 18 ? Array(bytes.prefix(1 << 18)) : bytes
    let head = GroupedColumns(start)?.bytes ?? start
    return isTable(head) || SidePanels(head, choices: ColumnChoices()) != nil || isTreatmentTable(head)
  }

  private static func isTable(_ bytes: [UInt8]) -> Bool {
    do throws(PlateReadingError) {
      _ = try Dialect(TextDecoding.text(bytes))
      return true
    } catch {
      guard case .notADoseMatrix(let line, let columns, _) = error else { return false }
      if RayTable.columns(columns) != nil || MixlowTrays(bytes) != nil { return true }
      do throws(PlateReadingError) {
        return try TreatmentTexts(bytes, line: line, columns: columns) != nil
      } catch {
        // It is one, and says what is unclear when it is read.
        return true
      }
    }
  }

  private static func isTreatmentTable(_ bytes: [UInt8]) -> Bool {
    do throws(PlateReadingError) {
      return try TreatmentColumn(bytes, isWellTable: { _ in false }) != nil
    } catch {
      // It is one, and says what is unclear when it is read.
      return true
    }
  }

  /// What a file holds; mixtures in fixed ratios too, where a table of doses and responses is none.
  private static func rawScreen(
    _ bytes: [UInt8], options: ReadingOptions, drugKey: @escaping @Sendable (String) -> String,
    units: @escaping @Sendable (String) -> ConcentrationUnit?, otherKinds: OtherKinds
  ) throws(PlateReadingError) -> RawScreen {
    do throws(PlateReadingError) {
      return try rawTable(bytes, options: options, drugKey: drugKey, units: units, otherKinds: otherKinds)
    } catch {
      guard case .notADoseMatrix(let line, let columns, _) = error else { throw error }
      if let rays = RayTable(bytes, line: line, columns: columns) {
        var screen = try rawTable(
          rays.bytes, options: options, drugKey: drugKey, units: units, otherKinds: otherKinds)
        screen.findings.add(rays.finding)
        return screen
      }
      if let texts = try TreatmentTexts(bytes, line: line, columns: columns) {
        var screen = try rawTable(
          texts.bytes, options: options, drugKey: drugKey, units: units, otherKinds: otherKinds)
        screen.findings.add(texts.finding)
        return screen
      }
      if let trays = MixlowTrays(bytes) { return try trays.screen(drugKey: drugKey, units: units) }
      if options.columns == ColumnChoices(),
        let names = OtherTables.dosesInDrugColumns(bytes, line: line, columns: columns),
        let choices = ColumnChoices(rawValue: names.enumerated().map { "conc\($0 + 1)=\($1)" }.joined(separator: ","))
      {
        var options = options
        options.columns = choices
        var screen = try rawTable(bytes, options: options, drugKey: drugKey, units: units, otherKinds: otherKinds)
        screen.findings.add(.info(.dosesInDrugColumns(line: line, columns: names)))
        screen.uses.remove(.columns)
        return screen
      }
      throw error
    }
  }

  private static func rawTable(
    _ bytes: [UInt8], options: ReadingOptions, drugKey: @escaping @Sendable (String) -> String,
    units: @escaping @Sendable (String) -> ConcentrationUnit?, otherKinds: OtherKinds
  ) throws(PlateReadingError) -> RawScreen {
    let text = try TextDecoding.text(bytes)
    let dialect = try Dialect(text, choices: options.columns)
    var screen: RawScreen
    var ending: CSVRows.Ending
    var hasTimes = false
    switch dialect.layout {
    case .table(let columns):
      if options.response == .auto, options.columns == ColumnChoices(), otherKinds.isWellTable(columns.names) {
        throw .wellsAndSignal(line: dialect.tableLine)
      }
      func readTable(filling: Set<Int> = []) throws(PlateReadingError) -> (screen: RawScreen, ending: CSVRows.Ending) {
        var reader = TableReader(
          columns: columns, numbers: dialect.numbers, doseTolerance: options.doseTolerance, filling: filling,
          drugKey: drugKey, units: units, sampleNames: options.sampleNames)
        reader.time = options.time.flatMap { TimeColumn(columns, wanted: $0, numbers: dialect.numbers) }
        hasTimes = reader.time != nil
        let ending = reader.read(text, dialect)
        return (try reader.finish(), ending)
      }
      (screen, ending) = try readTable()
      // Where drugs are named, samples may be missed that were not before.
      var filling: Set<Int> = []
      while !screen.namesMissing.isSubset(of: filling) {
        let evident = FillDown.evident(screen.namesMissing, in: text, dialect)
        if evident.isSubset(of: filling) { break }
        filling.formUnion(evident)
        (screen, ending) = try readTable(filling: filling)
      }
      if screen.blocks.isEmpty, ending == .complete, screen.findings.all.allSatisfy({ $0.severity == .info }) {
        throw .onlyHeader(columns: columns.names)
      }
    case .conditions(let table):
      var reader = ConditionTableReader(table, numbers: dialect.numbers, drugKey: drugKey, units: units)
      ending = CSVRows.forEach(
        in: text.bytes, from: dialect.start, firstLine: dialect.line, separator: dialect.separator
      ) { row in
        if row.line > dialect.tableLine { reader.take(row) }
        return true
      }
      screen = try reader.finish(hours: options.time)
      hasTimes = true
    case .matrix(let bare):
      var reader = MatrixReader(numbers: dialect.numbers, units: units, bare: bare)
      if bare == nil, let above = dialect.above.last, ReplicateWord.isAll(of: above) { reader.heading = above }
      ending = CSVRows.forEach(
        in: text.bytes, from: dialect.start, firstLine: dialect.line, separator: dialect.separator
      ) { row in
        if row.line >= dialect.tableLine { reader.take(row) }
        return true
      }
      screen = reader.finish()
    }
    let isTable = if case .table = dialect.layout { true } else { false }
    if isTable { screen.uses.insert(.columns) }
    if hasTimes {
      screen.uses.insert(.time)
    } else if let time = options.time {
      screen.findings.add(.info(.timeUnused(wanted: time)))
    }
    if !options.sampleNames.isEmpty {
      for place in screen.blocks.indices {
        if let own = screen.blocks[place].sample { screen.uses.insert(.sampleName(own)) }
        // A table's rows were called so one by one, and again would undo what swaps two names; of a condition's block only
        // the whole name was not met yet.
        guard !isTable || screen.blocks[place].isSampleJoined else { continue }
        screen.blocks[place].sample = screen.blocks[place].sample.map { options.sampleNames[$0] ?? $0 }
      }
    }
    if let thousands = dialect.thousands {
      screen.findings.add(.info(.thousandsRead(line: thousands.line, text: thousands.text)))
    }
    screen.responseTitles += dialect.above.compactMap { ResponseTitle($0, at: .above) }
    if !dialect.above.isEmpty {
      screen.findings.add(.info(.rowsAbove(count: dialect.above.count, first: dialect.above[0])))
    }
    switch ending {
    case .openQuote(let line): screen.findings.add(.warning(.openQuote(line: line)))
    case .rowTooLarge(let line): screen.findings.add(.error(.rowTooLarge(line: line)))
    case .complete: screen.endsWithinRow = text.bytes.last.map { $0 != 0x0A && $0 != 0x0D } ?? false
    case .stopped: break
    }
    return screen
  }

  private mutating func add(
    _ screen: inout RawScreen, name: String, options: ReadingOptions, prefix: String, mostProblems: Int
  ) throws(PlateReadingError) {
    screen.splitParts()
    screen.noteUnits()
    let isSignal =
      options.response == .signal || (options.response == .auto && screen.responseColumn?.word == .signal)
    if isSignal { screen.divideByUntreated() }
    let evidence = ResponseEvidence(screen, options: options)
    var reading: ResponseReading?
    var refusal: PlateReadingError?
    if screen.blocks.contains(where: { $0.wellCount > 0 }) {
      do throws(PlateReadingError) {
        reading = try ResponseReading(
          evidence, column: screen.responseColumn, titles: screen.responseTitles, options: options)
      } catch {
        refusal = error
      }
    }
    if reading?.isFraction == true, let mixed = screen.marks.percentsAmongOthers { refusal = mixed }
    if options.response != .auto, options.response != .signal, let read = reading,
      abs(read.inhibition(evidence.control)) > ResponseEvidence.farthestControl
    {
      refusal = .looksLikeSignal(read: read.description, seen: evidence.words)
    }
    if options.response == .viability, evidence.control.isNaN, evidence.isFraction == true,
      evidence.high <= ResponseEvidence.largestFraction, evidence.low < evidence.high
    {
      refusal = .looksLikeFraction(read: reading?.description ?? "", seen: evidence.words)
    }
    let contradiction =
      options.response == .auto || options.response == .signal ? nil : reading?.contradiction(evidence)
    if let contradiction { screen.findings.add(.warning(contradiction)) }
    if options.response == .auto, !isSignal, refusal == nil, let reading,
      let title = screen.responseTitles.contradicting(reading),
      title.isCertain || !(screen.responseColumn?.word.isKind ?? false)
    {
      screen.findings.add(
        .warning(
          .titleContradicted(title: title.words, says: title.kind, read: reading.description, seen: evidence.words)))
    }
    if options.response == .auto, refusal == nil, let reading, !(screen.responseColumn?.word.isKind ?? false),
      evidence.controlsAreViability(isFraction: reading.isFraction) == nil,
      let title = screen.responseTitles.first(where: { $0.isCertain && $0.isViability == reading.isViability })
    {
      screen.findings.add(.info(.titleDecided(title: title.words, read: reading.description)))
    }
    problems += screen.findings.all.map { $0.problem(file: name, blockID: nil) }
    response = isSignal ? "raw signal, % of each block's untreated wells" : reading?.description
    responseKind = isSignal ? .signal : reading?.option
    if let refusal { throw refusal }

    let builder = BlockBuilder(
      reading: reading ?? ResponseReading(isViability: false, isFraction: false), options: options,
      checksResponses: contradiction == nil,
      isKindSaid: options.response != .auto || screen.responseColumn?.word.isKind ?? false
        || screen.responseTitles.contains(where: \.isCertain), isSignal: isSignal, areRolesSaid: false)
    let names = BlockNames(screen.blocks)
    problems += names.splits.map { $0.problem(file: name, blockID: nil) }
    var untold: [InputProblem.Severity: (count: Int, first: InputProblem)] = [:]
    var notes = RowNotes()
    let lastLine = screen.endsWithinRow ? screen.blocks.compactMap(\.lines.last).max() : nil
    blocks.reserveCapacity(screen.blocks.count)
    for (number, id) in names.ids.enumerated() {
      let id = prefix.isEmpty ? id : prefix + id
      var (matrix, findings) = builder.build(&screen.blocks[number], id: id)
      if let lastLine, screen.blocks[number].lines.last == lastLine, let matrix, !matrix.hasEqualCombinations {
        findings.append(.warning(.endsWithinRow(line: lastLine, value: screen.blocks[number].values.last ?? .nan)))
      }
      if let matrix {
        blocks.append(matrix)
        places.append(
          BlockPlace(
            line: screen.blocks[number].line, title: screen.blocks[number].title,
            section: screen.blocks[number].section,
            isMatrix: screen.blocks[number].isMatrix))
      }
      findings = notes.taking(findings, ofBlock: id)
      if problems.count < mostProblems {
        problems += findings.map { $0.problem(file: name, blockID: id) }
      } else {
        for finding in findings {
          let before = untold[finding.severity]
          untold[finding.severity] = (
            (before?.count ?? 0) + 1, before?.first ?? finding.problem(file: name, blockID: id)
          )
        }
      }
    }
    problems += notes.problems(file: name)
    for severity in InputProblem.Severity.allCases {
      guard let (count, first) = untold[severity] else { continue }
      guard count > 1 else {
        problems.append(first)
        continue
      }
      problems.append(
        InputProblem(
          file: name, severity: severity,
          message: "\(count) more problems of this kind in further blocks; a run lists them all"))
    }
  }
}
