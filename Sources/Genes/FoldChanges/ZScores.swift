import Foundation
import Statistics

/// Genes scored by standardised fold changes: drugZ's statistic (Colic et al. 2019, Genome Med. 11, 52), its faults mended, or as it is.
struct ZScores {
  /// log2 fold changes of guides, centred, the mean over pairs; NaN for guides that are not used.
  private(set) var foldChange: [Double]
  /// Their spread where nothing happens.
  private(set) var spread: [Double]
  /// Fold change over spread, the mean over pairs.
  private(set) var guideZ: [Double]
  /// Σ z over a gene's guides and pairs, and how many they are.
  private(set) var sum: [Double]
  private(set) var observations: [Int]
  /// The gene's score; NaN for a gene without used guides.
  private(set) var normZ: [Double] = []
  /// P of a lower and of a higher score where nothing happens.
  private(set) var pSensitises: [Double] = []
  private(set) var pProtects: [Double] = []
  /// What was taken off from every fold change, log2.
  private(set) var centre = 0.0
  /// Its standard error, log2; 0 under drugZ, which has no centre.
  private(set) var centreError = 0.0
  /// Mean and spread of Σ z/√n where nothing happens.
  private(set) var null: (mean: Double, sd: Double) = (0, 1)
  /// Degrees of freedom of that spread; infinite under drugZ, which takes it for known.
  private(set) var degrees = Double.infinity
  /// Whether they rest on the theory alone: there were too few genes.
  private(set) var isTheoretical = false
  /// Whether samples were scaled by their totals.
  private(set) var areTotals = false

  /// Scores a contrast.
  ///
  /// - Throws: `tooFewGuides`.
  init(_ counts: ContrastCounts, sets: GuideSets, isDrugZ: Bool) throws(CountError) {
    let n = counts.table.guides.count
    (foldChange, spread) = (Array(repeating: 0, count: n), Array(repeating: 0, count: n))
    (guideZ, sum, observations) = (Array(repeating: 0, count: n), [], [])
    if isDrugZ {
      guard n >= SpreadWindow.drugZLeast else {
        throw .tooFewGuides(
          contrast: counts.contrast.name, guides: n, least: SpreadWindow.drugZLeast, why: "drugZ's window (--as drugz)")
      }
      // drugZ counts no z of exactly 0.
      score(
        Self.pairs(counts).map { FoldChange(drugZ: $0.controls, $0.treatments) }, counts, SpreadWindow.drugZ,
        skipsZeros: true)
      normaliseAsDrugZ()
    } else {
      let used = counts.hasReads.count { $0 }
      guard used >= 10 else {
        throw .tooFewGuides(contrast: counts.contrast.name, guides: used, least: 10, why: "the spread of fold changes")
      }
      var changes = foldChanges(counts, sets)
      // Twice: the second centre is that of genes, whose scores tell hits from the rest better than guides do.
      score(changes, counts, SpreadWindow.fitted)
      if sets.null == nil, let shift = centreOfGenes(counts) {
        centre += shift.mean
        centreError = shift.meanError
        for pair in changes.indices { for guide in changes[pair].order { changes[pair].values[guide] -= shift.mean } }
        score(changes, counts, SpreadWindow.fitted)
      } else {
        centreError = medianError(among: sets.null)
      }
      normalise(counts.table, hasCentre: sets.null != nil, pairs: changes.count)
    }
    let normal = normZ.map { StudentT.normal($0, degrees: degrees) }
    pSensitises = normal.map(Normal.lower)
    pProtects = normal.map(Normal.upper)
  }

  /// The samples of each fold change: pairs, or all together.
  private static func pairs(_ counts: ContrastCounts) -> [(controls: [[Double]], treatments: [[Double]])] {
    guard counts.contrast.isPaired else { return [(counts.controls, counts.treatments)] }
    return zip(counts.controls, counts.treatments).map { ([$0], [$1]) }
  }

  /// Fold changes at the samples' common scale, centred on the guides whose fold change is 0, else on the median.
  private mutating func foldChanges(_ counts: ContrastCounts, _ sets: GuideSets) -> [FoldChange] {
    let all = counts.all
    let sizes = SizeFactors(all, among: sets.normalisation)
    areTotals = sizes.areTotals
    // At the mean depth of the samples, so that the prior reads are reads.
    let depth = all.map { $0.reduce(0, +) }.reduce(0, +) / Double(all.count)
    let scaled = zip(all, sizes.factors).map { $0.reduce(0, +) * $1 }.reduce(0, +) / Double(all.count)
    let factors = sizes.factors.map { $0 * depth / max(scaled, 1) }
    let left = counts.controls.count
    var changes: [FoldChange] = []
    if counts.contrast.isPaired {
      for pair in counts.controls.indices {
        changes.append(
          FoldChange(
            [counts.controls[pair]], [counts.treatments[pair]], factors: ([factors[pair]], [factors[left + pair]]),
            among: counts.hasReads))
      }
    } else {
      changes = [
        FoldChange(
          counts.controls, counts.treatments, factors: (Array(factors[..<left]), Array(factors[left...])),
          among: counts.hasReads)
      ]
    }
    let isNull = sets.null ?? counts.hasReads
    var centres = 0.0
    for pair in changes.indices {
      var values = changes[pair].order.filter { isNull[$0] }.map { changes[pair].values[$0] }
      if values.isEmpty { values = changes[pair].order.map { [changes] in changes[pair].values[$0] } }
      let middle = OrderStatistic.median(of: &values)
      for guide in changes[pair].order { changes[pair].values[guide] -= middle }
      centres += middle / Double(changes.count)
    }
    centre = centres
    return changes
  }

