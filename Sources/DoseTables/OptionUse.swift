/// An option that says how files are read, and has a use in some files alone. One that had a use in no file of a run was
/// meant for something else than was read, and this is said.
public enum OptionUse: Sendable, Hashable {
  /// A time was chosen.
  case time
  /// The file is a workbook, of which one sheet may be chosen.
  case sheet
  /// The file is a long table, whose columns may be chosen.
  case columns
  /// A sample of this name was called otherwise.
  case sampleName(String)
  /// Blocks were pooled as replicates.
  case pool
}
