import Assay
import Statistics

/// Looks at whether a block's responses fit the way its file was read. Changes nothing.
package struct ResponseChecks {
  let matrix: DoseMatrix
  let raw: RawBlock.Wells
  let reading: ResponseReading
  let options: ReadingOptions
  /// Whether an option, a column's name or a title says what the responses are.
  let isKindSaid: Bool
  /// Whether the responses are a raw signal in percent of the untreated wells.
  var isSignal = false
  /// Whether a layout says which wells are untreated, and not their doses alone.
  var areRolesSaid = true

  /// What speaks against the reading; a refusal only in `auto`, where the file's reading was a conclusion and not the
  /// user's word.
  var findings: [Finding] {
    var findings: [Finding] = []
    if let rising = risingFinding { return [rising] }
    let control = matrix.control.map { matrix.mean[$0] }
    if let other = scaleFinding {
      findings.append(other)
    } else if let control, abs(control) > options.controlTolerance {
      let top = topResponse
      if abs(control - 100) <= options.controlTolerance, top < 50, top < control - options.controlTolerance {
        let seen = ResponseReading(isViability: !reading.isViability, isFraction: reading.isFraction)
        let error = PlateReadingError.blockReversed(
          control: written(control), top: written(top), read: reading.description, instead: seen.option.rawValue)
        findings.append(options.response == .auto ? .error(error, line: raw.line) : .warning(error, line: raw.line))
      } else {
        findings.append(.warning(.controlFar(control: control, tolerance: options.controlTolerance), line: controlLine))
      }
    } else if let low = untreatedLow {
      findings.append(low)
    }
    if let torn = untreatedTorn { findings.append(torn) }
    if let scores = scoresFinding { findings.append(scores) }
    let plausible = options.plausibleInhibition
    if raw.values.contains(where: { !plausible.contains(reading.inhibition($0)) }) {
      findings += farFindings(plausible)
    }
    return findings
  }

  /// From how many per cent of the untreated wells' signal on one at high doses is hardly that of living cells; the same where
  /// each drug alone, and all together, are above it.
  private static let risen = (one: 150.0, all: 120.0)

  /// The greatest median of a signal at high doses, where it rises as that of dead cells does; `nil` where it does not.
  ///
  /// - Parameters:
  ///   - highDoses: Of each drug alone and of all together, in per cent of the untreated wells.
  ///   - lowDoses: The signal at low doses: where it is higher still, it is the untreated wells that are low.
  package static func rise(of highDoses: [[Double]], lowDoses: [Double]) -> Double? {
    let tops = highDoses.map { median($0) }.filter { !$0.isNaN }
    guard let top = tops.max(), let least = tops.min(), !(top < 0.9 * median(lowDoses)) else { return nil }
    return top > risen.one || (least > risen.all && tops.count > 1) ? top : nil
  }

  /// A signal that rises with the doses, as that of dead cells does. Where a person said that it is one of living cells, it is
  /// read as that.
  private var risingFinding: Finding? {
    guard isSignal, let top = Self.rise(of: raw.highDoseValues, lowDoses: raw.lowDoseValues) else { return nil }
    let error = PlateReadingError.signalRises(top: top)
    return options.response == .auto ? .error(error, line: raw.line) : .warning(error, line: raw.line)
  }

  /// From how far apart in % inhibition, and as a share of the range of all responses, untreated wells are of two kinds.
  private static let torn = (points: 30.0, share: 0.3)

  /// Whether some response lies farther than this from another, in % inhibition: mostly none does, and nothing needs a look.
  private var inhibitionRange: ClosedRange<Double>? {
    guard let (low, high) = raw.values.range else { return nil }
    let ends = [reading.inhibition(low), reading.inhibition(high)].sorted()
    return ends[1] - ends[0] > Self.torn.points ? ends[0]...ends[1] : nil
  }

  /// Untreated wells of two kinds.
  private var untreatedTorn: Finding? {
    guard let range = inhibitionRange else { return nil }
    let sorted = raw.controls.map(reading.inhibition).sorted()
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    guard let place = gaps.indices.max(by: { gaps[$0] < gaps[$1] }), gaps[place] > Self.torn.points,
      gaps[place] > Self.torn.share * (range.upperBound - range.lowerBound)
    else { return nil }
    let groups = [Array(sorted[...place]), Array(sorted[(place + 1)...])]
    guard groups.allSatisfy({ ($0.last ?? 0) - ($0.first ?? 0) < gaps[place] / 2 }) else { return nil }
    let error = PlateReadingError.untreatedTorn(
      low: median(groups[0]), high: median(groups[1]), lowWells: groups[0].count, highWells: groups[1].count)
    let isRefused = groups.allSatisfy { $0.count > 1 } && !areRolesSaid
    return isRefused ? .error(error, line: controlLine) : .warning(error, line: controlLine)
  }

  /// Untreated wells that are far below those at low doses.
  private var untreatedLow: Finding? {
    guard let range = inhibitionRange else { return nil }
    let control = median(raw.controls.map(reading.inhibition))
    guard control - range.lowerBound > Self.torn.points else { return nil }
    let low = median(raw.lowDoseValues.map(reading.inhibition))
    return control - low > Self.torn.points
      ? .warning(.untreatedLow(control: control, low: low), line: controlLine) : nil
  }

  /// Each drug alone reads exactly 0 at every dose, and together they do not: scores are like this, and no assay.
  private var scoresFinding: Finding? {
    var wells = 0
    for well in raw.values.indices where raw.drugs.indices.count(where: { raw.dose(of: $0, in: well) > 0 }) < 2 {
      guard raw.values[well] == 0 else { return nil }
      wells += 1
    }
    guard wells > 4, Set(raw.values).count > 3 else { return nil }
    let error = PlateReadingError.scoresOnly(wells: wells)
    return isKindSaid ? .info(error, line: raw.line) : .error(error, line: raw.line)
  }

  /// Responses that no assay gives.
  private func farFindings(_ plausible: ClosedRange<Double>) -> [Finding] {
    var findings: [Finding] = []
    let responses = raw.values.map(reading.inhibition)
    let far = responses.indices.filter { !plausible.contains(responses[$0]) }
    if let worst = far.max(by: { excess(responses[$0]) < excess(responses[$1]) }) {
      findings.append(
        .warning(
          .implausibleResponses(
            count: far.count, worst: responses[worst], low: plausible.lowerBound, high: plausible.upperBound),
          line: raw.lines[worst]))
    }
    return findings
  }

  private func excess(_ response: Double) -> Double {
    max(response - options.plausibleInhibition.upperBound, options.plausibleInhibition.lowerBound - response)
  }

  /// The median response where every drug is in the upper half of its doses.
  private var topResponse: Double {
    let cells = (0..<matrix.cellCount).filter { cell in
      matrix.count[cell] > 0
        && matrix.axes.indices.allSatisfy { matrix.position(of: cell, on: $0) * 2 >= matrix.shape[$0] }
    }
    return median(cells.lazy.map { matrix.mean[$0] })
  }

  /// A response as it stands in the file.
  private func written(_ inhibition: Double) -> Double {
    let percent = reading.isViability ? 100 - inhibition : inhibition
    return reading.isFraction ? percent / 100 : percent
  }

  private var controlLine: Int? { raw.values.indices.first { raw.isControl($0) }.map { raw.lines[$0] } }

  private var scaleFinding: Finding? {
    guard let (low, high) = raw.values.range, low < high else { return nil }
    let range = options.fractionRange
    let within = Double(raw.values.count { range.contains($0) }) / Double(raw.values.count)
    var controlIsPercent: Bool { abs(median(raw.controls) - 100) <= options.controlTolerance }
    let differs =
      reading.isFraction ? within < options.fractionShare : within >= options.fractionShare && !controlIsPercent
    guard differs else { return nil }
    let seen = ResponseReading(isViability: reading.isViability, isFraction: !reading.isFraction)
    return .warning(
      .blockScaleDiffers(low: low, high: high, read: reading.description, instead: seen.option.rawValue), line: raw.line
    )
  }
}
