import Screening
import Synergy

/// `report.md`: a summary that fits a chat or a wiki page.
struct MarkdownReport {
  let digest: ReportDigest
  private var source: ReportSource { digest.source }

  /// The most combinations in the table.
  static let mostRows = 10

  /// The whole text.
  var text: String {
    let counts = digest.counts.map { "\(FigureText.grouped($0.count)) \($0.name)" }.joined(separator: " · ")
    var parts = ["# \(Self.escaped(source.title))", counts + "."]
    if !digest.qualityText.isEmpty { parts.append("**Quality:** \(Self.escaped(digest.qualityText))") }
    parts.append("**" + Self.escaped(digest.headline) + "**")
    parts += [Self.escaped(digest.callRule), "## Top combinations", Self.escaped(digest.rankRule)]
    parts.append(source.ranked.isEmpty ? Self.escaped(digest.noTop) : table)
    if !source.ranked.isEmpty, digest.top.isEmpty { parts.append(Self.escaped(digest.noTop)) }
    parts += ["## Warnings", digest.warnings.map { "- " + Self.escaped($0) }.joined(separator: "\n")]
    for section in source.joined.map({ PartnerSection(joined: $0).sections }) ?? [] { parts += Self.parts(of: section) }
    parts += ["## Methods", made]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var table: String {
    let models = source.options.synergy.models
    let heads = ["#", "Combination", "Sample", "Call", "Consensus"] + models.map(\.name) + ["CSS, %"]
    let sides = ["---:", "---", "---", "---", "---:"] + models.map { _ in "---:" } + ["---:"]
    let rows = source.ranked.prefix(Self.mostRows).enumerated().map { position, summary in
      ["\(position + 1)", summary.drugs.map { Self.escaped(AxisText.cut($0, to: 60)) }.joined(separator: " × ")]
        + [Self.escaped(AxisText.cut(summary.sample ?? "–", to: 40)), summary.verdict?.call.rawValue ?? "–"]
        + [FigureText.points(summary.consensus)]
        + models.map { model in
          let score = summary.score(of: model)
          return FigureText.points(score?.mean) + (score?.interval.map { " (\(FigureText.interval($0)))" } ?? "")
        } + [FigureText.percent(summary.css)]
    }
    var lines = ([heads, sides] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    if source.ranked.count > rows.count {
      lines += [
        "", "The first \(rows.count) of \(FigureText.count(source.ranked.count, "block")); all are in `ranking.csv`.",
      ]
    }
    return lines.joined(separator: "\n")
  }

  /// A section: sentences, terms and the first rows of its table.
  private static func parts(of section: ReportSection) -> [String] {
    var parts = ["## " + escaped(section.title)] + section.sentences.map(escaped)
    if !section.rows.isEmpty {
      let heads = section.columns.map(\.title)
      let sides = section.columns.map { $0.kind == .number ? "---:" : "---" }
      let rows = section.rows.prefix(mostRows).map { $0.map { $0.isEmpty ? "–" : escaped(AxisText.cut($0, to: 120)) } }
      parts.append(([heads, sides] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"))
      if section.rows.count > rows.count {
        parts.append(
          "The first \(rows.count) of \(FigureText.count(section.rows.count, "row")); all are in `partners.csv`.")
      }
    }
    return parts + section.terms.map { "**\(escaped($0.term)):** \(escaped($0.meaning))" }
  }

  private var made: String {
    let models = source.options.synergy.models.map(\.name).joined(separator: ", ")
    var lines = [
      "Isobole \(Self.escaped(source.version)); \(models); \(source.resampling). Every option: `results.sqlite`."
    ]
    if let anchor = AnchorWords(source.outlines, options: source.options.synergy).brief {
      lines[0] += " " + Self.escaped(anchor)
    }
    let files = source.inputs.prefix(5).map { input in
      "- \(Self.code(input.path))" + (input.response.map { ", read as \(Self.escaped($0))," } ?? "")
        + (input.sha256.map { " SHA-256 `\($0.prefix(16))…`" } ?? " was not read")
    }
    if !files.isEmpty { lines.append(files.joined(separator: "\n")) }
    if source.inputCount > files.count, !files.isEmpty {
      lines.append("and \(FigureText.count(source.inputCount - files.count, "further file")).")
    }
    return lines.joined(separator: "\n\n")
  }

  /// A text of others as it stands: what Markdown or HTML would read as markup has a backslash before it or is an
  /// entity, and a link that names itself is broken.
  static func escaped(_ text: String) -> String {
    var out = ""
    // By scalars: a `<` with an accent is one character to Swift and begins a tag all the same.
    for character in PrintableText.of(text).unicodeScalars {
      switch character {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "+", "!", "|", "~", "$", "^", "=", "@":
        out += "\\" + String(character)
      default: out.unicodeScalars.append(character)
      }
    }
    // `http://…` and `www.…` become links by themselves.
    return out.split(separator: "://", omittingEmptySubsequences: false).joined(separator: "\u{200B}://")
      .split(separator: "www.", omittingEmptySubsequences: false).joined(separator: "www\u{200B}.")
  }

  /// A text between backticks, longer than those within.
  static func code(_ text: String) -> String {
    let plain = PrintableText.of(text)
    var longest = 0
    var run = 0
    for character in plain.unicodeScalars {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let room = plain.unicodeScalars.first == "`" || plain.unicodeScalars.last == "`" ? " " : ""
    return fence + room + plain + room + fence
  }
}
