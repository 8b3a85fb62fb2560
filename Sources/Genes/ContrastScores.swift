import Statistics

/// A contrast under the methods that were asked for, and the calls.
struct ContrastScores {
  let z: ZScores
  let rra: RRAScores?
  let effects: GeneEffects
  /// By score.
  let genes: [GeneScore]
  let notes: [CountTable.Note]

  init(_ counts: ContrastCounts, sets: GuideSets, options: GeneOptions) throws(CountError) {
    let table = counts.table
    // Effects need fold changes whatever the method.
    let plain = options.isDrugZ ? nil : try ZScores(counts, sets: sets, isDrugZ: false)
    let z: ZScores
    if let plain { z = plain } else { z = try ZScores(counts, sets: sets, isDrugZ: true) }
    let rra = options.method.hasRRA ? RRAScores(counts, sets: sets) : nil
    let effects = GeneEffects(
      table, foldChange: z.foldChange, spread: z.spread, centreError: z.centreError, confidence: options.confidence)
    (self.z, self.rra, self.effects) = (z, rra, effects)
    let ofZ = options.method.hasZ ? Self.evidence(z.pSensitises, z.pProtects) : nil
    let ofRRA = rra.map { Self.evidence($0.depleted.p, $0.enriched.p) }
    let used: [GeneScore.Evidence]
    if let ofZ, let ofRRA {
      used = Self.evidence(
        zip(ofZ, ofRRA).map { Combination.p($0.pSensitises, $1.pSensitises) },
        zip(ofZ, ofRRA).map { Combination.p($0.pProtects, $1.pProtects) })
    } else {
      used = ofZ ?? ofRRA ?? []
    }
    let rule = CallRule(rate: options.falseDiscoveryRate, threshold: options.threshold)
    let hasZ = options.method.hasZ
    let scored = table.genes.indices.map { gene in
      let ranks = rra.map { rra in
        GeneScore.Ranks(
          depleted: rra.depleted.score[gene], enriched: rra.enriched.score[gene],
          goodDepleted: rra.depleted.goodGuides[gene],
          goodEnriched: rra.enriched.goodGuides[gene], guides: rra.depleted.guides[gene],
          logFoldChange: rra.logFoldChange[gene],
          evidence: ofRRA?[gene] ?? used[gene])
      }
      let (call, reason) = rule.call(used[gene], effects.interval[gene], z: ofZ?[gene], rra: ofRRA?[gene])
      return GeneScore(
        gene: table.genes[gene], guides: table.guides(of: gene).count, usedGuides: effects.guides[gene],
        sumZ: hasZ ? z.sum[gene] : nil,
        observations: hasZ ? z.observations[gene] : nil, normZ: hasZ ? z.normZ[gene] : nil, z: ofZ?[gene], rra: ranks,
        effect: effects.effect[gene], error: effects.error[gene], interval: effects.interval[gene],
        evidence: used[gene], call: call,
        reason: reason)
    }
    let keys = table.genes.indices.map { gene in
      let key = hasZ ? z.normZ[gene] : rra?.depleted.score[gene] ?? .nan
      return (key: key.isNaN ? Double.infinity : key, gene: gene)
    }
    genes = keys.sorted { $0.key < $1.key || ($0.key == $1.key && $0.gene < $1.gene) }.map { scored[$0.gene] }
    notes = Self.notes(counts, z, rra, options) + Self.notes(of: sets, counts, z, options)
  }

  /// How many guides without an effect make a centre whose error is small beside that of a gene.
  private static let nullGuides = 200

  private static func notes(
    of sets: GuideSets, _ counts: ContrastCounts, _ z: ZScores, _ options: GeneOptions
  ) -> [CountTable.Note] {
    guard let null = sets.null, !options.isDrugZ else { return [] }
    let used = zip(null, counts.hasReads).count { $0 && $1 }
    guard used < nullGuides else { return [] }
    // 95 % of the centre's error.
    let half = 1.96 * z.centreError
    return [
      .init(
        file: counts.contrast.name,
        message:
          "fold changes are centred on \(used) guides without an effect, which is uncertain by ± \(rounded(half)) log2 (95 %); that is in the intervals "
          + "and in p and q of method z. With \(nullGuides) guides or more it is small; give more of them, or none",
        isWarning: half > options.threshold / 2)
    ]
  }

  /// Two decimals.
  private static func rounded(_ value: Double) -> String { "\((100 * value).rounded() / 100)" }

  private static func evidence(_ sensitises: [Double], _ protects: [Double]) -> [GeneScore.Evidence] {
    let (low, high) = (FalseDiscovery.q(sensitises), FalseDiscovery.q(protects))
    return sensitises.indices.map {
      GeneScore.Evidence(
        pSensitises: sensitises[$0], pProtects: protects[$0], qSensitises: low[$0], qProtects: high[$0])
    }
  }

  private static func notes(
    _ counts: ContrastCounts, _ z: ZScores, _ rra: RRAScores?, _ options: GeneOptions
  ) -> [CountTable.Note] {
    var notes: [CountTable.Note] = []
    let name = counts.contrast.name
    func note(_ message: String, isWarning: Bool) {
      notes.append(.init(file: name, message: message, isWarning: isWarning))
    }
    let empty = counts.hasReads.count { !$0 }
    if empty > 0, !options.isDrugZ {
      note("\(empty) guides have no read in any sample of the contrast and are not scored", isWarning: false)
    }
    let unscored = counts.table.genes.indices.count { z.observations[$0] == 0 }
    if unscored > 0 {
      note(
        options.isDrugZ
          ? "\(unscored) genes have only z of exactly 0, which drugZ does not count; they have no score"
          : "\(unscored) genes have no guide with reads; they have no score", isWarning: false)
    }
    if z.isTheoretical {
      note(
        "too few genes (\(counts.table.genes.count)) to estimate how genes scatter that do nothing; z is over the guides' spread alone",
        isWarning: true)
    }
    if z.areTotals || rra?.sizes.areTotals == true {
      note(
        "a sample has no reads in more than 45 % of the guides or in half of them; samples are scaled by their totals",
        isWarning: true)
    }
    if rra?.tests.model.isPoor == true {
      note(
        "the controls vary hardly more than by reading noise; if they are one library sequenced twice, add their counts",
        isWarning: true)
    }
    return notes
  }
}
