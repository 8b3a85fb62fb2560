import Screening
import Synergy

/// What a run says on the terminal when it is done: the best blocks as an aligned table, and the totals.
public enum TerminalSummary {
  /// The summary as text, lines ended by `\n`.
  ///
  /// - Parameters:
  ///   - ranked: Every block, best first.
  ///   - problems: How many problems the inputs had.
  ///   - width: The terminal's width in columns; names are cut so that no line is wider, down to 60 columns.
  ///   - models: The models, in the order of their columns.
  ///   - top: The most blocks shown. Default 10.
  public static func text(
    ranked: [BlockSummary], problems: ProblemCounts, width: Int, models: [NullModel] = [.zip, .bliss, .loewe, .hsa],
    top: Int = 10
  ) -> String {
    let shown = ranked.prefix(max(0, top))
    var text = shown.isEmpty ? "" : table(Array(shown), models: models, width: max(60, width))
    if ranked.count > shown.count, !shown.isEmpty { text += "… and \(ranked.count - shown.count) more\n" }
    return text + totals(ranked, problems) + "\n"
  }

  private static func totals(_ ranked: [BlockSummary], _ problems: ProblemCounts) -> String {
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let samples = Set(ranked.compactMap(\.sample)).count
    let agreed = ranked.count { ($0.consensus ?? 0) > 0 }
    var parts = [count(ranked.count, "block"), count(Set(ranked.map { $0.drugs.sorted() }).count, "combination")]
    if samples > 0 { parts.append(count(samples, "sample")) }
    parts.append("\(agreed) above every model")
    parts.append(
      problems.total == 0
        ? "no problems"
        : "\(count(problems.total, "problem")): \(problems.refused) refused, \(problems.doubted) doubted, \(problems.noted) noted")
    return parts.joined(separator: " · ")
  }

  private static func table(_ shown: [BlockSummary], models: [NullModel], width: Int) -> String {
    var columns: [Column] = [Column(heading: "rank", isNumber: true, cells: (1...shown.count).map(String.init))]
    columns.append(Column(heading: "combination", cells: shown.map { plain($0.drugs.joined(separator: " × ")) }))
    if shown.contains(where: { $0.sample != nil }) {
      columns.append(Column(heading: "sample", cells: shown.map { plain($0.sample ?? "") }))
    }
    columns.append(Column(heading: "consensus", isNumber: true, cells: shown.map { points($0.consensus) }))
    for model in models where shown.contains(where: { $0.score(of: model) != nil }) {
      columns.append(
        Column(heading: model.name, isNumber: true, cells: shown.map { points($0.score(of: model)?.mean) }))
    }
    if let first = shown.first?.scores.first?.model {
      columns.append(
        Column(heading: "\(first.name) peak", isNumber: true, cells: shown.map { points($0.score(of: first)?.peak?.mean) }))
    }
    columns.append(
      Column(
        heading: "CSS", isNumber: true,
        cells: shown.map { summary in
          var out = ByteWriter()
          if let css = summary.css { out.fixed(css, decimals: 1, padded: true) } else { out.text("-") }
          return out.string
        }))
    if shown.contains(where: { !$0.flags.isEmpty }) {
      columns.append(Column(heading: "flags", cells: shown.map { plain($0.flags.joined(separator: ";")) }))
    }
    fit(&columns, into: width)
    var lines = [columns.map { $0.line($0.heading) }]
    for row in shown.indices { lines.append(columns.map { $0.line($0.cells[row]) }) }
    return lines.map { line in
      var joined = line.joined(separator: "  ")
      while joined.last == " " { joined.removeLast() }
      return joined + "\n"
    }.joined()
  }

  /// Cuts the widest of the text columns until the table fits.
  private static func fit(_ columns: inout [Column], into width: Int) {
    func total() -> Int { columns.reduce(0) { $0 + $1.width } + 2 * (columns.count - 1) }
    while total() > width {
      let widest = columns.indices.filter { !columns[$0].isNumber && columns[$0].width > 8 }
        .max { columns[$0].width < columns[$1].width }
      guard let widest else { return }
      columns[widest].width -= 1
    }
  }

  private static func points(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "-" }
    var out = ByteWriter()
    out.fixed(value, decimals: 1, padded: true, plus: true)
    return out.string
  }

  /// Names from a file must not move the cursor or colour the terminal.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control || $0.value == 0x7f ? " " : $0 }))
  }

  /// One column: its texts, and how wide it is drawn.
  private struct Column {
    let heading: String
    let isNumber: Bool
    let cells: [String]
    var width: Int

    init(heading: String, isNumber: Bool = false, cells: [String]) {
      self.heading = heading
      self.isNumber = isNumber
      self.cells = cells
      width = (cells + [heading]).map(DisplayWidth.of).max() ?? 0
    }

    /// A text cut and filled to the column's width; numbers have one decimal each, so that aligned ends align the points.
    func line(_ text: String) -> String {
      let cut = DisplayWidth.cut(text, to: width)
      let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(cut)))
      return isNumber ? space + cut : cut + space
    }
  }
}
