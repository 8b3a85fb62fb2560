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
  private var batch = HillBatch()
  private var tasks: [HillPolish.Task] = []
  private var search = HillGridSearch()
  private var polish = HillPolish()

  /// Designs kept; a screen has a handful.
  private static let designLimit = 512
  /// The last designs that were asked for: to compare a few is quicker than to hash one.
  private var recent: [HillDesign] = []
  private static let recentLimit = 8

  private struct Key: Hashable {
    var doses: [Double]
    var weights: [Double]
    var fixedE0: Bool
  }

  /// Makes a fitter.
  public init(bounds: HillBounds = .init()) {
    self.bounds = bounds
  }

  /// The design of these doses; made once, then kept.
  public func design(doses: [Double], weights: [Double], fixedE0: Bool) -> HillDesign {
    for known in recent where known.fixedE0 == fixedE0 && known.doses == doses && known.weights == weights {
      return known
    }
    let key = Key(doses: doses, weights: weights, fixedE0: fixedE0)
    let known = designs[key]
    if known == nil, designs.count >= Self.designLimit { designs.removeAll() }
    let design = known ?? HillDesign(doses: doses, weights: weights, fixedE0: fixedE0, bounds: bounds)
    designs[key] = design
    recent.insert(design, at: 0)
    if recent.count > Self.recentLimit { recent.removeLast() }
    return design
  }

  /// Adds a curve to the batch and returns its number. `responses` belong to `design.doses`, in that order; `e0` is
  /// needed when the design fixes E0.
  @discardableResult
  public func add(_ design: HillDesign, responses: [Double], e0: Double = 0) -> Int {
    batch.add(design, responses, e0: e0)
  }

  /// Fits the curves added since the last call, in the order in which they were added.
  public func fit() -> [HillFit] {
    var batch = HillBatch()
    swap(&batch, &self.batch)
    var fits: [HillFit] = []
    fits.reserveCapacity(batch.count)
    var first = 0
    while first < batch.count {
      let end = min(batch.count, first + Self.curvesTogether)
      fit(first..<end, of: batch, into: &fits)
      first = end
    }
    batch.removeAll()
    swap(&batch, &self.batch)
    return fits
  }

  /// Curves that are searched and polished together: as many as the processor's second-level cache holds.
  private static let curvesTogether = 96
  /// Difference in RSS, relative to Σ w y², below which two minima are equally good and the earlier start is kept:
  /// curves through every point differ by rounding only, and which of them wins must not hang on that.
  private static let equallyGood = 1e-14

  private func fit(_ part: Range<Int>, of batch: HillBatch, into fits: inout [HillFit]) {
    tasks.removeAll(keepingCapacity: true)
    for run in batch.runs(in: part) { search.starts(for: run, of: batch, into: &tasks) }
    polish.run(&tasks, curves: batch.curves, responses: batch.responses)
    var next = 0
    for curve in part {
      var best: HillPolish.Task?
      let allowance = Self.equallyGood * batch.curves[curve].power
      while next < tasks.count, tasks[next].curve == curve {
        if tasks[next].rss < (best?.rss ?? .infinity) - allowance { best = tasks[next] }
        next += 1
      }
      fits.append(batch.keepWithinBounds(batch.finish(curve, best), curve: curve))
    }
  }

  /// Fits one curve. Doses must be distinct; `weights` are all 1 when absent; with `e0` given E0 is fixed there.
  public func fit(doses: [Double], responses: [Double], weights: [Double]? = nil, e0: Double? = nil) -> HillFit {
    let order = doses.indices.sorted { doses[$0] < doses[$1] }
    let design = design(
      doses: order.map { doses[$0] }, weights: order.map { weights?[$0] ?? 1 }, fixedE0: e0 != nil)
    add(design, responses: order.map { responses[$0] }, e0: e0 ?? 0)
    return fit()[0]
  }
}
