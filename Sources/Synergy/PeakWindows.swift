import Assay
import DoseResponse

/// The windows of adjacent doses of a block, laid out once for all models.
///
/// A window spans `size` doses > 0 of each drug (fewer where the drug has fewer).
struct PeakWindows {
  private let matrix: DoseMatrix
  private let spans: [Int]
  /// The first cell of every window.
  private let origins: [Int]
  /// The cells of a window, counted from its first.
  private let offsets: [Int]

  /// Half of a normal distribution lies within this many standard deviations.
  private static let normalMedian = 0.674_489_750_196_081_7

  init(_ matrix: DoseMatrix, size: Int) {
    self.matrix = matrix
    let spans = matrix.axes.map { min(size, $0.positiveDoses.count) }
    self.spans = spans
    guard spans.allSatisfy({ $0 > 0 }) else {
      origins = []
      offsets = []
      return
    }
    var origins = [0]
    var offsets = [0]
    for drug in matrix.axes.indices {
      let first = matrix.axes[drug].hasZero ? 1 : 0
      let stride = matrix.strides[drug]
      origins = origins.flatMap { origin in
        (first...matrix.shape[drug] - spans[drug]).map { origin + $0 * stride }
      }
      offsets = offsets.flatMap { offset in (0..<spans[drug]).map { offset + $0 * stride } }
    }
    self.origins = origins
    self.offsets = offsets
  }

  /// Which window of a block is meant.
  enum Extreme {
    /// The one of largest mean synergy: the peak.
    case peak
    /// The one of smallest mean synergy: the trough.
    case trough
  }

  /// The window with the largest (or smallest) mean synergy. One in which less than `coverage` of the cells was scored
  /// does not count. `nil` when none counts. The earliest of equal windows is taken.
  func extreme(_ extreme: Extreme, of synergy: [Double], coverage: Double) -> PeakWindow? {
    let sign = extreme == .peak ? 1.0 : -1.0
    let needed = Double(offsets.count) * coverage
    var best: (mean: Double, origin: Int)?
    synergy.withUnsafeBufferPointer { synergy in
      offsets.withUnsafeBufferPointer { offsets in
        for origin in origins {
          var sum = 0.0
          var scored = 0
          for offset in offsets {
            let value = synergy[origin + offset]
            sum += value.isNaN ? 0 : value
            scored += value.isNaN ? 0 : 1
          }
          guard scored > 0, Double(scored) >= needed else { continue }
          let mean = sign * sum / Double(scored)
          if best.map({ mean > $0.mean }) ?? true { best = (mean, origin) }
        }
      }
    }
    return best.map { best in
      PeakWindow(
        mean: sign * best.mean,
        doses: matrix.axes.indices.map { drug in
          let low = matrix.position(of: best.origin, on: drug)
          return matrix.axes[drug].doses[low]...matrix.axes[drug].doses[low + spans[drug] - 1]
        })
    }
  }

