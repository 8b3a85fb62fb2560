import Compounds
import GeneTargets
import Screening
import Synergy

/// A gene screen joined with the blocks of a matrix screen, contrast by contrast.
public struct JoinedScreens: Sendable {
  /// The gene screen and the targets.
  public let screen: GeneScreen
  /// Contrast by contrast, but for those of `unjoined`.
  public let joins: [PartnerJoin]
  /// Which contrasts were not joined, and why: sentences.
  public let unjoined: [String]
  /// What else was not joined: sentences.
  public let notes: [String]
  /// The model whose scores stand for the matrix.
  public let model: NullModel?

  /// Joins all blocks of a run.
  ///
  /// - Parameters:
  ///   - ranked: Every block.
  ///   - options: What the run was asked for.
  init(_ screen: GeneScreen, _ ranked: [BlockSummary], options: ScreenOptions) {
    let compounds = options.compounds.registry
    func key(_ name: String) -> String { compounds.compound(named: name)?.name ?? CompoundName(name).key }
    self.screen = screen
    let models = ranked.first?.scores.map(\.model) ?? []
    model = options.acrossSamples.primary(of: models)
    let pairs = ranked.filter { $0.drugs.count == 2 }
    var (joins, unjoined, notes): ([PartnerJoin], [String], [String]) = ([], [], [])
    if pairs.count < ranked.count {
      notes.append("\(FigureText.count(ranked.count - pairs.count, "block")) of more than two drugs not joined.")
    }
    let known = Set(screen.contrasts.first?.genes.map(\.gene) ?? [])
    let missing = Set(screen.targets.map(\.gene)).subtracting(known).sorted()
    if !missing.isEmpty {
      notes.append(
        "\(FigureText.count(missing.count, "target")) not in the gene screen: \(missing.prefix(8).joined(separator: ", "))\(missing.count > 8 ? ", …" : "")."
      )
    }
    for contrast in screen.contrasts {
      guard let drug = Self.drug(of: contrast, pairs, compounds, key) else {
        unjoined.append(
          "Contrast \(contrast.contrast) names no drug, and no drug is in all pairs of the matrix screen: not joined. Score the genes again with --drug."
        )
        continue
      }
      let outcomes = Self.outcomes(pairs, with: drug, model: model, key)
      // Verdicts on partners of another drug would say nothing.
      guard !outcomes.isEmpty else {
        unjoined.append(Self.without(drug, contrast, pairs))
        continue
      }
      joins.append(
        PartnerJoin(
          contrast, drug: drug, targets: screen.targets, outcomes: outcomes,
          rate: options.synergy.inference.falseDiscoveryRate, seed: options.synergy.inference.seed, key: key))
    }
    (self.joins, self.unjoined, self.notes) = (joins, unjoined, notes)
  }

  /// The drug of a contrast as the matrix screen calls it: the one that it names, else the one drug that all pairs hold.
  private static func drug(
    of contrast: ScreenedGenes, _ pairs: [BlockSummary], _ compounds: CompoundRegistry, _ key: (String) -> String
  ) -> String? {
    if !contrast.drug.isEmpty {
      let own = key(contrast.drug)
      return pairs.lazy.flatMap(\.drugs).first { key($0) == own } ?? contrast.drug
    }
    guard let first = pairs.first else { return nil }
    var common = first.drugs
    for pair in pairs { common.removeAll { !pair.drugs.contains($0) } }
    if common.count > 1 { common = common.filter { compounds.compound(named: $0)?.isAnchor == true } }
    return common.count == 1 ? common[0] : nil
  }

  /// Says that no pair holds a contrast's drug, and which drugs most pairs hold.
  private static func without(_ drug: String, _ contrast: ScreenedGenes, _ pairs: [BlockSummary]) -> String {
    var counts: [String: Int] = [:]
    for name in pairs.lazy.flatMap(\.drugs) { counts[name, default: 0] += 1 }
    let names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    return
      "No pair of the matrix screen holds \(drug), the drug of contrast \(contrast.contrast): not joined. The matrix screen’s drugs are "
      + names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
      + ". If one of them is \(drug) by another name, say so with --compounds, or score the genes again with --drug and that name."
  }

  /// What the pairs with a drug say of their partners, several blocks in one sample as one.
  private static func outcomes(
    _ pairs: [BlockSummary], with drug: String, model: NullModel?, _ key: (String) -> String
  ) -> [MatrixOutcome] {
    let own = key(drug)
    var (order, blocks): ([[String]], [[String]: [(BlockSummary, partner: Int)]]) = ([], [:])
    for pair in pairs {
      guard let place = pair.drugs.firstIndex(where: { key($0) == own }), key(pair.drugs[1 - place]) != own else {
        continue
      }
      let name = [key(pair.drugs[1 - place]), pair.sample ?? ""]
      if blocks[name] == nil { order.append(name) }
      blocks[name, default: []].append((pair, 1 - place))
    }
    func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
    return order.compactMap { name in
      guard let found = blocks[name], let first = found.first else { return nil }
      let calls = Set(found.compactMap { $0.0.verdict?.call.rawValue })
      return MatrixOutcome(
        partner: first.0.drugs[first.partner], sample: first.0.sample ?? "",
        call: calls.count > 1 ? .mixed : calls.first.flatMap(MatrixOutcome.Call.init),
        consensus: mean(found.compactMap(\.0.consensus)), consensusUpper: mean(found.compactMap(\.0.consensusUpper)),
        score: model.flatMap { model in
          mean(
            found.compactMap { block, _ in
              block.score(of: model).flatMap { own in own.mean.map { $0 - (own.bias ?? 0) } }
            })
        }, partnerAlone: mean(found.compactMap { $0.0.relativeInhibition[$0.partner] }))
    }
  }
}
