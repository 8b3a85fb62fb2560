/// The damped step that stays in a box: min ‖R p + Qᵀr‖² + λ ‖D p‖² over low ≤ p ≤ high, exactly.
///
/// Active sets as in Stark & Parker 1995, *Bounded-variable least squares* (Computational Statistics 10, 129): solve
/// for the free elements; where the solution leaves the box, go to the first wall on the way and hold that element
/// there; where it stays inside, free the held element whose multiplier says most strongly that the sum would fall
/// inwards. The damped problem is strictly convex, so every pass lowers it and no active set comes twice. As the step
/// is exact in the box, the search converges to the constrained minimum at the speed it has without bounds, once the
/// active set is the right one.
struct BoundedStep {
  /// Where an element of the step ended.
  enum Side: Equatable { case free, low, high }

  /// The step p.
  private(set) var p: [Double]
  /// For each element whether it is held at a wall.
  private(set) var sides: [Side]

  /// The indices that are not held.
  var free: [Int] { sides.indices.filter { sides[$0] == .free } }

  /// - Parameters:
  ///   - system: R and Qᵀr.
  ///   - damping: λ > 0.
  ///   - scale: D > 0.
  ///   - low: Lower walls of p, ≤ 0.
  ///   - high: Upper walls of p, ≥ 0.
  init(
    _ system: DampedSystem, damping: Double, scale: [Double], low: [Double], high: [Double]
  ) throws(LeastSquaresError) {
    let n = system.n
    p = [Double](repeating: 0, count: n)
    sides = [Side](repeating: .free, count: n)
    for j in 0..<n {
      if low[j] == 0, high[j] == 0 || system.gradient[j] > 0 {
        sides[j] = .low
      } else if high[j] == 0, system.gradient[j] < 0 {
        sides[j] = .high
      }
    }
    var justFreed: (index: Int, side: Side)?
    var barred: Set<Int> = []
    for _ in 0..<(10 * n + 10) {
      let wanted = try system.solve(
        target: system.projected, damping: damping, scale: scale, free: free, fixed: p)
      if let (j, side) = justFreed, side == .low ? wanted[j] < low[j] : wanted[j] > high[j] {
        // Rounding alone made the multiplier look inviting: hold it again and do not ask this element a second time.
        sides[j] = side
        barred.insert(j)
      } else if advance(towards: wanted, low: low, high: high) {
        justFreed = nil
        continue
      }
      guard let next = mostInviting(system, damping, scale, low, high, barred) else { return }
      justFreed = (next, sides[next])
      sides[next] = .free
    }
  }

  /// Moves p to `wanted`, or as far as the first wall.
  ///
  /// - Returns: Whether a wall was met.
  private mutating func advance(towards wanted: [Double], low: [Double], high: [Double]) -> Bool {
    var fraction = 1.0
    var first: Int?
    for j in free where wanted[j] < low[j] || wanted[j] > high[j] {
      let wall = wanted[j] < low[j] ? low[j] : high[j]
      let here = (wall - p[j]) / (wanted[j] - p[j])
      if here < fraction || first == nil {
        fraction = min(max(here, 0), 1)
        first = j
      }
    }
    guard let first else {
      p = wanted
      return false
    }
    for j in free { p[j] = min(max(p[j] + fraction * (wanted[j] - p[j]), low[j]), high[j]) }
    sides[first] = wanted[first] < low[first] ? .low : .high
    p[first] = sides[first] == .low ? low[first] : high[first]
    return true
  }

  /// The held element along which the damped sum falls most steeply inwards, in units of D.
  private func mostInviting(
    _ system: DampedSystem, _ damping: Double, _ scale: [Double], _ low: [Double], _ high: [Double],
    _ barred: Set<Int>
  ) -> Int? {
    let held = sides.indices.filter { sides[$0] != .free && low[$0] < high[$0] && !barred.contains($0) }
    guard !held.isEmpty else { return nil }
    var residual = system.image(of: p)
    for i in residual.indices { residual[i] += system.projected[i] }
    let threshold = 0x1p-48 * norm(system.projected)
    var best: (index: Int, pull: Double)?
    for j in held {
      var slope = damping * scale[j] * scale[j] * p[j]
      for i in 0..<min(j + 1, system.k) { slope += system.r(i, j) * residual[i] }
      let pull = (sides[j] == .low ? -slope : slope) / scale[j]
      if pull > max(threshold, best?.pull ?? 0) { best = (j, pull) }
    }
    return best?.index
  }
}
