/// Something about the input that a person should know: a row of `problems.csv`.
public struct InputProblem: Error, Hashable, Sendable, Codable {
  /// How grave it is.
  public enum Severity: String, Sendable, CaseIterable, Codable {
    /// This input was left out; the rest of the screen went on.
    case refused
    /// It was used as it is, but something looks wrong: look before trusting the numbers.
    case doubted
    /// It was read as the message says; nothing looks wrong.
    case noted
  }

  /// The file, as the user named it.
  public var file: String
  /// The block, when the problem is one block's.
  public var blockID: String?
  /// How grave it is.
  public var severity: Severity
  /// The line in the file, from 1, when the problem has one.
  public var line: Int?
  /// What was read, what was expected and what to do.
  public var message: String

  /// Makes a problem.
  public init(file: String, blockID: String? = nil, severity: Severity, line: Int? = nil, message: String) {
    self.file = file
    self.blockID = blockID
    self.severity = severity
    self.line = line
    self.message = message
  }
}