  /// The largest and the smallest mean over a window in every copy, row by row.
  ///
  /// A window's noise is the median of its errors' sizes: among a thousand refits of Loewe's curves a few run away, and a
  /// mean square would be theirs alone.
  ///
  /// The copies' errors are put around the measured windows, drawn towards their mean as far as noise explains how they
  /// differ (James & Stein 1961). Around the windows as measured, a peak that noise made would be taken for true and hardly
  /// corrected; around their mean, one that stands out would be corrected for a choice among many that never was.
  ///
  /// The interval of the largest true window: its lower bound holds for all windows at once (single-step max-T, Westfall &
  /// Young 1993), because the window was chosen among them for being high; its upper bound is the largest of the windows'
  /// own, since no choice makes the true one read low. That of the smallest is its mirror image.
  ///
  /// - Parameters:
  ///   - synergy: The synergy of every copy; copy 0 has no noise. `scored` are the cells that have a row.
  ///   - measured: The synergy of each cell.
  ///   - mean: The mean over the block in every copy.
  ///   - errors: What turns errors into limits.
  ///   - rise: A row to work in.
  ///   - fall: Another.
  /// - Returns: Where the largest and the smallest true window lie; `nil` without errors.
  func extremes(
    _ synergy: CopyBuffer, scored: [Int], measured: [Double], coverage: Double, mean: UnsafeMutablePointer<Double>,
    errors: ScoreErrors, peak: UnsafeMutablePointer<Double>, trough: UnsafeMutablePointer<Double>,
    rise: UnsafeMutablePointer<Double>, fall: UnsafeMutablePointer<Double>
  ) -> (peak: Interval, trough: Interval)? {
    let copies = synergy.copies
    let resamples = errors.resamples
    rise.update(repeating: 0, count: copies)
    fall.update(repeating: 0, count: copies)
    var limits: [(centre: Double, reach: ScoreErrors.Reach)] = []
    let needed = Double(offsets.count) * coverage
    let isScored = Set(scored)
    var windows: [(rows: [UnsafeRawPointer], mean: Double)] = []
    var noise = 0.0
    var counted = 0.0
    for origin in origins {
      let cells = offsets.map { origin + $0 }.filter(isScored.contains)
      guard !cells.isEmpty, Double(cells.count) >= needed else { continue }
      let rows = cells.map { UnsafeRawPointer(synergy[$0]) }
      windows.append((rows, cells.reduce(0) { $0 + measured[$1] } / Double(cells.count)))
      let share = 1 / Double(rows.count)
      for offset in Swift.stride(from: 0, to: copies * 8, by: 64) {
        UnsafeMutableRawPointer(peak).storeBytes(
          of: Self.sum(rows, offset) * share, toByteOffset: offset, as: Lanes.self)
      }
      let start = peak[0] - mean[0]
      var finite = 0
      for copy in 1...resamples {
        let error = abs(peak[copy] - mean[copy] - start)
        guard error.isFinite else { continue }
        trough[finite] = error
        finite += 1
      }
      guard finite > 0 else { continue }
      if let reach = errors.reach(peak), reach.above > 0, reach.below > 0 {
        limits.append((windows[windows.count - 1].mean - reach.bias, reach))
        Self.stretch(peak, reach, rise: rise, fall: fall, copies: copies)
      }
      let sorting = Selection(UnsafeMutableBufferPointer(start: trough, count: finite))
      let sd = sorting.quantile(0.5, within: 0..<finite) / Self.normalMedian
      noise += sd * sd
      counted += 1
    }
    let level = windows.reduce(0) { $0 + $1.mean } / Double(windows.count)
    let spread = windows.reduce(0) { $0 + ($1.mean - level) * ($1.mean - level) } / Double(windows.count)
    let kept = spread > 0 && counted > 0 ? max(0, 1 - noise / counted / spread) : 0
    peak.update(repeating: -.infinity, count: copies)
    trough.update(repeating: .infinity, count: copies)
    for window in windows {
      let share = 1 / Double(window.rows.count)
      let start = window.rows.reduce(0) { $0 + $1.load(as: Double.self) } * share
      let centre = Lanes(repeating: level + kept * (window.mean - level) - start)
      for offset in Swift.stride(from: 0, to: copies * 8, by: 64) {
        let mean = Self.sum(window.rows, offset) * share + centre
        let high = UnsafeMutableRawPointer(peak)
        let low = UnsafeMutableRawPointer(trough)
        let highest = high.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        let lowest = low.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        high.storeBytes(of: larger(highest, mean), toByteOffset: offset, as: Lanes.self)
        low.storeBytes(of: smaller(lowest, mean), toByteOffset: offset, as: Lanes.self)
      }
    }
    return errors.extremes(limits, rise: rise, fall: fall)
  }

  /// Keeps the largest error of all windows to either side, each in units of its own reach.
  private static func stretch(
    _ row: UnsafeMutablePointer<Double>, _ reach: ScoreErrors.Reach, rise: UnsafeMutablePointer<Double>,
    fall: UnsafeMutablePointer<Double>, copies: Int
  ) {
    let origin = row[0] + reach.bias
    let (above, below) = (1 / reach.above, 1 / reach.below)
    for copy in 0..<copies {
      let deviation = row[copy] - origin
      // Not where a copy has no value.
      if deviation * above > rise[copy] { rise[copy] = deviation * above }
      if -deviation * below > fall[copy] { fall[copy] = -deviation * below }
    }
  }

  @inline(__always)
  private static func sum(_ rows: [UnsafeRawPointer], _ offset: Int) -> Lanes {
    var sum = Lanes()
    for row in rows { sum += row.loadUnaligned(fromByteOffset: offset, as: Lanes.self) }
    return sum
  }
}
