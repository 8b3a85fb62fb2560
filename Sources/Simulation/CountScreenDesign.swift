import Foundation

/// A pooled CRISPR screen with a known truth: counts of guides, negative binomial about what their genes' effects make of them.
public struct CountScreenDesign: Sendable {
  /// Genes.
  public var genes = 1000
  /// Guides of each gene.
  public var guides = 6
  /// Samples of each arm.
  public var replicates = 2
  /// Share of genes with an effect.
  public var hits = 0.0
  /// Share of these whose loss protects.
  public var protecting = 0.5
  /// log2 fold change under the drug of a gene with an effect, of a guide that works.
  public var effect = 1.5
  /// Share of guides that do not work.
  public var inactiveGuides = 0.15
  /// Mean reads of a guide.
  public var depth = 300.0
  /// Standard deviation of ln abundance over guides of the library.
  public var librarySpread = 0.5
  /// φ of the variance μ + φ μ² between replicates; 1/φ is the number of cells of a guide at the narrowest bottleneck.
  public var dispersion = 0.02
  /// Where everything is drawn from.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// What was drawn.
  public struct Screen: Sendable {
    /// Names of guides.
    public var guides: [String]
    /// The gene of each guide.
    public var genes: [String]
    /// `control_1`, …, `drug_1`, ….
    public var samples: [String]
    /// `counts[sample][guide]`.
    public var counts: [[Double]]
    /// The true log2 fold change of each guide's gene.
    public var effects: [Double]
  }

  /// Draws the screen.
  public func screen() -> Screen {
    var draw = NegativeBinomial(seed: seed)
    var screen = Screen(guides: [], genes: [], samples: [], counts: [], effects: [])
    var (abundance, treated): ([Double], [Double]) = ([], [])
    let hitCount = Int((hits * Double(genes)).rounded())
    let protectCount = Int((protecting * Double(hitCount)).rounded())
    for gene in 0..<genes {
      let own = gene >= hitCount ? 0 : gene < protectCount ? effect : -effect
      for guide in 0..<guides {
        screen.genes.append("G\(gene)")
        screen.guides.append("G\(gene)_\(guide)")
        screen.effects.append(own)
        let base = exp(librarySpread * draw.normal())
        abundance.append(base)
        treated.append(draw.uniform() < inactiveGuides ? base : base * exp2(own))
      }
    }
    for (arm, means) in [("control", abundance), ("drug", treated)] {
      let scale = depth * Double(means.count) / means.reduce(0, +)
      for replicate in 0..<replicates {
        // Samples are sequenced unequally.
        let own = scale * exp(0.2 * draw.normal())
        screen.samples.append("\(arm)_\(replicate + 1)")
        screen.counts.append(means.map { Double(draw.count(mean: $0 * own, dispersion: dispersion)) })
      }
    }
    return screen
  }
}
