import DoseResponse
import Foundation
import Statistics

/// Turns the synergy of all copies into intervals and tests.
///
/// The error of a score is its value in a copy less that in copy 0; its median is the bias. The interval is the
/// bias-corrected percentile interval of the errors turned round (score − upper percentile … score − lower percentile:
/// the basic bootstrap, Davison & Hinkley 1997, Bootstrap Methods and their Application, §5.2), each side stretched by
/// the ratio of Student's t to the normal quantile, because the noise itself is estimated. p comes from the same t, so
/// that p < 0.05 says exactly that 0 is outside of the 95 % interval, and is not bounded below by the number of
/// resamples, which the false discovery rate over a screen needs. Not BCa: its acceleration needs a jackknife over
/// wells, which a cell with one well does not have.
struct ScoreErrors {
  let resamples: Int
  let noise: NoiseModel
  let confidence: Double
  /// How far errors reach is read where this share of them lies, whatever the confidence: p must not depend on it, and few
  /// resamples say nothing of rarer errors.
  private static let scale = 0.95
  /// The quantile of the normal distribution that leaves (1 − scale)/2 on each side, and that of the t distribution that
  /// leaves (1 − confidence)/2.
  private let normal: Double
  private let critical: Double
  /// The t quantile that leaves 5 % on one side.
  private let oneSided: Double
  /// √(ν/χ²) of each copy, which makes a t deviate of a normal one.
  let spread: [Double]

  init(options: InferenceOptions, noise: NoiseModel, random: CounterRandom, copies: Int) {
    resamples = options.resamples
    self.noise = noise
    confidence = options.confidence
    normal = StudentT.critical(1 - Self.scale, degrees: .infinity)
    critical = StudentT.critical(1 - options.confidence, degrees: noise.degrees)
    oneSided = StudentT.critical(0.1, degrees: noise.degrees)
    var normals = [Double](repeating: 0, count: (copies + 15) / 16 * 16)
    let count = normals.count
    normals.withUnsafeMutableBufferPointer { normals in
      guard let base = normals.baseAddress else { return }
      random.fillNormals(base, count: count, stream: .max)
    }
    // Wilson & Hilferty (1931) PNAS 17, 684–688: the cube root of χ²/ν is nearly normal.
    let part = 2 / (9 * noise.degrees)
    spread = normals.map { 1 / max(1e-3, pow(max(0, 1 - part + $0 * part.squareRoot()), 3)).squareRoot() }
  }

  /// The middle of a row's errors and how far they reach to either side, in units that are one standard deviation of a
  /// normal distribution.
  struct Reach {
    /// Median error: the bias.
    var bias: Double
    /// Distance from the median to the lower and to the upper limit of the middle 95 %, over the normal quantile.
    var below: Double
    var above: Double

    /// The wider side counts for a value above, the other for one below.
    func error(of centre: Double) -> Double { centre > 0 ? above : below }
  }

