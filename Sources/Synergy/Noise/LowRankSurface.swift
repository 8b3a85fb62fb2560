import Foundation
import LeastSquares
import Statistics
import Synchronization

/// A smooth surface through a block's responses that assumes no model: the matrix of 100 − response, drug 1's doses by
/// the others', as a sum of few products of a row and a column.
///
/// Under Bliss independence that matrix is one product; other references and interactions are smooth and need one or
/// two more. What is left over is noise, with (rows − r)(columns − r) degrees of freedom at rank r, even on a 4 × 4
/// block without replicates, where curves of four parameters go through every point. The rank is raised while the
/// largest singular value of what is left is too large for noise alone.
///
/// Weighted low-rank approximation by alternating least squares: Gabriel & Zamir (1979) Technometrics 21, 489–498.
struct LowRankSurface {
  let rows: Int
  let columns: Int
  /// The surface, % inhibition, row-major.
  private(set) var response: [Double]
  /// Σ of the squared residuals, each divided by the variance of its cell's mean relative to a well at 0 %.
  private(set) var rss = 0.0
  /// Degrees of freedom of `rss`.
  private(set) var degrees = 0.0
  private(set) var rank: Int
  /// Residuals, % inhibition; 0 where nothing was measured.
  private(set) var residuals: [Double]
  /// The same divided by the standard deviation of the cell's mean relative to that of a well at 0 %.
  private(set) var scaled: [Double]
  /// Cells that were measured.
  private(set) var measured = 0
  /// The row and the column vectors, rank after rank.
  private var u: [Double]
  private var v: [Double]

  /// What a block measured: the mean of each cell and its number of wells, row-major.
  struct Cells: Sendable {
    var rows: Int
    var columns: Int
    var mean: [Double]
    var count: [Int]
  }

  /// Fits the surface. `expected` are the responses at which the noise of each cell is read from `shape`.
  ///
  /// - Parameters:
  ///   - ranks: Tells when a residual is more than noise.
  ///   - minimumDegrees: The rank is not raised when that would leave fewer.
  init(_ cells: Cells, shape: NoiseShape, expected: [Double]?, ranks: inout RankTest, minimumDegrees: Double) {
    self.init(cells, shape: shape, expected: expected, rank: 1) { surface in
      surface.rank < surface.highestRank && surface.degreesAtNextRank >= minimumDegrees && surface.rss > 0
        && surface.holdsSignal(&ranks)
    }
  }

  /// Fits the surface at a rank, and at the next as long as `isTooLow` says so.
  init(
    _ cells: Cells, shape: NoiseShape, expected: [Double]?, rank first: Int,
    isTooLow: (LowRankSurface) -> Bool = { _ in false }
  ) {
    rank = first
    rows = cells.rows
    columns = cells.columns
    let size = rows * columns
    response = [Double](repeating: .nan, count: size)
    residuals = [Double](repeating: 0, count: size)
    scaled = residuals
    u = []
    v = []
    var weights = [Double](repeating: 0, count: size)
    var target = [Double](repeating: 0, count: size)
    for cell in 0..<size where cells.count[cell] > 0 {
      let relative = shape.relative(at: expected?[cell] ?? 0)
      weights[cell] = Double(cells.count[cell]) / (relative * relative)
      target[cell] = 100 - cells.mean[cell]
      measured += 1
    }
    let full = singular(start(target, weights: weights))
    while true {
      solve(target, weights: weights, from: full)
      rss = 0
      for cell in 0..<size {
        var value = 0.0
        for k in 0..<rank { value += u[cell / columns * rank + k] * v[cell % columns * rank + k] }
        response[cell] = 100 - value
        guard weights[cell] > 0 else { continue }
        residuals[cell] = value - target[cell]
        scaled[cell] = residuals[cell] * weights[cell].squareRoot()
        rss += scaled[cell] * scaled[cell]
      }
      degrees = max(0, degrees(at: rank))
      guard isTooLow(self) else { return }
      rank += 1
    }
  }

