import Assay
import Screening
import Synergy

/// `report.html`: one file that needs nothing else, put together when all ranks are known.
struct ReportPage {
  /// What it tells.
  let source: ReportSource
  /// The most blocks that have a section, best first.
  let blockLimit: Int
  /// The indices of the blocks that have a section.
  let sections: Set<Int>

  /// A page of a source.
  init(source: ReportSource, blockLimit: Int) {
    self.source = source
    self.blockLimit = blockLimit
    sections = Set(source.ranked.prefix(blockLimit).map(\.index))
  }

  /// The most rows of the ranked table.
  static let mostRows = 5000
  /// The most problems that are listed; `problems.csv` has all.
  static let mostProblems = 500
  /// The most files that are listed; `results.json` has all.
  static let mostInputs = 300

  /// Writes the page.
  func write(to file: OutputFile) async throws(ReportingError) {
    var out = ByteWriter(capacity: 1 << 16)
    head(to: &out)
    ReportOverview(page: self).write(to: &out)
    try file.append(&out)
    try RankedTable(page: self).write(to: file)
    try await writeSections(to: file)
    if let plates = source.plates { try PlateSection(report: plates).write(to: file) }
    problemSection(to: &out)
    ReportMethods(page: self).write(to: &out)
    out.text("</main><footer class=\"k\">Isobole ")
    out.html(source.version)
    out.text("</footer><script>")
    out.text(ReportScript.text)
    out.text("</script></body></html>\n")
    try file.append(&out)
  }

  private func head(to out: inout ByteWriter) {
    out.text("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
    out.text("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
    out.text("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
    out.text("style-src 'unsafe-inline';script-src 'unsafe-inline'\">")
    out.text("<meta name=\"color-scheme\" content=\"light dark\"><title>")
    out.html(source.title)
    out.text(" – Isobole</title><style>")
    out.text(ReportStyle.text)
    out.text("</style></head><body><a class=\"skip\" href=\"#ranking\">Skip to the ranking</a>")
    out.text("<header><p class=\"k\">Isobole synergy report</p><h1>")
    out.html(source.title)
    out.text("</h1><nav aria-label=\"Report\"><a href=\"#overview\">Overview</a><a href=\"#ranking\">Ranking</a>")
    out.text(
      "<a href=\"#blocks\">Blocks</a>\(source.plates == nil ? "" : "<a href=\"#plates\">Plates</a>")<a href=\"#problems\">Problems</a><a href=\"#methods\">Methods</a></nav></header><main>"
    )
  }

  /// Sections that are made at once: made on all cores, held until they are written.
  private static let sectionsAtOnce = 64

  private func writeSections(to file: OutputFile) async throws(ReportingError) {
    var out = ByteWriter()
    out.text("<section id=\"blocks\" aria-labelledby=\"hb\"><h2 id=\"hb\">Blocks</h2>")
    if sections.count < source.ranked.count {
      out.text("<p class=\"cut\">Only the ")
      out.integer(sections.count)
      out.text(" best of ")
      out.integer(source.ranked.count)
      out.text(" blocks have a section here. The others are in <code>cells.csv</code>, <code>fits.csv</code> and ")
      out.text("<code>results.json</code>.</p>")
    }
    try file.append(&out)
    let shown = Array(source.ranked.prefix(blockLimit))
    let source = source
    for start in stride(from: 0, to: shown.count, by: Self.sectionsAtOnce) {
      let portion = shown[start..<min(shown.count, start + Self.sectionsAtOnce)]
      let made = await Parallel.map(portion.count, chunk: 4, threads: source.options.threads) { range in
        range.map { place in
          Result { () throws(ReportingError) in
            let rank = start + place
            return BlockSection.text(of: try source.blocks.analysis(of: shown[rank].index), shown[rank], rank: rank + 1)
          }
        }
      }
      for section in made { try file.append(try section.get()) }
    }
    try file.append("</section>")
  }

  private func problemSection(to out: inout ByteWriter) {
    out.text("<section id=\"problems\" aria-labelledby=\"hp\"><h2 id=\"hp\">Problems</h2>")
    if source.problems.isEmpty {
      out.text("<p>None: every input was read as it stands.</p></section>")
      return
    }
    if source.problemCounts.total > source.problems.count {
      out.text("<p class=\"cut\">The first ")
      out.integer(source.problems.count)
      out.text(" of ")
      out.integer(source.problemCounts.total)
      out.text("; all are in <code>problems.csv</code>.</p>")
    }
    out.text("<div class=\"t\" role=\"region\" aria-label=\"Problems\" tabindex=\"0\"><table class=\"m\"><thead><tr>")
    for name in ["Severity", "File", "Block", "Line", "Message"] { out.text("<th scope=\"col\">\(name)</th>") }
    out.text("</tr></thead><tbody>")
    for problem in source.problems {
      out.text("<tr><td><b class=\"v \(problem.severity.rawValue)\">\(problem.severity.rawValue)</b></td>")
      out.element("td", problem.file)
      out.element("td", problem.blockID ?? "")
      out.element("td", problem.line.map(String.init) ?? "")
      out.element("td", problem.message)
      out.text("</tr>")
    }
    out.text("</tbody></table></div></section>")
  }
}
