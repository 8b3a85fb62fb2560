import Foundation

/// What a text beside a table says that its numbers are: `Inhibition (%)`, `Figure 2: cell viability`.
struct ResponseTitle: Hashable {
  /// Where it stands.
  enum Place: Hashable {
    case line(Int)
    case above
    case sheet
    case file
  }

  var text: String
  var place: Place
  var isViability: Bool
  /// Whether a part of it says this and nothing else, so that it counts as a column's name does.
  var isCertain: Bool

  private static let longest = 200
  private static let viability: Set<String> = [
    "viability", "viabilities", "viab", "survival", "surviving", "viabilität", "viabilité", "überleben",
  ]
  private static let inhibition: Set<String> = ["inhibition", "inhib", "hemmung", "killing", "cytotoxicity"]
  /// What of its stems a part must have.
  private static let stems = [
    "viab", "surviv", "inhib", "hemmung", "kill", "death", "dead", "apopt", "toxic", "überleb",
  ]
  /// Parts that name nothing but the numbers; `Growth inhibition` and `Cytotoxicity` may name an assay.
  private static let plain: Set<String> = [
    "inhibition", "viability", "cellviability", "relativeviability", "survival", "hemmung", "viabilität", "viabilité",
  ]
  /// With these a text says neither kind: `Effect on viability`, `Suppression of viability`.
  private static let unclear: Set<String> = [
    "effect", "effects", "change", "changes", "difference", "delta", "impact", "suppression", "suppressed",
    "impairment",
    "impaired", "inhibited", "inhibiting", "log", "index",
  ]
  /// Words that turn what viability says the other way round.
  private static let reversals: Set<String> = [
    "loss", "lost", "reduction", "reduced", "decrease", "decreased", "drop", "decline", "verlust", "abnahme",
  ]
  /// Behind the word they say that it names something else than the numbers.
  private static let things: Set<String> = [
    "assay", "assays", "kit", "kits", "screen", "screens", "screening", "experiment", "experiments", "test", "tests",
    "reagent", "study", "project", "of", "by", "with", "via", "and", "curve", "curves", "constant",
  ]
  /// Before `inhibition` they say what kind of response it is, as the name of a target does not.
  private static let kinds: Set<String> = [
    "cell", "growth", "relative", "mean", "median", "average", "normalized", "normalised", "raw", "percent", "pct",
    "cent",
    "viability", "proliferation", "total", "measured", "observed", "tumor", "tumour", "colony", "fractional", "the",
  ]

  /// Reads a text; `nil` where it says nothing of responses, or of both kinds.
  init?(_ text: String, at place: Place) {
    guard text.utf8.count <= Self.longest, !MatrixReader.isStatistic(text), !ComputedWords.are(text) else { return nil }
    let parts = MatrixTitle.parts(text).compactMap { part -> Bool? in
      // `normalised to DMSO` says nothing of which way.
      guard Self.stems.contains(where: part.lowercased().contains) else { return nil }
      switch ColumnRole(columnName: part) {
      case .response(.viability): return true
      case .response(.inhibition): return false
      default: return nil
      }
    }
    var said = Set(parts)
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "%" }.map(String.init)
    let all = Set(words)
    guard all.isDisjoint(with: MatrixReader.statistics), all.isDisjoint(with: Self.unclear),
      all.isDisjoint(with: Self.viability) || all.isDisjoint(with: Self.inhibition)
    else { return nil }
    var isPercent = false
    for (index, word) in words.enumerated() {
      let isViability = Self.viability.contains(word)
      guard isViability || Self.inhibition.contains(word) else { continue }
      let before = index > 0 ? words[index - 1] : "the"
      let after = index + 1 < words.count ? words[index + 1] : ""
      let near = words[max(0, index - 2)..<min(words.count, index + 2)]
      let hasPercent = !Set(near).isDisjoint(with: ["%", "percent", "pct", "fraction"])
      let isLast = place == .file && index == words.count - 1
      guard hasPercent || !Self.things.contains(after) else { continue }
      guard isViability || hasPercent || isLast || Self.kinds.contains(before) else { continue }
      said.insert(isViability)
      isPercent = isPercent || hasPercent
    }
    guard said.count == 1, var isViability = said.first else { return nil }
    // `Loss of viability`, `100 - viability`.
    if !Set(words).isDisjoint(with: Self.reversals) || words.prefix(2) == ["100", "viability"] {
      guard isViability else { return nil }
      isViability = false
    }
    (self.text, self.place, self.isViability) = (text, place, isViability)
    let isPlain = MatrixTitle.parts(text).contains { Self.plain.contains(ColumnRole.fold($0)) }
    isCertain = place != .file && (isPlain || isPercent)
  }

  /// What the name of a file says.
  init?(fileName: String) {
    let name = URL(fileURLWithPath: fileName).deletingPathExtension().lastPathComponent
    self.init(String(name.map { "_-.".contains($0) ? " " : $0 }), at: .file)
    text = name
  }

  /// What says it, in words.
  var words: String {
    switch place {
    case .line(let line): "\(PlateReadingError.quoted(text)) in line \(line) says \(kind)"
    case .above: "\(PlateReadingError.quoted(text)) above the table says \(kind)"
    case .sheet: "the sheet’s name, \(PlateReadingError.quoted(text)), says \(kind)"
    case .file: "the file’s name, \(PlateReadingError.quoted(text)), says \(kind)"
    }
  }

  /// `viability` or `inhibition`.
  var kind: String { isViability ? "viability" : "inhibition" }
}

extension [ResponseTitle] {
  /// What all that count as names say.
  ///
  /// - Throws: `undecidableResponse` where one says viability and another inhibition.
  func agreed() throws(PlateReadingError) -> ResponseTitle? {
    let certain = filter(\.isCertain)
    guard let first = certain.first else { return nil }
    if let other = certain.first(where: { $0.isViability != first.isViability }) {
      throw .undecidableResponse(seen: "\(first.words) and \(other.words)")
    }
    return first
  }

  /// The first that says another kind than was read.
  func contradicting(_ reading: ResponseReading) -> ResponseTitle? {
    first { $0.isViability != reading.isViability }
  }
}
