/// The Jacobian of a residual function by differences.
///
/// A difference never leaves the bounds: beside a wall it is taken to one side, from three points, to the same order.
public enum Differences: Sendable, Equatable {
  /// (r(x + h) − r(x − h)) / 2h with h = ε^⅓ times the parameter's magnitude: 2 evaluations a parameter, 9 to 10 digits
  /// (Nocedal & Wright 2006, §8.1).
  case central
  /// Ridders' extrapolation of central differences to h → 0, stopped where the estimated error of the column is
  /// smallest: up to 24 evaluations a parameter, 11 to 13 digits (Ridders 1982, *Advances in Engineering Software* 4,
  /// 75).
  case ridders
}

/// Takes the differences, and counts what they cost.
struct DifferenceQuotient {
  let method: Differences
  let bounds: Bounds
  /// Least magnitude each parameter is taken to have, in its unit, > 0.
  let leastMagnitudes: [Double]
  let residuals: NonlinearProblem.Residuals
  /// √w, or `nil`.
  private var roots: [Double]?
  /// Calls of the residual function so far.
  private(set) var evaluations = 0

  init(
    method: Differences, bounds: Bounds, leastMagnitudes: [Double], residuals: @escaping NonlinearProblem.Residuals
  ) {
    self.method = method
    self.bounds = bounds
    self.leastMagnitudes = leastMagnitudes
    self.residuals = residuals
  }

  /// Writes the Jacobian at `x`, where the residuals times √w (`roots`) are `r`. A column that cannot be had is left
  /// NaN; that of a parameter without room is 0.
  mutating func evaluate(
    at x: [Double], residuals r: [Double], roots: [Double]?, into jacobian: inout Matrix
  ) {
    self.roots = roots
    for j in x.indices {
      let room = (below: x[j] - bounds.lower[j], above: bounds.upper[j] - x[j])
      let magnitude = max(abs(x[j]), leastMagnitudes[j])
      var column = [Double](repeating: 0, count: r.count)
      if room.below > 0 || room.above > 0 {
        column =
          switch method {
          case .central: central(x, r, j, magnitude: magnitude, room: room)
          case .ridders: ridders(x, r, j, magnitude: magnitude, room: room)
          }
      }
      for i in r.indices { jacobian[i, j] = column[i] }
    }
  }

  private mutating func sample(_ x: [Double], _ j: Int, moved h: Double, count: Int) -> [Double] {
    var point = x
    point[j] = min(max(x[j] + h, bounds.lower[j]), bounds.upper[j])
    var result = [Double](repeating: .nan, count: count)
    residuals(point, &result)
    evaluations += 1
    guard result.count == count else { return [Double](repeating: .nan, count: count) }
    if let roots {
      for i in roots.indices { result[i] = roots[i] == 0 ? 0 : result[i] * roots[i] }
    }
    return result
  }

  private mutating func central(
    _ x: [Double], _ r: [Double], _ j: Int, magnitude: Double, room: (below: Double, above: Double)
  ) -> [Double] {
    var h = 0x1p-17 * magnitude  // 2⁻¹⁷ = 7.6e-6 is the power of two next to ε^⅓
    var column = [Double](repeating: .nan, count: r.count)
    // A model that is not finite at h may be so closer by; the loss of digits is better than no column.
    for _ in 0..<4 {
      if room.below >= h, room.above >= h {
        let step = (x[j] + h) - x[j]
        let up = sample(x, j, moved: step, count: r.count)
        let down = sample(x, j, moved: -step, count: r.count)
        column = r.indices.map { (up[$0] - down[$0]) / (2 * step) }
        if firstNonFinite(column) == nil { return column }
      }
      for (side, space) in [(1.0, room.above), (-1.0, room.below)] where space > 0 {
        let step = (x[j] + side * min(h, space / 2)) - x[j]
        guard step != 0, space >= min(h, max(room.above, room.below) / 2) else { continue }
        let near = sample(x, j, moved: step, count: r.count)
        let far = sample(x, j, moved: 2 * step, count: r.count)
        column = r.indices.map { (4 * near[$0] - 3 * r[$0] - far[$0]) / (2 * step) }
        if firstNonFinite(column) == nil { return column }
      }
      h /= 16
    }
    return column
  }

  private mutating func ridders(
    _ x: [Double], _ r: [Double], _ j: Int, magnitude: Double, room: (below: Double, above: Double)
  ) -> [Double] {
    let first = 0.01 * magnitude
    let isCentral = min(room.below, room.above) >= 0.001 * first
    let side = room.above >= room.below ? 1.0 : -1.0
    var h = min(first, isCentral ? min(room.below, room.above) : max(room.below, room.above))
    let shrink = 1.5
    let order = isCentral ? shrink * shrink : shrink  // the error series goes in h², or in h from one side
    var best = [Double](repeating: .nan, count: r.count)
    var error = Double.infinity
    var previous: [[Double]] = []
    var tries = 0
    while tries < 12 {
      tries += 1
      let step = (x[j] + side * h) - x[j]
      h /= shrink
      guard step != 0 else { break }
      let ahead = sample(x, j, moved: step, count: r.count)
      let quotient: [Double]
      if isCentral {
        let behind = sample(x, j, moved: -step, count: r.count)
        quotient = r.indices.map { (ahead[$0] - behind[$0]) / (2 * step) }
      } else {
        quotient = r.indices.map { (ahead[$0] - r[$0]) / step }
      }
      guard firstNonFinite(quotient) == nil else { continue }
      var current = [quotient]
      var factor = order
      for older in previous {
        let newer = current[current.count - 1]
        let extrapolated = r.indices.map { (newer[$0] * factor - older[$0]) / (factor - 1) }
        let estimate = max(distance(extrapolated, newer), distance(extrapolated, older))
        if estimate <= error { (best, error) = (extrapolated, estimate) }
        current.append(extrapolated)
        factor *= order
      }
      // When the highest order moves more than the best estimate errs, smaller steps only bring rounding.
      if previous.count > 2, distance(current[current.count - 1], previous[previous.count - 1]) >= 2 * error { break }
      previous = current
    }
    return firstNonFinite(best) == nil ? best : central(x, r, j, magnitude: magnitude, room: room)
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double { norm(zip(a, b).map { $0 - $1 }) }
}
