import Assay

/// Problems of one file for the templates, the gravest first.
enum ProblemRows {
  /// The most that are listed.
  static let most = 200

  /// For the templates.
  static func fields(_ problems: [InputProblem]) -> Fields {
    let order = InputProblem.Severity.allCases
    let sorted = problems.enumerated().sorted { one, other in
      let places = [one, other].map { order.firstIndex(of: $0.element.severity) ?? 0 }
      return (places[0], one.offset) < (places[1], other.offset)
    }.map(\.element)
    let isOneFile = Set(problems.lazy.map(\.file)).count < 2
    let counts = order.compactMap { severity -> String? in
      let count = problems.count { $0.severity == severity }
      return count == 0 ? nil : severity == .info ? "\(count) info" : Words.count(count, severity.rawValue)
    }
    return [
      "problemCounts": counts.isEmpty ? false : counts.joined(separator: ", ") as Any,
      "problemsCut": problems.count > most
        ? "The \(most) most serious of \(Words.number(problems.count)); a run lists all in problems.csv." as Any
        : false,
      "problems": sorted.prefix(most).map { problem -> Fields in
        var places = isOneFile ? [] : [problem.file]
        if let block = problem.blockID { places.append("block \(block)") }
        if let line = problem.line { places.append("line \(line)") }
        return [
          "severity": problem.severity.rawValue,
          "where": places.isEmpty ? "whole file" : places.joined(separator: ", "),
          "message": BrowserWords.of(problem.message),
        ]
      },
    ]
  }
}
