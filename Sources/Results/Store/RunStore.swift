import Assay
import DoseTables
import Foundation
import Plates
import Screening
import Synchronization
import Synergy

/// The store of a finished run, read where it lies: what is not asked for is not read.
public final class RunStore: BlockSource {
  /// Where it is.
  public let path: String
  /// The screen's name.
  public let title: String
  /// The version of Isobole that made the results.
  public let version: String
  /// What the analysis was asked for.
  public let options: ScreenOptions
  private let reader: Mutex<Reader>
  /// The outlines of all blocks, from the first call on that asked for them.
  let keptOutlines = Mutex<[BlockOutline]?>(nil)

  /// The database and the statements that read one block.
  private struct Reader {
    let database: Database
    var statements: [String: Statement] = [:]

    mutating func statement(_ sql: String) throws(ResultsError) -> Statement {
      if let known = statements[sql] { return known }
      let statement = try database.prepare(sql)
      statements[sql] = statement
      return statement
    }
  }

  /// The file that was opened; `nil` where it is none of its own.
  private let place: FilePlace?

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - path: The file, which may be moved from then on.
  ///   - threads: Of the options; they never change a number.
  /// - Throws: `ResultsError` when it is no store of this version.
  public convenience init(path: String, threads: Int) throws(ResultsError) {
    try Self.checkSize(of: path)
    let place = FilePlace(path: path)
    try self.init(try Database(path: path, access: .read), path: path, place: place, threads: threads)
  }

  /// The outlines of many blocks take long to free: nobody waits for that.
  deinit {
    let kept = keptOutlines.withLock { $0.take() }
    if let kept, kept.count > 4096 { Task.detached(priority: .background) { withExtendedLifetime(kept) {} } }
  }

