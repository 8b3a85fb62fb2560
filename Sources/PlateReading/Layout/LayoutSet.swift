import Assay

/// The layouts of a screen, from all files that state them: tables, `plater` grids, transfer logs, stock lists.
public struct LayoutSet: Sendable {
  /// The plates, in the order in which the files state them.
  public private(set) var layouts: [PlateLayout] = []
  /// What was refused, doubted or noted.
  public private(set) var problems: [InputProblem] = []
  /// What each file was recognised as, in words; `nil` for one that is no layout. In the order of the files.
  public private(set) var formats: [String?] = []

  /// Reads files. The shape of each is told by its content.
  ///
  /// - Parameters:
  ///   - files: Name and bytes of each. The name, without folders and ending, is the plate's where the file names none.
  ///   - options: Volumes and limits for transfer logs.
  ///   - correct: Changes the layouts that the files state, before transfers are added to them.
  public init(
    files: [(name: String, bytes: [UInt8])], options: TransferOptions = .init(),
    correct: (inout [PlateLayout]) -> Void = { _ in }
  ) {
    var builder = LayoutBuilder()
    var logs: [TransferLog] = []
    var stocks = StockList()
    for (name, bytes) in files {
      builder.file = name
      let table: TextTable
      do throws(PlateReadingError) {
        table = try TextTable(bytes)
      } catch {
        builder.problems.add(
          error == .emptyFile
            ? .emptyFile(expected: "a layout, a transfer log or a stock list") : .layoutUnreadable(error),
          .refused, file: name)
        formats.append(nil)
        continue
      }
      switch table.ending {
      case .complete, .stopped: break
      case .openQuote(let line), .rowTooLarge(let line):
        builder.problems.add(.cutOff(line: line), .doubted, file: name, line: line)
      }
      let plate = Self.stem(name)
      let before = builder.taken
      let isEmpty: Bool
      if let header = TransferLog.header(in: table) {
        let log = TransferLog(table, header: header, file: name, problems: &builder.problems)
        logs.append(log)
        isEmpty = log.transfers.isEmpty
        formats.append("Echo transfers")
      } else if let list = StockList(table, file: name, problems: &builder.problems) {
        stocks.add(list)
        isEmpty = list.isEmpty
        formats.append("stock list")
      } else if let grids = LayoutGrids(table.rows) {
        grids.read(of: table, plate: plate, into: &builder)
        isEmpty = builder.taken == before
        formats.append("plater layout")
      } else if let layout = table.rows.first.flatMap({ LayoutTable(header: $0.fields) }) {
        layout.read(table.rows.dropFirst(), of: table, plate: plate, into: &builder)
        isEmpty = builder.taken == before
        formats.append("layout table")
      } else {
        builder.problems.add(.notALayout(columns: table.rows.first?.fields ?? []), .refused, file: name, line: 1)
        formats.append(nil)
        continue
      }
      if isEmpty { builder.problems.add(.nothingInIt(kind: formats.last.flatMap(\.self) ?? ""), .refused, file: name) }
    }
    layouts = builder.finish()
    correct(&layouts)
    for log in logs {
      TransferDosing(log: log, stocks: stocks, options: options).apply(to: &layouts, problems: &builder.problems)
    }
    problems = builder.problems.all
  }

  /// Whether a file is a layout, a transfer log or a stock list.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    guard let table = try? TextTable(bytes), let first = table.rows.first else { return false }
    var problems = PlateProblems()
    return TransferLog.header(in: table) != nil || LayoutTable(header: first.fields) != nil
      || LayoutGrids(table.rows) != nil || StockList(table, file: "", problems: &problems) != nil
  }

  /// A file's name without folders and ending.
  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
