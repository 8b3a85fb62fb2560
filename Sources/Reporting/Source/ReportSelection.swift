import Compounds
import Results
import Screening

/// Which blocks of a screen a report is about. Ranks, calls and q values stay those of the whole screen.
public struct ReportSelection: Sendable, Hashable {
  /// The most blocks, best first; `nil` for all.
  public var top: Int?
  /// Samples; empty for all.
  public var samples: [String] = []
  /// Drugs one of which must be in the block; empty for all.
  public var anchors: [String] = []
  /// Drugs another of which must be in it; empty for all.
  public var partners: [String] = []
  /// Calls; empty for all.
  public var calls: [Call] = []

  /// All blocks.
  public init() {}

  /// Whether it only says how many.
  var isTopAlone: Bool {
    var others = self
    others.top = nil
    return others.isAll
  }

  /// Whether it leaves anything out.
  public var isAll: Bool { self == ReportSelection() }

  /// The choice in words.
  var words: String {
    var parts: [String] = []
    if !samples.isEmpty { parts.append("of sample \(samples.joined(separator: " or "))") }
    if !anchors.isEmpty { parts.append("with \(anchors.joined(separator: " or "))") }
    if !partners.isEmpty { parts.append("with partner \(partners.joined(separator: " or "))") }
    if !calls.isEmpty { parts.append("called \(calls.map(\.rawValue).joined(separator: " or "))") }
    if let top { parts.append("the \(top) best") }
    return parts.joined(separator: ", ")
  }

  /// The places in a ranking of the chosen blocks.
  ///
  /// Samples are compared without case; drugs too, and by whatever name the registry knows them.
  ///
  /// - Throws: `ResultsError.nothingChosen`, which says what there is.
  func places(in ranked: [BlockOutline], compounds: CompoundRegistry) throws(ResultsError) -> [Int] {
    let places = ranked.indices.lazy.filter { isChosen(ranked[$0], compounds) }.prefix(top ?? ranked.count)
    guard !places.isEmpty else { throw .nothingChosen(choice: words, there: Self.there(ranked)) }
    return Array(places)
  }

  private func isChosen(_ block: BlockOutline, _ compounds: CompoundRegistry) -> Bool {
    func holds(_ names: [String], _ name: String) -> Bool { names.contains { $0.lowercased() == name.lowercased() } }
    func holds(drug names: [String], _ name: String) -> Bool {
      let known = compounds.compound(named: name)?.name
      return holds(names, name) || (known != nil && names.contains { compounds.compound(named: $0)?.name == known })
    }
    if !samples.isEmpty, !(block.sample.map { holds(samples, $0) } ?? false) { return false }
    if !calls.isEmpty, !(block.verdict.map { calls.contains($0.call) } ?? false) { return false }
    let anchored = anchors.isEmpty ? block.drugs : block.drugs.filter { holds(drug: anchors, $0) }
    let partnered = partners.isEmpty ? block.drugs : block.drugs.filter { holds(drug: partners, $0) }
    // A drug is not its own partner.
    return anchored.contains { anchor in partnered.contains { $0 != anchor } }
  }

  /// What there is to choose from.
  private static func there(_ ranked: [BlockOutline]) -> String {
    func list(_ names: Set<String>, _ noun: String) -> String {
      "\(noun) \(names.sorted().prefix(8).joined(separator: ", "))\(names.count > 8 ? ", …" : "")"
    }
    let samples = Set(ranked.compactMap(\.sample))
    let calls = Dictionary(grouping: ranked.compactMap { $0.verdict?.call }) { $0 }.mapValues(\.count)
    var parts = ["\(ranked.count) blocks", list(Set(ranked.flatMap(\.drugs)), "drugs")]
    if !samples.isEmpty { parts.append(list(samples, "samples")) }
    parts.append(
      calls.isEmpty
        ? "no calls"
        : Call.allCases.compactMap { call in calls[call].map { "\($0) \(call.rawValue)" } }.joined(separator: ", "))
    return parts.joined(separator: "; ")
  }
}
