import Assay
import Foundation

/// Estimates the untreated level of blocks: what a well reads in which no drug acts. Keeps its table of curve shapes
/// between blocks; belongs to one thread at a time.
///
/// The level is E0 in a Bayesian average over Hill curves: untreated wells read E0, a drug alone reads E0 + A g(d) with
/// g(d) = 1/(1 + (EC50/d)^h) for each (h, EC50) of a grid, A ~ N(0, 60²), and a prior that is flat in E0 and ln EC50 and
/// log-normal in h. Given (h, EC50) everything is Gaussian, and E0 is a weighted mean of the wells; the shapes count by
/// their marginal likelihood (Hoeting et al. 1999, Stat. Sci. 14, 382–417). A single least-squares curve would often bend
/// between the untreated well and the lowest dose and leave E0 to that one well; averaged, ineffective doses count as
/// what they are: more untreated wells.
///
/// The drugs' posteriors share the untreated wells; they are combined as Gaussians whose common part counts once.
struct BaselineEstimator {
  /// Standard deviation of a drug's effect before it was seen, percentage points.
  private static let effect = 60.0
  private static let hills = [0.6, 1.0, 1.6, 2.8]
  /// Median of the Hill slope and standard deviation of its logarithm.
  private static let hillPrior = (median: 1.3, deviation: 0.55)
  /// EC50 is sought from lowest dose / 3 to highest × 10, by this factor.
  private static let step = 2.5

  /// Curve shapes at the doses of one axis.
  private struct Shapes {
    var doses: [Double]
    /// g at each dose, one shape after the other.
    var values: [Double]
    /// ln prior of each shape.
    var logPrior: [Double]
  }

  private var known: [Shapes] = []

  /// What one block says about its untreated level; `nil` without an untreated well or a known noise.
  ///
  /// - Parameter variance: Variance of a well at 0 %, squared percentage points.
  mutating func share(of matrix: DoseMatrix, variance: Double) -> BaselineShare? {
    guard let control = matrix.control, variance > 0, variance.isFinite else { return nil }
    let origin = matrix.mean[control]
    let squares = matrix.wells(of: control).reduce(0) { $0 + pow(matrix.response(ofWell: $1) - origin, 2) }
    let precision = Double(matrix.count[control]) / variance
    var weights: [Int: Double] = [:]
    var total = 0.0
    var drugs = 0
    var parts: [(precision: Double, control: Double, wells: [(cell: Int, weight: Double)])] = []
    for drug in 0..<matrix.drugCount {
      guard let cells = matrix.monotherapy(of: drug) else { continue }
      let tested = cells.filter { matrix.count[$0] > 0 && matrix.dose(of: drug, in: $0) > 0 }
      guard !tested.isEmpty else { continue }
      let part = average(
        shapes(tested.map { matrix.dose(of: drug, in: $0) }), tested.map { matrix.mean[$0] - origin },
        tested.map { Double(matrix.count[$0]) / variance }, control: precision)
      parts.append((part.precision, part.control, zip(tested, part.weights).map { ($0, $1) }))
      total += part.precision
      drugs += 1
    }
    // The untreated wells are in every drug's posterior and count once.
    total -= Double(max(0, drugs - 1)) * precision
    guard total > 0, !parts.isEmpty else {
      let wells = matrix.count[control]
      return BaselineShare(
        untreated: origin, level: origin, untreatedSquares: squares, unitVariance: 1 / Double(wells),
        parts: [.init(cell: control, wells: wells, weight: 1)])
    }
    var own = -Double(drugs - 1) * precision
    for part in parts {
      own += part.precision * part.control
      for well in part.wells { weights[well.cell, default: 0] += part.precision * well.weight / total }
    }
    weights[control] = own / total
    let cells = weights.keys.sorted()
    var level = origin
    for cell in cells where cell != control { level += (weights[cell] ?? 0) * (matrix.mean[cell] - origin) }
    return BaselineShare(
      untreated: origin, level: level, untreatedSquares: squares, unitVariance: 1 / (total * variance),
      parts: cells.map { .init(cell: $0, wells: matrix.count[$0], weight: weights[$0] ?? 0) })
  }

