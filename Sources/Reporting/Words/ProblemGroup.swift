import Assay

/// Problems that differ in numbers alone: a fault that 400 blocks or a whole directory of files share is said once.
struct ProblemGroup {
  /// The first of them, which stands for all.
  let first: InputProblem
  /// How many there are.
  private(set) var count = 0
  /// The files, blocks and lines they are in, each once, as they came.
  private(set) var files: [String] = []
  private(set) var blocks: [String] = []
  private(set) var lines: [Int] = []

  private init(_ first: InputProblem) { self.first = first }

  /// How severe they are.
  var severity: InputProblem.Severity { first.severity }
  /// What the first of them says.
  var message: String { first.message }
  /// File, block and line of the first.
  var place: String {
    first.file + (first.blockID.map { ", block \($0)" } ?? "") + (first.line.map { ", line \($0)" } ?? "")
  }

  private mutating func add(_ problem: InputProblem) {
    count += 1
    if files.last != problem.file, !files.contains(problem.file) { files.append(problem.file) }
    if let block = problem.blockID, blocks.last != block, !blocks.contains(block) { blocks.append(block) }
    if let line = problem.line { lines.append(line) }
  }

  /// The groups, most severe first, then as they first came.
  static func groups(of problems: [InputProblem]) -> [ProblemGroup] {
    struct Key: Hashable {
      var severity: InputProblem.Severity
      var pattern: [Substring]
    }
    var places: [Key: Int] = [:]
    var groups: [ProblemGroup] = []
    for problem in problems {
      let key = Key(severity: problem.severity, pattern: problem.message.split { $0.isNumber || $0 == "." })
      let place = places[key] ?? groups.count
      if place == groups.count {
        places[key] = place
        groups.append(ProblemGroup(problem))
      }
      groups[place].add(problem)
    }
    return InputProblem.Severity.allCases.flatMap { severity in groups.filter { $0.severity == severity } }
  }
}
