import Genes
import Statistics

/// What a gene screen says of a drug: the evidence of its targets as one.
public struct PartnerEvidence: Sendable, Hashable {
  /// What the gene screen says of the drug with the screen's drug.
  public enum Finding: String, Sendable {
    /// Loss of its targets sensitises (or the gain of those whose loss protects): synergy is expected.
    case synergy = "synergy expected"
    /// Loss of its targets protects: antagonism is expected.
    case antagonism = "antagonism expected"
    /// Every measured target's effect is smaller than the threshold.
    case none = "no effect"
    case inconclusive
    /// No target of it is known, or none is in the gene screen.
    case notMeasured = "not measured"
  }

  /// The drug, as the table of targets calls it.
  public var drug: String
  /// Its targets, each once, with the gene's result; `nil` where the gene screen does not have the gene.
  public var targets: [(target: DrugTarget, gene: ScreenedGene?)]
  /// How many targets were combined: genes of one group count as one.
  public var units = 0
  /// Stouffer's normal value: above 0 where synergy is expected. NaN without a measured target, as the rest.
  public var stouffer = Double.nan
  /// p of Stouffer in the direction of synergy.
  public var stoufferSynergy = Double.nan
  /// The other side of it.
  public var stoufferAntagonism = Double.nan
  /// p of Simes in the direction of synergy.
  public var simesSynergy = Double.nan
  /// p of Simes in the direction of antagonism.
  public var simesAntagonism = Double.nan
  /// Twice the smaller p for synergy.
  public var pSynergy: Double { min(1, 2 * min(stoufferSynergy, simesSynergy)) }
  /// The same for antagonism.
  public var pAntagonism: Double { min(1, 2 * min(stoufferAntagonism, simesAntagonism)) }
  /// q of pSynergy over the drugs (Benjamini–Hochberg, each direction by itself).
  public var qSynergy = Double.nan
  /// q of pAntagonism.
  public var qAntagonism = Double.nan
  /// What follows.
  public var finding = Finding.notMeasured

  /// Two values are equal where drug and numbers are.
  public static func == (one: Self, other: Self) -> Bool {
    one.drug == other.drug && one.targets.map(\.target) == other.targets.map(\.target) && one.finding == other.finding
      && one.stouffer == other.stouffer && one.qSynergy == other.qSynergy && one.qAntagonism == other.qAntagonism
  }

  /// Hashes the drug.
  public func hash(into hasher: inout Hasher) { hasher.combine(drug) }

  /// Targets that the gene screen has.
  public var measured: [(target: DrugTarget, gene: ScreenedGene)] {
    targets.compactMap { target, gene in
      gene.flatMap { $0.pSensitises.isNaN || $0.pProtects.isNaN ? nil : (target, $0) }
    }
  }

  /// Combines a drug's targets: within a group (a complex, paralogs) first, so that it counts as one target, then over groups and single genes.
  init(drug: String, targets: [DrugTarget], genes: [String: ScreenedGene]) {
    self.drug = drug
    self.targets = targets.map { ($0, genes[$0.gene]) }
    var groups: [[(synergy: Double, antagonism: Double)]] = []
    var places: [String: Int] = [:]
    for (target, gene) in measured {
      let own = target.action == .loss ? (gene.pSensitises, gene.pProtects) : (gene.pProtects, gene.pSensitises)
      if !target.group.isEmpty, let place = places[target.group] {
        groups[place].append(own)
      } else {
        if !target.group.isEmpty { places[target.group] = groups.count }
        groups.append([own])
      }
    }
    units = groups.count
    guard units > 0 else { return }
    func stouffer(_ side: (((synergy: Double, antagonism: Double)) -> Double)) -> Double {
      CombinedP.stouffer(groups.map { group in Normal.upper(CombinedP.stouffer(group.map(side))) })
    }
    func simes(_ side: (((synergy: Double, antagonism: Double)) -> Double)) -> Double {
      CombinedP.simes(groups.map { CombinedP.simes($0.map(side)) })
    }
    self.stouffer = stouffer { $0.synergy }
    stoufferSynergy = Normal.upper(self.stouffer)
    stoufferAntagonism = Normal.upper(stouffer { $0.antagonism })
    (simesSynergy, simesAntagonism) = (simes { $0.synergy }, simes { $0.antagonism })
  }

  /// Sets what follows from q at a rate.
  mutating func conclude(rate: Double) {
    guard units > 0 else { return }
    if measured.allSatisfy({ $0.gene.call == GeneCall.noEffect.rawValue }) {
      finding = .none
      return
    }
    finding =
      switch (qSynergy <= rate, qAntagonism <= rate) {
      case (true, false): .synergy
      case (false, true): .antagonism
      default: .inconclusive
      }
  }
}
