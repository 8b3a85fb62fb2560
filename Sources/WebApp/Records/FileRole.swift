/// What an uploaded file is for.
enum FileRole: String, Codable, Sendable, CaseIterable {
  /// A table or matrix of doses and responses.
  case matrix
  /// What a plate reader wrote.
  case export
  /// Where which drug is: a layout table, a plater grid, a transfer log, a stock list.
  case layout
  /// Wells, their drugs and their raw signal in one table: layout and reading.
  case wells
  /// Wells to leave out.
  case mask
  /// Which layout and which sample plates have.
  case manifest
  /// Annotations of samples.
  case samples
  /// None of these, as far as can be told.
  case unknown
  /// Kept, and not analysed.
  case ignored
}
