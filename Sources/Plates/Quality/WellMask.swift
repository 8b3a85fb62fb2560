import Assay
import DoseTables

/// Wells that a person wants left out: a table with the columns plate, well and, if wanted, reason.
public struct WellMask: Sendable, Hashable {
  /// A well of a plate; the plate as `PlateLayout.key`.
  struct Place: Hashable {
    var plate: String
    var well: WellPosition
  }

  /// The reasons by well; empty where none is given.
  private(set) var reasons: [Place: String] = [:]
  /// The lines by well.
  private(set) var lines: [Place: Int] = [:]
  /// The plates as the file writes them, by their keys.
  private(set) var names: [String: String] = [:]
  /// The file.
  public var file = ""
  /// What was not understood.
  public private(set) var problems: [InputProblem] = []

  /// Nothing is masked.
  public init() {}

  /// Whether a file is a table of wells to leave out: plate, well, a reason, and nothing that a layout states.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    guard let header = try? TextTable(bytes).rows.first?.fields, header.count <= 4 else { return false }
    let columns = Set(header.compactMap(LayoutColumn.init(name:)))
    return columns == [.plate, .well] && header.contains { reasonNames.contains(ColumnRole.fold($0)) }
  }

  private static let reasonNames: Set<String> = ["reason", "note", "comment", "why"]

  /// Reads a mask file; a row that is none is told and left out.
  public init(_ bytes: [UInt8], file: String) {
    self.file = file
    var found = PlateProblems()
    defer { problems = found.all }
    let table: TextTable
    do throws(PlateReadingError) {
      table = try TextTable(bytes)
    } catch {
      found.add(
        error == .emptyFile ? .emptyFile(expected: "a table of wells to exclude") : .layoutUnreadable(error),
        .error, file: file)
      return
    }
    let header = table.rows[0].fields
    let columns = Dictionary(
      header.enumerated().compactMap { position, name in LayoutColumn(name: name).map { ($0, position) } },
      uniquingKeysWith: { first, _ in first })
    guard let plate = columns[.plate], let well = columns[.well] else {
      found.add(.notAMask(columns: header), .error, file: file, line: table.rows[0].line)
      return
    }
    let reason = header.firstIndex { Self.reasonNames.contains(ColumnRole.fold($0)) }
    for row in table.rows.dropFirst() {
      guard let position = WellPosition(row.field(well)), !row.field(plate).isEmpty else {
        found.add(.badWell(plate: row.field(plate), text: row.field(well)), .warning, file: file, line: row.line)
        continue
      }
      let place = Place(plate: PlateLayout.key(row.field(plate)), well: position)
      reasons[place] = reason.map(row.field) ?? ""
      lines[place] = row.line
      names[place.plate] = names[place.plate] ?? row.field(plate)
    }
  }
}
