import Assay
import Spreadsheets

/// Walks down a sheet and finds its blocks of wells, with what was said around each.
struct SheetScan {
  /// A block and what was said before it.
  struct Found {
    var block: FoundBlock
    var context: BlockContext
  }

  let sheet: TextSheet
  let dialect: any ExportDialect
  private(set) var blocks: [Found] = []
  /// What was said in the whole sheet, its end included.
  private(set) var context = BlockContext()
  /// What was found that belongs to no block.
  private(set) var findings: [PlateExportError] = []

  /// Scans the sheet.
  init(_ sheet: TextSheet) {
    self.sheet = sheet
    dialect = ExportWords(sheet).dialect
    // Which decimal mark the wells have is told once they are found.
    let reading = CellReading.either
    let softMax = dialect is SoftMaxExport ? SoftMaxSection(sheet: sheet, reading: reading) : nil
    let grids = GridFinder(sheet: sheet, reading: reading)
    let sideways = TransposedGridFinder(sheet: sheet, reading: reading)
    let wide = WideFinder(sheet: sheet, reading: reading)
    let lists = ListFinder(sheet: sheet, reading: reading)
    let bare = BareGridFinder(sheet: sheet, reading: reading, isReaders: !(dialect is PlainExport))
    var lastHeader: GridHeader?
    var bareFrom = 0
    var row = 0
    while row < sheet.rows.count {
      let found =
        softMax?.find(at: row) ?? wide.find(at: row) ?? lists.find(at: row, stated: PlateSize.stated(in: context))
        ?? grids.find(at: row, after: lastHeader)
        ?? sideways.find(at: row)
      if let found {
        if found.shape == .grid, let header = GridHeader.all(in: sheet.rows[found.rows.lowerBound]).first {
          lastHeader = header
        }
        add(found)
        row = max(row + 1, found.rows.upperBound)
        continue
      }
      if row >= bareFrom {
        let (numbers, end) = bare.find(at: row)
        bareFrom = end
        if !numbers.isEmpty {
          for block in numbers { add(block) }
          row = end
          continue
        }
      }
      context.take(sheet.rows[row])
      row += 1
    }
    if let line = sheet.openQuote { findings.append(.openQuote(line: line)) }
  }

  private mutating func add(_ block: FoundBlock) {
    if block.series.isEmpty {
      findings += block.findings
    } else {
      blocks.append(Found(block: block, context: context))
    }
    context.endBlock()
  }

  /// How many wells have a reading: tells which separator a file has.
  var readings: Int {
    let reading = CellReading.either
    return blocks.reduce(0) { sum, found in
      found.block.series.reduce(sum) { sum, series in
        sum + series.cells.count { reading.content($0.text).isReading }
      }
    }
  }
}
