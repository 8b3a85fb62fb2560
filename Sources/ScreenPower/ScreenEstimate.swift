import Foundation

/// A figure that is averaged over simulated screens, and its Monte-Carlo error. NaN where there is nothing to count.
public struct ScreenEstimate: Sendable, Hashable {
  /// The figure.
  public var value: Double
  /// Its standard error: how far another seed's figure lies from the truth, as a standard deviation.
  public var error: Double

  /// Nothing was counted.
  static let none = ScreenEstimate(value: .nan, error: .nan)

  /// Σ part / Σ whole over the screens.
  ///
  /// The combinations of a screen share their anchor, so that the screens, not the combinations, are what is drawn
  /// independently: the ratio estimator of cluster sampling, whose variance is that of the residuals part − R whole
  /// (Cochran 1977, Sampling Techniques, 3rd ed., §6.3 and §9A.1). Screens with nothing to count do not count.
  static func ratio(_ screens: [(part: Double, whole: Double)]) -> ScreenEstimate {
    let counted = screens.filter { $0.whole > 0 }
    let whole = counted.reduce(0) { $0 + $1.whole }
    guard whole > 0 else { return .none }
    let value = counted.reduce(0) { $0 + $1.part } / whole
    guard counted.count > 1 else { return ScreenEstimate(value: value, error: .nan) }
    let squares = counted.reduce(0) { sum, screen in
      let residual = screen.part - value * screen.whole
      return sum + residual * residual
    }
    let number = Double(counted.count)
    return ScreenEstimate(value: value, error: (number / (number - 1) * squares).squareRoot() / whole)
  }

  /// The same for a share. Where all screens agree on 0 or on 1 they say nothing of the error: it is that of as many
  /// independent draws with half a success and half a failure more. So it is where a single screen counts.
  static func share(_ screens: [(part: Double, whole: Double)]) -> ScreenEstimate {
    var estimate = ratio(screens)
    guard estimate.value.isFinite, !(estimate.error > 0) else { return estimate }
    let whole = screens.reduce(0) { $0 + $1.whole }
    let likely = (estimate.value * whole + 0.5) / (whole + 1)
    estimate.error = (likely * (1 - likely) / whole).squareRoot()
    return estimate
  }
}

/// Between which shares the middle four fifths of the screens lie: what one screen may find. They differ by their
/// anchor, and by chance where each counts few combinations.
public struct ScreenRange: Sendable, Hashable {
  /// The share that a tenth of the screens stays below; NaN where there is nothing to count.
  public var low: Double
  /// The share that a tenth of the screens exceeds.
  public var high: Double

  /// The quantiles at 0.1 and 0.9, straight between neighbours (type 7 of Hyndman & Fan 1996, Am. Stat. 50, 361–365).
  static func middle(_ screens: [(part: Double, whole: Double)]) -> ScreenRange {
    let sorted = screens.filter { $0.whole > 0 }.map { $0.part / $0.whole }.sorted()
    guard !sorted.isEmpty else { return ScreenRange(low: .nan, high: .nan) }
    func quantile(_ share: Double) -> Double {
      let position = share * Double(sorted.count - 1)
      let low = Int(position)
      let next = min(low + 1, sorted.count - 1)
      return sorted[low] + (sorted[next] - sorted[low]) * (position - Double(low))
    }
    return ScreenRange(low: quantile(0.1), high: quantile(0.9))
  }
}
