import Assay
import Screening
import Synergy

/// What a reader should look at before trusting the numbers: the one list that every format and page shows.
struct ReportWarnings {
  let source: ReportSource

  /// How many flags are listed.
  static let mostFlags = 8

  /// A warning.
  struct Line: Hashable {
    /// The sentence, plain.
    var text: String
    /// The flag that the sentence is about.
    var flag: String?
    /// The section of the report that says more.
    var section: String?
  }

  /// The warnings, most severe first; never empty.
  var lines: [Line] {
    let lines = unmatched + untreated + inputs + plates + controls + noise + flags + notes
    guard lines.isEmpty else { return lines }
    return [Line(text: "No warnings: every input was read without a problem, and no combination is flagged.")]
  }

  /// Wells that were to be left out and are still in: whoever asked believes that they are not.
  private var unmatched: [Line] {
    let files = Set(
      source.inputs.filter { $0.format == WellsLeftOut.inputFormat }.map(\.path) + [WellsLeftOut.inputFormat])
    let problems = source.problems.filter { files.contains($0.file) && $0.severity != .info }
    guard let first = problems.first else { return [] }
    let place = first.file + (first.line.map { ", line \($0)" } ?? "")
    return [
      Line(
        text: "\(FigureText.count(problems.count, "row", "rows")) of wells to exclude matched no well, so these wells "
          + "are still in the results (\(place): \(first.message)\(problems.count > 1 ? "; …" : "")).",
        section: "problems")
    ]
  }

  private var untreated: [Line] {
    BaselineWords(source.outlines, options: source.options.synergy.baseline).warning.map { Line(text: $0) }
  }

  private var controls: [Line] { ControlWords(source.outlines).warning.map { Line(text: $0) } }

  private var inputs: [Line] {
    let counts = source.problemCounts
    var lines: [Line] = []
    if counts.errors > 0 {
      lines.append(
        Line(
          text:
            "\(FigureText.count(counts.errors, "error")): what \(counts.errors == 1 ? "it names" : "they name") was excluded.",
          section: "problems"))
    }
    if counts.warnings > 0 {
      lines.append(
        Line(
          text:
            "\(FigureText.count(counts.warnings, "warning")) about files, plates or blocks: look before you trust the numbers.",
          section: "problems"))
    }
    return lines
  }

  private var notes: [Line] {
    let infos = source.problemCounts.infos
    guard infos > 0 else { return [] }
    return [
      Line(
        text: "\(FigureText.count(infos, "message")) about how files were read.",
        section: "problems")
    ]
  }

  private var plates: [Line] {
    guard let report = source.plates else { return [] }
    let words = ["fail": "failed", "warn": "passed with a warning"]
    let parts = report.verdicts.reversed().compactMap { verdict, count in words[verdict].map { "\(count) \($0)" } }
    guard !parts.isEmpty else { return [] }
    return [
      Line(
        text: "Of \(FigureText.count(report.plates.count, "plate")) "
          + "\(parts.joined(separator: " and ")): see plate quality.", section: "plates")
    ]
  }

  /// Where the noise comes from that calls rest on, when it is not from replicates.
  private var noise: [Line] {
    guard source.options.synergy.inference.resamples > 0, !source.outlines.isEmpty else { return [] }
    var lines: [Line] = []
    let sources = source.outlines.compactMap { $0.noise?.source }
    let indirect = sources.count { $0 != .replicates }
    if indirect > 0 {
      lines.append(
        Line(
          text:
            "The noise of \(FigureText.count(indirect, "block")) was not measured by replicates but estimated from the "
            + "residuals of a smooth surface\(indirect == sources.count ? "" : "; the others have replicates")."))
    }
    let alone = sources.count { $0 == .residuals }
    if alone > 0 {
      lines.append(
        Line(
          text:
            "\(FigureText.count(alone, "block")) had no replicates and too few blocks beside \(alone == 1 ? "it" : "them") "
            + "to learn the noise from: how noise depends on the response was averaged over what \(alone == 1 ? "the block" : "each block") "
            + "allows (never larger at full inhibition than untreated), and p values are less sure than those of a screen."
        ))
    }
    let without = source.outlines.count - sources.count
    if without > 0 {
      lines.append(
        Line(
          text:
            "The noise of \(FigureText.count(without, "combination")) could not be estimated: no interval, no call."))
    }
    return lines
  }

  private var flags: [Line] {
    var flags: [String: Int] = [:]
    // Untreated levels have a sentence of their own.
    for summary in source.outlines {
      for flag in Set(summary.flags) where !BaselineWords.flags.contains(flag) { flags[flag, default: 0] += 1 }
    }
    let sorted = flags.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var lines = sorted.prefix(Self.mostFlags).map { flag, count in
      Line(text: "\(FigureText.count(count, "block")): \(FlagWords.words(of: flag)).", flag: flag)
    }
    if sorted.count > Self.mostFlags {
      lines.append(Line(text: "\(sorted.count - Self.mostFlags) further flags stand in the ranking."))
    }
    return lines
  }
}

extension FlagWords {
  /// What a flag means, in words; one that is not known in its own.
  static func words(of flag: String) -> String {
    meaning(of: flag) ?? flag.split(separator: "_").joined(separator: " ")
  }
}
