import Screening
import Synergy

/// What a run says on the terminal when it is done: the best blocks as an aligned table, and the totals.
public enum TerminalSummary {
  /// The summary as text, lines ended by `\n`.
  ///
  /// - Parameters:
  ///   - ranked: Every block, best first.
  ///   - problems: How many problems the inputs had.
  ///   - width: The terminal's width in columns; names are cut so that no line is wider, down to 64 columns.
  ///   - models: The models, in the order of their columns.
  ///   - top: The most blocks shown. Default 10.
  ///   - ranks: The blocks' ranks in the whole screen, where they are a part of it.
  public static func text(
    ranked: [BlockSummary], problems: ProblemCounts, width: Int, models: [NullModel] = [.zip, .bliss, .loewe, .hsa],
    top: Int = 10, ranks: [Int]? = nil
  ) -> String {
    let shown = ranked.prefix(max(0, top))
    var text = shown.isEmpty ? "" : table(Array(shown), models: models, width: max(64, width), ranks: ranks)
    if ranked.count > shown.count, !shown.isEmpty { text += "… and \(ranked.count - shown.count) more\n" }
    return text + totals(ranked, problems) + "\n"
  }

  private static func totals(_ ranked: [BlockSummary], _ problems: ProblemCounts) -> String {
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let screen = ScreenCounts(ranked.map(BlockOutline.init))
    var parts = [count(screen.blocks, "block"), count(screen.combinations, "combination")]
    if !screen.samples.isEmpty { parts.append(count(screen.samples.count, "sample")) }
    if screen.calls.isEmpty { parts.append("\(ranked.count { ($0.consensus ?? 0) > 0 }) above every model") }
    parts += screen.calls.compactMap { call, count in
      count == 0 && call == .mixed ? nil : "\(count) \(call?.rawValue ?? "not tested")"
    }
    parts.append(
      problems.errors + problems.warnings == 0
        ? "no problems"
        : "\(count(problems.errors, "error")), \(count(problems.warnings, "warning"))"
    )
    if problems.infos > 0 { parts.append("\(count(problems.infos, "note")) in problems.csv") }
    return parts.joined(separator: " · ")
  }

  private static func table(_ shown: [BlockSummary], models: [NullModel], width: Int, ranks: [Int]?) -> String {
    let numbers = shown.indices.map { String(ranks?[$0] ?? $0 + 1) }
    var columns: [Column] = [Column(heading: "rank", isNumber: true, cells: numbers)]
    columns.append(
      Column(heading: "combination", leastWidth: 16, parts: shown.map { $0.drugs.map(plain) }, separator: " × "))
    if shown.contains(where: { $0.sample != nil }) {
      columns.append(Column(heading: "sample", leastWidth: 8, dropped: 1, cells: shown.map { plain($0.sample ?? "") }))
    }
    if shown.contains(where: { $0.verdict != nil }) {
      columns.append(
        Column(heading: "call", leastWidth: 12, cells: shown.map { $0.verdict?.call.rawValue ?? "-" }))
    }
    columns.append(Column(heading: "consensus", isNumber: true, cells: shown.map { points($0.consensus) }))
    for model in models where shown.contains(where: { $0.score(of: model) != nil }) {
      columns.append(
        Column(heading: model.name, isNumber: true, cells: shown.map { points($0.score(of: model)?.mean) }))
    }
    if let first = shown.first?.scores.first?.model {
      columns.append(
        Column(
          heading: "\(first.name) peak", isNumber: true, dropped: 3,
          cells: shown.map { points($0.score(of: first)?.peak?.corrected) }))
    }
    columns.append(
      Column(
        heading: "CSS", isNumber: true, dropped: 2,
        cells: shown.map { summary in
          var out = ByteWriter()
          if let css = summary.css { out.fixed(css, decimals: 1, padded: true) } else { out.text("-") }
          return out.string
        }))
    if shown.contains(where: { !$0.flags.isEmpty }) {
      columns.append(
        Column(
          heading: "flags", leastWidth: 10, dropped: 4, cells: shown.map { plain($0.flags.joined(separator: ";")) }))
    }
    fit(&columns, into: width)
    let lines = ([nil] + shown.indices.map { $0 }).map { row in columns.map { $0.line(row) } }
    return lines.map { line in
      var joined = line.joined(separator: "  ")
      while joined.last == " " { joined.removeLast() }
      return joined + "\n"
    }.joined()
  }

  /// Makes the table fit: leaves out flags, peak, CSS and sample, in this order, where even cut names would not make
  /// room; then cuts the texts, from the right.
  private static func fit(_ columns: inout [Column], into width: Int) {
    func excess(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * (widths.count - 1) - width }
    while excess(columns.map(\.leastWidth)) > 0,
      let first = columns.indices.max(by: { columns[$0].dropped < columns[$1].dropped }),
      columns[first].dropped > 0
    {
      columns.remove(at: first)
    }
    var rest = excess(columns.map(\.width))
    for column in columns.indices.reversed() where rest > 0 {
      let cut = min(rest, columns[column].width - columns[column].leastWidth)
      columns[column].width -= cut
      rest -= cut
    }
  }

  private static func points(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "-" }
    var out = ByteWriter()
    out.fixed(value, decimals: 1, padded: true, plus: true)
    return out.string
  }

  /// Names from a file must not move the cursor or colour the terminal.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control || $0.value == 0x7f ? " " : $0 }))
  }

  /// One column: its texts, each of one or more parts, and how wide it is drawn.
  private struct Column {
    let heading: String
    let isNumber: Bool
    let leastWidth: Int
    /// The higher, the sooner the column is left out of a narrow terminal; 0 = never.
    let dropped: Int
    let separator: String
    let parts: [[String]]
    var width: Int

    init(heading: String, leastWidth: Int, parts: [[String]], separator: String) {
      self.heading = heading
      self.separator = separator
      self.parts = parts
      isNumber = false
      dropped = 0
      width = (parts.map { $0.joined(separator: separator) } + [heading]).map(DisplayWidth.of).max() ?? 0
      self.leastWidth = min(width, leastWidth)
    }

    /// A column of numbers is never cut; one of text is, down to its least width.
    init(heading: String, isNumber: Bool = false, leastWidth: Int = .max, dropped: Int = 0, cells: [String]) {
      self.heading = heading
      self.isNumber = isNumber
      self.dropped = dropped
      separator = ""
      parts = cells.map { [$0] }
      width = (cells + [heading]).map(DisplayWidth.of).max() ?? 0
      self.leastWidth = min(width, leastWidth)
    }

    /// A row's text, cut and filled to the column's width; numbers have one decimal each, so that aligned ends align
    /// the points.
    func line(_ row: Int?) -> String {
      let text =
        row.map { DisplayWidth.cut(parts[$0], separator: separator, to: width) } ?? DisplayWidth.cut(heading, to: width)
      let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
      return isNumber ? space + text : text + space
    }
  }
}
