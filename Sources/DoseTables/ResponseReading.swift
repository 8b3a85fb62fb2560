import Assay
import Statistics

/// How a file's responses are understood: viability or inhibition, in percent or as a fraction.
package struct ResponseReading: Hashable {
  package var isViability: Bool
  package var isFraction: Bool

  /// % inhibition of a value as written. Viability v is 100 − v. Never clamped.
  package func inhibition(_ value: Double) -> Double {
    let percent = isFraction ? value * 100 : value
    return isViability ? 100 - percent : percent
  }

  /// `viability, %`
  package var description: String { "\(isViability ? "viability" : "inhibition"), \(isFraction ? "fraction" : "%")" }

  /// The value of `--response` that means this.
  package var option: ReadingOptions.Response {
    switch (isViability, isFraction) {
    case (true, true): .viabilityFraction
    case (true, false): .viability
    case (false, true): .inhibitionFraction
    case (false, false): .inhibition
    }
  }

  package init(isViability: Bool, isFraction: Bool) {
    self.isViability = isViability
    self.isFraction = isFraction
  }

  /// What was asked for; `nil` for `auto`.
  package init?(_ response: ReadingOptions.Response) {
    switch response {
    case .auto: return nil
    case .inhibition: self.init(isViability: false, isFraction: false)
    case .viability: self.init(isViability: true, isFraction: false)
    case .viabilityFraction: self.init(isViability: true, isFraction: true)
    case .inhibitionFraction: self.init(isViability: false, isFraction: true)
    // In percent of the untreated wells by now.
    case .signal: self.init(isViability: true, isFraction: false)
    }
  }
}

/// What a file's values show of their meaning.
package struct ResponseEvidence {
  /// The median over blocks of the blocks' median untreated value; NaN without controls.
  package let control: Double
  package let low: Double
  package let high: Double
  /// The median over blocks of the median value where every drug is in the lower half of its doses; NaN without such wells.
  let bottom: Double
  /// The median over blocks of the median value where every drug is in the upper half of its doses; NaN without such wells.
  let top: Double
  /// Whether the values look like fractions; `nil` when there is nothing to tell it from, or the blocks disagree.
  package let isFraction: Bool?
  private let options: ReadingOptions

  package init(_ screen: RawScreen, options: ReadingOptions) {
    var (controls, tops, bottoms): ([Double], [Double], [Double]) = ([], [], [])
    var ranges: [(low: Double, high: Double)] = []
    // By number: to take a block out of the array is to count the users of all its parts.
    for number in screen.blocks.indices {
      let wells = screen.blocks[number].wells
      controls.append(median(wells.controls))
      if options.response == .auto {
        tops.append(median(wells.values(atHighDoses: true)))
        if controls.last?.isNaN ?? false { bottoms.append(median(wells.values(atHighDoses: false))) }
      }
      if let range = wells.values.range { ranges.append(range) }
    }
    control = median(controls.filter { $0.isFinite })
    top = median(tops.filter { $0.isFinite })
    bottom = median(bottoms.filter { $0.isFinite })
    low = ranges.lazy.map(\.low).min() ?? .nan
    high = ranges.lazy.map(\.high).max() ?? .nan
    var fractions = 0
    var percents = 0
    for (low, high) in ranges {
      if !(options.fractionRange.contains(low) && options.fractionRange.contains(high)) {
        percents += 1
      } else if low < high {
        fractions += 1
      }
    }
    isFraction =
      screen.marks.isPercent
      ? false : fractions == percents ? (fractions == 0 ? false : nil) : fractions > percents
    self.options = options
  }

  /// Whether the controls are those of viability (`true`), of inhibition (`false`), of neither or absent (`nil`).
  package func controlsAreViability(isFraction: Bool) -> Bool? {
    let percent = isFraction ? control * 100 : control
    if abs(percent - 100) <= options.controlTolerance { return true }
    if abs(percent) <= options.controlTolerance { return false }
    return nil
  }

  /// Whether the values as fractions of inhibition stay within what is plausible.
  package var fitsInhibitionFraction: Bool {
    options.plausibleInhibition.contains(low * 100) && options.plausibleInhibition.contains(high * 100)
  }

  /// Whether no value is worth more than `quiet` per cent of full inhibition, and they fall with the doses.
  func isQuiet(isFraction: Bool) -> Bool {
    max(abs(low), abs(high)) * (isFraction ? 100 : 1) <= Self.quiet && low < high && top < control
  }

  /// Of values that stay within this, in % inhibition, their range does not tell what they are.
  static let quiet = 10.0

  /// Whether, without untreated wells, values go the other way with the doses than their name says.
  func runsAgainst(isViability: Bool, isFraction: Bool) -> Bool {
    guard control.isNaN else { return false }
    return (isViability ? top - bottom : bottom - top) * (isFraction ? 100 : 1) > Self.farRun
  }

  /// How far values without untreated wells go, in per cent of full inhibition, to say which way they run.
  private static let farRun = 25.0

  /// How far values fall from the untreated wells to the highest doses, in per cent of full inhibition.
  func fall(isFraction: Bool) -> Double { (control - top) * (isFraction ? 100 : 1) }

  /// From what fall on values that are read as inhibition say that the drugs make cells grow.
  static let largestFall = 12.0

  /// Viabilities of no more than this, all of a file's, are hardly in percent.
  static let largestFraction = 2.0

  /// Untreated wells whose inhibition is farther from 0 than this, in %, are in no percents, whoever says so.
  static let farthestControl = 1000.0

  /// What was seen, in words.
  package var words: String {
    let range = "the values lie between \(PlateReadingError.number(low)) and \(PlateReadingError.number(high))"
    guard control.isFinite else { return range + " and there is no untreated control" }
    return "the untreated controls read \(PlateReadingError.number(control)) (median) and " + range
  }
}

