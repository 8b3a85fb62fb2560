/// Something about the input that a person should know: a row of `problems.csv`.
public struct InputProblem: Error, Hashable, Sendable, Codable {
  /// How serious it is.
  public enum Severity: String, Sendable, CaseIterable, Codable {
    /// This input was excluded; the rest of the screen went on.
    case error
    /// It was used as it is, but something looks wrong: look before trusting the numbers.
    case warning
    /// It was read as the message says; nothing looks wrong.
    case info

    /// Reads a severity, in the words of version 0.1 too (`error`, `warning`, `info`).
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let word = try container.decode(String.self)
      let earlier: [String: Severity] = ["errors": .error, "warning": .warning, "info": .info]
      guard let severity = Severity(rawValue: word) ?? earlier[word] else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(word) is no severity")
      }
      self = severity
    }
  }

  /// The file, as the user named it.
  public var file: String
  /// The block, when the problem is one block's.
  public var blockID: String?
  /// How serious it is.
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
