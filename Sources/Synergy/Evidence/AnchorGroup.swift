import Foundation
import LeastSquares
import Statistics

/// What many blocks say of one drug alone: θᵢ ~ N(m, T) are the true responses at its doses in block i, the untreated
/// ones among them, and the block reads yᵢ ~ N(θᵢ, Vᵢ).
///
/// T holds in what plates differ: untreated levels, sensitivity of the cells, a dispenser's day. Each moves all doses, or
/// neighbouring ones; what moves a single dose alone is error of its wells, and no response of the block. So T has two
/// factors (one where there are fewer than four responses), and the rest is added to V. The covariance is estimated by
/// EM (Laird & Ware 1982, Biometrics 38, 963–974) with an inverse-Wishart prior worth as many blocks as there are doses,
/// so that a direction in which a few blocks happen not to differ is not taken for one in which none can. Blocks whose
/// readings differ from the others' by more have no part in it.
struct AnchorGroup: Sendable {
  /// m, % inhibition as read.
  let mean: [Double]
  /// T, squared percentage points.
  let covariance: Matrix
  /// Variance of a reading beyond the noise of its wells, which no other dose shares: error of single wells.
  let excess: [Double]
  /// How noise depends on the response.
  let shape: NoiseShape
  /// Blocks that the estimates rest on.
  let blocks: Int
  /// Covariance of the error of m.
  private let meanCovariance: Matrix
  private let significance: Double

  private static let rounds = 60
  /// What T has at least in the prior, of the variance of the readings.
  private static let floor = 0.1

  /// One block's readings, and the variance of one of its wells at 0 %.
  struct Reading {
    var means: [Double]
    var counts: [Double]
    var variance: Double
  }

  /// Estimates m and T of readings that differ from each other, in an order that does not depend on that of the blocks;
  /// `nil` where too few are alike.
  init?(_ all: [Reading], shape: NoiseShape, options: AnchorOptions) {
    var used = all
    guard all.count >= options.minimumBlocks, let size = all.first?.means.count else { return nil }
    var mean = (0..<size).map { dose in used.map { $0.means[dose] }.sorted()[used.count / 2] }
    let counts = (0..<size).map { dose in used.map { $0.counts[dose] }.sorted()[used.count / 2] }
    // Readings are counted in standard deviations of noise, so that V = s² I.
    let units = (0..<size).map { shape.relative(at: mean[$0]) / counts[$0].squareRoot() }
    var whitened = Matrix(rows: size, columns: size)
    for trimming in 0..<3 {
      if trimming > 0 {
        mean = (0..<size).map { dose in used.reduce(0) { $0 + $1.means[dose] } / Double(used.count) }
      }
      let scaled = used.map { reading in (0..<size).map { (reading.means[$0] - mean[$0]) / units[$0] } }
      let variances = used.map(\.variance)
      guard let found = Self.spread(scaled, variances) else { return nil }
      whitened = found
      guard let axes = try? SingularValues(found) else { return nil }
      let kept = used.indices.filter {
        ChiSquare.upper(Self.distance(scaled[$0], variances[$0], axes), degrees: Double(size)) >= options.significance
      }
      guard kept.count >= max(options.minimumBlocks, size + 2) else { return nil }
      if kept.count == used.count { break }
      used = kept.map { used[$0] }
    }
    let typical = used.reduce(0) { $0 + $1.variance } / Double(used.count)
    guard let parts = Self.factors(whitened, noise: typical) else { return nil }
    var covariance = parts.shared
    var meanCovariance = parts.shared
    for i in 0..<size {
      for j in 0..<size {
        covariance[i, j] = parts.shared[i, j] * units[i] * units[j]
        meanCovariance[i, j] =
          (covariance[i, j] + (i == j ? (typical + parts.own[i]) * units[i] * units[i] : 0)) / Double(used.count)
      }
    }
    excess = (0..<size).map { parts.own[$0] * units[$0] * units[$0] }
    self.mean = mean
    self.covariance = covariance
    self.meanCovariance = meanCovariance
    self.shape = shape
    blocks = used.count
    significance = options.significance
  }

