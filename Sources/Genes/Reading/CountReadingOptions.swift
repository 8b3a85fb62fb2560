/// How tables of counts are read, where their headers do not say it.
public struct CountReadingOptions: Sendable, Hashable {
  /// The column of the guides' names. Default: recognised.
  public var guideColumn: String?
  /// The column of genes. Default: recognised.
  public var geneColumn: String?
  /// Whether numbers that are not whole are rounded, halves up. Default: they are an error.
  public var roundsCounts = false
  /// The gene of each guide, where the table does not have it. Default: none.
  public var library: [String: String] = [:]
  /// The file of that table, for messages.
  public var libraryFile = "--library"

  /// The defaults.
  public init() {}
}
