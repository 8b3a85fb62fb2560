import Foundation

/// Fits Hill curves: the global minimum of Σ w (y − f)² within bounds, many curves at once.
///
/// Collect curves with `add`, fit them together with `fit()`. The result of a curve depends only on its own data and on
/// which curves were added in the same batch in which order (not on time, thread or earlier batches), so a batch should
/// be one block's. A fitter belongs to one thread at a time; it keeps its workspace and the designs it has met.
///
/// ```swift
/// let fitter = HillFitter(bounds: HillBounds())
/// let fit = fitter.fit(doses: [0, 1, 3, 10, 30], responses: [0.4, 11, 38, 71, 92])
/// fit.curve.ec50   // 4.6
/// ```
public final class HillFitter {
  /// The bounds of every fit.
  public let bounds: HillBounds

  private var designs: [Key: HillDesign] = [:]
  private var curves: [HillPolish.Curve] = []
  private var responses: [Double] = []
  private var shifts: [Shift] = []
  private var tasks: [HillPolish.Task] = []
  private var search = HillGridSearch()
  private var polish = HillPolish()

  /// Designs kept; a screen has a handful.
  private static let designLimit = 512

  private struct Key: Hashable {
    var doses: [Double]
    var weights: [Double]
    var fixedE0: Bool
  }

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

  /// Makes a fitter.
  public init(bounds: HillBounds = .init()) {
    self.bounds = bounds
  }

  /// The design of these doses; made once, then kept.
  public func design(doses: [Double], weights: [Double], fixedE0: Bool) -> HillDesign {
    let key = Key(doses: doses, weights: weights, fixedE0: fixedE0)
    if let known = designs[key] { return known }
    if designs.count >= Self.designLimit { designs.removeAll() }
    let design = HillDesign(doses: doses, weights: weights, fixedE0: fixedE0, bounds: bounds)
    designs[key] = design
    return design
  }

  /// Adds a curve to the batch and returns its number. `responses` belong to `design.doses`, in that order; `e0` is
  /// needed when the design fixes E0.
  @discardableResult
  public func add(_ design: HillDesign, responses values: some Sequence<Double>, e0: Double = 0) -> Int {
    let begin = responses.count
    responses.append(contentsOf: values)
    let points = design.points
    precondition(responses.count - begin == points, "one response for each dose")
    let (shift, power) = responses.withUnsafeMutableBufferPointer { responses in
      Self.shift(UnsafeMutableBufferPointer(rebasing: responses[begin...]), design: design, e0: e0)
    }
    shifts.append(shift)
    curves.append(HillPolish.Curve(design: design, offset: begin, power: power))
    return curves.count - 1
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

  /// Fits the curves added since the last call, in the order in which they were added.
  public func fit() -> [HillFit] {
    defer {
      curves.removeAll(keepingCapacity: true)
      responses.removeAll(keepingCapacity: true)
      shifts.removeAll(keepingCapacity: true)
    }
    var fits: [HillFit] = []
    fits.reserveCapacity(curves.count)
    var first = 0
    while first < curves.count {
      let end = min(curves.count, first + Self.curvesTogether)
      fit(first..<end, into: &fits)
      first = end
    }
    return fits
  }

  /// Curves that are searched and polished together: as many as the processor's second-level cache holds.
  private static let curvesTogether = Int(Lab.env("CHUNK", 96))

  private func fit(_ part: Range<Int>, into fits: inout [HillFit]) {
    tasks.removeAll(keepingCapacity: true)
    var first = part.lowerBound
    while first < part.upperBound {
      let design = curves[first].design
      var end = first + 1
      while end < part.upperBound, curves[end].design === design { end += 1 }
      responses.withUnsafeBufferPointer { responses in
        guard let base = responses.baseAddress else { return }
        search.starts(
          for: design, first: first, count: end - first, responses: base + curves[first].offset, into: &tasks)
      }
      first = end
    }
    polish.run(&tasks, curves: curves, responses: responses, until: .full)
    Lab.total += part.count
    var next = 0
    for curve in part {
      var best: Int?
      let allowance = Self.equallyGood * curves[curve].power
      while next < tasks.count, tasks[next].curve == curve {
        if tasks[next].rss.isFinite, !tasks[next].isDropped, best.map({ tasks[next].rss < tasks[$0].rss - allowance }) ?? true {
          best = next
        }
        if !tasks[next].isDropped { Lab.kept[0] += 1 }
        next += 1
      }
      fits.append(keepWithinBounds(finish(curve, task: best.map { tasks[$0] }), curve: curve))
    }
  }

  /// Difference in RSS, relative to Σ w y², below which two minima are equally good and the earlier start is kept:
  /// curves through every point differ by rounding only, and which of them wins must not hang on that.
  private static let equallyGood = 1e-14
  /// Fits one curve. Doses must be distinct; `weights` are all 1 when absent; with `e0` given E0 is fixed there.
  public func fit(doses: [Double], responses: [Double], weights: [Double]? = nil, e0: Double? = nil) -> HillFit {
    let order = doses.indices.sorted { doses[$0] < doses[$1] }
    let design = design(
      doses: order.map { doses[$0] }, weights: order.map { weights?[$0] ?? 1 }, fixedE0: e0 != nil)
    add(design, responses: order.map { responses[$0] }, e0: e0 ?? 0)
    return fit()[0]
  }

  /// The fit that a polished start gives; `nil`: none did.
  private func finish(_ index: Int, task: HillPolish.Task?) -> HillFit {
    let curve = curves[index]
    let design = curve.design
    let shift = shifts[index]
    guard design.points > 0 else { return .none }
    guard let task, !shift.isFlat else {
      let flat = HillCurve(e0: shift.offset, emax: shift.offset, hill: 1, ec50: design.scale)
      return fit(index, curve: flat, rss: curve.power, status: .flat)
    }
    let start = shift.offset - shift.scale * (task.amplitude * task.mean)
    let end = shift.offset + shift.scale * (task.amplitude - task.amplitude * task.mean)
    let mirrored = design.isMirrored && task.logEC50 < 0
    let onBound =
      task.hill <= bounds.hill.lowerBound || task.hill >= bounds.hill.upperBound
      || task.logEC50 <= design.logEC50Range.lowerBound || task.logEC50 >= design.logEC50Range.upperBound
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
      points: curves[index].design.points, status: status)
  }

  /// A fit that leaves the bounds of E0 or Emax is made again within them. One inside is the global minimum there too.
  private func keepWithinBounds(_ fit: HillFit, curve index: Int) -> HillFit {
    let curve = curves[index]
    let design = curve.design
    guard fit.status != .noData, bounds.e0 != nil || bounds.emax != nil else { return fit }
    let free = bounds.e0 ?? BoundedHillFit.unbounded
    let e0 = design.fixedE0 ? shifts[index].offset...shifts[index].offset : free
    let emax = bounds.emax ?? BoundedHillFit.unbounded
    guard !((design.fixedE0 || free.contains(fit.curve.e0)) && emax.contains(fit.curve.emax)) else { return fit }
    let shift = shifts[index]
    let own = (0..<design.points).map { responses[curve.offset + $0] * shift.scale + shift.offset }
    guard let bounded = BoundedHillFit(design: design, e0: e0, emax: emax).fit(own) else { return fit }
    return self.fit(
      index, curve: bounded.curve, rss: bounded.rss / shift.scale / shift.scale,
      status: design.informativePoints < design.freeParameters ? .underdetermined : .atBound)
  }
}
