import Assay
import Spreadsheets

extension ScreenFile {
  /// Reads every worksheet as a file of text. A worksheet that is no dose matrix is noted when another is one.
  static func readWorkbook(
    _ bytes: [UInt8], name: String, options: ReadingOptions, blockPrefix: String,
    drugKey: @escaping @Sendable (String) -> String, units: @escaping @Sendable (String) -> ConcentrationUnit?,
    otherKinds: OtherKinds, mostProblems: Int
  ) -> ScreenFile {
    var sheets: [TextSheet]
    do throws(WorkbookError) {
      sheets = try Workbook.sheets(bytes, limits: WorkbookLimits())
    } catch {
      return ScreenFile(
        format: nil, response: nil, blocks: [],
        problems: [Finding.error(.workbook(error)).problem(file: name, blockID: nil)])
    }
    if let wanted = options.sheet {
      let all = sheets.map { $0.name ?? "" }
      sheets.removeAll { $0.name?.lowercased() != wanted.lowercased() }
      if sheets.isEmpty {
        var file = ScreenFile(format: nil, response: nil, blocks: [], problems: [])
        file.uses = [.sheet]
        file.problems = [Finding.error(.sheetNotFound(wanted: wanted, sheets: all)).problem(file: name, blockID: nil)]
        return file
      }
    }
    let isAsked = options.sheet != nil
    let hidden = PlateReadingError.hidden(in: isAsked ? sheets.map(\.seen) : sheets, canChoose: true)
      .map { Finding.warning($0).problem(file: name, blockID: nil) }
    if !isAsked { sheets.removeAll(where: \.isHidden) }
    if sheets.isEmpty {
      let empty = Finding.error(.workbook(.noSheet)).problem(file: name, blockID: nil)
      return ScreenFile(format: nil, response: nil, blocks: [], problems: hidden + [empty])
    }
    var parts = sheets.map {
      readEach(
        $0.csv, name: name, options: options, blockPrefix: blockPrefix, drugKey: drugKey, units: units,
        otherKinds: otherKinds, mostProblems: mostProblems, sheet: $0.name)
    }
    // Where other sheets hold responses, one that is called after a score does not.
    let computed = sheets.indices.filter {
      let name = sheets[$0].name ?? ""
      // SEM is a cell line too, and P and N are letters.
      let isShort = ["sem", "se", "n"].contains(name.lowercased())
      return (ComputedWords.are(name) || (MatrixReader.isStatistic(name) && !isShort)) && !parts[$0].blocks.isEmpty
    }
    if parts.indices.contains(where: { !computed.contains($0) && !parts[$0].blocks.isEmpty }) {
      for place in computed {
        parts[place] = ScreenFile(
          format: nil, response: nil, blocks: [],
          problems: [Finding.warning(.computedSheet).problem(file: name, blockID: nil)])
        sheets[place].rows = []
      }
    }
    if parts.count(where: { !$0.blocks.isEmpty }) > 1 {
      // Several worksheets with blocks: their names keep the blocks apart.
      parts = sheets.map {
        readEach(
          $0.csv, name: name, options: options, blockPrefix: blockPrefix + ($0.name ?? "") + ":", drugKey: drugKey,
          units: units, otherKinds: otherKinds, mostProblems: mostProblems, sheet: $0.name)
      }
    }
    var file = ScreenFile(format: nil, response: nil, blocks: [], problems: [])
    file.uses = [.sheet]
    file.problems = hidden
    if parts.contains(where: { !$0.blocks.isEmpty }) {
      SheetFacts.apply(sheets, to: &parts, file: name, units: units)
    }
    let isTable = parts.contains { $0.format != nil }
    // Its sheets are a layout only together.
    if !isTable, options.sheet == nil, sheets.count > 1, otherKinds.kind(bytes) == .layout {
      file.problems = hidden + [Finding.error(.layoutWithoutExport).problem(file: name, blockID: nil)]
      return file
    }
    for (sheet, part) in zip(sheets, parts) {
      file.format = file.format ?? part.format
      file.response = file.response ?? part.response
      file.responseKind = file.responseKind ?? part.responseKind
      if file.columns.isEmpty { file.columns = part.columns }
      if file.excerpt == nil || !part.columns.isEmpty { file.excerpt = file.excerpt ?? part.excerpt }
      file.blocks += part.blocks
      file.uses.formUnion(part.uses)
      file.places += part.places.map { place in
        var place = place
        if sheets.count > 1 { place.sheet = sheet.name }
        return place
      }
      file.drugNames.formUnion(part.drugNames)
      file.problems += part.problems.map { problem in
        var problem = problem
        if sheets.count > 1 { problem.message = "sheet \"\(sheet.name ?? "")\": " + problem.message }
        if isTable, part.format == nil, problem.severity == .error { problem.severity = .info }
        return problem
      }
      if let line = sheet.cutAt {
        file.problems.append(Finding.error(.rowTooLarge(line: line)).problem(file: name, blockID: nil))
      }
    }
    return file
  }
}
