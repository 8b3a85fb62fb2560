import Assay
import Screening

/// The inputs that were refused, doubted or read in a way worth saying, like ones together.
struct ProblemSection {
  let source: ReportSource

  /// The most files, blocks or lines that are named in a row.
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
    out.text("<b>noted</b>: read in a way worth knowing. Of those that differ in numbers alone the first is shown; ")
    out.text("<code>problems.csv</code> has each.</p>")
    out.text("<div class=\"t\" role=\"region\" aria-label=\"Problems\" tabindex=\"0\"><table class=\"m\"><thead><tr>")
    for name in ["Severity", "Message", "File", "Where", "Times"] { out.text("<th scope=\"col\">\(name)</th>") }
    out.text("</tr></thead><tbody>")
    for group in ProblemGroup.groups(of: source.problems) { row(group, to: &out) }
    out.text("</tbody></table></div></section>")
  }

  private func row(_ group: ProblemGroup, to out: inout ByteWriter) {
    let severity = group.severity.rawValue
    out.text("<tr><td><b class=\"v \(severity)\">\(severity)</b></td>")
    out.element("td", group.message)
    out.element("td", named(group.files))
    let blocks = group.blocks.map { "block \($0)" }
    let lines = group.lines.map { "line \($0)" }
    out.element("td", named(blocks.isEmpty ? lines : blocks + (lines.count == 1 ? lines : [])))
    out.text("<td>\(group.count)</td></tr>")
  }

  private func named(_ places: [String]) -> String {
    places.prefix(Self.mostNamed).joined(separator: ", ")
      + (places.count > Self.mostNamed ? " and \(places.count - Self.mostNamed) more" : "")
  }
}
