import Foundation

/// Results for a person.
enum ResultTable {
  static func text(_ results: [Result]) -> String {
    var text = ""
    var group = ""
    for result in results {
      if result.group != group {
        group = result.group
        text +=
          "\n\(group)\n  \(pad("", 78)) \(right("minimum"))\(right("median"))\(right("target"))\(right("floor"))\n"
      }
      let name = result.who == "Isobole" ? result.task : "\(result.task), \(result.who)"
      if let skipped = result.skipped {
        text += "  \(pad(name, 78)) SKIPPED: \(skipped)\n"
        continue
      }
      let values = [result.minimum, result.median, result.target, result.floor].map { right(number($0)) }
      text += "  \(pad(name, 78)) \(values.joined()) \(pad(result.unit, 4))"
      text += result.check.isEmpty ? "\n" : "  \(result.check)\n"
    }
    return text
  }

  private static func number(_ value: Double?) -> String {
    value.map { String(format: abs($0) < 10 ? "%.2f" : abs($0) < 100 ? "%.1f" : "%.0f", $0) } ?? "–"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func right(_ text: String) -> String { String(repeating: " ", count: max(1, 9 - text.count)) + text }
}
