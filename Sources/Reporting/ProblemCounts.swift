import Assay

/// How many problems of each severity the inputs had.
public struct ProblemCounts: Sendable, Hashable {
  /// Inputs that were left out.
  public var refused: Int
  /// Inputs that were used and look wrong.
  public var doubted: Int
  /// Inputs that were read in a way worth saying.
  public var noted: Int

  /// Makes counts.
  public init(refused: Int = 0, doubted: Int = 0, noted: Int = 0) {
    self.refused = refused
    self.doubted = doubted
    self.noted = noted
  }

  /// All problems.
  public var total: Int { refused + doubted + noted }

  /// Counts one more.
  public mutating func count(_ severity: InputProblem.Severity) {
    switch severity {
    case .refused: refused += 1
    case .doubted: doubted += 1
    case .noted: noted += 1
    }
  }
}
