import Assay

/// A screen of plates, from readings and layouts to blocks.
public struct ScreenPlates: Sendable {
  /// The plates that have a reading and a layout, in the order of the layouts.
  public private(set) var plates: [ScreenPlate] = []
  /// The blocks that can be analysed, numbered in the order of the layouts.
  public private(set) var blocks: [PlateBlock] = []
  /// What was refused, doubted or noted.
  public private(set) var problems: [InputProblem] = []

  /// Whether a time was chosen among those of a plate.
  public let usesTime: Bool

  private let options: PlateOptions

  /// Joins readings and layouts by barcode, normalises each plate by its controls, judges plates and wells, and gathers
  /// the wells into blocks. Never fails: what cannot be used is a problem, the rest goes on.
  /// `manifest` says which layout and which sample plates have that their files do not say it of.
  /// Wells whose drugs have the same `drugKey` are of one drug; by default case does not count.
  public init(
    exports: [NamedExport], layouts: [PlateLayout], manifest: PlateManifest = .init(), mask: WellMask = .init(),
    options: PlateOptions = .init(),
    drugKey: @escaping @Sendable (String) -> String = { $0.lowercased() }
  ) {
    self.options = options
    var join = PlateJoin(layouts: layouts, manifest: manifest, options: options, mask: mask)
    let joined = join.join(exports)
    usesTime = join.usesTime
    var found = join.problems
    var run = normalised(joined, excluding: [], problems: &found)
    var outliers = OutlierWells(run.plates, groups: run.deviations, thresholds: options.thresholds)
    let listed = outliers
    if options.masksOutliers, !outliers.found.isEmpty {
      // Once more without them: controls among them have no part in the normalisation. What is then far off is not
      // masked in turn.
      var again = PlateProblems()
      run = normalised(joined, excluding: listed.found, problems: &again)
      outliers = OutlierWells(run.plates, groups: run.deviations, thresholds: options.thresholds)
    }
    plates = run.plates
    for outlier in listed.found {
      let design = plates[outlier.plate].wells[outlier.well].design
      plates[outlier.plate].wells[outlier.well].outlier = outlier.evidence
      found.add(
        .outlier(
          plate: plates[outlier.plate].plate, well: design.position.description, evidence: outlier.evidence,
          isMasked: options.masksOutliers),
        .info, file: plates[outlier.plate].file, line: nil)
    }
    let figures = PlateFigures(options: options, deviations: run.deviations)
    for number in plates.indices {
      plates[number].quality = figures.figures(of: plates, number, outliers: listed)
      guard plates[number].quality.verdict == .fail, !plates[number].isDayZero else { continue }
      let reasons = plates[number].quality.reasons.filter { $0.verdict == .fail }
      found.add(
        .failed(plate: plates[number].plate, reasons: reasons.map { $0.description(options.thresholds) }), .warning,
        file: plates[number].file)
    }
    let gathered = PlateBlocks(
      plates: plates, deviations: run.deviations, options: options, outliers: listed, drugKey: drugKey)
    blocks = gathered.blocks
    problems = found.all + gathered.problems
  }

  /// Normalises plates, corrected by position if that was asked for.
  private func normalised(
    _ joined: [ScreenPlate], excluding outliers: [OutlierWells.Found], problems: inout PlateProblems
  ) -> (plates: [ScreenPlate], deviations: ReplicateDeviations) {
    var plates = joined
    for outlier in outliers {
      plates[outlier.plate].wells[outlier.well].exclusion = .outlier
    }
    let start = PlateNormaliser.start(of: plates.filter(\.isDayZero), options: options.normalisation)
    let normaliser = PlateNormaliser(options: options.normalisation, method: method(for: plates), dayZero: start)
    let treated = plates.indices.filter { !plates[$0].isDayZero }
    var blanks: [Double?] = plates.map { _ in nil }
    for number in treated {
      blanks[number] = PlateNormaliser.subtractBlank(&plates[number], options: options.normalisation)
    }
    for number in treated { VehicleControls.separate(&plates[number], problems: &problems) }
    for number in treated { normaliser.normalise(&plates[number], blank: blanks[number], problems: &problems) }
    let unused = plates.filter(\.isDayZero)
    if !unused.isEmpty, method(for: plates) != .gr {
      problems.add(.dayZeroUnused(plates: unused.map(\.plate)), .warning, file: unused[0].file)
    }
    var deviations = ReplicateDeviations(plates, positiveIs: options.normalisation.positiveIs)
    let kind = options.normalisation.correction
    guard kind != .none else { return (plates, deviations) }

    let before = PlateFigures(options: options, deviations: deviations)
    let old = treated.map { before.figures(of: plates, $0, outliers: nil) }
    var corrections: [Int: PlateNormalisation.Correction] = [:]
    // Deviations from replicates that were themselves off show a part of the effects only: a second time for the rest.
    for round in 0..<(kind == .polish ? 2 : 1) {
      for (place, number) in treated.enumerated() {
        guard let effect = PositionalCorrection.apply(kind, to: &plates[number], deviations: deviations.plates[number])
        else {
          if round == 0 {
            problems.add(.correctionImpossible(plate: plates[number].plate), .warning, file: plates[number].file)
          }
          continue
        }
        var correction =
          corrections[number]
          ?? .init(
            kind: kind, rows: effect.rows.map { _ in 0 }, columns: effect.columns.map { _ in 0 },
            zPrimeBefore: old[place].values[.zPrime], edgeBefore: old[place].values[.edgeEffect])
        correction.rows = zip(correction.rows, effect.rows).map(+)
        correction.columns = zip(correction.columns, effect.columns).map(+)
        corrections[number] = correction
        var again = PlateProblems()
        normaliser.normalise(&plates[number], blank: blanks[number], problems: &again)
      }
      deviations = ReplicateDeviations(plates, positiveIs: options.normalisation.positiveIs)
    }
    let after = PlateFigures(options: options, deviations: deviations)
    for number in treated {
      guard var correction = corrections[number] else { continue }
      let new = after.figures(of: plates, number, outliers: nil)
      correction.zPrimeAfter = new.values[.zPrime]
      correction.edgeAfter = new.values[.edgeEffect]
      plates[number].normalisation?.correction = correction
    }
    return (plates, deviations)
  }

  /// The formula that is used: `auto` decided for the whole screen, so that its plates can be compared.
  private func method(for plates: [ScreenPlate]) -> NormalisationOptions.Method {
    guard options.normalisation.method == .auto else { return options.normalisation.method }
    let hasPositives = plates.contains { plate in
      !plate.isDayZero && plate.wells.contains { $0.design.role == .positive }
    }
    return hasPositives || options.normalisation.positiveIs == .higher ? .npi : .poc
  }
}
