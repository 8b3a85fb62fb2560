import Assay

/// How many problems of each severity the inputs had.
public struct ProblemCounts: Sendable, Hashable {
  /// Inputs that were left out.
  public var errors: Int
  /// Inputs that were used and look wrong.
  public var warnings: Int
  /// Inputs that were read in a way worth saying.
  public var infos: Int

  /// Makes counts.
  public init(errors: Int = 0, warnings: Int = 0, infos: Int = 0) {
    self.errors = errors
    self.warnings = warnings
    self.infos = infos
  }

  /// All problems.
  public var total: Int { errors + warnings + infos }

  /// Counts some more.
  public mutating func count(_ severity: InputProblem.Severity, _ more: Int = 1) {
    switch severity {
    case .error: errors += more
    case .warning: warnings += more
    case .info: infos += more
    }
  }
}
