import Assay

/// Problems with one message: a fault that a whole directory of files shares is said once.
struct ProblemGroup {
  let severity: InputProblem.Severity
  let message: String
  /// How many there are.
  private(set) var count: Int
  /// File, block and line of the first.
  let place: String

  private init(_ first: InputProblem) {
    severity = first.severity
    message = first.message
    count = 1
    place =
      first.file + (first.blockID.map { ", block \($0)" } ?? "") + (first.line.map { ", line \($0)" } ?? "")
  }

  /// The groups, gravest first, then as they first came.
  static func groups(of problems: [InputProblem]) -> [ProblemGroup] {
    struct Key: Hashable {
      var severity: InputProblem.Severity
      var message: String
    }
    var places: [Key: Int] = [:]
    var groups: [ProblemGroup] = []
    for problem in problems {
      let key = Key(severity: problem.severity, message: problem.message)
      if let place = places[key] {
        groups[place].count += 1
      } else {
        places[key] = groups.count
        groups.append(ProblemGroup(problem))
      }
    }
    return InputProblem.Severity.allCases.flatMap { severity in groups.filter { $0.severity == severity } }
  }
}
