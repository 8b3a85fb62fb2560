import Assay
import Foundation
import Statistics

/// Turns a plate's signals into % inhibition by the plate's own controls.
struct PlateNormaliser {
  let options: NormalisationOptions
  /// The formula; not `auto`.
  let method: NormalisationOptions.Method
  /// The untreated signal of the start by sample (`nil`: of any), and the plate it was read on.
  let dayZero: (plate: String, signals: [String?: Double])?

  /// Takes the blank off a plate's signals; answers it.
  static func subtractBlank(_ plate: inout ScreenPlate, options: NormalisationOptions) -> Double? {
    let blanks = plate.wells(.blank).compactMap(\.signal)
    guard options.subtractsBlank, !blanks.isEmpty else { return nil }
    let blank = SampleStatistics(blanks).centre(options.centre)
    for well in plate.wells.indices { plate.wells[well].signal = plate.wells[well].signal.map { $0 - blank } }
    return blank
  }

  /// Makes the responses of a plate whose signals are ready.
  func normalise(_ plate: inout ScreenPlate, blank: Double?, problems: inout PlateProblems) {
    var record = PlateNormalisation(
      method: method, centre: options.centre, blank: blank, controls: [], dayZeroPlate: nil, correction: nil)
    for well in plate.wells.indices { plate.wells[well].response = nil }
    let samples = Set(plate.wells.filter { $0.design.role == .sample }.map(\.design.sample))
    var dead: [WellPosition] = []
    for sample in samples.sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
      let controls: PlateNormalisation.Controls
      switch self.controls(of: plate, sample: sample, blank: blank) {
      case .failure(let problem):
        problems.add(problem, .error, file: plate.file)
        for well in plate.wells.indices where plate.wells[well].design.sample == sample && plate.wells[well].isUsable {
          if plate.wells[well].design.role == .sample { plate.wells[well].exclusion = .notNormalised }
        }
        continue
      case .success(let found): controls = found
      }
      record.controls.append(controls)
      for well in plate.wells.indices {
        let design = plate.wells[well].design
        let isOwn = design.role == .sample && design.sample == sample
        let isControl = design.role == .negative || design.role == .positive
        // A control that several samples share is normalised by the first of them.
        let isShared =
          isControl && (design.sample == sample || design.sample == nil) && plate.wells[well].response == nil
        guard isOwn || isShared, plate.wells[well].isUsable, let signal = plate.wells[well].signal else { continue }
        if method == .gr, signal <= 0 { dead.append(design.position) }
        plate.wells[well].response = response(signal, controls)
      }
    }
    if method == .gr { record.dayZeroPlate = dayZero?.plate }
    if !dead.isEmpty {
      problems.add(.belowBlank(plate: plate.plate, wells: dead.map(\.description)), .warning, file: plate.file)
    }
    plate.normalisation = record.controls.isEmpty ? nil : record
  }

  /// % inhibition of a signal.
  func response(_ signal: Double, _ controls: PlateNormalisation.Controls) -> Double {
    switch method {
    case .npi, .auto:
      100 * (controls.negative - signal) / (controls.negative - (controls.positive ?? 0))
    case .poc: 100 * (1 - signal / controls.negative)
    case .gr: Self.growthInhibition(signal, control: controls.negative, start: controls.dayZero ?? .nan)
    }
  }

  /// 100 (1 − GR) of a signal: Hafner 2016, GR = 2^(log₂(x/x₀) / log₂(N/x₀)) − 1. Its limit for no signal is 200.
  static func growthInhibition(_ signal: Double, control: Double, start: Double) -> Double {
    guard signal > 0 else { return 200 }
    return 100 * (2 - exp2(log2(signal / start) / log2(control / start)))
  }

  private func controls(
    of plate: ScreenPlate, sample: String?, blank: Double?
  ) -> Result<PlateNormalisation.Controls, PlateProblem> {
    let negatives = plate.controls(.negative, of: sample).compactMap(\.signal)
    guard !negatives.isEmpty else {
      return .failure(.controlsMissing(plate: plate.plate, role: .negative, sample: sample))
    }
    let positives = plate.controls(.positive, of: sample).compactMap(\.signal)
    if method == .npi, positives.isEmpty {
      return .failure(.controlsMissing(plate: plate.plate, role: .positive, sample: sample))
    }
    let negative = SampleStatistics(negatives).centre(options.centre)
    let positive = positives.isEmpty ? nil : SampleStatistics(positives).centre(options.centre)
    if let positive {
      let isRight = options.positiveIs == .lower ? positive < negative : positive > negative
      guard isRight else {
        return .failure(
          .controlsSwapped(
            plate: plate.plate, sample: sample, negative: negative, positive: positive, positiveIs: options.positiveIs))
      }
    } else if let problem = rises(plate, sample: sample, above: negative) {
      return .failure(problem)
    }
    guard negative > 0 || method == .npi else {
      return .failure(.controlsEmpty(plate: plate.plate, sample: sample, negative: negative, blank: blank))
    }
    var start: Double?
    if method == .gr {
      guard let x0 = dayZero?.signals[sample] ?? dayZero?.signals[nil] else {
        return .failure(.dayZeroMissing(plate: plate.plate, sample: sample))
      }
      guard x0 > 0, negative > x0 else {
        return .failure(.noGrowth(plate: plate.plate, sample: sample, control: negative, start: x0))
      }
      start = x0
    }
    return .success(
      .init(
        sample: sample, negative: negative, negativeCount: negatives.count, positive: positive,
        positiveCount: positives.count, dayZero: start))
  }

  /// That a plate whose signal is called as one that rises when cells die rises where wells are treated; `nil` where it does not,
  /// or where it was said which way it goes.
  private func rises(_ plate: ScreenPlate, sample: String?, above negative: Double) -> PlateProblem? {
    guard options.positiveIs == .lower, options.isDirectionStated != true, let title = plate.channel,
      DeathSignal.isName(title)
    else { return nil }
    let treated = plate.wells(.sample).filter { well in
      well.design.sample == sample && well.design.treatments.contains { $0.dose > 0 }
    }.compactMap(\.signal)
    let above = treated.count { $0 > negative }
    guard 2 * above > treated.count else { return nil }
    return .signalRises(plate: plate.plate, title: title, wells: above, of: treated.count)
  }

  /// The untreated signals of the plates of the start: of their negative controls, else of all their sample wells.
  static func start(
    of plates: [ScreenPlate], options: NormalisationOptions
  ) -> (plate: String, signals: [String?: Double])? {
    guard !plates.isEmpty else { return nil }
    var signals: [String?: [Double]] = [:]
    for plate in plates {
      var plate = plate
      _ = subtractBlank(&plate, options: options)
      let negatives = plate.wells(.negative)
      for well in negatives.isEmpty ? plate.wells(.sample) : negatives {
        if let signal = well.signal { signals[well.design.sample, default: []].append(signal) }
      }
    }
    return (
      plates.map(\.plate).joined(separator: ", "), signals.mapValues { SampleStatistics($0).centre(options.centre) }
    )
  }
}