  /// Whether a file has as many bytes as its first page says; SQLite reads one that was cut off within its last page.
  ///
  /// The file's format: <https://www.sqlite.org/fileformat.html>, size of a page at 16, number of pages at 28.
  private static func checkSize(of path: String) throws(ResultsError) {
    guard let file = FileHandle(forReadingAtPath: path), let head = try? file.read(upToCount: 32), head.count == 32,
      let size = try? file.seekToEnd()
    else { return }
    let stated = head.withUnsafeBytes { bytes in
      let page = Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt16.self)))
      let pages = Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 28, as: UInt32.self)))
      return (page == 1 ? 65_536 : page) * pages
    }
    // SQLite says itself what is wrong with a file that is none of its own.
    guard head.prefix(6) == Data("SQLite".utf8), stated > 0, Int(size) < stated else { return }
    throw .damaged(path: path, reason: "it has \(size) of \(stated) bytes")
  }

  /// Opens a run that was written as JSON (`isobole export`).
  public convenience init(json path: String, threads: Int) throws(ResultsError) {
    try self.init(try StoreImport.database(path), path: path, place: nil, threads: threads)
  }

  private init(
    _ database: sending Database, path: String, place: FilePlace?, threads: Int
  ) throws(ResultsError) {
    self.path = path
    self.place = place
    // One transaction: the file is not looked at again to see whether somebody changed it.
    do { try database.execute("BEGIN") } catch { throw database.reading() }
    let run = try database.prepare("SELECT name, value FROM run").query { row throws(ResultsError) in
      (try row.requiredText(), try row.requiredText())
    }
    let values = Dictionary(run, uniquingKeysWith: { first, _ in first })
    guard values["format"] == "isobole-results", let found = values["format_version"].flatMap({ Int($0) }) else {
      throw .notResults(path: path, reason: "it is not the store of a run")
    }
    guard found == StoreSchema.version else {
      throw .otherFormatVersion(path: path, found: found, expected: StoreSchema.version)
    }
    guard let title = values["title"], let version = values["isobole_version"], let options = values["options"] else {
      throw .notResults(path: path, reason: "it does not say of which run it is")
    }
    self.title = title
    self.version = version
    self.options = try StoredOptions.options(options, threads: threads, path: path)
    annotations = values["annotations"]
    storedGenes = values["genes"]
    isFinished = values["state"] == "finished"
    reader = Mutex(Reader(database: database))
  }

  /// Whether the run came to its end; else the store holds the blocks that it had finished.
  public let isFinished: Bool
  private let annotations: String?
  private let storedGenes: String?

  /// The annotations of the samples; `nil` where there were none.
  public func sampleTable() throws(ResultsError) -> SampleTable? {
    guard let annotations else { return nil }
    return try StoredOptions.value(annotations, path: path)
  }

  /// The gene screen and the targets that the run was joined with; `nil` where there were none.
  public func genes<Value: Decodable>(_ kind: Value.Type) throws(ResultsError) -> Value? {
    guard let storedGenes else { return nil }
    return try StoredOptions.value(storedGenes, path: path)
  }

  /// Every file that the run read.
  public func inputs() throws(ResultsError) -> [ScreenInput] {
    try rows(StoreSchema.inputs.selection()) { row throws(ResultsError) in
      ScreenInput(
        path: try row.requiredText(), sha256: row.text(), bytes: try row.requiredInteger(), format: row.text(),
        response: row.text(), blocks: try row.requiredInteger())
    }
  }

  /// What was wrong, doubtful or worth a note; all of it, unless only the first are asked for.
  public func problems(first: Int = .max) throws(ResultsError) -> [InputProblem] {
    try rows(StoreSchema.problems.selection("LIMIT ?"), first) { row throws(ResultsError) in
      InputProblem(
        file: try row.requiredText(), blockID: row.text(), severity: try row.word(), line: row.integer(),
        message: try row.requiredText())
    }
  }

  /// How many there are of each severity.
  public func problemCounts() throws(ResultsError) -> [(severity: InputProblem.Severity, count: Int)] {
    try rows("SELECT severity, count(*) FROM problems GROUP BY severity") { row throws(ResultsError) in
      (try row.word(), try row.requiredInteger())
    }
  }

  /// The plates of a plate screen; `nil` where the files were dose matrices.
  public func plates() throws(ResultsError) -> PlateReport? {
    guard let thresholds = options.plates?.thresholds else { return nil }
    let plates: [ScreenPlate] = try records(StoreSchema.plates)
    let blocks: [PlateReport.Block] = try records(StoreSchema.blockQuality)
    return PlateReport(plates: plates, blocks: blocks, thresholds: thresholds)
  }

  private func records<Value: Decodable>(_ table: StoreTable) throws(ResultsError) -> [Value] {
    let texts = try rows("SELECT record FROM \(table.name)") { row throws(ResultsError) in try row.requiredText() }
    var values: [Value] = []
    for text in texts { values.append(try StoredOptions.value(text, path: path)) }
    return values
  }

  /// The rows that a statement answers, with the numbers that it is given.
  func rows<Value: Sendable>(
    _ sql: String, _ numbers: Int..., row: @Sendable (inout Statement.Row) throws(ResultsError) -> Value
  ) throws(ResultsError) -> [Value] {
    try reader.withLock { reader throws(ResultsError) in
      let statement = try reader.statement(sql)
      return try statement.query({ binder in for number in numbers { binder.add(number) } }, row: row)
    }
  }

  /// Reads with the store's own connection.
  func withDatabase<Value: Sendable>(
    _ body: (Database) throws(ResultsError) -> Value
  ) throws(ResultsError) -> Value {
    try reader.withLock { reader throws(ResultsError) in try body(reader.database) }
  }

  /// More connections to the same file, to read it on several threads; none where another file stands in its place.
  func connections(_ count: Int) throws(ResultsError) -> [Connection] {
    guard let place, FilePlace(path: path) == place else { return [] }
    var opened: [Connection] = []
    for _ in 0..<count { opened.append(Connection(try Database(path: path, access: .read))) }
    return FilePlace(path: path) == place ? opened : []
  }

  /// A further connection, for one thread at a time.
  final class Connection: Sendable {
    private let database: Mutex<Database>

    init(_ database: sending Database) { self.database = Mutex(database) }

    func withLock<Value: Sendable>(
      _ body: (Database) throws(ResultsError) -> Value
    ) throws(ResultsError) -> Value {
      try database.withLock { database throws(ResultsError) in try body(database) }
    }
  }

  /// An error of what stands in the store.
  func wrong(_ reason: String) -> ResultsError { .notResults(path: path, reason: reason) }
}
