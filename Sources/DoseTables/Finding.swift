import Assay

/// One thing that was found while reading, with its place.
package struct Finding: Equatable {
  package var severity: InputProblem.Severity
  package var line: Int?
  package var error: PlateReadingError

  package static func error(_ error: PlateReadingError, line: Int? = nil) -> Finding {
    Finding(severity: .error, line: line ?? error.line, error: error)
  }
  package static func warning(_ error: PlateReadingError, line: Int? = nil) -> Finding {
    Finding(severity: .warning, line: line ?? error.line, error: error)
  }
  package static func info(_ error: PlateReadingError, line: Int? = nil) -> Finding {
    Finding(severity: .info, line: line ?? error.line, error: error)
  }

  package func problem(file: String, blockID: String?) -> InputProblem {
    InputProblem(file: file, blockID: blockID, severity: severity, line: line, message: error.description)
  }
}

/// Findings of one block or one file. Of each kind the first `limit` are kept; the rest are counted and told in one
/// sentence, unless they are only one.
package struct FindingList {
  /// How many findings of one kind are told one by one.
  package static let limit = 5

  /// How many of those that are of no kind, and differ from one another.
  private static let mostSingle = 60

  private var kept: [Finding] = []
  private var overflow: [PlateReadingError.Kind: (count: Int, first: Finding, last: Int?)] = [:]
  private var counts: [PlateReadingError.Kind: Int] = [:]

  package mutating func add(_ finding: Finding) {
    let kind = finding.error.kind
    counts[kind, default: 0] += 1
    if counts[kind, default: 0] <= (kind == .single ? Self.mostSingle : Self.limit) {
      kept.append(finding)
    } else {
      let before = overflow[kind]
      // The summary of several is as severe as the last of them.
      var first = before?.first ?? finding
      if before != nil { first.severity = finding.severity }
      first.line = first.line ?? finding.line
      overflow[kind] = ((before?.count ?? 0) + 1, first, finding.line ?? before?.last)
    }
  }

  /// How many findings of a kind were added, told or only counted.
  package func count(of kind: PlateReadingError.Kind) -> Int { counts[kind, default: 0] }

  /// The findings in the order of adding, each kind followed by the count of those not told.
  package var all: [Finding] {
    guard !overflow.isEmpty else { return kept }
    var result = kept
    for (kind, rest) in overflow.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      var summary = rest.first
      if rest.count > 1 {
        summary.error = .more(count: rest.count, kind: kind, firstLine: rest.first.line, lastLine: rest.last)
      }
      let place = result.lastIndex { $0.error.kind == kind } ?? result.endIndex - 1
      result.insert(summary, at: place + 1)
    }
    return result
  }
}
