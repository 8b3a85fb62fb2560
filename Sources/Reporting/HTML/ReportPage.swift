import Assay
import Results
import Screening
import Synergy

/// `report.html`: one file that needs nothing else, put together when all ranks are known.
struct ReportPage: Sendable {
  /// What it tells.
  let digest: ReportDigest
  /// The most blocks that have a written page, best first.
  let blockLimit: Int
  /// The indices of the blocks that have a written page.
  let sections: Set<Int>

  /// A page of a source.
  init(digest: ReportDigest, blockLimit: Int) {
    self.digest = digest
    self.blockLimit = blockLimit
    let source = digest.source
    sections = Set(source.ranked.prefix(blockLimit).map(\.index))
  }

  var source: ReportSource { digest.source }

  /// The most rows of the ranked table.
  static let mostRows = 5000

  /// The rank of a block among all of the screen.
  func rank(of position: Int) -> Int { source.ranks.at(position) ?? position + 1 }

  /// Writes the page.
  func write(to file: OutputFile) async throws(ResultsError) {
    let data = try await CombinationData(of: source, from: sections.count)
    var out = ByteWriter(capacity: 1 << 16)
    head(to: &out)
    ReportOverview(page: self).write(to: &out)
    ScreenCharts(source: source).write(to: &out)
    try file.append(&out)
    try RankedTable(page: self, opened: data.blocks).write(to: file)
    if let across = source.across {
      AcrossSamplesSection.write(across, to: &out)
      AssociationSection.write(across, to: &out)
    }
    if let joined = source.joined { partners(joined, to: &out) }
    if let comparison = source.comparison {
      ComparisonSection.write(comparison, models: source.options.synergy.models, to: &out)
    }
    try file.append(&out)
    if let plates = source.plates { try PlateSection(report: plates).write(to: file) }
    out.problems(of: source)
    methods(to: &out)
    try file.append(&out)
    try await writeBlocks(to: file)
    out.text("</main><footer class=\"k\">Isobole ")
    out.html(source.version)
    out.text("</footer>")
    if !data.blocks.isEmpty {
      out.text("<script type=\"application/json\" id=\"combination-data\">")
      out.raw(data.bytes)
      out.text("</script>")
    }
    out.text("<script>")
    out.text(ReportAssets.script)
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
    if source.across != nil { out.text(ReportStyle.samples) }
    if source.comparison != nil { out.text(ReportStyle.comparison) }
    out.text("</style></head><body><a class=\"skip\" href=\"#ranking\">Skip to the ranking</a>")
    out.text("<header><p class=\"k\">Isobole synergy report</p><h1>")
    out.html(source.title)
    out.text("</h1><nav aria-label=\"Report\">")
    for (id, name) in chapters { out.text("<a href=\"#\(id)\">\(name)</a>") }
    out.text("</nav></header><main>")
  }

  private func partners(_ joined: JoinedScreens, to out: inout ByteWriter) {
    out.text("<section id=\"partners\" aria-labelledby=\"hg\"><h2 id=\"hg\">Gene screen</h2>")
    for section in PartnerSection(joined: joined).sections { out.section(section, heading: 3) }
    out.text("</section>")
  }

  private func methods(to out: inout ByteWriter) {
    out.text("<section id=\"methods\" aria-labelledby=\"hm\"><h2 id=\"hm\">Methods</h2>")
    let sections = MethodSections(source: source).all
    out.content(of: sections[0])
    for section in sections.dropFirst() { out.section(section, heading: 3) }
    out.text("</section>")
  }

  private var chapters: [(id: String, name: String)] {
    var chapters = [(id: "overview", name: "Overview")]
    if source.ranked.count > 1 { chapters.append(("screen", "At a glance")) }
    chapters.append(("ranking", "Ranking"))
    if let across = source.across {
      chapters.append(AcrossSamplesSection.anchor)
      if across.table != nil { chapters.append(("associations", "Associations")) }
    }
    if source.joined != nil { chapters.append(("partners", "Gene screen")) }
    if source.comparison != nil { chapters.append(("comparison", "Changes")) }
    if source.plates != nil { chapters.append(("plates", "Plates")) }
    return chapters + [("problems", "Problems"), ("methods", "Methods")]
  }

  /// Pages that are made at once: made on all cores, held until they are written.
  private static let pagesAtOnce = 64

  private func writeBlocks(to file: OutputFile) async throws(ResultsError) {
    var out = ByteWriter()
    out.text("<section id=\"blocks\" aria-label=\"Combinations\">")
    try file.append(&out)
    let count = sections.count
    for start in stride(from: 0, to: count, by: Self.pagesAtOnce) {
      let portion = start..<min(count, start + Self.pagesAtOnce)
      let made = await Parallel.map(portion.count, chunk: 4, threads: source.options.threads) { range in
        range.map { place in Result { () throws(ResultsError) in try block(start + place) } }
      }
      for page in made { try file.append(try page.get()) }
    }
    try file.append("</section>")
  }

  /// The page of a block at a position of the ranking.
  private func block(_ position: Int) throws(ResultsError) -> [UInt8] {
    let summary = source.ranked[position]
    func neighbour(_ position: Int) -> (index: Int, rank: Int)? {
      position >= 0 && position < sections.count ? (source.ranked[position].index, rank(of: position)) : nil
    }
    return BlockSection(
      analysis: try source.blocks.analysis(of: summary.index), summary: summary, rank: rank(of: position),
      previous: neighbour(position - 1), next: neighbour(position + 1),
      knowledge: source.compounds.knowledge(of: summary.drugs), inference: source.options.synergy.inference,
      wells: BlockWells(
        of: summary.id, drugs: summary.drugs, sample: summary.sample, in: source.plates, compounds: source.compounds)
    ).text()
  }
}