  /// The highest rank that leaves something over.
  var highestRank: Int { min(rows, columns) - 1 }

  private func degrees(at rank: Int) -> Double { Double(measured - rank * (rows + columns - rank)) }

  /// Degrees of freedom that one rank more would leave; below 0 where there are not enough cells.
  var degreesAtNextRank: Double { degrees(at: rank + 1) }

  /// Whether the residuals are more than noise.
  func holdsSignal(_ ranks: inout RankTest) -> Bool {
    ranks.isSignal(scaled, rows: rows, columns: columns, removed: rank)
  }

  /// Each cell's share of its own residual: the surface follows a change of the cell's mean by what is missing to 1.
  func shares() -> [Double] {
    let p = projection(u, rows)
    let q = projection(v, columns)
    return residuals.indices.map { p[$0 / columns * (rows + 1)] * q[$0 % columns * (columns + 1)] }
  }

  /// The cell of the largest studentised residual, its own left out of the noise, where that is larger than chance has it
  /// over all cells (Bonferroni; Beckman & Cook 1983, Technometrics 25, 119–149).
  func worst(_ significance: Double) -> Int? {
    guard degrees >= 2 else { return nil }
    let shares = shares()
    var worst: (cell: Int, square: Double)?
    for cell in shares.indices where shares[cell] > 0.05 {
      let square = scaled[cell] * scaled[cell] / shares[cell]
      if square > worst?.square ?? 0 { worst = (cell, square) }
    }
    guard let worst else { return nil }
    let t = (worst.square * (degrees - 1) / max(rss - worst.square, 1e-300)).squareRoot()
    return StudentT.twoSided(t, degrees: degrees - 1) * Double(measured) < significance ? worst.cell : nil
  }

  /// The data with what is missing filled from the means of its row and column: a start, no more.
  private func start(_ target: [Double], weights: [Double]) -> [Double] {
    guard weights.contains(0) else { return target }
    var filled = target
    let all = mean(target, weights, 0..<target.count)
    for cell in target.indices where weights[cell] == 0 {
      let row = cell / columns
      let column = cell % columns
      let alongRow = mean(target, weights, row * columns..<(row + 1) * columns)
      let alongColumn = mean(target, weights, stride(from: column, to: target.count, by: columns))
      filled[cell] = all != 0 ? alongRow * alongColumn / all : 0
    }
    return filled
  }

  private func mean(_ target: [Double], _ weights: [Double], _ cells: some Sequence<Int>) -> Double {
    var sum = 0.0
    var number = 0.0
    for cell in cells where weights[cell] > 0 {
      sum += target[cell]
      number += 1
    }
    return number > 0 ? sum / number : 0
  }

  /// The columns' vectors, each times its singular value; column-major for LAPACK means that rows and columns change
  /// places.
  private func singular(_ target: [Double]) -> [Double] {
    guard let matrix = try? Matrix(rows: columns, columns: rows, elements: target),
      let parts = try? SingularValues(matrix)
    else { return [Double](repeating: 1, count: columns * min(rows, columns)) }
    let rank = parts.values.count
    var vectors = [Double](repeating: 0, count: columns * rank)
    for column in 0..<columns {
      for k in 0..<rank { vectors[column * rank + k] = parts.left[column, k] * parts.values[k].squareRoot() }
    }
    return vectors
  }

  private static let sweeps = 30

  /// Alternating least squares at the present rank.
  private mutating func solve(_ target: [Double], weights: [Double], from full: [Double]) {
    let most = min(rows, columns)
    u = [Double](repeating: 0, count: rows * rank)
    v = (0..<columns).flatMap { column in full[column * most..<column * most + rank] }
    var before = Double.infinity
    for _ in 0..<Self.sweeps {
      for row in 0..<rows {
        Self.regress(v, count: columns, rank: rank, into: &u, at: row) { column in
          (target[row * columns + column], weights[row * columns + column])
        }
      }
      for column in 0..<columns {
        Self.regress(u, count: rows, rank: rank, into: &v, at: column) { row in
          (target[row * columns + column], weights[row * columns + column])
        }
      }
      var sum = 0.0
      for cell in target.indices where weights[cell] > 0 {
        var value = 0.0
        for k in 0..<rank { value += u[cell / columns * rank + k] * v[cell % columns * rank + k] }
        sum += weights[cell] * (value - target[cell]) * (value - target[cell])
      }
      if before - sum <= 1e-6 * sum { break }
      before = sum
    }
  }

