import Spreadsheets

/// How a plate export is read, and the bounds within which a file is read at all.
public struct PlateExportOptions: Sendable, Hashable, Codable {
  /// The decimal mark.
  public enum Decimal: String, Sendable, CaseIterable, Codable {
    /// Told from the file's numbers; a file that could mean either is refused.
    case auto
    case point
    case comma
  }

  /// The decimal mark. Default: auto.
  public var decimal: Decimal = .auto

  /// Whether blocks that the reader's software calculated (crosstalk-corrected, blank-corrected, normalised, reduced)
  /// and its backgrounds are taken too, after the measured ones. A file that holds nothing else gives them in any case.
  /// Default: false.
  public var includesCalculated = false

  /// The most cells of a sheet or text file; what comes after is left out and told. A 1536-well plate with 100 reads
  /// has 160,000. Default: 1,000,000.
  public var mostCells = 1_000_000

  /// The largest text file, bytes. Default: 64 MiB.
  public var largestText = 64 << 20

  /// The bounds of a workbook.
  public var workbook = WorkbookLimits()

  /// The defaults.
  public init() {}
}