  /// Median and reach of the errors in a row. Not mean and variance: Loewe's reference has neither where a curve's Emax
  /// lies far beyond its doses.
  func reach(_ row: UnsafeMutablePointer<Double>) -> Reach? {
    let origin = row[0]
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: resamples) { errors in
      var number = 0
      for copy in 1...resamples where !row[copy].isNaN {
        errors[number] = row[copy] - origin
        number += 1
      }
      guard number > 1 else { return nil }
      let selection = Selection(UnsafeMutableBufferPointer(rebasing: errors[..<number]))
      let bias = selection.quantile(0.5, within: 0..<number)
      let tail = (1 - Self.scale) / 2
      let low = selection.quantile(tail, within: 0..<max(2, (number + 1) / 2 + 1))
      let high = selection.quantile(1 - tail, within: min(number - 2, max(0, number / 2 - 1))..<number)
      return Reach(bias: bias, below: (bias - low) / normal, above: (high - bias) / normal)
    }
  }

  /// The interval and p of a value whose errors are in a row.
  func test(_ value: Double, _ row: UnsafeMutablePointer<Double>) -> (reach: Reach, interval: Interval, p: Double)? {
    guard let reach = reach(row) else { return nil }
    let centre = value - reach.bias
    let error = reach.error(of: centre)
    return (
      reach, Interval(low: centre - critical * reach.above, high: centre + critical * reach.below),
      error > 0 ? StudentT.twoSided(centre / error, degrees: noise.degrees) : centre == 0 ? 1 : 0
    )
  }

  /// The percentile interval of a row: for values that are not near normal. It may hold infinite ends.
  func percentiles(_ row: UnsafeMutablePointer<Double>) -> Interval {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: resamples) { values in
      var number = 0
      for copy in 1...resamples where !row[copy].isNaN {
        values[number] = row[copy]
        number += 1
      }
      guard number > 1 else { return Interval(low: .nan, high: .nan) }
      let selection = Selection(UnsafeMutableBufferPointer(rebasing: values[..<number]))
      let tail = (1 - confidence) / 2
      return Interval(
        low: selection.quantile(tail, within: 0..<number), high: selection.quantile(1 - tail, within: 0..<number))
    }
  }

  /// The percentile interval of a row, moved so that its median is the measured value.
  ///
  /// Of CSS, whose curves take their IC50 from other curves: the copies lie around a smooth surface, not around the measured
  /// one. Left there, their interval holds the true value in up to 100 %; turned round, in 72 to 95 % (`calibrate --css 1`).
  func percentiles(_ row: UnsafeMutablePointer<Double>, around value: Double) -> Interval? {
    guard let reach = reach(row) else { return nil }
    let interval = percentiles(row)
    let shift = value - (row[0] + reach.bias)
    return Interval(low: interval.low + shift, high: interval.high + shift)
  }

  /// The whole of a model's inference.
  ///
  /// - Parameters:
  ///   - cells: The measured cells with two drugs or more; `synergy` has a row for each.
  ///   - whole: Those among them with all drugs, over which the block score is the mean.
  ///   - rows: Five rows to work in.
  func infer(
    _ score: ModelScore, cells: [Int], whole: Set<Int>, synergy: CopyBuffer, windows: PeakWindows, coverage: Double,
    rows: [UnsafeMutablePointer<Double>]
  ) -> ScoreInference? {
    let (mean, peak, trough) = (rows[0], rows[1], rows[2])
    guard let blockMean = score.mean else { return nil }
    let scored = cells.filter { !score.synergy[$0].isNaN && !synergy[$0][0].isNaN }
    let used = scored.filter { whole.contains($0) }
    guard !used.isEmpty else { return nil }
    let copies = synergy.copies
    // Where a copy has no reference, its mean error is over the others.
    mean.update(repeating: 0, count: copies)
    var isWhole = true
    for cell in used {
      let row = synergy[cell]
      for copy in 0..<copies { mean[copy] += row[copy] }
    }
    for copy in 0...resamples where mean[copy].isNaN { isWhole = false }
    let share = 1 / Double(used.count)
    for copy in 0..<copies { mean[copy] *= share }
    if !isWhole {
      for copy in 0...resamples where mean[copy].isNaN {
        var sum = 0.0
        var number = 0.0
        for cell in used where !synergy[cell][copy].isNaN {
          sum += synergy[cell][copy] - synergy[cell][0]
          number += 1
        }
        mean[copy] = mean[0] + sum / number
      }
    }
    guard let block = test(blockMean, mean) else { return nil }
    let centre = blockMean - block.reach.bias
    var result = ScoreInference(
      bias: block.reach.bias, standardError: (block.reach.below + block.reach.above) / 2, interval: block.interval,
      p: block.p,
      equivalence: Interval(low: centre - oneSided * block.reach.above, high: centre + oneSided * block.reach.below),
      cells: [Interval](repeating: Interval(low: .nan, high: .nan), count: score.synergy.count),
      cellP: [Double](repeating: .nan, count: score.synergy.count))
    if let highest = score.peak, let lowest = score.trough {
      let limits = windows.extremes(
        synergy, scored: scored, measured: score.synergy, coverage: coverage, mean: mean, errors: self, peak: peak,
        trough: trough, rise: rows[3], fall: rows[4])
      // What is printed as the highest is no less than the mean, or than the windows where the mean lies beyond all of them.
      let middle = min(max(blockMean, lowest.mean), highest.mean)
      result.peak = limits.flatMap { limit in
        window(highest.mean, peak, within: Interval(low: limit.peak.low, high: max(limit.peak.high, middle))) {
          max($0, middle)
        }
      }
      result.trough = limits.flatMap { limit in
        window(lowest.mean, trough, within: Interval(low: min(limit.trough.low, middle), high: limit.trough.high)) {
          min($0, middle)
        }
      }
    }
    cellwise(score, scored, synergy, largest: peak, into: &result)
    return result
  }

  /// The inference of an extreme window whose means in the copies are in a row.
  private func window(
    _ mean: Double, _ row: UnsafeMutablePointer<Double>, within interval: Interval, bounded: (Double) -> Double
  ) -> WindowInference? {
    reach(row).map {
      WindowInference(corrected: min(max(bounded(mean - $0.bias), interval.low), interval.high), interval: interval)
    }
  }

  /// Where the largest and the smallest true value of several lie.
  ///
  /// - Parameters:
  ///   - values: Each value without its bias, and the reach of its errors.
  ///   - rise: In every copy the largest error above, over all values, each in units of its reach.
  ///   - fall: The same below.
  func extremes(
    _ values: [(centre: Double, reach: Reach)], rise: UnsafeMutablePointer<Double>, fall: UnsafeMutablePointer<Double>
  ) -> (peak: Interval, trough: Interval)? {
    guard !values.isEmpty else { return nil }
    func simultaneous(_ row: UnsafeMutablePointer<Double>) -> Double {
      for copy in 1...resamples { row[copy] *= spread[copy] }
      let sorting = Selection(UnsafeMutableBufferPointer(start: row + 1, count: resamples))
      return max(critical, sorting.quantile(confidence, within: 0..<resamples))
    }
    let (up, down) = (simultaneous(rise), simultaneous(fall))
    var peak = Interval(low: -.infinity, high: -.infinity)
    var trough = Interval(low: .infinity, high: .infinity)
    for (centre, reach) in values {
      peak.low = max(peak.low, centre - up * reach.above)
      peak.high = max(peak.high, centre + critical * reach.below)
      trough.low = min(trough.low, centre - critical * reach.above)
      trough.high = min(trough.high, centre + down * reach.below)
    }
    return (peak, trough)
  }

  /// Every cell's interval, and its p against the distribution of the block's largest |t| under no interaction: the
  /// single-step max-T of Westfall & Young (1993), Resampling-Based Multiple Testing.
  private func cellwise(
    _ score: ModelScore, _ scored: [Int], _ synergy: CopyBuffer, largest: UnsafeMutablePointer<Double>,
    into result: inout ScoreInference
  ) {
    largest.update(repeating: 0, count: synergy.copies)
    var statistics: [(cell: Int, t: Double)] = []
    for cell in scored {
      let row = synergy[cell]
      guard let (reach, interval, _) = test(score.synergy[cell], row), reach.above > 0, reach.below > 0 else {
        continue
      }
      let centre = score.synergy[cell] - reach.bias
      result.cells[cell] = interval
      statistics.append((cell, abs(centre) / reach.error(of: centre)))
      let origin = row[0] + reach.bias
      let above = 1 / reach.above
      let below = -1 / reach.below
      for copy in 0..<synergy.copies {
        let deviation = row[copy] - origin
        let t = deviation * (deviation > 0 ? above : below)
        if t > largest[copy] { largest[copy] = t }
      }
    }
    let sorted = (1...resamples).map { largest[$0] * spread[$0] }.sorted()
    for (cell, t) in statistics {
      var low = 0
      var high = sorted.count
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < t { low = middle + 1 } else { high = middle }
      }
      result.cellP[cell] = Double(1 + sorted.count - low) / Double(1 + sorted.count)
    }
  }
}
