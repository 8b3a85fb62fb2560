import Assay

/// Problems as they are found. Of one kind in one file the first `limit` are told one by one, the rest counted where they are
/// several.
struct PlateProblems {
  /// How many of a kind are told one by one.
  static let limit = 20

  private struct Kind: Hashable {
    var file: String
    var name: String
    var severity: InputProblem.Severity
  }

  private var told: [InputProblem] = []
  private var counts: [Kind: Int] = [:]
  /// The first of each kind that is beyond the limit.
  private var beyond: [Kind: InputProblem] = [:]
  private var order: [Kind] = []

  /// Adds a problem.
  mutating func add(
    _ problem: PlateProblem, _ severity: InputProblem.Severity, file: String, line: Int? = nil, block: String? = nil
  ) {
    let kind = Kind(file: file, name: problem.name, severity: severity)
    if counts[kind] == nil { order.append(kind) }
    counts[kind, default: 0] += 1
    if counts[kind, default: 0] <= Self.limit {
      told.append(problem.problem(severity, file: file, line: line, block: block))
    } else if beyond[kind] == nil {
      beyond[kind] = problem.problem(severity, file: file, line: line, block: block)
    }
  }

  /// Adds problems that were found elsewhere.
  mutating func add(_ problems: [InputProblem]) { told += problems }

  /// Adds another list's.
  mutating func add(_ other: PlateProblems) { told += other.all }

  /// All that is told, and how much more there was of each kind.
  var all: [InputProblem] {
    told
      + order.compactMap { kind in
        let more = counts[kind, default: 0] - Self.limit
        guard more > 1 else { return beyond[kind] }
        return InputProblem(
          file: kind.file, severity: kind.severity,
          message: "\(more) more of the kind \"\(kind.name)\", not listed")
      }
  }
}

extension PlateProblem {
  /// The case's name, in words: `transfer failed`.
  fileprivate var name: String {
    let label = Mirror(reflecting: self).children.first?.label ?? "\(self)"
    return label.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
  }
}
