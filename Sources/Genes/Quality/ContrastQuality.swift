import Foundation
import Statistics

/// Quality of a contrast: what its drug did, whether controls agree, whether essential genes are told from the others.
enum ContrastQuality {
  /// Bounds: a drug whose fold changes scatter less than this beyond those between vehicles did nothing that can be seen; one that leaves
  /// less than this share of the controls' cells per guide killed too many.
  static let leastRatio = 1.1
  static let leastShareOfCells = 0.25
  static let leastSeparation = 0.8

  /// - Parameters:
  ///   - spread: The spread of centred fold changes of guides, treatment against control (median absolute deviation × 1.4826).
  ///   - found: Genes that were called sensitising or protecting.
  static func measures(_ counts: ContrastCounts, foldChange: [Double], found: Int, sets: GuideSets) -> [QualityMeasure]
  {
    var measures: [QualityMeasure] = []
    let name = counts.contrast.name
    func add(
      _ subject: QualityMeasure.Subject, _ measure: String, _ value: Double, _ unit: String, _ expected: String,
      _ isGood: Bool?, _ meaning: String
    ) {
      measures.append(
        QualityMeasure(
          subject: subject, name: name, measure: measure, value: value, unit: unit, expected: expected,
          verdict: isGood.map { $0 ? .pass : .warn } ?? .none, meaning: meaning))
    }
    let spread = spread(foldChange)
    add(
      .contrast, "fold_change_spread", spread, "log2", "", nil,
      "how far guides' fold changes scatter (median absolute deviation × 1.4826)")
    add(.contrast, "genes_found", Double(found), "genes", "", nil, "genes that were called sensitising or protecting")
    if let vehicle = vehicleSpread(counts) {
      let ratio = spread / vehicle
      add(
        .vehicle, "fold_change_spread", vehicle, "log2", "", nil,
        "the same between controls: one against the others, the mean over all")
      add(
        .contrast, "drug_over_vehicle", ratio, "", "\(leastRatio) or more, or genes found",
        ratio >= leastRatio || found > 0,
        "fold_change_spread of the drug over that of the vehicle; near 1 and without genes the drug was too weak, or given too short"
      )
    }
    if let controls = cells(counts.controls), let treatments = cells(counts.treatments), controls.isFinite {
      let share = treatments / controls
      add(
        .contrast, "cells_under_drug", 100 * share, "%", "\(Int(100 * leastShareOfCells)) or more",
        share >= leastShareOfCells,
        "cells_per_guide of the treatments over that of the controls; far below, the drug was too strong and chance decides which guides are left"
      )
    }
    if let essential = sets.essential, let nonEssential = sets.nonEssential {
      let auc = separation(foldChange, essential, nonEssential)
      add(
        .contrast, "essential_separation", auc, "", "", nil,
        "P that an essential guide is more depleted under the drug than a non-essential one (0.5: no difference, as expected of a drug "
          + "against its vehicle at the same day)")
    }
    return measures
  }

  /// Separation of essential guides since the initial samples, which shows that guides cut.
  static func sinceInitial(
    _ name: String, _ initial: [[Double]], _ end: [[Double]], sets: GuideSets
  ) -> [QualityMeasure] {
    guard let essential = sets.essential, let nonEssential = sets.nonEssential, !initial.isEmpty else { return [] }
    let all = initial + end
    let factors = SizeFactors(all).factors
    let hasReads = all[0].indices.map { guide in all.contains { $0[guide] > 0 } }
    let change = FoldChange(
      initial, end, factors: (Array(factors[..<initial.count]), Array(factors[initial.count...])), among: hasReads)
    let auc = separation(change.values, essential, nonEssential)
    return [
      QualityMeasure(
        subject: .contrast, name: name, measure: "essential_separation_since_initial", value: auc, unit: "",
        expected: "\(leastSeparation) or more", verdict: auc >= leastSeparation ? .pass : .warn,
        meaning:
          "P that an essential guide is more depleted in the controls since the initial samples than a non-essential one; near 0.5 guides "
          + "do not cut")
    ]
  }

  /// Genes called between controls, where there should be none.
  static func vehicleNull(_ name: String, found: Int, belowFive: Double) -> [QualityMeasure] {
    [
      QualityMeasure(
        subject: .vehicle, name: name, measure: "genes_found", value: Double(found), unit: "genes", expected: "0",
        verdict: found == 0 ? .pass : .warn,
        meaning:
          "genes called when one control is compared with the others; more than a few mean that replicates differ by more than chance"
      ),
      QualityMeasure(
        subject: .vehicle, name: name, measure: "p_below_0.05", value: belowFive, unit: "%", expected: "about 5",
        verdict: .none, meaning: "genes with two-sided p below 0.05 in the same comparison"),
    ]
  }

  private static func spread(_ foldChange: [Double]) -> Double {
    var values = foldChange.filter { !$0.isNaN }
    let middle = OrderStatistic.median(of: &values)
    for place in values.indices { values[place] = abs(values[place] - middle) }
    return 1.482_602_218_505_602 * OrderStatistic.median(of: &values)
  }

  /// The mean spread of one control against the others, at the scale of as many samples on each side as the contrast has.
  private static func vehicleSpread(_ counts: ContrastCounts) -> Double? {
    guard counts.controls.count > 1 else { return nil }
    let factors = SizeFactors(counts.controls).factors
    let k = Double(counts.controls.count)
    let spreads = counts.controls.indices.map { left in
      let rest = counts.controls.indices.filter { $0 != left }
      let change = FoldChange(
        [counts.controls[left]], rest.map { counts.controls[$0] }, factors: ([factors[left]], rest.map { factors[$0] }),
        among: counts.hasReads)
      return spread(change.values)
    }
    // Variances of means: 1 + 1/(k − 1) here, 1/k + 1/t in the contrast.
    let scale = ((1 / k + 1 / Double(counts.treatments.count)) / (1 + 1 / (k - 1))).squareRoot()
    return scale * spreads.reduce(0, +) / k
  }

  /// The median of cells per guide over pairs of samples; `nil` for a single sample.
  private static func cells(_ samples: [[Double]]) -> Double? {
    var values: [Double] = []
    for one in samples.indices {
      for other in samples.indices where other > one {
        if let cells = SampleQuality.cells(samples[one], samples[other]) { values.append(cells) }
      }
    }
    return values.isEmpty ? nil : OrderStatistic.median(of: &values)
  }

  /// The area under the receiver operating characteristic: Mann & Whitney (1947), ties half.
  static func separation(_ values: [Double], _ low: [Bool], _ high: [Bool]) -> Double {
    let marked = values.indices.filter { !values[$0].isNaN && low[$0] != high[$0] }.sorted { values[$0] < values[$1] }
    let (lows, highs) = (Double(marked.count { low[$0] }), Double(marked.count { high[$0] }))
    guard lows > 0, highs > 0 else { return .nan }
    var (sum, start) = (0.0, 0)
    while start < marked.count {
      var end = start
      while end + 1 < marked.count, values[marked[end + 1]] == values[marked[start]] { end += 1 }
      let rank = Double(start + end) / 2 + 1
      for place in start...end where high[marked[place]] { sum += rank }
      start = end + 1
    }
    return (sum - highs * (highs + 1) / 2) / (lows * highs)
  }
}
