import Foundation
import Statistics

/// The log2 fold change of each gene with its interval.
///
/// The mean of a gene's guides, each weighted by 1/spread². Its error is that of the guides' own scatter about it, moderated over genes:
/// the weighted variance s² with d degrees of freedom is drawn to a prior s₀² with d₀, both from all genes' ln s² (Smyth 2004, Stat. Appl.
/// Genet. Mol. Biol. 3, 3, §6.2), and the interval is Student's t with d₀ + d. The error of the centre, which is one for all genes, is added in squares.
struct GeneEffects {
  /// log2 fold change; NaN for a gene without used guides.
  private(set) var effect: [Double] = []
  /// Standard error.
  private(set) var error: [Double] = []
  /// Interval at the level that was asked for.
  private(set) var interval: [Interval] = []
  /// Guides that were used.
  private(set) var guides: [Int] = []

  init(_ table: CountTable, foldChange: [Double], spread: [Double], centreError: Double, confidence: Double) {
    var weights: [Double] = []
    var variances: [Double] = []
    for gene in table.genes.indices {
      var (weight, value, count) = (0.0, 0.0, 0)
      for guide in table.guides(of: gene) where !foldChange[guide].isNaN {
        let own = 1 / (spread[guide] * spread[guide])
        weight += own
        value += own * foldChange[guide]
        count += 1
      }
      let mean = count > 0 ? value / weight : .nan
      var scatter = 0.0
      for guide in table.guides(of: gene) where !foldChange[guide].isNaN {
        scatter += (foldChange[guide] - mean) * (foldChange[guide] - mean) / (spread[guide] * spread[guide])
      }
      effect.append(mean)
      guides.append(count)
      weights.append(weight)
      variances.append(count > 1 ? scatter / Double(count - 1) : .nan)
    }
    let prior = Self.prior(variances, guides)
    var critical: [Int: Double] = [:]
    for gene in table.genes.indices {
      guard guides[gene] > 0 else {
        error.append(.nan)
        interval.append(Interval(low: .nan, high: .nan))
        continue
      }
      let degrees = Double(guides[gene] - 1)
      let own = variances[gene].isNaN ? 0 : degrees * variances[gene]
      let variance =
        prior.degrees.isInfinite ? prior.variance : (prior.degrees * prior.variance + own) / (prior.degrees + degrees)
      let t = critical[guides[gene]] ?? StudentT.critical(1 - confidence, degrees: prior.degrees + degrees)
      critical[guides[gene]] = t
      let sd = (variance / weights[gene] + centreError * centreError).squareRoot()
      error.append(sd)
      interval.append(Interval(low: effect[gene] - t * sd, high: effect[gene] + t * sd))
    }
  }

  /// s₀² and d₀ of all genes with two guides or more. Where they are too few, guides scatter as their spread says.
  private static func prior(_ variances: [Double], _ guides: [Int]) -> (variance: Double, degrees: Double) {
    var logs: [Double] = []
    var noise: [Double] = []
    var terms: [Int: (Double, Double)] = [:]
    for (variance, count) in zip(variances, guides) where count > 1 && variance > 0 {
      let half = Double(count - 1) / 2
      let term = terms[count] ?? (digamma(half) - log(half), trigamma(half))
      terms[count] = term
      logs.append(log(variance) - term.0)
      noise.append(term.1)
    }
    guard logs.count >= 10 else { return (1, 10) }
    let n = Double(logs.count)
    let mean = logs.reduce(0, +) / n
    let spread = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) - noise.reduce(0, +) / n
    guard spread > 0 else { return (exp(mean), .infinity) }
    let degrees = 2 * inverseTrigamma(spread)
    return (exp(mean + digamma(degrees / 2) - log(degrees / 2)), degrees)
  }
}