  /// One row's (or column's) coefficients on the others' vectors, by Cholesky of the r × r normal equations, r ≤ 4.
  private static func regress(
    _ basis: [Double], count: Int, rank: Int, into result: inout [Double], at place: Int,
    _ data: (Int) -> (value: Double, weight: Double)
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rank * rank + rank) { work in
      work.initialize(repeating: 0)
      let b = rank * rank
      for index in 0..<count {
        let (value, weight) = data(index)
        guard weight > 0 else { continue }
        for i in 0..<rank {
          let scaled = weight * basis[index * rank + i]
          work[b + i] += scaled * value
          for j in 0...i { work[i * rank + j] += scaled * basis[index * rank + j] }
        }
      }
      var trace = 0.0
      for i in 0..<rank { trace += work[i * rank + i] }
      let ridge = trace * 1e-12 + 1e-300
      for i in 0..<rank {
        for j in 0...i {
          var sum = work[i * rank + j] + (i == j ? ridge : 0)
          for k in 0..<j { sum -= work[i * rank + k] * work[j * rank + k] }
          work[i * rank + j] = i == j ? max(sum, ridge).squareRoot() : sum / work[j * rank + j]
        }
      }
      for i in 0..<rank {
        for k in 0..<i { work[b + i] -= work[i * rank + k] * work[b + k] }
        work[b + i] /= work[i * rank + i]
      }
      for i in (0..<rank).reversed() {
        for k in i + 1..<max(rank, i + 1) { work[b + i] -= work[k * rank + i] * work[b + k] }
        work[b + i] /= work[i * rank + i]
        result[place * rank + i] = work[b + i]
      }
    }
  }

  /// −2 ln likelihood of every candidate shape up to a constant, and the variance of a well at 0 % that goes with it.
  ///
  /// The residuals of an unweighted fit are R = P E Q with the noise E and the projections P, Q off the rows' and the
  /// columns' vectors, so that E[R²ᵢⱼ] = Σ P²ᵢₖ Q²ⱼₗ σ²ₖₗ. Each cell weighs as its share Pᵢᵢ Qⱼⱼ of the degrees of
  /// freedom.
  func shapeDeviances(count: [Int]) -> [Double] {
    let p = projection(u, rows)
    let q = projection(v, columns)
    var shares = [Double](repeating: 0, count: rows * columns)
    var total = 0.0
    for cell in shares.indices where count[cell] > 0 {
      shares[cell] = p[cell / columns * rows + cell / columns] * q[cell % columns * columns + cell % columns]
      total += shares[cell]
    }
    guard total > 0, degrees > 0, rss > 0 else { return NoiseShape.candidates.map { _ in 0 } }
    var expected = [Double](repeating: 0, count: rows * columns)
    var half = expected
    return NoiseShape.candidates.map { shape in
      let variance = response.indices.map { cell -> Double in
        let relative = shape.relative(at: response[cell])
        return count[cell] > 0 ? relative * relative / Double(count[cell]) : 0
      }
      for i in 0..<rows {
        for l in 0..<columns {
          var sum = 0.0
          for k in 0..<rows { sum += p[i * rows + k] * p[i * rows + k] * variance[k * columns + l] }
          half[i * columns + l] = sum
        }
      }
      var squares = 0.0
      var all = 0.0
      for i in 0..<rows {
        for j in 0..<columns where count[i * columns + j] > 0 {
          var sum = 0.0
          for l in 0..<columns { sum += q[j * columns + l] * q[j * columns + l] * half[i * columns + l] }
          expected[i * columns + j] = sum
          all += sum
          squares += residuals[i * columns + j] * residuals[i * columns + j]
        }
      }
      let scale = squares / all
      var deviance = 0.0
      for cell in shares.indices where count[cell] > 0 && shares[cell] > 1e-6 {
        let own = scale * expected[cell] / shares[cell]
        let square = residuals[cell] * residuals[cell] / shares[cell]
        deviance += shares[cell] / total * degrees * (log(own) + square / own)
      }
      return deviance
    }
  }

  /// I − B (BᵀB)⁻¹ Bᵀ, by Gram–Schmidt.
  private func projection(_ basis: [Double], _ size: Int) -> [Double] {
    var result = [Double](repeating: 0, count: size * size)
    for i in 0..<size { result[i * size + i] = 1 }
    var done: [[Double]] = []
    for k in 0..<rank {
      var vector = (0..<size).map { basis[$0 * rank + k] }
      for other in done {
        let dot = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for i in 0..<size { vector[i] -= dot * other[i] }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 1e-300 else { continue }
      for i in 0..<size { vector[i] /= norm }
      done.append(vector)
      for i in 0..<size {
        for j in 0..<size { result[i * size + j] -= vector[i] * vector[j] }
      }
    }
    return result
  }
}

