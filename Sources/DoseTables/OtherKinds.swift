/// What a file may be that is no table of doses and responses. The readers of such files say it (`OtherKinds.plates`),
/// so that a table's reader need not know them.
public struct OtherKinds: Sendable {
  /// A kind of file, as far as a message tells of it.
  public enum Kind: Sendable, Equatable {
    /// What a plate reader wrote.
    case export(reader: String, plates: [String], wells: Int)
    /// What is in the wells of plates.
    case layout
  }

  /// What a file's bytes are.
  var kind: @Sendable ([UInt8]) -> Kind?
  /// Whether a table with columns of these names holds wells and their raw signal.
  var isWellTable: @Sendable ([String]) -> Bool

  /// Nothing else is known.
  public static let none = OtherKinds(kind: { _ in nil }, isWellTable: { _ in false })

  /// Makes the question.
  public init(
    kind: @escaping @Sendable ([UInt8]) -> Kind?, isWellTable: @escaping @Sendable ([String]) -> Bool
  ) {
    self.kind = kind
    self.isWellTable = isWellTable
  }

  func error(_ bytes: [UInt8], insteadOf error: PlateReadingError) -> PlateReadingError {
    guard case .notADoseMatrix(let line, let columns, let missing) = error else { return error }
    if OtherTables.isOneRowADrug(columns) { return .oneRowADrug(line: line) }
    let kind = kind(bytes)
    if case .export(let reader, let plates, let wells) = kind {
      return .exportWithoutLayout(reader: reader, plates: plates, wells: wells)
    }
    if let other = OtherTables.error(bytes, line: line, columns: columns, missing: missing) { return other }
    return kind == .layout ? .layoutWithoutExport : error
  }
}
