import Assay
import Screening

/// The inputs that were refused, doubted or read in a way worth saying, like ones together: a screen of 400 blocks that
/// lack a control has one line of them, not 400.
struct ProblemSection {
  let source: ReportSource

  /// Problems of the same severity, file and message, numbers and quoted words aside.
  private struct Group {
    var first: InputProblem
    var blocks: [String] = []
    var lines: [Int] = []
    var count = 0
  }

  /// The most blocks or lines that are named in a row.
  private static let mostNamed = 8

  /// Writes the section.
  func write(to out: inout ByteWriter) {
    out.text("<section id=\"problems\" aria-labelledby=\"hp\"><h2 id=\"hp\">Problems of the input</h2>")
    if source.problems.isEmpty {
      out.text("<p>None: every input was read as it stands.</p></section>")
      return
    }
    if source.problemCounts.total > source.problems.count {
      out.text("<p class=\"cut\">The first \(source.problems.count) of \(source.problemCounts.total); ")
      out.text("all are in <code>problems.csv</code>.</p>")
    }
    out.text("<p class=\"k\"><b>refused</b>: left out. <b>doubted</b>: used, but it looks wrong. ")
    out.text("<b>noted</b>: read in a way worth knowing.</p>")
    out.text("<div class=\"t\" role=\"region\" aria-label=\"Problems\" tabindex=\"0\"><table class=\"m\"><thead><tr>")
    for name in ["Severity", "Message", "File", "Where", "Times"] { out.text("<th scope=\"col\">\(name)</th>") }
    out.text("</tr></thead><tbody>")
    for group in groups { row(group, to: &out) }
    out.text("</tbody></table></div></section>")
  }

  private func row(_ group: Group, to out: inout ByteWriter) {
    let severity = group.first.severity.rawValue
    out.text("<tr><td><b class=\"v \(severity)\">\(severity)</b></td>")
    out.element("td", group.first.message)
    out.element("td", group.first.file)
    out.text("<td>")
    let lines = group.lines.map { "line \($0)" }
    let places = group.blocks.map { "block \($0)" } + (group.blocks.isEmpty ? lines : lines.count == 1 ? lines : [])
    out.html(places.prefix(Self.mostNamed).joined(separator: ", "))
    if places.count > Self.mostNamed { out.text(" and \(places.count - Self.mostNamed) more") }
    out.text("</td><td>\(group.count)</td></tr>")
  }

  private var groups: [Group] {
    var order: [String] = []
    var groups: [String: Group] = [:]
    for problem in source.problems {
      let key = [problem.severity.rawValue, problem.file, Self.pattern(problem.message)].joined(separator: "\u{0}")
      if groups[key] == nil { order.append(key) }
      var group = groups[key] ?? Group(first: problem)
      group.count += 1
      if let block = problem.blockID, !group.blocks.contains(block) { group.blocks.append(block) }
      if let line = problem.line { group.lines.append(line) }
      groups[key] = group
    }
    let ranks: [InputProblem.Severity: Int] = [.refused: 0, .doubted: 1, .noted: 2]
    return order.compactMap { groups[$0] }.enumerated().sorted { one, other in
      let (first, second) = (ranks[one.element.first.severity] ?? 3, ranks[other.element.first.severity] ?? 3)
      return first != second ? first < second : one.offset < other.offset
    }.map(\.element)
  }

  /// A message without its numbers: `3 of 25 wells` and `4 of 36 wells` are alike.
  private static func pattern(_ message: String) -> String {
    String(message.map { $0.isNumber ? "#" : $0 }).split(separator: "#", omittingEmptySubsequences: true)
      .joined(separator: "#")
  }
}
