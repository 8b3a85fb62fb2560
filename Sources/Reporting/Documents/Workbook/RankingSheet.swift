import Results
import Screening
import Synergy

/// The ranking: the columns of `ranking.csv` with headings for people, formats and colours.
struct RankingSheet {
  let source: ReportSource

  /// Writes the sheet; returns what had to be left out.
  func write(to sheet: XlsxSheet) throws(ResultsError) -> [String] {
    let table = RankingTable(ranked: source.ranked, surfaceNulls: source.options.synergy.bigl.nulls)
    let columns = table.columns
    // The reason stands beside the call; the rest as in ranking.csv, without the models that were not asked for.
    let models = Set(source.options.synergy.models.map(\.rawValue))
    let left = RankingTable.models.map(\.rawValue).filter { !models.contains($0) }
    var order = columns.indices.filter { place in
      columns[place] != "call_reason" && !left.contains { columns[place] == $0 || columns[place].hasPrefix($0 + "_") }
    }
    if let reason = columns.firstIndex(of: "call_reason"), let call = order.firstIndex(where: { columns[$0] == "call" })
    {
      order.insert(reason, at: call + 1)
    }
    let kinds = order.map { SheetColumn(columns[$0]) }
    try sheet.header(kinds.map(\.title) + ["Partner class", "Trials of the pair", "Shared toxicity"], frozenColumns: 4)
    let looks = sheet.columns(kinds.map(\.look) + [.plain])
    var pairs = KnownPairs(source.compounds)
    var written = 0
    for (position, summary) in source.ranked.enumerated() where sheet.hasRoom {
      let row = table.row(summary, rank: position + 1)
      let clinical = ClinicalText(pairs.of(summary.drugs))
      let known = [
        clinical.partnerClasses, clinical.knowledge.precedents.map(\.trial.id).joined(separator: ", "),
        clinical.overlaps.map(\.effect).joined(separator: ", "),
      ]
      try sheet.append(
        order.map { row[$0] } + known.map { .text($0.isEmpty ? nil : $0) }, looks,
        // The best rows decide on the width.
        fits: position < 200)
      written += 1
    }
    let calls = kinds.indices.filter { kinds[$0].name == "call" || kinds[$0].name.hasSuffix("_call") }
    sheet.finish(
      synergy: kinds.indices.filter { kinds[$0].isScore },
      words: calls.flatMap { column in
        Call.allCases.filter { $0 != .additive }.map { (column, $0.rawValue, CairoCanvas.colour(of: $0)) }
      })
    return written < source.ranked.count
      ? [
        "Ranking: the first \(FigureText.grouped(written)) of \(FigureText.grouped(source.ranked.count)) blocks; Excel has no room for more."
      ]
      : []
  }
}

/// A column of a table as it stands in the workbook.
struct SheetColumn {
  /// The column's name in the CSV file.
  let name: String
  private let words: [String]

  init(_ name: String) {
    self.name = name
    words = name.split(separator: "_").map(String.init)
  }

  private static let known: [String: String] = [
    "block_id": "Block", "css": "CSS, %", "conc_unit": "Unit", "call_reason": "Why", "noise_sd_0": "Noise SD at 0 %",
    "noise_sd_100": "Noise SD at 100 %", "noise_df": "Noise df", "css_low": "CSS low", "css_high": "CSS high",
  ]

  /// The heading: `ZIP low`, `Drug 1`, `IC50 1`.
  var title: String {
    if let known = Self.known[name] { return known }
    let parts = words.map { word -> String in
      if let model = NullModel(rawValue: word) { return model.name }
      let letters = word.prefix { !$0.isNumber }
      let number = word.dropFirst(letters.count)
      switch letters {
      case "drug": return "drug \(number)"
      case "ri": return "RI \(number)"
      case "ic": return "IC\(number)"
      case "bigl": return "BIGL"
      default: return word
      }
    }
    return FigureText.capitalised(parts.joined(separator: " "))
  }

  /// Whether it holds a mean, a peak or the consensus: what is coloured.
  var isScore: Bool {
    name == "consensus"
      || words.count <= 2 && NullModel(rawValue: words.first ?? "") != nil
        && (words.count == 1 || words[1] == "peak")
  }

  /// How its values are written.
  var look: CellLook {
    if name == "rank" || name == "replicates" { return CellLook(number: CellLook.whole.number, isCentred: true) }
    if name == "consensus" { return CellLook(number: CellLook.points.number, isBold: true) }
    if name.hasPrefix("consensus_") { return .points }
    if name.hasPrefix("css") || name.hasPrefix("ri") { return .tenths }
    if name.hasPrefix("noise_") { return .tenths }
    guard let last = words.last else { return .plain }
    if last == "p" || last == "q" { return .probability }
    if last == "f" { return .thousandths }
    guard NullModel(rawValue: words.first ?? "") != nil, last != "doses", last != "call" else { return .plain }
    return .points
  }
}
