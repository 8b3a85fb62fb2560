import Foundation
import Genes
import Statistics

/// A contrast of a gene screen beside a matrix screen with the same drug: partner by partner, and over all.
public struct PartnerJoin: Sendable {
  /// A partner in a sample; partners that were not tested in the matrix have one row without an outcome.
  public struct Row: Sendable {
    /// The partner, as the matrix calls it, else the table of targets.
    public var partner: String
    /// Its targets' evidence; `nil` where no target of it is known.
    public var evidence: PartnerEvidence?
    /// What the matrix says; `nil` where it was not tested.
    public var outcome: MatrixOutcome?
    /// What both say together.
    public var verdict: PartnerVerdict
    /// Why, in words.
    public var reason: String
  }

  /// The contrast.
  public let contrast: ScreenedGenes
  /// The drug that both screens are about, as the matrix calls it.
  public let drug: String
  /// By strength of the genes' evidence for synergy, then by name and sample; partners without targets last.
  public let rows: [Row]
  /// Over partners with both.
  public let correlation: TargetPermutation
  /// Genes whose loss protects, the surest first: what resistance may be told by.
  public let biomarkers: [ScreenedGene]

  /// How many rows have a verdict.
  public func count(_ verdict: PartnerVerdict) -> Int { rows.count { $0.verdict == verdict } }

  /// Joins both.
  ///
  /// - Parameters:
  ///   - drug: The drug that both are about: it is no partner of itself.
  ///   - outcomes: What the matrix says of each partner in each sample.
  ///   - key: What makes two names of a drug the same.
  ///   - rate: False discovery rate at which a partner's targets are found.
  public init(
    _ contrast: ScreenedGenes, drug: String, targets: [DrugTarget], outcomes: [MatrixOutcome], rate: Double,
    seed: UInt64 = 1, key: (String) -> String
  ) {
    let genes = Dictionary(contrast.genes.map { ($0.gene, $0) }, uniquingKeysWith: { first, _ in first })
    var (order, own): ([String], [String: [DrugTarget]]) = ([], [:])
    for target in targets where key(target.drug) != key(drug) {
      let name = key(target.drug)
      if own[name] == nil { order.append(name) }
      // Another name of the drug may list the gene again.
      if !(own[name] ?? []).contains(where: { $0.gene == target.gene }) { own[name, default: []].append(target) }
    }
    var evidence = order.map { name in
      PartnerEvidence(drug: own[name]?.first?.drug ?? name, targets: own[name] ?? [], genes: genes)
    }
    let (synergy, antagonism) = (
      FalseDiscovery.q(evidence.map(\.pSynergy)), FalseDiscovery.q(evidence.map(\.pAntagonism))
    )
    for place in evidence.indices {
      (evidence[place].qSynergy, evidence[place].qAntagonism) = (synergy[place], antagonism[place])
      evidence[place].conclude(rate: rate)
    }
    let evidenceOf = Dictionary(uniqueKeysWithValues: zip(order, evidence))
    let tested = Set(outcomes.map { key($0.partner) })
    func row(_ partner: String, _ evidence: PartnerEvidence?, _ outcome: MatrixOutcome?) -> Row {
      let (verdict, reason) = PartnerVerdict.of(evidence?.finding ?? .notMeasured, outcome)
      return Row(partner: partner, evidence: evidence, outcome: outcome, verdict: verdict, reason: reason)
    }
    var rows = outcomes.map { row($0.partner, evidenceOf[key($0.partner)], $0) }
    for (name, evidence) in zip(order, evidence) where !tested.contains(name) {
      rows.append(row(evidence.drug, evidence, nil))
    }
    func strength(_ row: Row) -> Double { row.evidence.map { $0.stouffer.isNaN ? -1e300 : $0.stouffer } ?? -.infinity }
    self.rows = rows.sorted {
      (strength($1), $0.partner, $0.outcome?.sample ?? "") < (strength($0), $1.partner, $1.outcome?.sample ?? "")
    }
    // A partner counts once, with the mean of its samples.
    var partners: [TargetPermutation.Partner] = []
    for (name, evidence) in zip(order, evidence) where evidence.units > 0 {
      let scores = outcomes.filter { key($0.partner) == name }.compactMap(\.score)
      guard !scores.isEmpty else { continue }
      let targets = evidence.measured.map { "\($0.target.gene) \($0.target.action.rawValue)" }.sorted()
      partners.append(
        .init(
          genes: evidence.stouffer, matrix: scores.reduce(0, +) / Double(scores.count),
          targets: targets.joined(separator: ",")))
    }
    correlation = TargetPermutation(partners, seed: seed)
    biomarkers = contrast.genes.filter { $0.call == GeneCall.protects.rawValue }
      .sorted { ($0.qProtects, -$0.effect, $0.gene) < ($1.qProtects, -$1.effect, $1.gene) }
    (self.contrast, self.drug) = (contrast, drug)
  }
}
