/// A format of the report for people.
public enum ReportFormat: String, Sendable, CaseIterable {
  case html, pdf, xlsx
  case markdown = "md"

  /// The file's name in the results.
  public var fileName: String { "report.\(rawValue)" }
}

/// Which documents a run leaves, and how much they show.
public struct DocumentOptions: Sendable, Hashable {
  /// The combinations that have a full page in `report.html` unless another number is asked for, best first.
  public static let defaultReportBlocks = 20

  /// The formats of the report. Default: all.
  public var formats: [ReportFormat] = ReportFormat.allCases
  /// The most blocks that have pages of their own in `report.pdf`, best first. Default 10: what a meeting turns through; the
  /// others are in `report.html`, or asked for.
  public var pdfBlocks = 10
  /// The formats of the figures in `figures/`. Default: none.
  public var figures: [FigureFormat] = []
  /// The most blocks that have figures, best first. Default 20.
  public var figureBlocks = 20

  /// The defaults.
  public init() {}
}
