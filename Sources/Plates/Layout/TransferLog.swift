import Assay
import DoseTables

/// What an acoustic dispenser (Labcyte/Beckman Echo) did, or was told to do: its transfer log, or its pick list.
public struct TransferLog: Sendable, Hashable {
  /// One transfer.
  public struct Transfer: Sendable, Hashable {
    /// The source plate's barcode or name.
    public var sourcePlate: String
    /// The source well.
    public var sourceWell: WellPosition
    /// The destination plate's barcode or name.
    public var plate: String
    /// The destination well.
    public var well: WellPosition
    /// The volume that was asked for, nL.
    public var requested: Double
    /// The volume that was transferred, nL; `nil` when the file states none (a pick list).
    public var actual: Double?
    /// What the instrument says of a transfer that failed; empty for a good one.
    public var status: String
    /// The compound, where the log names it.
    public var drug: String?
    /// Its concentration in the source well, where the log states it.
    public var stock: Quantity?
    /// Share of solvent (DMSO) in the fluid, 0 … 1; 0 for aqueous fluids.
    public var solvent: Double
    /// The line of the log.
    public var line: Int
  }

  /// A concentration with its unit.
  public struct Quantity: Sendable, Hashable {
    /// The number.
    public var value: Double
    /// Its unit.
    public var unit: ConcentrationUnit
  }

  /// The file.
  public var file: String
  /// The transfers, in the order of the file.
  public var transfers: [Transfer]

  private static let words: [String: Field] = {
    var words: [String: Field] = [:]
    func put(_ field: Field, _ names: String...) { for name in names { words[name] = field } }
    put(.sourceBarcode, "sourceplatebarcode")
    put(.sourceName, "sourceplatename", "sourceplate")
    put(.sourceWell, "sourcewell")
    put(.barcode, "destinationplatebarcode", "destplatebarcode")
    put(.name, "destinationplatename", "destinationplate", "destplatename", "destplate")
    put(.well, "destinationwell", "destwell")
    put(.requested, "transfervolume", "transfervol", "requestedvolume", "volume")
    put(.actual, "actualvolume", "actualvol", "transferredvolume")
    put(.status, "transferstatus", "status")
    put(.drug, "samplename", "compound", "compoundname", "drug", "sampleid")
    put(.stock, "sampleconcentration", "stockconcentration", "stock", "stockconc", "sourceconcentration")
    put(.stockUnit, "sampleconcentrationunit", "stockunit", "stockconcentrationunit", "concentrationunit")
    put(.composition, "fluidcomposition")
    put(.fluid, "fluidtype", "sourcefluidtype")
    return words
  }()

  private enum Field {
    case sourceBarcode, sourceName, sourceWell, barcode, name, well, requested, actual, status, drug, stock, stockUnit
    case composition, fluid
  }

  /// Where the table of transfers begins: the row that names source and destination wells and a volume; `nil` when the
  /// file has none. Logs have a preamble of `name,value` rows and sections in brackets.
  static func header(in table: TextTable) -> Int? {
    table.rows.prefix(100).firstIndex { row in
      let fields = Set(row.fields.compactMap { words[ColumnRole.fold($0)] })
      return fields.isSuperset(of: [.sourceWell, .well, .requested])
    }
  }

  /// Reads the rows below the header; those that are no transfer (the log's end) are told unless they have too few
  /// fields for one.
  init(_ table: TextTable, header: Int, file: String, problems: inout PlateProblems) {
    self.file = file
    transfers = []
    let names = table.rows[header].fields
    var columns: [Field: Int] = [:]
    for (position, name) in names.enumerated() {
      if let field = Self.words[ColumnRole.fold(name)], columns[field] == nil { columns[field] = position }
    }
    if columns[.stockUnit] == nil { columns[.stockUnit] = Self.unitColumn(names, stock: columns[.stock]) }
    let stockUnitInHeader = columns[.stock].flatMap { ColumnRole.unit(inColumnName: names[$0]) }
    for row in table.rows[(header + 1)...] {
      func text(_ field: Field) -> String { columns[field].map(row.field) ?? "" }
      // The log ends with `name,value` rows about the instrument, and may begin sections anew.
      if row.fields.count <= 2 || Self.isHeader(row) { continue }
      guard let sourceWell = WellPosition(text(.sourceWell)), let well = WellPosition(text(.well)),
        let requested = table.number(text(.requested)), requested >= 0
      else {
        problems.add(
          .badTransfer(text: row.fields.joined(separator: ",")), .warning, file: file, line: row.line)
        continue
      }
      let actual = text(.actual)
      let fluid = text(.fluid).lowercased()
      let composition = table.number(text(.composition)) ?? 100
      // A volume's unit is none of a concentration.
      let unit = Self.volumes.contains(text(.stockUnit).lowercased()) ? "" : text(.stockUnit)
      let stock = table.quantity(text(.stock)).map { value, own in
        Quantity(
          value: value,
          unit: own ?? (unit.isEmpty ? stockUnitInHeader ?? .unstated : ConcentrationUnit(unit)))
      }
      transfers.append(
        Transfer(
          sourcePlate: Self.first(text(.sourceBarcode), text(.sourceName)), sourceWell: sourceWell,
          plate: Self.first(text(.barcode), text(.name)), well: well, requested: requested,
          // An actual volume that cannot be read is none: the transfer did not happen.
          actual: columns[.actual] == nil ? nil : table.number(actual) ?? 0, status: text(.status),
          drug: text(.drug).isEmpty ? nil : text(.drug), stock: stock,
          solvent: fluid.hasPrefix("aq") ? 0 : min(1, max(0, composition / 100)), line: row.line))
    }
  }

  private static let volumes: Set<String> = ["pl", "nl", "ul", "µl", "μl", "ml", "l"]

  /// The column of the concentrations' unit: the one behind them that is called a unit, or the only one that is no volume's.
  private static func unitColumn(_ names: [String], stock: Int?) -> Int? {
    guard let stock else { return nil }
    let units = names.indices.filter { place in
      let folded = ColumnRole.fold(names[place])
      let isOther = ["vol", "time", "temp", "composition", "humidity"].contains { folded.contains($0) }
      return folded.contains("unit") && (!isOther || folded.contains("conc"))
    }
    let stated = units.filter { ColumnRole.fold(names[$0]).contains("conc") }
    return units.first { $0 == stock + 1 } ?? (stated.isEmpty ? units : stated).first
  }

  private static func isHeader(_ row: TextTable.Row) -> Bool {
    row.fields.count { words[ColumnRole.fold($0)] != nil } >= 3
  }

  private static func first(_ one: String, _ other: String) -> String {
    LayoutBuilder.isNothing(one) || one.lowercased().hasPrefix("unknown") ? other : one
  }
}
