import Assay
import Screening

/// What files are called in a report: as the user named them, but an absolute path only from the directory on that all
/// of them share (where they share none, whole). A report is sent around, and says nothing of the machine it was made on.
struct InputNames {
  /// What is left out before the names: `/home/ada/screens/`; empty where no path is absolute.
  let directory: String

  /// The names of a run's files.
  init(_ paths: [String]) {
    let parts = paths.filter { $0.hasPrefix("/") }.map { $0.split(separator: "/").dropLast() }
    guard var shared = parts.first else {
      directory = ""
      return
    }
    for other in parts.dropFirst() {
      let common = zip(shared, other).prefix { $0 == $1 }.count
      shared = shared.prefix(common)
    }
    directory = shared.isEmpty ? "/" : "/" + shared.joined(separator: "/") + "/"
  }

  /// A path or a sentence with paths in it, as it stands in a report.
  func shown(_ text: String) -> String {
    guard directory.count > 1 else { return text }
    var out = ""
    var rest = text[...]
    while let found = rest.firstRange(of: directory) {
      // `/data/` within `../data/` is not the directory.
      let isWithin = found.lowerBound > text.startIndex && Self.isName(text[text.index(before: found.lowerBound)])
      out += rest[..<(isWithin ? found.upperBound : found.lowerBound)]
      rest = rest[found.upperBound...]
    }
    return out + rest
  }

  private static func isName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "._-".contains(character)
  }
}

extension ReportSource {
  /// The same source, its files called as reports call them.
  var withShownNames: ReportSource {
    var named = self
    let names = InputNames(
      inputs.map(\.path) + (plates?.plates.flatMap { [$0.file, $0.layoutFile] } ?? []))
    for place in inputs.indices { named.inputs[place].path = names.shown(inputs[place].path) }
    for place in problems.indices {
      named.problems[place].file = names.shown(problems[place].file)
      named.problems[place].message = names.shown(problems[place].message)
    }
    for place in plates?.plates.indices ?? 0..<0 {
      named.plates?.plates[place].file = names.shown(plates?.plates[place].file ?? "")
      named.plates?.plates[place].layoutFile = names.shown(plates?.plates[place].layoutFile ?? "")
    }
    return named
  }
}
