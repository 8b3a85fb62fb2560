import Statistics

/// All figures of quality of a contrast.
enum QualityReport {
  static func measures(
    _ counts: ContrastCounts, _ scores: ContrastScores, sets: GuideSets, options: GeneOptions
  ) throws(CountError) -> [QualityMeasure] {
    let contrast = counts.contrast
    var measures: [QualityMeasure] = []
    let arms = [(contrast.controls, counts.controls, true), (contrast.treatments, counts.treatments, false)]
    var seen: Set<String> = []
    for (names, columns, isControl) in arms {
      for (name, column) in zip(names, columns) where seen.insert(name).inserted {
        measures += SampleQuality.measures(name, column, isControl: isControl)
      }
    }
    for (names, columns, _) in arms {
      for one in columns.indices {
        for other in columns.indices where other > one && names[one] != names[other] {
          measures += SampleQuality.replicates((names[one], columns[one]), (names[other], columns[other]))
        }
      }
    }
    let found = scores.genes.count { $0.call == .sensitises || $0.call == .protects }
    measures += ContrastQuality.measures(counts, foldChange: scores.z.foldChange, found: found, sets: sets)
    let initial = contrast.initial.compactMap { counts.table.index(of: $0).map { counts.table.counts[$0] } }
    measures += ContrastQuality.sinceInitial(contrast.name, initial, counts.controls, sets: sets)
    for (name, null) in try vehicles(counts, sets: sets) {
      let rule = CallRule(rate: options.falseDiscoveryRate, threshold: options.threshold)
      let (low, high) = (FalseDiscovery.q(null.pSensitises), FalseDiscovery.q(null.pProtects))
      let calls = low.indices.count { low[$0] <= rule.rate || high[$0] <= rule.rate }
      let scored = null.normZ.filter { !$0.isNaN }
      let five = 100 * Double(scored.count { abs($0) > 1.959_963_984_540_054 }) / Double(max(1, scored.count))
      measures += ContrastQuality.vehicleNull(name, found: calls, belowFive: five)
    }
    return measures
  }

  /// Each control against the others by method z; of two controls the first against the second.
  private static func vehicles(_ counts: ContrastCounts, sets: GuideSets) throws(CountError) -> [(String, ZScores)] {
    let names = counts.contrast.controls
    guard Set(names).count == names.count, names.count > 1 else { return [] }
    var nulls: [(String, ZScores)] = []
    for left in names.indices.prefix(names.count == 2 ? 1 : names.count) {
      let rest = names.indices.filter { $0 != left }.map { names[$0] }
      let null = Contrast(
        name: "\(names[left]) against \(rest.joined(separator: ", "))", controls: rest, treatments: [names[left]])
      nulls.append((null.name, try ZScores(ContrastCounts(counts.table, null), sets: sets, isDrugZ: false)))
    }
    return nulls
  }
}
