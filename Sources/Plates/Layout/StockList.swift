import Assay
import DoseTables

/// Which compound, at which concentration, stands in which well of a source plate: what a transfer log that names no
/// compounds needs beside it.
///
/// A table with the columns source plate (optional), source well, drug, stock concentration, unit; header names are
/// those of `TransferLog` and `LayoutColumn`.
public struct StockList: Sendable, Hashable {
  /// A source well; `plate` is empty where the list names none.
  struct Place: Hashable {
    var plate: String
    var well: WellPosition
  }

  /// One stock.
  public struct Stock: Sendable, Hashable {
    /// The compound.
    public var drug: String
    /// Its concentration.
    public var concentration: TransferLog.Quantity
  }

  private(set) var stocks: [Place: Stock] = [:]

  /// Whether it names no stock.
  var isEmpty: Bool { stocks.isEmpty }

  /// A list without a stock.
  init() {}

  /// The stock of a source well.
  func stock(plate: String, well: WellPosition) -> Stock? {
    stocks[Place(plate: PlateLayout.key(plate), well: well)] ?? stocks[Place(plate: "", well: well)]
  }

  /// Takes another list's stocks; what was known stays.
  mutating func add(_ other: StockList) { stocks.merge(other.stocks) { known, _ in known } }

  private enum Field { case plate, well, drug, stock, unit }

  private static func field(_ name: String) -> Field? {
    switch ColumnRole.fold(name) {
    case "sourceplate", "sourceplatebarcode", "sourceplatename": .plate
    case "sourcewell": .well
    case "drug", "compound", "samplename", "compoundname", "drugname": .drug
    case "stock", "stockconcentration", "stockconc", "sourceconcentration", "sampleconcentration", "concentration",
      "conc":
      .stock
    case "unit", "stockunit", "concunit", "concentrationunit", "units", "concentrationunits", "stockunits", "concunits",
      "stockconcentrationunit", "stockconcentrationunits", "sourceconcentrationunit", "sourceconcentrationunits",
      "sampleconcentrationunit", "sampleconcentrationunits":
      .unit
    default: nil
    }
  }

  /// Reads a list; `nil` when the header is not one's.
  init?(_ table: TextTable, file: String, problems: inout PlateProblems) {
    guard let header = table.rows.first, !header.fields.contains(where: { LayoutColumn(name: $0) == .well }) else {
      return nil
    }
    var columns: [Field: Int] = [:]
    for (position, name) in header.fields.enumerated() {
      if let field = Self.field(name), columns[field] == nil { columns[field] = position }
    }
    guard let wellColumn = columns[.well], let drug = columns[.drug], let stock = columns[.stock] else { return nil }
    let headerUnit = ColumnRole.unit(inColumnName: header.fields[stock])
    for row in table.rows.dropFirst() {
      let plate = columns[.plate].map(row.field) ?? ""
      let name = row.field(drug)
      // A solvent has no concentration.
      let isSolvent = LayoutBuilder.isNoDrug(name)
      guard let well = WellPosition(row.field(wellColumn)), !name.isEmpty,
        let quantity = table.quantity(row.field(stock)) ?? (isSolvent ? (value: 0, unit: nil) : nil),
        quantity.value >= 0
      else {
        problems.add(.badTransfer(text: row.fields.joined(separator: ",")), .warning, file: file, line: row.line)
        continue
      }
      let stated = columns[.unit].map(row.field) ?? ""
      let unit = quantity.unit ?? (stated.isEmpty ? headerUnit ?? .unstated : ConcentrationUnit(stated))
      let new = Stock(drug: name, concentration: .init(value: quantity.value, unit: unit))
      let place = Place(plate: PlateLayout.key(plate), well: well)
      if let known = stocks[place], known != new {
        problems.add(.stockTwice(source: "\(plate) \(well)"), .warning, file: file, line: row.line)
      } else {
        stocks[place] = new
      }
    }
  }
}
