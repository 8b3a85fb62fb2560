import Foundation

/// Curves to be fitted together, each shifted and scaled so that the fit deals with numbers near 1.
struct HillBatch {
  /// What the polish needs of each curve.
  private(set) var curves: [HillPolish.Curve] = []
  /// The curves' responses one after the other, shifted and scaled.
  private(set) var responses: [Double] = []
  private var designs: [HillDesign] = []
  private var shifts: [Shift] = []

  /// How a curve's responses y were turned into those that are fitted, (y − offset) / scale.
  private struct Shift {
    /// The weighted mean, or the given E0.
    var offset: Double
    /// A power of two that brings the responses near 1, so that no square leaves the range of numbers.
    var scale: Double
    /// Σ w (y − ȳ)² of what is fitted.
    var spread: Double
    var isFlat: Bool
  }

  /// Number of curves.
  var count: Int { curves.count }

  /// Forgets the curves and keeps the memory.
  mutating func removeAll() {
    curves.removeAll(keepingCapacity: true)
    responses.removeAll(keepingCapacity: true)
    designs.removeAll(keepingCapacity: true)
    shifts.removeAll(keepingCapacity: true)
  }

  /// Adds a curve and returns its number.
  mutating func add(_ design: HillDesign, _ values: [Double], e0: Double) -> Int {
    let begin = responses.count
    responses.append(contentsOf: values)
    let points = design.points
    precondition(responses.count - begin == points, "one response for each dose")
    let (shift, power) = responses.withUnsafeMutableBufferPointer { responses in
      Self.shift(UnsafeMutableBufferPointer(rebasing: responses[begin...]), design: design, e0: e0)
    }
    designs.append(design)
    shifts.append(shift)
    curves.append(HillPolish.Curve(frame: design.frame, offset: begin, power: power))
    return curves.count - 1
  }

  /// Curves next to each other that share a design.
  func runs(in part: Range<Int>) -> [(design: HillDesign, curves: Range<Int>)] {
    var runs: [(design: HillDesign, curves: Range<Int>)] = []
    var first = part.lowerBound
    while first < part.upperBound {
      var end = first + 1
      while end < part.upperBound, designs[end] === designs[first] { end += 1 }
      runs.append((designs[first], first..<end))
      first = end
    }
    return runs
  }

  /// Shifts the responses in place; Σ w y² of what they become.
  private static func shift(
    _ y: UnsafeMutableBufferPointer<Double>, design: HillDesign, e0: Double
  ) -> (Shift, power: Double) {
    design.weights.withUnsafeBufferPointer { w in
      var mean = 0.0
      for point in y.indices { mean += w[point] * y[point] }
      mean /= max(design.weightSum, .leastNormalMagnitude)
      let offset = design.fixedE0 ? e0 : mean
      var largest = abs(e0)
      var furthest = 0.0
      for point in y.indices {
        largest = max(largest, abs(y[point]))
        y[point] -= offset
        furthest = max(furthest, abs(y[point]))
      }
      let scale = furthest.isNormal ? Double(sign: .plus, exponent: min(furthest.exponent, 1000), significand: 1) : 1
      let inverse = 1 / scale
      let centre = (mean - offset) * inverse
      var power = 0.0
      var spread = 0.0
      for point in y.indices {
        y[point] *= inverse
        power += w[point] * y[point] * y[point]
        spread += w[point] * (y[point] - centre) * (y[point] - centre)
      }
      // Rounding of the mean leaves a few units in the last place on constant data.
      let isFlat = !(power > 1e-28 * (largest * inverse) * (largest * inverse) * design.weightSum)
      return (Shift(offset: offset, scale: scale, spread: spread, isFlat: isFlat), power)
    }
  }

  /// The fit that a polished start gives; with `nil`, when none did, a flat one.
  func finish(_ index: Int, _ task: HillPolish.Task?) -> HillFit {
    let design = designs[index]
    let shift = shifts[index]
    guard design.points > 0 else { return .none }
    guard let task, !shift.isFlat else {
      let flat = HillCurve(e0: shift.offset, emax: shift.offset, hill: 1, ec50: design.scale)
      return fit(index, curve: flat, rss: curves[index].power, status: .flat)
    }
    let start = shift.offset - shift.scale * (task.amplitude * task.mean)
    let end = shift.offset + shift.scale * (task.amplitude - task.amplitude * task.mean)
    let mirrored = design.isMirrored && task.logEC50 < 0
    let hill = design.bounds.hill
    let range = design.logEC50Range
    let onBound =
      task.hill <= hill.lowerBound || task.hill >= hill.upperBound || task.logEC50 <= range.lowerBound
      || task.logEC50 >= range.upperBound
    return fit(
      index,
      curve: HillCurve(
        e0: mirrored ? end : start, emax: mirrored ? start : end, hill: task.hill,
        ec50: design.scale * exp(task.logEC50)),
      rss: task.rss,
      status: design.informativePoints < design.freeParameters ? .underdetermined : onBound ? .atBound : .converged)
  }

  /// A fit of the given Σ w (y − f)², in the units of the shifted responses.
  private func fit(_ index: Int, curve: HillCurve, rss: Double, status: HillFit.Status) -> HillFit {
    let shift = shifts[index]
    return HillFit(
      curve: curve, rss: rss * shift.scale * shift.scale, r2: shift.spread > 0 ? 1 - rss / shift.spread : .nan,
      points: designs[index].points, status: status)
  }

  /// A fit that leaves the bounds of E0 or Emax is made again within them. One inside is the global minimum there too.
  func keepWithinBounds(_ fit: HillFit, curve index: Int) -> HillFit {
    let design = designs[index]
    let bounds = design.bounds
    guard fit.status != .noData, bounds.e0 != nil || bounds.emax != nil else { return fit }
    let shift = shifts[index]
    let free = bounds.e0 ?? BoundedHillFit.unbounded
    let e0 = design.fixedE0 ? shift.offset...shift.offset : free
    let emax = bounds.emax ?? BoundedHillFit.unbounded
    guard !((design.fixedE0 || free.contains(fit.curve.e0)) && emax.contains(fit.curve.emax)) else { return fit }
    let begin = curves[index].offset
    let own = (0..<design.points).map { responses[begin + $0] * shift.scale + shift.offset }
    guard let bounded = BoundedHillFit(design: design, e0: e0, emax: emax).fit(own) else { return fit }
    return self.fit(
      index, curve: bounded.curve, rss: bounded.rss / shift.scale / shift.scale,
      status: design.informativePoints < design.freeParameters ? .underdetermined : .atBound)
  }
}
