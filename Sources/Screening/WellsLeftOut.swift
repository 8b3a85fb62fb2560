import Assay
import DoseTables

/// Wells of a screen's blocks that a person wants left out, each with a reason: the table of `--exclude-wells`.
///
/// ```
/// block_id,conc1,conc2,response,reason
/// 17,100.0,3.0,41.25,bubble in the well
/// 17,100.0,10.0,,edge of the plate
/// ```
///
/// Doses stand in the order of the block as it is analysed (an XPO1 inhibitor first), in its units, and the response is
/// in % inhibition, as `wells.csv` has them. A row leaves out one well, the
/// replicate whose response is nearest; without a response it leaves out all wells at its doses. What is left is
/// analysed as if the file had never held the others.
public struct WellsLeftOut: Sendable {
  /// One row.
  public struct Well: Sendable, Hashable {
    /// The block's name.
    public var blockID: String
    /// One dose for each drug, in the order and the units of the block as it is analysed.
    public var doses: [Double]
    /// % inhibition; `nil` for all wells at these doses.
    public var response: Double?
    /// Why it is left out, in the person's words.
    public var reason: String
    /// The line of the table it stands on; `nil` when it was not read from one.
    public var line: Int?

    /// Makes a row.
    public init(blockID: String, doses: [Double], response: Double?, reason: String, line: Int? = nil) {
      self.blockID = blockID
      self.doses = doses
      self.response = response
      self.reason = reason
      self.line = line
    }
  }

  /// The rows.
  public var wells: [Well] { didSet { rows = Self.rows(of: wells) } }
  /// Rows of the table that cannot be used.
  public private(set) var problems: [InputProblem] = []
  /// The table among a run's files; `nil` when the rows come from none.
  public private(set) var input: ScreenInput?
  /// What its file is called among the inputs of a run; problems of wells that no file named have it as theirs.
  public static let inputFormat = "excluded wells"
  /// The rows of each block, by their numbers.
  private var rows: [String: [Int]]

  /// Whether wells of a block are left out.
  func concerns(_ matrix: DoseMatrix) -> Bool { rows[matrix.id] != nil }

  /// How much a dose or a response may differ from the block's, as a share of it: what writing and reading back do.
  static let tolerance = 1e-9

  /// Takes rows.
  public init(_ wells: [Well] = []) {
    self.wells = wells
    rows = Self.rows(of: wells)
  }

  /// Reads a table.
  ///
  /// - Throws: the problem, `error`, when it is none; rows that cannot be used are `problems`.
  public init(path: String) throws(InputProblem) {
    let content = try FileContent(path: path)
    try self.init(content.bytes, file: path)
    input?.sha256 = content.sha256
  }

  /// Reads a table from its bytes; `file` is its name for problems.
  public init(_ bytes: [UInt8], file: String) throws(InputProblem) {
    let table = try SideTable(
      bytes, file: file, example: "block_id,conc1,conc2,response,reason", required: ["block_id", "conc1", "conc2"]
    ) { name in
      ["response", "reason"].contains(name) || Self.drug(ofColumn: name) != nil
    }
    let drugs = table.columns.compactMap(Self.drug(ofColumn:)).max() ?? 0
    var wells: [Well] = []
    problems = table.problems
    for row in table.rows {
      do throws(Fault) {
        wells.append(try Self.well(row, of: table, drugs: drugs))
      } catch {
        problems.append(
          InputProblem(
            file: file, blockID: row["block_id"].isEmpty ? nil : row["block_id"], severity: .error, line: row.line,
            message: error.message + "; the row was excluded, and no well with it"))
      }
    }
    self.wells = wells
    rows = Self.rows(of: wells)
    input = ScreenInput(
      path: file, sha256: FileContent.sha256(of: bytes), bytes: bytes.count, format: Self.inputFormat, response: nil,
      blocks: 0)
  }

  /// Why a row cannot be used.
  private struct Fault: Error { var message: String }

