/// A microplate's size: 2ⁿ-fold standard formats of 6 to 1536 wells (ANSI/SLAS 1-2004 to 4-2004 for 96, 384 and 1536).
public struct PlateFormat: Sendable, Hashable, Codable {
  /// Rows, named A to Z, then AA, AB, ….
  public let rows: Int
  /// Columns, from 1.
  public let columns: Int

  /// Number of wells.
  public var wells: Int { rows * columns }

  /// The standard formats, smallest first.
  public static let standard: [PlateFormat] = [
    .init(rows: 2, columns: 3), .init(rows: 3, columns: 4), .init(rows: 4, columns: 6), .init(rows: 6, columns: 8),
    .init(rows: 8, columns: 12), .init(rows: 16, columns: 24), .init(rows: 32, columns: 48),
  ]

  /// The format with this many wells; `nil` when it is not a standard one.
  public init?(wells: Int) {
    guard let format = Self.standard.first(where: { $0.wells == wells }) else { return nil }
    self = format
  }

  /// The smallest standard format that has the well; `nil` when none has.
  public init?(holding position: WellPosition) {
    guard let format = Self.standard.first(where: { $0.contains(position) }) else { return nil }
    self = format
  }

  private init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// Whether the well is on the plate.
  public func contains(_ position: WellPosition) -> Bool { position.row < rows && position.column < columns }
}
