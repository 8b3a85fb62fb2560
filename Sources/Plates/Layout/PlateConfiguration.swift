import Assay
import DoseTables

/// What the wells of every plate are for: cellHTS2's plate configuration, with `*` for all plates or all wells.
///
/// ```
/// Wells: 384
/// Plates: 2
/// Plate	Well	Content
/// *	*	sample
/// *	B02	neg
/// ```
///
/// It adds roles to layouts that say which drugs the wells hold. The last row that is about a well counts; a well that is
/// `sample` keeps what its layout says. A plate or a well may be a pattern (`[A-H]11`), as cellHTS2 reads them.
struct PlateConfiguration {
  private struct Row {
    var plate: String
    var well: WellPosition?
    var role: PlateLayout.Role
    var line: Int
  }

  private let file: String
  private var rows: [Row] = []

  /// Reads a table; `nil` where it is none.
  init?(_ table: TextTable, file: String, problems: inout PlateProblems) {
    guard
      let header = table.rows.prefix(10).firstIndex(where: { row in
        let names = row.fields.map(ColumnRole.fold)
        return names.contains("plate") && names.contains("well") && names.contains("content") && names.count <= 4
      })
    else { return nil }
    let names = table.rows[header].fields.map(ColumnRole.fold)
    guard let plate = names.firstIndex(of: "plate"), let well = names.firstIndex(of: "well"),
      let content = names.firstIndex(of: "content"),
      table.rows[(header + 1)...].contains(where: { row in
        [row.field(plate), row.field(well)].contains { $0 == "*" || WellPattern($0) != nil }
      })
    else { return nil }
    let format = Self.format(table.rows[..<header])
    self.file = file
    for row in table.rows[(header + 1)...] {
      let word = row.field(content)
      let wells: [WellPosition?] =
        WellPosition(row.field(well)).map { [$0] } ?? (row.field(well) == "*" ? [nil] : nil)
        ?? WellPattern(row.field(well))?.wells(of: format) ?? []
      guard !wells.isEmpty else {
        problems.add(.badWell(plate: row.field(plate), text: row.field(well)), .warning, file: file, line: row.line)
        continue
      }
      guard let role = PlateLayout.Role(word: word) ?? (word.lowercased() == "other" ? .empty : nil) else {
        problems.add(
          .badRole(plate: row.field(plate), well: row.field(well), text: word), .warning, file: file, line: row.line)
        continue
      }
      rows += wells.map { Row(plate: row.field(plate), well: $0, role: role, line: row.line) }
    }
  }

  /// The plates' size, by the line `Wells: 384` above the table.
  private static func format(_ rows: ArraySlice<TextTable.Row>) -> PlateFormat {
    for row in rows {
      let text = row.fields.joined(separator: " ").lowercased()
      guard text.hasPrefix("wells"), let wells = Int(text.filter(\.isNumber)), let format = PlateFormat(wells: wells)
      else {
        continue
      }
      return format
    }
    return PlateFormat(wells: 384) ?? PlateFormat.standard[0]
  }

  /// Whether it holds nothing.
  var isEmpty: Bool { rows.isEmpty }

  /// Gives the wells of layouts their roles.
  func apply(to layouts: inout [PlateLayout], problems: inout PlateProblems) {
    for layout in layouts.indices {
      let name = layouts[layout].plate
      let named = Set(rows.map(\.plate)).filter { plate in
        plate == "*" || PlateLayout.key(plate) == PlateLayout.key(name) || WellPattern(plate)?.matches(name) ?? false
      }
      let own = rows.filter { named.contains($0.plate) }
      var all: PlateLayout.Role?
      var roles: [WellPosition: (role: PlateLayout.Role, line: Int)] = [:]
      for row in own {
        if let well = row.well {
          roles[well] = (row.role, row.line)
        } else {
          all = row.role
          roles = [:]
        }
      }
      var treated: [String] = []
      for well in layouts[layout].wells.indices {
        let position = layouts[layout].wells[well].position
        let role = roles.removeValue(forKey: position)?.role ?? all ?? .sample
        guard role != .sample else { continue }
        if layouts[layout].wells[well].treatments.contains(where: { $0.dose > 0 }) {
          treated.append(position.description)
        }
        layouts[layout].wells[well].role = role
        layouts[layout].wells[well].treatments = []
      }
      layouts[layout].wells += roles.filter { $0.value.role != .sample && $0.value.role != .empty }.map {
        PlateLayout.Well(position: $0.key, role: $0.value.role, line: $0.value.line)
      }
      layouts[layout].wells.sort { $0.position < $1.position }
      if !treated.isEmpty {
        problems.add(.configurationDiffers(plate: layouts[layout].plate, wells: treated), .warning, file: file)
      }
    }
  }
}