  private static func well(_ row: SideTable.Row, of table: SideTable, drugs: Int) throws(Fault) -> Well {
    guard !row["block_id"].isEmpty else { throw Fault(message: "block_id is empty, expected the name of a block") }
    let last = (1...max(1, drugs)).last { !row["conc\($0)"].isEmpty } ?? 0
    var doses: [Double] = []
    for drug in 1...max(2, last) {
      let text = row["conc\(drug)"]
      guard let dose = table.number(text), dose >= 0 else {
        throw Fault(message: "conc\(drug) is \(shown(text)), expected a dose of 0 or more in the block's unit")
      }
      doses.append(dose)
    }
    let response = table.number(row["response"])
    guard response != nil || row["response"].isEmpty else {
      throw Fault(
        message:
          "response is \(shown(row["response"])), expected % inhibition as in the block, or nothing for all wells "
          + "at these doses")
    }
    return Well(blockID: row["block_id"], doses: doses, response: response, reason: row["reason"], line: row.line)
  }

  private static func shown(_ text: String) -> String { text.isEmpty ? "empty" : "“\(text.prefix(60))”" }

  /// The drug's number that a column states the doses of: `conc2`.
  private static func drug(ofColumn name: String) -> Int? {
    guard name.hasPrefix("conc"), let number = Int(name.dropFirst(4)), (1...9).contains(number) else { return nil }
    return number
  }

  private static func rows(of wells: [Well]) -> [String: [Int]] {
    Dictionary(grouping: wells.indices) { wells[$0].blockID }
  }

  /// The names of the blocks of which wells are left out.
  public var blockIDs: Set<String> { Set(rows.keys) }

  /// A table of rows that reads back to them.
  public static func csv(_ wells: [Well]) -> String {
    let drugs = max(2, wells.map(\.doses.count).max() ?? 2)
    let names = (1...drugs).map { "conc\($0)" }
    return SideTable.csv(["block_id"] + names + ["response", "reason"])
      + wells.map { well in
        SideTable.csv(
          [well.blockID]
            + (0..<drugs).map { $0 < well.doses.count ? "\(well.doses[$0])" : "" }
            + [well.response.map { "\($0)" } ?? "", well.reason])
      }.joined()
  }

  /// The block without its wells among these.
  ///
  /// - Returns: What is left, `nil` when nothing is; and the rows of this block that no well of it (or none that an
  ///   earlier row has not left out already) answers to.
  public func applied(to matrix: DoseMatrix) -> (matrix: DoseMatrix?, unmatched: [Well]) {
    let (left, matches) = matched(in: matrix)
    return (left, matches.filter { $0.wells == 0 }.map(\.row))
  }

  /// The block without its wells among these, and how many wells each row of the block leaves out.
  func matched(in matrix: DoseMatrix) -> (matrix: DoseMatrix?, matches: [(row: Well, wells: Int)]) {
    guard let own = rows[matrix.id] else { return (matrix, []) }
    var out: [Int: String] = [:]
    let matches = own.map { number in
      let found = Self.numbers(of: wells[number], in: matrix).filter { out[$0] == nil }
      let nearest = wells[number].response.map { response in
        found.min { abs(matrix.response(ofWell: $0) - response) < abs(matrix.response(ofWell: $1) - response) }
      }
      let taken = nearest.map { $0.map { [$0] } ?? [] } ?? found
      for well in taken { out[well] = wells[number].reason }
      return (row: wells[number], wells: taken.count)
    }
    return (matrix.excluding(out), matches)
  }

  /// The wells that a row may mean.
  private static func numbers(of row: Well, in matrix: DoseMatrix) -> [Int] {
    guard row.doses.count == matrix.drugCount else { return [] }
    var position: [Int] = []
    for (axis, dose) in zip(matrix.axes, row.doses) {
      let near = axis.doses.indices.filter { abs(axis.doses[$0] - dose) <= tolerance * max(axis.doses[$0], dose) }
      guard let nearest = near.min(by: { abs(axis.doses[$0] - dose) < abs(axis.doses[$1] - dose) }) else { return [] }
      position.append(nearest)
    }
    return matrix.wells(of: matrix.cell(at: position)).filter { well in
      guard let response = row.response else { return true }
      let own = matrix.response(ofWell: well)
      // A response is a difference from 0 or 100 %: near 0 its rounding is that of 100.
      return abs(own - response) <= tolerance * max(abs(own), abs(response), 1)
    }
  }
}
