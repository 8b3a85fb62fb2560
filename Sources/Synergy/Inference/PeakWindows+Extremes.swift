import DoseResponse
import Statistics

/// How sure the extreme windows of a block are.
extension PeakWindows {
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
