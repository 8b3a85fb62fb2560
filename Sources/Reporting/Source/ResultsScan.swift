import Assay
import DoseTables
import Foundation
import Screening

/// `results.json` as it is passed over once: its head, where its blocks lie, and what stands behind them.
///
/// The file's lines are known (`ResultsJSON`, `ReportWriter`): the head, `"blocks":[`, a line a block, `],`, and so on.
/// A file that was laid out anew by another program holds the same JSON and is refused all the same: blocks are found by
/// their lines.
struct ResultsScan {
  private(set) var title = ""
  private(set) var version = ""
  private(set) var options = ScreenOptions(threads: 1)
  /// Where the blocks lie, by index.
  private(set) var places: [Int: StoredBlocks.Place] = [:]
  /// The rows of the ranking as they stand.
  private(set) var ranking: [[UInt8]] = []
  private(set) var inputs: [ScreenInput] = []
  private(set) var problems: [InputProblem] = []
  private(set) var plates: PlateReport?
  /// The annotations of the samples.
  private(set) var table: SampleTable?

  private var lines: ResultsLines
  private let path: String

  private struct Head: Decodable {
    var format: String
    var format_version: Int
    var isobole_version: String
    var title: String
    var options: OptionTree
  }

  private struct Version: Decodable {
    var format: String
    var format_version: Int
  }

  private struct Input: Decodable {
    var path: String
    var sha256: String?
    var bytes: Int
    var format: String?
    var response: String?
    var blocks: Int
  }

  private struct Problem: Decodable {
    var file: String
    var block_id: String?
    var severity: String
    var line: Int?
    var message: String
  }

  private struct Samples: Decodable {
    struct Table: Decodable {
      var file: String
      var samples: [String]
      var columns: [Column]
    }
    struct Column: Decodable {
      var name: String
      var values: [String?]
      var numbers: [Double?]?
    }
    var annotations: Table?
  }

  private struct Across: Decodable {
    var across_samples: Samples
  }

  /// Passes over the file.
  init(path: String, threads: Int) throws(ReportingError) {
    self.path = path
    lines = try ResultsLines(path: path)
    try readHead(threads: threads)
    try section("blocks") { scan, line, bytes throws(ReportingError) in
      guard let index = Self.index(of: bytes) else { throw scan.wrong(line, "expected a block") }
      let place = StoredBlocks.Place(offset: line.offset, count: bytes.count)
      guard scan.places.updateValue(place, forKey: index) == nil else {
        throw scan.wrong(line, "block number \(index) stands there twice")
      }
    }
    try section("ranking") { scan, _, bytes in scan.ranking.append(Array(bytes)) }
    try section("inputs") { scan, line, bytes throws(ReportingError) in
      let input: Input = try scan.decode(bytes, line)
      scan.inputs.append(
        ScreenInput(
          path: input.path, sha256: input.sha256, bytes: input.bytes, format: input.format, response: input.response,
          blocks: input.blocks))
    }
    let isLast = try section("problems") { scan, line, bytes throws(ReportingError) in
      let problem: Problem = try scan.decode(bytes, line)
      guard let severity = InputProblem.Severity(rawValue: problem.severity) else {
        throw scan.wrong(line, "a problem cannot be \(problem.severity)")
      }
      scan.problems.append(
        InputProblem(
          file: problem.file, blockID: problem.block_id, severity: severity, line: problem.line,
          message: problem.message))
    }
    try readRest(isLast: isLast)
  }

  private func wrong(_ line: ResultsLines.Line, _ reason: String) -> ReportingError {
    .notResults(path: path, reason: "line \(line.number): \(reason)")
  }

  private mutating func nextLine(_ expected: String) throws(ReportingError) -> ResultsLines.Line {
    guard let line = try lines.next() else {
      throw .notResults(path: path, reason: "it ends where \(expected) is expected: it was cut off")
    }
    return line
  }

  private func decode<Value: Decodable>(
    _ bytes: some Collection<UInt8>, _ line: ResultsLines.Line
  ) throws(ReportingError) -> Value {
    do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch {
      throw wrong(line, Self.words(error))
    }
  }

