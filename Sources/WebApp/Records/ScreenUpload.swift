/// A file of a screen.
struct ScreenUpload: Sendable {
  var id: Int64
  var screen: Int64
  var name: String
  var sha256: String
  var bytes: Int
  var uploaded: String
  var by: String
  /// What it is for.
  var role: FileRole
  /// Whether a person said so.
  var isRoleSet: Bool
  var corrections: [Correction]
  /// What it was understood as, in a line.
  var summary: String
  /// Problems by severity.
  var errors: Int
  var warnings: Int
  var infos: Int
}
