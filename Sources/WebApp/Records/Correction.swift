/// A correction of how one file is read, as people make it in the pages.
struct Correction: Codable, Sendable, Hashable {
  var drug: String?
  var response: String?
  var unit: String?
  var sample: String?
  var plate: String?
  /// Which columns of a table hold what: `ColumnChoices`.
  var columns: String?
  /// The name that the drug has.
  var name: String?
}