  /// What Foundation's decoder found, in a sentence.
  private static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return path.isEmpty ? "" : " in \(path)"
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(key.stringValue) is missing\(place(context))"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "expected \(type)\(place(context))"
    case .dataCorrupted(let context): return "it is no JSON\(place(context))"
    @unknown default: return "\(error)"
    }
  }

  private mutating func readHead(threads: Int) throws(ReportingError) {
    let line = try nextLine("the head")
    guard line.bytes.first == UInt8(ascii: "{"), line.bytes.last == UInt8(ascii: ",") else {
      throw wrong(line, "expected the head of results on one line; another program has laid the file out anew")
    }
    let object = line.bytes.dropLast() + [UInt8(ascii: "}")]
    let stated: Version = try decode(object, line)
    guard stated.format == "isobole-results" else { throw wrong(line, "its format is \(stated.format)") }
    guard stated.format_version == ResultsJSON.formatVersion else {
      throw .otherFormatVersion(path: path, found: stated.format_version, expected: ResultsJSON.formatVersion)
    }
    let head: Head = try decode(object, line)
    title = head.title
    version = head.isobole_version
    do { options = try OptionRecord.options(head.options, threads: threads) } catch { throw wrong(line, "\(error)") }
  }

  /// Reads the lines of an array; answers whether the file ends after it.
  @discardableResult
  private mutating func section(
    _ name: String,
    _ body: (inout ResultsScan, ResultsLines.Line, ArraySlice<UInt8>) throws(ReportingError) -> Void
  ) throws(ReportingError) -> Bool {
    let first = try nextLine("\"\(name)\"")
    guard first.bytes.elementsEqual("\"\(name)\":[".utf8) else { throw wrong(first, "expected \"\(name)\"") }
    while true {
      let line = try nextLine("the end of \"\(name)\"")
      if line.bytes.elementsEqual("],".utf8) { return false }
      if line.bytes.elementsEqual("]}".utf8) { return true }
      let bytes = line.bytes.last == UInt8(ascii: ",") ? line.bytes.dropLast() : line.bytes[...]
      guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else {
        throw wrong(line, "expected an object of \"\(name)\"")
      }
      try body(&self, line, bytes)
    }
  }

  /// Reads what only some screens have: plates, samples.
  private mutating func readRest(isLast: Bool) throws(ReportingError) {
    var isLast = isLast
    while !isLast {
      let line = try nextLine("the end of the results")
      isLast = line.bytes.last == UInt8(ascii: "}")
      let object = [UInt8(ascii: "{")] + (isLast ? line.bytes[...] : line.bytes.dropLast() + [UInt8(ascii: "}")])
      if line.bytes.starts(with: "\"plates\":".utf8), plates == nil, let thresholds = options.plates?.thresholds {
        let record: PlateRecord = try decode(object, line)
        do { plates = try record.report(thresholds: thresholds) } catch { throw wrong(line, "\(error)") }
      } else if line.bytes.starts(with: "\"across_samples\":".utf8), table == nil {
        let across: Across = try decode(object, line)
        table = try across.across_samples.annotations.map { record throws(ReportingError) in
          guard
            record.columns.allSatisfy({
              $0.values.count == record.samples.count && ($0.numbers?.count ?? record.samples.count) == $0.values.count
            })
          else { throw wrong(line, "an annotation has not one value a sample") }
          return SampleTable(
            file: record.file, samples: record.samples,
            columns: record.columns.map { .init(name: $0.name, values: $0.values, numbers: $0.numbers) })
        }
      } else {
        throw wrong(line, "expected \"plates\" or \"across_samples\", each once")
      }
    }
    if let line = try lines.next() { throw wrong(line, "expected nothing after the results") }
  }

  /// The number in `{"index":12,…`.
  private static func index(of bytes: ArraySlice<UInt8>) -> Int? {
    let head = Array("{\"index\":".utf8)
    guard bytes.starts(with: head) else { return nil }
    let digits = bytes.dropFirst(head.count).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return digits.isEmpty ? nil : Int(String(decoding: digits, as: UTF8.self))
  }
}
