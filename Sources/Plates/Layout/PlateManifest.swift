import Assay
import DoseTables
import Spreadsheets

/// Which layout and which sample each plate has: a table with a row a plate.
///
/// ```
/// plate,layout,sample
/// RUN01,template.csv,LINE1
/// RUN02,template.csv,LINE2
/// ```
///
/// `plate` is the barcode, or the export's file name; `layout` a layout's file, or the plate that it names. With a column
/// `file` the plate of a file is its layout, as in the plate lists of cellHTS2 (`Filename`, `Plate`), in which
/// several files of one plate are replicates. A column `day` (or `duration`) that says 0 marks the plates that were read
/// when the drugs were given.
public struct PlateManifest: Sendable {
  /// One plate.
  struct Row: Sendable, Hashable {
    var plate: String
    var layout: String?
    var sample: String?
    var isDayZero: Bool?
    var line: Int
  }

  private enum Field: Hashable { case file, plate, layout, sample, day }

  /// The rows by the plates' names.
  private(set) var rows: [String: Row] = [:]
  /// The file; empty for none.
  let file: String
  /// What was refused, doubted or noted.
  public private(set) var problems: [InputProblem] = []

  /// No manifest.
  public init() { file = "" }

  /// Reads a table: text, or a workbook's first sheet.
  public init(_ bytes: [UInt8], file: String) {
    self.file = file
    var found = PlateProblems()
    defer { problems = found.all }
    let table: TextTable
    do throws(PlateReadingError) {
      table = try TextTable.tables(bytes)[0].table
    } catch {
      found.add(
        error == .emptyFile
          ? .emptyFile(expected: "a table with the columns plate, layout, sample") : .layoutUnreadable(error), .error,
        file: file)
      return
    }
    let header = table.rows[0].fields
    var columns: [Field: Int] = [:]
    var unread: [String] = []
    for (position, name) in header.enumerated() where !name.isEmpty {
      if let field = Self.field(name), columns[field] == nil { columns[field] = position } else { unread.append(name) }
    }
    let hasFile = columns[.file] != nil
    if hasFile, columns[.layout] == nil { columns[.layout] = columns.removeValue(forKey: .plate) }
    guard let plate = columns[hasFile ? .file : .plate], columns[.layout] != nil || columns[.sample] != nil else {
      found.add(.notAManifest(columns: header), .error, file: file, line: table.rows[0].line)
      return
    }
    if !unread.isEmpty {
      // Without samples a column that differs between plates may be what tells them apart.
      let said = [columns[.layout], columns[.sample]].compactMap(\.self)
      let tells = header.indices.contains { column in
        guard unread.contains(header[column]) else { return false }
        let groups = Dictionary(grouping: table.rows.dropFirst()) { row in said.map(row.field) }
        return groups.values.contains { rows in Set(rows.map { $0.field(column) }).count > 1 }
      }
      found.add(
        .manifestColumns(names: unread), tells ? .warning : .info, file: file, line: table.rows[0].line)
    }
    // Plates of one sample that were read at several times are no replicates.
    let times = Set(
      table.rows.dropFirst().compactMap { row in columns[.day].map(row.field) }.filter { time in
        !LayoutBuilder.isNothing(time) && table.number(time) != 0 && !LayoutBuilder.isDayZero(time)
      })
    if times.count > 1, let column = columns[.day] {
      found.add(
        .manifestTimes(column: header[column], times: times.sorted()), .warning, file: file, line: table.rows[0].line)
    }
    for row in table.rows.dropFirst() {
      let name = row.field(plate)
      guard !name.isEmpty else {
        found.add(.manifestRow(text: row.fields.joined(separator: ",")), .warning, file: file, line: row.line)
        continue
      }
      func text(_ field: Field) -> String? {
        columns[field].map(row.field).flatMap { LayoutBuilder.isNothing($0) ? nil : $0 }
      }
      let day = text(.day).map { table.number($0) == 0 || LayoutBuilder.isDayZero($0) }
      var new = Row(plate: name, layout: text(.layout), sample: text(.sample), isDayZero: day, line: row.line)
      if times.count > 1, let column = columns[.day], times.contains(row.field(column)) {
        new.sample = [new.sample, header[column] + " " + row.field(column)].compactMap(\.self).joined(separator: ", ")
      }
      if let known = rows[PlateLayout.key(name)] {
        new.line = known.line
        if new != known {
          found.add(.manifestTwice(plate: name, firstLine: known.line), .warning, file: file, line: row.line)
        }
      } else {
        rows[PlateLayout.key(name)] = new
      }
    }
  }

  /// Whether a file is one: plates or exports with their layouts, and no wells. Looks at its beginning.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    let head = Workbook.isArchive(bytes) || bytes.count <= 1 << 16 ? bytes : Array(bytes.prefix(1 << 16))
    guard let header = (try? TextTable.tables(head))?.first?.table.rows.first?.fields else { return false }
    let fields = Set(header.compactMap(field))
    guard !header.contains(where: { LayoutColumn(name: $0) == .well }) else { return false }
    return fields.contains(.layout)
      ? fields.contains(.plate) || fields.contains(.file)
      : fields.isSuperset(of: [.plate, .file])
  }

  /// Each plate in a line: `RUN01: layout template.csv, sample OCUBM`.
  public var facts: [String] {
    rows.values.sorted { $0.line < $1.line }.map { row in
      let parts = [
        row.layout.map { "layout \($0)" }, row.sample.map { "sample \($0)" }, row.isDayZero == true ? "day 0" : nil,
      ].compactMap(\.self)
      return row.plate + ": " + parts.joined(separator: ", ")
    }
  }

  private static func field(_ name: String) -> Field? {
    switch ColumnRole.fold(name) {
    case "file", "filename", "export", "exportfile": return .file
    case "plate", "barcode", "platebarcode", "plateid", "platename", "assayplate": return .plate
    case "layout", "template", "layoutfile", "templatefile", "platemap", "map", "design": return .layout
    case "clid", "cellline", "sample", "zelllinie", "donor", "line", "model", "tumor", "tumour": return .sample
    case "day", "duration", "timepoint", "time": return .day
    default: return ColumnRole(columnName: name) == .sample ? .sample : nil
    }
  }

  /// The row of a plate: by its barcode, else by its file's name with or without ending.
  func row(barcode: String?, file: String) -> Row? {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return [barcode, last, LayoutSet.stem(file), file].lazy.compactMap(\.self).compactMap { rows[PlateLayout.key($0)] }
      .first
  }

  /// The layout that a row means: its file, with or without ending, or the plate that it names.
  static func layout(_ name: String, among layouts: [PlateLayout]) -> Int? {
    let key = PlateLayout.key(name)
    return layouts.firstIndex { PlateLayout.key($0.plate) == key }
      ?? layouts.firstIndex { layout in
        let last = layout.file.split(separator: "/").last.map(String.init) ?? layout.file
        return [last, LayoutSet.stem(layout.file), layout.file].contains { PlateLayout.key($0) == key }
      }
  }
}
