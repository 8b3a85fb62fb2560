import DoseResponse
import Foundation

/// The fit of a Hill curve by brute force, which shares no code with the engine: a fine grid over (ln h, ln EC50), the
/// linear parameters by their normal equations, and a shrinking search around the best nodes.
struct DenseSearch {
  var doses: [Double]
  var bounds = HillBounds()
  /// `nil`: E0 is free.
  var e0: Double?

  private static let rows = 80
  private static let columns = 400
  private static let starts = 12

  /// The least Σ (y − f)².
  func leastRSS(_ responses: [Double]) -> Double {
    let positive = doses.filter { $0 > 0 }
    let low = (log(bounds.hill.lowerBound), log((positive.min() ?? 1) / bounds.ec50Factor))
    let high = (log(bounds.hill.upperBound), log((positive.max() ?? 1) * bounds.ec50Factor))
    var nodes: [(rss: Double, h: Double, m: Double)] = []
    for row in 0..<Self.rows {
      for column in 0..<Self.columns {
        let h = low.0 + (high.0 - low.0) * Double(row) / Double(Self.rows - 1)
        let m = low.1 + (high.1 - low.1) * Double(column) / Double(Self.columns - 1)
        nodes.append((rss(responses, exp(h), exp(m)), h, m))
      }
    }
    nodes.sort { $0.rss < $1.rss }
    var best = Double.infinity
    for start in nodes.prefix(Self.starts) {
      var here = start
      var steps = ((high.0 - low.0) / Double(Self.rows), (high.1 - low.1) / Double(Self.columns))
      for _ in 0..<400 where max(steps.0, steps.1) > 1e-9 {
        var next = here
        for (dh, dm) in [(1.0, 0.0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
          let h = min(max(here.h + dh * steps.0, low.0), high.0)
          let m = min(max(here.m + dm * steps.1, low.1), high.1)
          let value = rss(responses, exp(h), exp(m))
          if value < next.rss { next = (value, h, m) }
        }
        if next.rss < here.rss { here = next } else { steps = (steps.0 / 2, steps.1 / 2) }
      }
      best = min(best, here.rss)
    }
    return best
  }

  /// Σ (y − f)² of a curve, from the formula.
  func rss(_ responses: [Double], of curve: HillCurve) -> Double {
    zip(doses, responses).reduce(0) { sum, point in
      let occupancy = point.0 > 0 ? 1 / (1 + pow(curve.ec50 / point.0, curve.hill)) : 0
      let residual = point.1 - (curve.e0 + (curve.emax - curve.e0) * occupancy)
      return sum + residual * residual
    }
  }

  private func rss(_ responses: [Double], _ hill: Double, _ ec50: Double) -> Double {
    let occupancy = doses.map { $0 > 0 ? 1 / (1 + pow(ec50 / $0, hill)) : 0 }
    let count = Double(doses.count)
    let shift = e0 ?? responses.reduce(0, +) / count
    let mean = e0 == nil ? occupancy.reduce(0, +) / count : 0
    var gg = 0.0
    var gy = 0.0
    for (g, y) in zip(occupancy, responses) {
      gg += (g - mean) * (g - mean)
      gy += (g - mean) * (y - shift)
    }
    let amplitude = gg > 0 ? gy / gg : 0
    return zip(occupancy, responses).reduce(0) { sum, point in
      let residual = point.1 - shift - amplitude * (point.0 - mean)
      return sum + residual * residual
    }
  }

  /// Whether fits are right: each RSS is that of its own curve, and on the first `few` no brute force finds a smaller.
  func check(_ fits: [HillFit], _ responses: [[Double]], few: Int = 12) -> Check {
    var apart = 0.0
    for (fit, values) in zip(fits, responses) {
      apart = max(apart, abs(fit.rss - rss(values, of: fit.curve)) / max(fit.rss, 1e-9))
    }
    var worst = 0.0
    for (fit, values) in zip(fits, responses).prefix(few) { worst = max(worst, fit.rss / leastRSS(values) - 1) }
    return Check(apart < 1e-6, "RSS as recomputed to \(String(format: "%.0e", apart))")
      && Check(worst < 1e-7, "RSS / least by brute force − 1 ≤ \(String(format: "%.0e", worst)) on \(few)")
  }
}
