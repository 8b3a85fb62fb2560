import Foundation

/// A linear axis: values to places, with ticks at round numbers.
struct LinearScale {
  /// The values that are labelled, ascending.
  let ticks: [Double]
  /// The values at the ends.
  let range: ClosedRange<Double>
  private let start: Double
  private let end: Double

  /// An axis over values, as wide as the next ticks.
  ///
  /// - Parameters:
  ///   - values: What is to be shown; what is not finite is left aside.
  ///   - including: Values that are always on the axis.
  ///   - start: The place of the lowest value.
  ///   - end: The place of the highest.
  ///   - steps: About how many ticks.
  init(_ values: some Sequence<Double>, including: [Double], from start: Double, to end: Double, steps: Int = 5) {
    let finite = (Array(values) + including).filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let step = Self.step(max(high - low, 1e-9) / Double(steps))
    let first = (low / step + 1e-9).rounded(.down)
    let last = max(first + 1, (high / step - 1e-9).rounded(.up))
    ticks = stride(from: first, through: last + 0.5, by: 1).map { $0 * step + 0 }
    range = first * step...last * step
    self.start = start
    self.end = end
  }

  /// The place of a value; what lies outside is put at the end.
  func place(_ value: Double) -> Double {
    let inside = min(range.upperBound, max(range.lowerBound, value))
    return start + (inside - range.lowerBound) / (range.upperBound - range.lowerBound) * (end - start)
  }

  /// The round number (1, 2 or 5 times a power of ten) at or above a step.
  private static func step(_ least: Double) -> Double {
    let power = pow(10, floor(log10(least)))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least * 0.999 } ?? 10 * power
  }
}