/// Whether the largest singular value of a residual matrix is too large for noise: its share of the sum of squares
/// against the same share in matrices of independent normal deviates, drawn once for each size.
struct RankTest {
  /// What is looked up: a size and a significance.
  private struct Case: Hashable {
    var rows: Int
    var columns: Int
    var significance: Double
  }

  /// Drawn once in the life of the process; the same numbers whoever draws them.
  private static let known = Mutex<[Case: Double]>([:])
  private var critical: [Case: Double] = [:]
  private let significance: Double

  /// - Parameter significance: The share of noise matrices that are taken for signal.
  init(significance: Double) {
    self.significance = significance
  }

  private static let draws = 1000

  /// Whether the residual still holds a signal. `removed` ranks were taken off.
  mutating func isSignal(_ residual: [Double], rows: Int, columns: Int, removed: Int) -> Bool {
    guard let share = Self.largestShare(residual, rows: rows, columns: columns) else { return false }
    return share > limit(rows - removed, columns - removed)
  }

  private mutating func limit(_ rows: Int, _ columns: Int) -> Double {
    let place = Case(rows: rows, columns: columns, significance: significance)
    if let known = critical[place] { return known }
    let limit = Self.known.withLock { $0[place] } ?? draw(rows, columns)
    Self.known.withLock { $0[place] = limit }
    critical[place] = limit
    return limit
  }

  private func draw(_ rows: Int, _ columns: Int) -> Double {
    let random = CounterRandom(seed: UInt64(rows), block: UInt64(columns))
    let size = (rows * columns + 15) / 16 * 16
    var shares: [Double] = []
    var noise = [Double](repeating: 0, count: size)
    for draw in 0..<Self.draws {
      noise.withUnsafeMutableBufferPointer { noise in
        guard let base = noise.baseAddress else { return }
        random.fillNormals(base, count: size, stream: UInt64(draw))
      }
      if let share = Self.largestShare(Array(noise[..<(rows * columns)]), rows: rows, columns: columns) {
        shares.append(share)
      }
    }
    shares.sort()
    return shares.isEmpty ? 1 : shares[min(shares.count - 1, Int(Double(shares.count) * (1 - significance)))]
  }

  private static func largestShare(_ values: [Double], rows: Int, columns: Int) -> Double? {
    guard let matrix = try? Matrix(rows: columns, columns: rows, elements: values),
      let parts = try? SingularValues(matrix)
    else { return nil }
    let total = parts.values.reduce(0) { $0 + $1 * $1 }
    return total > 0 ? parts.values[0] * parts.values[0] / total : 0
  }
}
