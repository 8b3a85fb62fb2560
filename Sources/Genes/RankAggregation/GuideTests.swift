import Foundation
import Statistics

/// Each guide tested against the variance model: MAGeCK's `test` (Li et al. 2014; version 0.5.9).
struct GuideTests {
  /// Medians of the scaled counts in controls (never below the smallest above 0) and treatments.
  private(set) var control: [Double]
  private(set) var treatment: [Double]
  /// The model's variance at the control's median.
  private(set) var variance: [Double]
  /// log2(treatment + 1) − log2(control + 1).
  private(set) var logFoldChange: [Double]
  /// P of so few and of so many reads, from the normal truncated at 0.
  private(set) var pLow: [Double]
  private(set) var pHigh: [Double]
  /// What guides are ranked by: low for depletion.
  private(set) var score: [Double]
  /// Whether a guide has a median above 0 in an arm; the others are not ranked.
  private(set) var isRanked: [Bool]
  private(set) var model: VarianceModel

  /// - Parameters:
  ///   - controls: Counts at one scale, a column for each sample.
  ///   - treatments: The same.
  init(_ controls: [[Double]], _ treatments: [[Double]]) {
    model = VarianceModel(controls.count > 1 ? controls : controls + treatments)
    let rows = controls[0].indices
    let medians = GuideMedian.of(controls)
    treatment = GuideMedian.of(treatments)
    isRanked = zip(medians, treatment).map { $0 > 0 || $1 > 0 }
    let least = medians.reduce(.infinity) { $1 > 0 ? min($0, $1) : $0 }
    control = medians.map { max($0, least) }
    variance = control.map { [model] in model.variance(at: $0) }
    logFoldChange = zip(treatment, control).map { log2($0 + 1) - log2($1 + 1) }
    let leastTreatment = treatment.reduce(.infinity) { $1 > 0 ? min($0, $1) : $0 }
    (pLow, pHigh, score) = ([], [], [])
    for guide in rows {
      let sd = variance[guide].squareRoot()
      let theta = (max(treatment[guide], leastTreatment) - control[guide]) / sd
      let below = Normal.lower((0 - control[guide]) / sd)
      pLow.append((Normal.lower(theta) - below) / (1 - below))
      pHigh.append(Normal.upper(theta) / (1 - below))
      score.append((treatment[guide] - control[guide]) / sd)
    }
    // Depleted guides are ranked by p on the normal's scale, where MAGeCK's table of it reaches.
    let smallest = pLow.reduce(.infinity) { $1 * 0.1 > 0 ? min($0, $1 * 0.1) : $0 }
    for guide in rows where treatment[guide] < control[guide] {
      let p = max(pLow[guide], smallest)
      let logP = log(p)
      if logP >= Self.tableEnds.0, logP <= Self.tableEnds.1 { score[guide] = Normal.quantile(p) }
    }
  }

  /// ln p between which MAGeCK looks up the normal's quantile; beyond them a guide keeps its plain score.
  private static let tableEnds = (-24.0, -0.001)
}