  /// What a drug alone adds to what is known of the untreated level: the posterior of E0 where it was N(0, 1/precision)
  /// on the scale of `responses`.
  ///
  /// - Parameters:
  ///   - doses: The drug's doses > 0.
  ///   - responses: Their mean responses, counted from the level that is known.
  ///   - precisions: 1 / variance of each.
  /// - Returns: The precision of E0, and the weight of each response in its mean.
  mutating func level(
    doses: [Double], responses: [Double], precisions: [Double], known precision: Double
  ) -> (precision: Double, control: Double, weights: [Double]) {
    average(shapes(doses), responses, precisions, control: precision)
  }

  /// One drug's posterior of E0, responses counted from the untreated mean: its precision, and the weights of the
  /// untreated wells and of each dose in its mean.
  private func average(
    _ shapes: Shapes, _ responses: [Double], _ precisions: [Double], control: Double
  ) -> (precision: Double, control: Double, weights: [Double]) {
    let points = responses.count
    let all = shapes.logPrior.count
    var logs = [Double](repeating: 0, count: all)
    var means = [Double](repeating: 0, count: all)
    var variances = [Double](repeating: 0, count: all)
    var shrinks = [(k: Double, one: Double)](repeating: (0, 0), count: all)
    var sum = 0.0
    var product = 0.0
    for point in 0..<points {
      sum += precisions[point]
      product += precisions[point] * responses[point]
    }
    for shape in 0..<all {
      var gg = 0.0
      var g1 = 0.0
      var gy = 0.0
      for point in 0..<points {
        let g = shapes.values[shape * points + point]
        let weighted = precisions[point] * g
        gg += weighted * g
        g1 += weighted
        gy += weighted * responses[point]
      }
      // V⁻¹ = W − k W g gᵀ W, where V is the covariance of the responses with A integrated out.
      let k = Self.effect * Self.effect / (1 + Self.effect * Self.effect * gg)
      let j = sum - k * g1 * g1 + control
      let h = product - k * g1 * gy
      means[shape] = h / j
      variances[shape] = 1 / j
      shrinks[shape] = (k, g1)
      logs[shape] =
        shapes.logPrior[shape] + 0.5 * (k * gy * gy + h * h / j - log((1 + Self.effect * Self.effect * gg) * j))
    }
    let best = logs.max() ?? 0
    var norm = 0.0
    for shape in 0..<all {
      logs[shape] = exp(logs[shape] - best)
      norm += logs[shape]
    }
    var mean = 0.0
    for shape in 0..<all {
      logs[shape] /= norm
      mean += logs[shape] * means[shape]
    }
    var variance = 0.0
    var own = 0.0
    var weights = [Double](repeating: 0, count: points)
    for shape in 0..<all {
      let share = logs[shape]
      guard share > 1e-9 else { continue }
      let deviation = means[shape] - mean
      variance += share * (variances[shape] + deviation * deviation)
      own += share * variances[shape] * control
      let (k, one) = shrinks[shape]
      for point in 0..<points {
        weights[point] +=
          share * variances[shape] * precisions[point] * (1 - k * one * shapes.values[shape * points + point])
      }
    }
    return (1 / variance, own, weights)
  }

  private mutating func shapes(_ doses: [Double]) -> Shapes {
    if let shapes = known.first(where: { $0.doses == doses }) { return shapes }
    var shapes = Shapes(doses: doses, values: [], logPrior: [])
    let low = (doses.first ?? 1) / 3
    let high = (doses.last ?? 1) * 10
    let count = max(1, Int((log(high / low) / log(Self.step)).rounded(.up)))
    for hill in Self.hills {
      let deviation = log(hill / Self.hillPrior.median) / Self.hillPrior.deviation
      for node in 0...count {
        let ec50 = low * pow(high / low, Double(node) / Double(count))
        for dose in doses { shapes.values.append(1 / (1 + pow(ec50 / dose, hill))) }
        shapes.logPrior.append(-0.5 * deviation * deviation)
      }
    }
    if known.count >= 64 { known.removeAll() }
    known.append(shapes)
    return shapes
  }
}
