/// Options that had another name in version 0.1: the old one is accepted for one release, with a warning.
package enum RenamedOptions {
  /// The old and the new names, without dashes.
  package static let names: [(old: String, new: String)] = [
    ("leave-out", "exclude-wells"), ("least-samples", "min-samples"), ("least-per-level", "min-per-level"),
    ("positive-is", "signal-direction"), ("keep-blank", "no-blank-subtraction"),
    ("correct-positions", "positional-correction"), ("against", "compare-with"),
    ("behind-tls", "tls-terminated-upstream"), ("runs-at-once", "max-concurrent-runs"),
    ("largest-file", "max-file-size"), ("largest-screen", "max-screen-size"), ("largest-store", "max-store-size"),
  ]

  /// The new name of an option; `nil` where it has none.
  package static func newName(of old: String) -> String? { names.first { $0.old == old }?.new }

  /// Arguments with every option under its new name, and the sentences that say so.
  package static func renamed(_ arguments: [String]) -> (arguments: [String], warnings: [String]) {
    var (result, warnings): ([String], [String]) = ([], [])
    var isOption = true
    for argument in arguments {
      if argument == "--" { isOption = false }
      guard isOption, argument.hasPrefix("--"),
        let new = newName(of: String(argument.dropFirst(2).prefix { $0 != "=" }))
      else {
        result.append(argument)
        continue
      }
      let old = argument.prefix { $0 != "=" }
      result.append("--\(new)\(argument.dropFirst(old.count))")
      warnings.append("\(old) is now --\(new); the old name goes with the next release")
    }
    return (result, warnings)
  }
}
