import Assay

/// What a line above a matrix names: `Selinexor (nM) x Venetoclax (uM) - MM.1S, 72 h`.
struct MatrixTitle {
  /// A drug and its unit.
  struct Drug: Hashable {
    var name: String
    var unit: ConcentrationUnit?
    /// As it is written.
    var text: String
  }

  /// The two drugs, as they stand; none where no pair is named.
  var drugs: [Drug] = []
  /// Whether the word between them may stand between other things, as in `HeLa with siCtrl`.
  var isPairLoose = false
  /// The sample.
  var sample: String?
  /// Whether a word says that it is one: `Cell line MM.1S`.
  var isSampleSaid = false
  /// Parts of which each may be the sample.
  var unclear: [String] = []
  /// The unit of both drugs.
  var unit: ConcentrationUnit?

  private static let longest = 200
  private static let mostName = 40

  /// Reads a title; `nil` where nothing in it is understood.
  init?(_ title: String) {
    guard title.utf8.count <= Self.longest else { return nil }
    var others: [String] = []
    // The colon behind a word for the sample parts nothing: `Cell line: MM.1S`.
    let plain = title.replacing(
      /(^|, |; | - | – | — )(cell[\s_-]?lines?|cells?|sample|patient|zelllinie)\s*[:=]\s*/.ignoresCase()
    ) { "\($0.output.1)\($0.output.2) " }
    for part in Self.parts(plain).map({ ReplicateWord($0)?.rest ?? $0 }) where !part.isEmpty {
      let said = Self.sample(saidIn: part)
      if let said {
        guard sample == nil else { return nil }
        (sample, isSampleSaid) = (said, true)
      } else if let pair = Self.pair(part) {
        guard drugs.isEmpty else { return nil }
        (drugs, isPairLoose) = (pair.drugs, pair.isLoose)
      } else if ConcentrationUnit(part).molar != nil {
        unit = ConcentrationUnit(part)
      } else {
        others.append(part)
      }
    }
    guard !drugs.isEmpty || isSampleSaid else { return nil }
    if !isSampleSaid {
      let names = others.map(Self.withoutCells).filter(Self.mayBeName)
      if names.count == 1 { sample = names[0] } else { unclear = names }
    }
  }

  /// Whether it names one of these two drugs.
  func namesOne(of one: String, _ other: String) -> Bool {
    !Set(drugs.map { ColumnRole.fold($0.name) }).isDisjoint(
      with: [one, other].map { ColumnRole.fold(MatrixReader.nameAndUnit($0).name) })
  }

  /// Whether a title names these two drugs, in either order.
  func names(_ one: String, _ other: String) -> Bool {
    Set(drugs.map { ColumnRole.fold($0.name) })
      == Set([one, other].map { ColumnRole.fold(MatrixReader.nameAndUnit($0).name) })
  }