  /// z of guides, and their sums over genes.
  private mutating func score(
    _ changes: [FoldChange], _ counts: ContrastCounts, _ spreads: ([Double]) -> [Double], skipsZeros: Bool = false
  ) {
    let (table, n, pairs) = (counts.table, counts.table.guides.count, Double(changes.count))
    (foldChange, spread) = (Array(repeating: .nan, count: n), Array(repeating: .nan, count: n))
    guideZ = foldChange
    var variance = [Double](repeating: 0, count: n)
    var isFirst = true
    var counted = [Int](repeating: 0, count: n)
    for change in changes {
      let window = spreads(change.order.map { change.values[$0] })
      for (place, guide) in change.order.enumerated() {
        let (value, sd) = (change.values[guide], window[place])
        let z = value / sd
        foldChange[guide] = (isFirst ? 0 : foldChange[guide]) + value
        guideZ[guide] = (isFirst ? 0 : guideZ[guide]) + z
        variance[guide] += sd * sd
        if z != 0 || !skipsZeros { counted[guide] += 1 }
      }
      isFirst = false
    }
    sum = []
    observations = []
    for gene in table.genes.indices {
      var (total, count) = (0.0, 0)
      for guide in table.guides(of: gene) where !guideZ[guide].isNaN {
        total += guideZ[guide]
        count += counted[guide]
      }
      sum.append(total)
      observations.append(count)
    }
    for guide in 0..<n where !foldChange[guide].isNaN {
      foldChange[guide] /= pairs
      guideZ[guide] /= pairs
      spread[guide] = variance[guide].squareRoot() / pairs
    }
  }

  /// Σ z/√n of each gene.
  private var scores: [Double] {
    zip(sum, observations).map { $1 > 0 ? $0 / Double($1).squareRoot() : .nan }
  }

  /// drugZ: over mean and population standard deviation of all genes.
  private mutating func normaliseAsDrugZ() {
    let scores = scores
    let seen = scores.filter { !$0.isNaN }
    let mean = seen.reduce(0, +) / Double(seen.count)
    let sd = (seen.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seen.count)).squareRoot()
    null = (mean, sd)
    normZ = scores.map { ($0 - mean) / sd }
  }

  /// The standard error of the median of guides: √(π/2 · n)/Σ 1/sᵢ, s their spread; of equal ones √(π/2) s/√n (the asymptotic variance n/(2 Σ fᵢ(median))²
  /// of normal guides; Serfling 1980, Approximation Theorems of Mathematical Statistics, §2.3.3).
  private func medianError(among isNull: [Bool]?) -> Double {
    var (weights, count) = (0.0, 0.0)
    for guide in spread.indices where !spread[guide].isNaN && isNull?[guide] ?? true {
      weights += 1 / spread[guide]
      count += 1
    }
    return count > 0 ? (Double.pi / 2 * count).squareRoot() / weights : medianError(among: nil)
  }

  /// Over the mean and spread of genes to which nothing happens.
  ///
  /// Where the centre is that of given guides, its error moves all guides of a gene at once, and stands in the spread of the gene's score.
  private mutating func normalise(_ table: CountTable, hasCentre: Bool, pairs: Int) {
    let scores = scores
    if let found = EmpiricalNull(scores.filter { !$0.isNaN }) {
      null = (hasCentre ? 0 : found.mean, found.sd)
      degrees = found.degrees
    } else {
      isTheoretical = true
    }
    guard hasCentre else {
      normZ = scores.map { ($0 - null.mean) / null.sd }
      return
    }
    normZ = table.genes.indices.map { gene in
      let weight = table.guides(of: gene).reduce(0.0) { spread[$1].isNaN ? $0 : $0 + 1 / spread[$1] }
      let shift = centreError * weight * (Double(pairs) / Double(max(1, observations[gene]))).squareRoot()
      return (scores[gene] - null.mean) / (null.sd * null.sd + shift * shift).squareRoot()
    }
  }

  /// The fold change of genes to which nothing happens; `nil` for too few genes.
  private func centreOfGenes(_ counts: ContrastCounts) -> EmpiricalNull? {
    var means: [Double] = []
    for gene in counts.table.genes.indices {
      var (weights, values) = (0.0, 0.0)
      for guide in counts.table.guides(of: gene) where !foldChange[guide].isNaN {
        let weight = 1 / (spread[guide] * spread[guide])
        weights += weight
        values += weight * foldChange[guide]
      }
      if weights > 0 { means.append(values / weights) }
    }
    return EmpiricalNull(means)
  }
}