  /// What a block's true responses are, given its readings and the others': θ̂ = m + T (T + V)⁻¹ (y − m), and the
  /// covariance of its error; `nil` where they differ from the others' by more than noise and plates explain.
  func posterior(_ reading: Reading) -> (means: [Double], covariance: Matrix)? {
    let size = mean.count
    var total = covariance
    for dose in 0..<size {
      let relative = shape.relative(at: mean[dose])
      total[dose, dose] += reading.variance * relative * relative / reading.counts[dose] + excess[dose]
    }
    let deviation = (0..<size).map { reading.means[$0] - mean[$0] }
    guard let factor = Cholesky(total),
      ChiSquare.upper(factor.square(deviation), degrees: Double(size)) >= significance
    else { return nil }
    // (T + V)⁻¹ T is the transpose of the gain.
    let gain = factor.solve(covariance)
    var means = mean
    for dose in 0..<size {
      for other in 0..<size { means[dose] += gain[other, dose] * deviation[other] }
    }
    var rest = Matrix(rows: size, columns: size)
    for i in 0..<size {
      for j in 0..<size { rest[i, j] = (i == j ? 1 : 0) - gain[i, j] }
    }
    guard let product = try? BLAS.multiply(covariance, rest),
      let half = try? BLAS.multiply(meanCovariance, rest),
      let lent = try? BLAS.multiply(rest, transposeA: true, half)
    else { return nil }
    var error = product
    for i in 0..<size {
      // Symmetric but for rounding.
      for j in 0...i {
        let value = (product[i, j] + product[j, i]) / 2 + (lent[i, j] + lent[j, i]) / 2
        error[i, j] = value
        error[j, i] = value
      }
    }
    return (means, error)
  }

  /// T of deviations with variances s² I.
  private static func spread(_ deviations: [[Double]], _ variances: [Double]) -> Matrix? {
    let size = deviations[0].count
    let number = Double(deviations.count)
    let noise = variances.reduce(0, +) / number
    var spread = Matrix(rows: size, columns: size)
    for deviation in deviations {
      for i in 0..<size {
        for j in 0..<size { spread[i, j] += deviation[i] * deviation[j] / number }
      }
    }
    let prior = (0..<size).map { max(spread[$0, $0] - noise, floor * noise) }
    let weight = Double(size)
    for _ in 0..<rounds {
      guard let axes = try? SingularValues(spread) else { return nil }
      var moments = Matrix(rows: size, columns: size)
      for (deviation, variance) in zip(deviations, variances) {
        let turned = turn(deviation, axes)
        let shrunk = (0..<size).map { turned[$0] * axes.values[$0] / (axes.values[$0] + variance) }
        for i in 0..<size {
          moments[i, i] += axes.values[i] * variance / (axes.values[i] + variance)
          for j in 0..<size { moments[i, j] += shrunk[i] * shrunk[j] }
        }
      }
      // Back from the axes.
      guard let half = try? BLAS.multiply(axes.left, moments),
        let whole = try? BLAS.multiply(half, axes.left, transposeB: true)
      else { return nil }
      for i in 0..<size {
        for j in 0..<size {
          spread[i, j] = ((whole[i, j] + whole[j, i]) / 2 + (i == j ? weight * prior[i] : 0)) / (number + weight)
        }
      }
    }
    return spread
  }

  /// A covariance as what a few factors share and what is each dose's own: principal factors, iterated (Harman 1976, Modern
  /// Factor Analysis, 3rd ed., ch. 8), of the correlations of the readings.
  private static func factors(_ spread: Matrix, noise: Double) -> (shared: Matrix, own: [Double])? {
    let size = spread.rows
    let number = size < 4 ? 1 : 2
    let scale = (0..<size).map { (spread[$0, $0] + noise).squareRoot() }
    var own = [Double](repeating: 0, count: size)
    var shared = spread
    for _ in 0..<rounds {
      // One on the diagonal keeps the eigenvalues, which may be negative, in their order.
      var reduced = spread
      for i in 0..<size {
        for j in 0..<size {
          reduced[i, j] = spread[i, j] / scale[i] / scale[j] + (i == j ? 1 - own[i] : 0)
        }
      }
      guard let axes = try? SingularValues(reduced) else { return nil }
      for i in 0..<size {
        for j in 0..<size {
          shared[i, j] = (0..<number).reduce(0) {
            $0 + max(0, axes.values[$1] - 1) * axes.left[i, $1] * axes.left[j, $1]
          }
        }
      }
      own = (0..<size).map { max(0, spread[$0, $0] / scale[$0] / scale[$0] - shared[$0, $0]) }
    }
    for i in 0..<size {
      for j in 0..<size { shared[i, j] *= scale[i] * scale[j] }
    }
    return (shared, (0..<size).map { own[$0] * scale[$0] * scale[$0] })
  }

  /// Squared distance of a deviation from 0 where it has covariance T + s² I.
  private static func distance(_ deviation: [Double], _ variance: Double, _ axes: SingularValues) -> Double {
    zip(turn(deviation, axes), axes.values).reduce(0) { $0 + $1.0 * $1.0 / ($1.1 + variance) }
  }

  private static func turn(_ deviation: [Double], _ axes: SingularValues) -> [Double] {
    (0..<deviation.count).map { axis in
      deviation.indices.reduce(0) { $0 + axes.left[$1, axis] * deviation[$1] }
    }
  }
}