extension ResponseReading {
  /// Decides how a file's responses are to be understood.
  ///
  /// - Throws: `undecidableResponse` in `auto`, when name, controls and range contradict each other or do not suffice.
  init(
    _ evidence: ResponseEvidence, column: (name: String, word: ColumnRole.ResponseWord)?,
    titles: [ResponseTitle] = [], options: ReadingOptions
  ) throws(PlateReadingError) {
    if let asked = ResponseReading(options.response) {
      self = asked
      return
    }
    // What a column is called is nearer to its numbers than what stands above them.
    let title: ResponseTitle? =
      column?.word.isKind ?? false ? nil : try titles.agreed()
    let name = title?.words ?? column.map { "the column is called \"\(PlateReadingError.short($0.name))\"" }
    guard let isFraction = evidence.isFraction else {
      throw .undecidableResponse(
        seen: "as many blocks look like fractions as like percent; " + evidence.words)
    }
    let byControl = evidence.controlsAreViability(isFraction: isFraction)
    let byColumn: Bool? =
      switch column?.word {
      case .viability, .signal: true
      case .inhibition: false
      // By convention viability: but not where it rises with the doses, or nothing tells that it falls.
      case .effect: evidence.control.isNaN && evidence.bottom > evidence.top ? true : nil
      case .unspecified, nil: nil
      }
    let byName = title?.isViability ?? byColumn
    switch (byName, byControl) {
    case (let byName?, let byControl?) where byName != byControl:
      throw .undecidableResponse(
        seen: "\(name ?? "the name") but \(evidence.words), as \(byControl ? "viability" : "inhibition") would")
    case (_, false?) where isFraction && !evidence.fitsInhibitionFraction:
      // A quiet pair in percent looks like this too.
      throw .undecidableResponse(seen: evidence.words + ", which may be fractions or percent")
    case (nil, false?) where evidence.fall(isFraction: isFraction) > ResponseEvidence.largestFall:
      // A raw signal whose untreated wells read low, or changes that are stated as negative numbers.
      throw .undecidableResponse(
        seen: evidence.words
          + ", and fall to \(PlateReadingError.number(evidence.top)) at the highest doses, as inhibition does not")
    case (nil, false?) where evidence.isQuiet(isFraction: isFraction):
      // Rates of growth, and fractions of which one is above the greatest, look like this.
      throw .undecidableResponse(
        seen: evidence.words + ", so that nothing would be inhibited anywhere if they were inhibition")
    case (_?, nil) where title != nil && evidence.control.isFinite:
      // Untreated wells that are neither 0 nor 100 are on a scale that a title does not tell.
      throw .undecidableResponse(seen: "\(name ?? "") but \(evidence.words)")
    case (let byName?, nil) where evidence.runsAgainst(isViability: byName, isFraction: isFraction):
      throw .undecidableResponse(
        seen:
          "\(name ?? "the name") but the values go from \(PlateReadingError.number(evidence.bottom)) at low doses to "
          + "\(PlateReadingError.number(evidence.top)) at high ones, as \(byName ? "inhibition" : "viability") would, and "
          + "there is no untreated control")
    case (let byName?, _): self.init(isViability: byName, isFraction: isFraction)
    case (nil, let byControl?): self.init(isViability: byControl, isFraction: isFraction)
    case (nil, nil):
      throw .undecidableResponse(seen: [name, evidence.words].compactMap(\.self).joined(separator: ", "))
    }
  }

  /// What speaks against a reading that was asked for: what was seen, and the option that fits it.
  package func contradiction(_ evidence: ResponseEvidence) -> PlateReadingError? {
    let seenFraction = evidence.isFraction ?? isFraction
    // All values alike, or all 0, say nothing about the scale.
    let scale = evidence.low == evidence.high ? isFraction : seenFraction
    let seenViability = evidence.controlsAreViability(isFraction: scale) ?? isViability
    let seen = ResponseReading(isViability: seenViability, isFraction: scale)
    guard seen != self else { return nil }
    return .responseContradicted(read: description, seen: evidence.words, instead: seen.option.rawValue)
  }
}
