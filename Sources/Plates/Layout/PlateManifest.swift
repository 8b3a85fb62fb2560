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
    /// The channel that the export holds.
    var channel: String?
    /// Whether the manifest numbers replicates, so that plates of one layout are such.
    var isReplicate = false
    var line: Int
  }

  private enum Field: Hashable { case file, plate, layout, sample, day, channel, replicate }

  /// The rows by the plates' names.
  private(set) var rows: [String: Row] = [:]
  /// The names of plates that several rows say different things of.
  private(set) var refused: Set<String> = []
  /// The channels that exports hold, where they hold different ones.
  private(set) var channels: [String] = []
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
    // A plate list of cellHTS2: several files of one plate are its replicates.
    let isPlateList = hasFile && columns[.layout] == nil
    if isPlateList { columns[.layout] = columns.removeValue(forKey: .plate) }
    guard let plate = columns[hasFile ? .file : .plate], columns[.layout] != nil || columns[.sample] != nil else {
      found.add(.notAManifest(columns: header), .error, file: file, line: table.rows[0].line)
      return
    }
    // The batch of a plate list whose replicates are numbered is no condition.
    let conditions = Self.conditions(table, columns, unread: unread).filter { place in
      !(isPlateList && columns[.replicate] != nil && ColumnRole.fold(header[place]) == "batch")
    }
    for place in conditions {
      found.add(
        .manifestCondition(column: header[place], values: Set(table.rows.dropFirst().map { $0.field(place) }).sorted()),
        .warning, file: file, line: table.rows[0].line)
    }
    unread.removeAll { name in conditions.contains { header[$0] == name } }
    if !unread.isEmpty { found.add(.manifestColumns(names: unread), .info, file: file, line: table.rows[0].line) }
    if let column = columns[.channel] {
      channels = Set(table.rows.dropFirst().map { $0.field(column) }.filter { !LayoutBuilder.isNothing($0) }).sorted()
      if channels.count < 2 { channels = [] }
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
      for place in conditions where !LayoutBuilder.isNothing(row.field(place)) {
        new.sample = [new.sample, header[place] + " " + row.field(place)].compactMap(\.self).joined(separator: ", ")
      }
      if !channels.isEmpty { new.channel = text(.channel) }
      new.isReplicate = text(.replicate) != nil || (hasFile && columns[.sample] == nil && isPlateList)
      if let known = rows[PlateLayout.key(name)] {
        new.line = known.line
        if new != known {
          refused.insert(PlateLayout.key(name))
          found.add(.manifestTwice(plate: name, firstLine: known.line), .error, file: file, line: row.line)
        }
      } else {
        rows[PlateLayout.key(name)] = new
      }
    }
  }

  /// The columns without a role that tell plates of one layout and sample apart, as a donor or a time does.
  private static func conditions(_ table: TextTable, _ columns: [Field: Int], unread: [String]) -> [Int] {
    let said = [columns[.layout], columns[.sample], columns[.channel], columns[.day]].compactMap(\.self)
    let groups = Dictionary(grouping: table.rows.dropFirst()) { row in said.map(row.field) }
    let header = table.rows[0].fields
    return header.indices.filter { place in
      unread.contains(header[place]) && !columns.values.contains(place) && !ColumnRole.isReplicateName(header[place])
        && !isOfReading(header[place])
        && groups.values.contains { rows in Set(rows.map { $0.field(place) }).count > 1 }
    }
  }

  /// Whether a column says how or by whom a plate was read, or what was seen: no condition.
  private static func isOfReading(_ name: String) -> Bool {
    let folded = ColumnRole.fold(name)
    return ColumnRole.isNote(name)
      || ["read", "z", "zprime", "zfactor", "no", "nr", "number", "stack", "position", "reader"].contains(folded)
      || folded.hasPrefix("readtime") || folded.hasPrefix("readdate") || folded.hasPrefix("readat")
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
    case "channel", "kanal": return .channel
    case "replicate", "replicates", "rep", "repl", "replicatenumber", "replikat": return .replicate
    case let folded where PlateHeading.isPlateColumn(folded): return .plate
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
