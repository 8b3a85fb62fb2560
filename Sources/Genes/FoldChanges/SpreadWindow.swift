import Foundation
import Statistics

/// The spread of fold changes as a function of reads in the control: what a guide that does nothing scatters by.
enum SpreadWindow {
  /// drugZ's half window and step, and the fewest guides it can do.
  static let drugZHalf = 500
  static let drugZStep = 25
  static let drugZLeast = 1001

  /// drugZ's (version 1.1.0.2) for fold changes in the order of falling reads; 1,001 at least.
  ///
  /// The standard deviation (n − 1) of the first 1,000 goes to the first 500; from there on that of the 1,000 around goes to 25 guides
  /// at a time, but never less than before; the last 500 get the last one.
  static func drugZ(_ values: [Double]) -> [Double] {
    let (half, step, n) = (drugZHalf, drugZStep, values.count)
    var spread = [Double](repeating: 0, count: n)
    var last = sd(values[0..<2 * half])
    for place in 0..<half { spread[place] = last }
    var place = half
    while place < n - half + step {
      last = max(sd(values[place - half..<min(place + half, n)]), last)
      for guide in place..<min(place + step, n) { spread[guide] = last }
      place += step
    }
    for guide in n - half..<n { spread[guide] = spread[n - half - 1] }
    return spread
  }

  /// The standard deviation with n − 1.
  private static func sd(_ values: ArraySlice<Double>) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }

  /// A robust spread for any number of fold changes in the order of falling reads.
  ///
  /// Windows of a tenth of the guides, 100 to 1,000 (all where there are fewer): in each the median absolute deviation × 1.4826 (Hampel
  /// 1974), so that hits do not widen it. The spread does not fall as reads fall: isotonic regression over the windows (Barlow et al.
  /// 1972), straight between their centres.
  static func fitted(_ values: [Double]) -> [Double] {
    let n = values.count
    guard n > 0 else { return [] }
    let width = min(n, max(100, min(1000, n / 10)))
    let step = max(1, width / 4)
    var starts = Array(stride(from: 0, to: n - width + 1, by: step))
    if let last = starts.last, last < n - width { starts.append(n - width) }
    let spreads = isotonic(starts.map { robust(values[$0..<$0 + width]) })
    let centres = starts.map { Double($0) + Double(width - 1) / 2 }
    var result = [Double](repeating: spreads[0], count: n)
    var window = 0
    for place in 0..<n {
      let x = Double(place)
      while window + 1 < centres.count, centres[window + 1] <= x { window += 1 }
      if x <= centres[0] {
        result[place] = spreads[0]
      } else if window + 1 >= centres.count {
        result[place] = spreads[window]
      } else {
        let share = (x - centres[window]) / (centres[window + 1] - centres[window])
        result[place] = spreads[window] + (spreads[window + 1] - spreads[window]) * share
      }
    }
    return result
  }

  /// The median absolute deviation of a window, never below a third of its standard deviation: where most guides have the same few
  /// reads, most fold changes are equal.
  private static func robust(_ window: ArraySlice<Double>) -> Double {
    var values = Array(window)
    let middle = OrderStatistic.median(of: &values)
    for place in values.indices { values[place] = abs(values[place] - middle) }
    let mad = 1.482_602_218_505_602 * OrderStatistic.median(of: &values)
    let floor = window.count > 1 ? sd(window) / 3 : 0
    let spread = max(mad, floor)
    return spread > 0 ? spread : 1
  }

  /// The nearest sequence that does not fall, in least squares: pool adjacent violators.
  private static func isotonic(_ values: [Double]) -> [Double] {
    var pools: [(sum: Double, count: Int)] = []
    for value in values {
      pools.append((value, 1))
      while pools.count > 1, let last = pools.last {
        let before = pools[pools.count - 2]
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        pools.removeLast(2)
        pools.append((before.sum + last.sum, before.count + last.count))
      }
    }
    return pools.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
  }
}
