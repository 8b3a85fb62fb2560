import Assay
import DoseTables
import Statistics

/// Works out the quality figures of the plates of a screen.
struct PlateFigures {
  let options: PlateOptions
  let deviations: ReplicateDeviations

  /// The figures of plate `number`, judged.
  func figures(of plates: [ScreenPlate], _ number: Int, outliers: OutlierWells?) -> QualityFigures {
    let plate = plates[number]
    let thresholds = options.thresholds
    var figures = QualityFigures()
    controls(of: plate, into: &figures)
    let own = deviations.plates[number]
    let placed = plate.wells.indices.compactMap { well in
      own[well]?.relative.map { (position: plate.wells[well].design.position, value: $0) }
    }
    let effects = PositionalEffects(placed, format: plate.format, significance: thresholds.significance)
    var z: [QualityCheck: Double] = [:]
    for (check, effect) in [
      (QualityCheck.edgeEffect, effects.edge), (.lineEffect, effects.line), (.drift, effects.drift),
      (.controlTrend, controlTrend(of: plate)),
    ] {
      guard let effect else { continue }
      figures.values[check] = effect.value
      figures.places[check] = effect.place
      z[check] = effect.z
    }
    replicates(of: plates, number, into: &figures)
    let wells = plate.wells.filter { $0.design.role != .empty }
    if !wells.isEmpty {
      let missing = wells.count { well in
        switch well.exclusion {
        case .reader, .absent: true
        default: false
        }
      }
      figures.values[.missingWells] = 100 * Double(missing) / Double(wells.count)
    }
    if let outliers, outliers.judged[number] > 0 {
      figures.outlierCount = outliers.found.count { $0.plate == number }
      figures.values[.outliers] = 100 * Double(figures.outlierCount) / Double(outliers.judged[number])
    }
    figures.judge(thresholds) { abs(z[$0] ?? 0) >= thresholds.significance }
    return figures
  }

  /// Z′ of the controls; `nil` unless there are two of either.
  func zPrime(of plate: ScreenPlate) -> Double? {
    var figures = QualityFigures()
    controls(of: plate, into: &figures)
    return figures.values[.zPrime]
  }

  /// The figures of the controls: of each sample's by themselves, since cell lines differ; the worst counts.
  private func controls(of plate: ScreenPlate, into figures: inout QualityFigures) {
    let all = plate.controlGroups.map { group in
      var own = QualityFigures()
      controls(group, into: &own)
      return own
    }
    for check in QualityCheck.allCases {
      let values = all.compactMap { $0.values[check] }
      if let worst = check.isBetterHigh ? values.min() : values.max() { figures.values[check] = worst }
    }
    figures.positiveCV = all.compactMap(\.positiveCV).max()
  }

  private func controls(_ group: ScreenPlate.ControlGroup, into figures: inout QualityFigures) {
    let negative = SampleStatistics(group.negative.compactMap(\.signal))
    let positive = SampleStatistics(group.positive.compactMap(\.signal))
    func cv(_ controls: SampleStatistics) -> Double? {
      controls.count > 1 && controls.mean > 0 ? 100 * controls.sd / controls.mean : nil
    }
    figures.values[.controlCV] = cv(negative)
    figures.positiveCV = cv(positive)
    guard negative.count > 1, positive.count > 1 else { return }
    let gap = abs(positive.mean - negative.mean)
    let robustGap = abs(positive.median - negative.median)
    if gap > 0 { figures.values[.zPrime] = 1 - 3 * (positive.sd + negative.sd) / gap }
    if robustGap > 0 { figures.values[.robustZPrime] = 1 - 3 * (positive.mad + negative.mad) / robustGap }
    let spread = (positive.sd * positive.sd + negative.sd * negative.sd).squareRoot()
    if spread > 0 { figures.values[.ssmd] = gap / spread }
    let centres = [negative, positive].map { $0.centre(options.normalisation.centre) }.sorted()
    if centres[0] > 0 { figures.values[.signalToBackground] = centres[1] / centres[0] }
  }

  /// How the negative controls change along the rows or the columns, each against the centre of its sample's.
  private func controlTrend(of plate: ScreenPlate) -> PositionalEffects.Effect? {
    var relative: [WellPosition: Double] = [:]
    for group in plate.controlGroups {
      let own = SampleStatistics(group.negative.compactMap(\.signal))
      guard own.median > 0 else { continue }
      for well in group.negative {
        if let signal = well.signal { relative[well.design.position] = 100 * (signal / own.median - 1) }
      }
    }
    guard relative.count >= 4 else { return nil }
    let wells = relative.sorted { $0.key < $1.key }
    let all = SampleStatistics(wells.map(\.value))
    var trend: PositionalEffects.Effect?
    for axis in [\WellPosition.row, \.column] {
      let points = wells.map { (x: Double($0.key[keyPath: axis]), y: $0.value) }
      // The mean and the classical spread: with a trend the median of a few controls is not their centre.
      guard
        var slope = PositionalEffects.slope(points, centre: all.mean, all.sd)
      else { continue }
      slope.place = axis == \.row ? "rows" : "columns"
      // Against the total spread z is r √n; the test of a correlation is t = r √((n − 2) / (1 − r²)).
      let r = min(0.999_999, max(-0.999_999, slope.z / Double(points.count).squareRoot()))
      slope.z = r * (Double(points.count - 2) / (1 - r * r)).squareRoot()
      if abs(slope.z) > abs(trend?.z ?? -1) { trend = slope }
    }
    return trend
  }

  private func replicates(of plates: [ScreenPlate], _ number: Int, into figures: inout QualityFigures) {
    let plate = plates[number]
    var pairs: [(Double, Double)] = []
    var cvs: [Double] = []
    var alone: [Double] = []
    var treatments = 0
    for (key, members) in deviations.groups where key.role == .sample && members.count > 1 {
      let own = members.filter { $0.plate == number }
      guard !own.isEmpty else { continue }
      treatments += 1
      let responses = members.map { plates[$0.plate].wells[$0.well].response ?? .nan }
      let total = responses.reduce(0, +)
      for member in own {
        let response = plate.wells[member.well].response ?? .nan
        pairs.append((response, (total - response) / Double(members.count - 1)))
      }
      let signals = SampleStatistics(own.compactMap { plate.wells[$0.well].signal })
      if own.count > 1, signals.mean > 0, median(responses) <= 100 * (1 - ReplicateDeviations.leastAlive) {
        cvs.append(100 * signals.sd / signals.mean)
      }
      let elsewhere = members.filter { $0.plate != number }
      if key.treatments.count == 1, !elsewhere.isEmpty {
        let here = median(own.map { plate.wells[$0.well].response ?? .nan })
        alone.append(abs(here - median(elsewhere.map { plates[$0.plate].wells[$0.well].response ?? .nan })))
      }
    }
    // The order of a dictionary is not the same in every run, and sums depend on it.
    pairs.sort { $0 < $1 }
    // A well against the mean of its replicates falls where that rises: one treatment or two show nothing else.
    if treatments >= 3 { figures.values[.replicateCorrelation] = SampleStatistics.correlation(pairs) }
    if !cvs.isEmpty { figures.values[.replicateCV] = median(cvs) }
    if !alone.isEmpty { figures.values[.monotherapyAgreement] = median(alone) }
  }
}