  /// The parts between commas, dashes and such, outside of parentheses.
  static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    var rest = Substring(text)
    while let first = rest.first {
      if "([".contains(first) { depth += 1 }
      if ")]".contains(first) { depth -= 1 }
      let mark =
        depth > 0
        ? nil
        : [", ", "; ", " - ", " – ", " — ", ": ", " in ", " on ", " at ", " for ", "\t"].first(where: rest.hasPrefix)
      if let mark {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(mark.count)
      } else {
        part.append(first)
        rest = rest.dropFirst()
      }
    }
    return (parts + [part]).map { String(trimming: $0.utf8) }.filter { !$0.isEmpty }
  }

  /// Words that are no drug's name.
  private static let noDrug: Set<String> = [
    "dose", "doses", "response", "responses", "viability", "inhibition", "synergy", "bliss", "loewe", "hsa", "zip",
    "mean",
    "sd", "sem", "control", "controls", "cells", "cell", "drug", "drugs", "row", "rows", "column", "columns", "rep",
    "plate",
    "compound", "conc", "concentration", "time", "h", "hours", "data", "raw", "normalized", "normalised", "growth",
    "dead",
    "live", "media", "medium", "dmso", "untreated", "serum", "fbs", "day", "days", "sheet", "figure", "fig", "table",
    "panel", "effect", "effects", "proliferation", "survival", "apoptosis", "death", "toxicity", "cytotoxicity",
    "migration", "activity", "cycle", "arrest", "expression", "signal", "background", "blank", "assay", "screen",
    "experiment", "experiments", "treatment", "treatments", "vehicle", "alone", "combination", "combinations", "matrix",
    "results", "summary", "average", "line", "lines", "patient", "patients", "donor", "donors", "sample", "samples",
    "left", "right", "top", "bottom", "percent",
  ]

  private static func pair(_ part: String) -> (drugs: [Drug], isLoose: Bool)? {
    var text = part
    for word in [
      "combination of ", "combination ", "synergy of ", "matrix of ", "checkerboard of ", "checkerboard ", "effect of ",
    ]
    where text.lowercased().hasPrefix(word) {
      text = String(text.dropFirst(word.count))
    }
    for mark in [
      " x ", " X ", " × ", " + ", " vs. ", " vs ", " versus ", " and ", " & ", " with ", " / ", " \\ ", "×", "+", "/",
    ] {
      let pieces = text.components(separatedBy: mark).map { String(trimming: $0.utf8) }
      guard pieces.count == 2 else { continue }
      let drugs = pieces.compactMap(drug)
      guard drugs.count == 2, ColumnRole.fold(drugs[0].name) != ColumnRole.fold(drugs[1].name) else { return nil }
      return (drugs, [" with ", " and ", " & "].contains(mark))
    }
    return nil
  }

  private static func drug(_ text: String) -> Drug? {
    let (name, unit) = MatrixReader.nameAndUnit(text)
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard name.count <= mostName, (1...4).contains(words.count), !words.contains(where: noDrug.contains),
      name.count(where: \.isLetter) >= 2, name.first.map({ $0.isLetter || $0.isNumber }) ?? false,
      !TimeWords.isTime(name), text.prefixMatch(of: /(si|sh|sg)[A-Z]/) == nil
    else { return nil }
    return Drug(name: name, unit: unit, text: text)
  }

  /// `Cell line MM.1S`, `patient: 12`: the name, with the word before it where it is a number.
  private static func sample(saidIn part: String) -> String? {
    guard
      let match = part.wholeMatch(
        of: /(cell[\s_-]?lines?|cells?|sample|patient|zelllinie)\s*[:=]?\s+(\S.*)/.ignoresCase())
    else { return nil }
    let name = String(match.output.2)
    guard name.count <= mostName, name.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
    // `7` alone says nothing beside the names of other samples.
    // `7 (relapsed)` neither.
    let isNumber = name.prefix { $0 != " " && $0 != "(" }.allSatisfy(\.isNumber)
    return isNumber ? "\(match.output.1) \(name)" : name
  }

  /// Whether a text may be the name of a sample, as that of a worksheet: no word for something else, no time, no date.
  static func mayBeSample(_ text: String) -> Bool { mayBeName(text) }

  private static func withoutCells(_ part: String) -> String {
    for word in [" cells", " cell line", " zellen"] where part.lowercased().hasSuffix(word) {
      return String(part.dropLast(word.count))
    }
    return part
  }

  /// Words that say that a part is about something else than the sample.
  private static let noSample: Set<String> = [
    "viability", "inhibition", "response", "normalized", "normalised", "raw", "data", "mean", "sd", "sem", "assay",
    "ctg",
    "celltiter", "titer", "mtt", "mts", "xtt", "alamar", "plate", "experiment", "exp", "run", "date", "batch", "matrix",
    "checkerboard", "synergy", "combination", "block", "figure", "fig", "table", "percent", "control", "hours", "hour",
    "h",
    "hr", "hrs", "day", "days", "d", "min", "luminescence", "absorbance", "page", "sheet", "rows", "columns",
    "operator",
    "passage", "well", "wells", "384", "96", "dose", "doses", "all", "final", "fbs", "serum", "bliss", "loewe", "hsa",
    "zip",
    "excess", "prof", "version", "copy", "draft", "corrected", "average",
    "median",
    "normalised", "normalized", "dmso", "to", "using", "with",
  ]

  /// Whether a part may be a sample's name.
  private static func mayBeName(_ part: String) -> Bool {
    let words = part.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard part.count <= mostName, (1...4).contains(words.count), part.contains(where: \.isLetter) else { return false }
    // `J. Smith` is a person, `10% FBS` what cells are kept in.
    guard !part.contains("%"), part.wholeMatch(of: /\p{Lu}\.\s?(\p{Lu}\.\s?)*\p{Lu}\p{Ll}+/) == nil else {
      return false
    }
    // `72h` and `May 2024` are none.
    return !words.contains(where: noSample.contains) && !TimeWords.isTime(part)
      && !isDate(part, words) && ReplicateWord(part) == nil
  }

  /// Whether a text is a date: `May 2024`, `3rd May`, `AK 2024-05-03`. `RPMI 8226` and `HCC1937` are none.
  private static func isDate(_ text: String, _ words: [String]) -> Bool {
    let months = /(jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zä]*/.ignoresCase()
    func isNumber(_ word: String) -> Bool { word.wholeMatch(of: /\d+(st|nd|rd|th)?/) != nil }
    let hasNumber = words.contains(where: isNumber)
    if hasNumber, words.allSatisfy({ isNumber($0) || $0.wholeMatch(of: months) != nil }) { return true }
    if text.contains(/^\d{1,2}\s*(st|nd|rd|th)?\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.ignoresCase()) {
      return true
    }
    return text.contains(/\b\d{1,4}[-.\/]\d{1,2}[-.\/]\d{2,4}\b|\b20\d{6}\b/)
      || (words.contains { $0.wholeMatch(of: /20\d\d/) != nil })
  }
}
