import Assay
import DoseTables
import Spreadsheets

/// What one plate export held: its plates and everything that was refused or doubted.
public struct PlateExport: Sendable {
  /// The recognised reader or software, in words; `nil` when the file has no plate.
  public var reader: String?
  /// The plates in the order of the file, one for each channel and repeat; measured ones before calculated ones.
  public var plates: [PlateRead] = []
  /// What was refused, doubted or noted.
  public var problems: [InputProblem] = []

  /// Reads a file: text in any of the encodings and separators that readers write, or a workbook. The format is told by
  /// the content, never by the name.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: How to call the file in problems.
  ///   - options: The decimal mark, what to do with calculated blocks, and bounds.
  /// - Returns: What the file held. Never fails: a file that cannot be read has no plate and a problem of severity
  ///   `error`.
  public static func read(_ bytes: [UInt8], name: String, options: PlateExportOptions = .init()) -> PlateExport {
    var export = PlateExport()
    guard Workbook.isArchive(bytes) || bytes.count <= options.largestText else {
      let error = PlateExportError.tooLarge(bytes: bytes.count, most: options.largestText)
      export.problems = PlateExportError.problems([error], file: name, sheet: nil)
      return export
    }
    do throws(PlateReadingError) {
      var lacking: [Range<Int>] = []
      for sheet in try sheets(bytes, options: options, hidden: { export.addHidden($0, file: name) }) {
        let (plates, problems) = (export.plates.count, export.problems.count)
        export.add(sheet, file: name, options: options)
        if export.plates.count == plates { lacking.append(problems..<export.problems.count) }
      }
      // A sheet without a plate is nothing to refuse where another has one.
      if !export.plates.isEmpty {
        for place in lacking.joined() { export.problems[place].severity = .info }
      }
    } catch {
      export.problems.append(Finding.error(error).problem(file: name, blockID: nil))
    }
    return export
  }

  /// Whether the file is a plate export rather than a table of doses and responses, a layout or no table at all. Looks
  /// at the file's beginning.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    var options = PlateExportOptions()
    options.mostCells = 100_000
    options.decimal = .point
    var head = bytes
    if !Workbook.isArchive(bytes), bytes.count > 1 << 20 { head = Array(bytes.prefix(1 << 20)) }
    guard let sheets = try? sheets(head, options: options) else { return false }
    return sheets.contains { sheet in
      guard !isDoseTable(sheet.sheet) else { return false }
      guard let assembly = try? PlateAssembly(sheet, options: options) else { return false }
      return !assembly.plates.isEmpty
    }
  }

  /// Whether the sheet is one of the tables that `ScreenFile` reads.
  private static func isDoseTable(_ sheet: TextSheet) -> Bool {
    guard let names = sheet.rows.first(where: { !$0.isBlank })?.cells else { return false }
    if WellTable.isHeader(names) { return false }
    if (try? TableColumns(names: names, line: 1)) != nil { return true }
    let labels = Set(sheet.rows.prefix(12).compactMap { $0.cells.first.flatMap { MatrixReader.Label($0) } })
    return labels.contains(.drug(1)) && labels.contains(.drug(2))
  }

  /// The file's sheets, scanned: those of a workbook, or the text split as its wells are found best.
  private static func sheets(
    _ bytes: [UInt8], options: PlateExportOptions, hidden: ([PlateReadingError]) -> Void = { _ in }
  ) throws(PlateReadingError) -> [SheetScan] {
    if Workbook.isArchive(bytes) {
      let sheets: [TextSheet]
      do throws(WorkbookError) {
        sheets = try Workbook.sheets(bytes, limits: options.workbook)
      } catch {
        throw .workbook(error)
      }
      hidden(PlateReadingError.hidden(in: sheets))
      let seen = sheets.filter { !$0.isHidden }
      guard !seen.isEmpty else { throw .workbook(.noSheet) }
      return seen.map { SheetScan($0) }
    }
    let text = try TextDecoding.text(bytes)
    var best: (scan: SheetScan, readings: Int)?
    for separator in TextSheet.Separator.allCases where separator.occurs(in: text) {
      // Names hold spaces too: they separate cells only where nothing else does, and what was refused is not read again.
      if separator == .spaces, let best, best.readings > 0 || !best.scan.findings.isEmpty { break }
      let scan = SheetScan(TextSheet(text, separator: separator, mostCells: options.mostCells))
      let readings = scan.readings
      if readings > best?.readings ?? -1 { best = (scan, readings) }
    }
    guard let best, !best.scan.sheet.rows.isEmpty else { throw .emptyFile }
    return [best.scan]
  }

  private mutating func addHidden(_ hidden: [PlateReadingError], file: String) {
    problems += hidden.map { Finding.warning($0).problem(file: file, blockID: nil) }
  }

  private mutating func add(_ scan: SheetScan, file: String, options: PlateExportOptions) {
    var found: [PlateExportError] = []
    if let line = scan.sheet.cutAt { found.append(.tooManyCells(line: line, most: options.mostCells)) }
    do throws(PlateExportError) {
      if Self.isDoseTable(scan.sheet), let first = scan.sheet.rows.first {
        throw .foreignTable(line: first.line, names: first.cells.filter { !$0.isEmpty })
      }
      let assembly = try PlateAssembly(scan, options: options, earlier: plates)
      found += assembly.findings
      if assembly.plates.isEmpty {
        if !found.contains(where: { $0.severity == .error }) {
          found.append(.notAnExport(rows: scan.sheet.rows.count))
        }
      } else {
        reader = reader ?? scan.dialect.reader
        plates += assembly.plates
      }
    } catch {
      found.append(error)
    }
    problems += PlateExportError.problems(found, file: file, sheet: scan.sheet.name)
  }
}
