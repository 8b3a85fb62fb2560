/// Why a registry file cannot be used. Nothing of such a file is taken.
public enum CompoundsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(file: String, reason: String)
  /// The file has faults.
  case faulty(file: String, [RegistryFault])

  /// How many faults `description` tells one by one.
  public static let mostTold = 20

  /// A line for each fault: file, line, key, what was read, what was expected, what to do.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      return "\(file): the registry file could not be read (\(reason)); check the path and its permissions"
    case .faulty(let file, let faults):
      let told = faults.prefix(Self.mostTold).map { "\(file): \($0)" }
      let rest = faults.count - told.count
      return (told + (rest > 0 ? ["\(file): … and \(rest) more"] : [])).joined(separator: "\n")
    }
  }
}
