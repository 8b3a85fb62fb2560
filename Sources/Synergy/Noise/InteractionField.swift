import Foundation
import LeastSquares
import Statistics

/// How improbable a reading of a two-drug block is given the others, when the drugs may interact in any smooth way.
///
/// Response − Bliss of the observed monotherapies (or − the higher of them) is taken for noise, the errors of the monotherapies, and a Gaussian
/// field over the places of the doses with a Matérn 3/2 covariance that is 0 where a drug is absent: an interaction of
/// unknown shape, whatever Loewe, HSA or a bump of synergy differs from Bliss by. Its size and its length are unknown
/// too: every probability is averaged over a grid of both, each weighed by the likelihood of the *other* readings. Where
/// these are smooth and small a well that is off is improbable; where they rise towards it, it is not.
///
/// Rasmussen & Williams (2006) Gaussian Processes for Machine Learning, §2.2, §4.2.1, §5.4.2 (leaving one out).
struct InteractionField {
  /// What is known of one reading.
  struct Reading {
    /// The cell.
    var cell: Int
    /// The chance of a reading at least so far off.
    var p: Double
    /// How far it is off what the others lead to expect, percentage points.
    var offset: Double
  }

  /// Standard deviations of the field that are tried, percentage points; 0 is Bliss independence.
  private static let sizes = [0.0, 3, 8, 20, 50]
  /// Its lengths, in doses.
  private static let lengths = [0.7, 1.4, 3]
  /// Standard deviation of a reading of which nothing is assumed, percentage points.
  private static let free = 300.0

  /// A reading that can be judged: its cell, and how its error enters each difference from Bliss.
  private struct Candidate {
    var cell: Int
    var direction: [Double]
  }

  private let differences: [Double]
  private let places: [(row: Int, column: Int)]
  private let candidates: [Candidate]
  /// Variance of each candidate's reading relative to a well at 0 %.
  private let relative: [Double]

  /// Takes a block, or the part of a large one within the given places of each drug.
  ///
  /// - Parameters:
  ///   - isBliss: Whether Bliss is taken off the responses; else the higher of the monotherapies.
  ///   - relativeVariance: Variance of a cell's mean in units of that of one well at 0 %.
  init?(
    _ grid: CellGrid, rows: Range<Int>, columns: Range<Int>, isBliss: Bool = true, relativeVariance: (Int) -> Double
  ) {
    guard grid.drugs == 2, grid.doses.allSatisfy({ $0.first == 0 }) else { return nil }
    func cell(_ row: Int, _ column: Int) -> Int { row * grid.strides[0] + column * grid.strides[1] }
    func isMeasured(_ row: Int, _ column: Int) -> Bool { grid.count[cell(row, column)] > 0 }
    var differences: [Double] = []
    var places: [(row: Int, column: Int)] = []
    for row in rows where row > 0 && isMeasured(row, 0) {
      for column in columns where column > 0 && isMeasured(0, column) && isMeasured(row, column) {
        let one = grid.mean[cell(row, 0)]
        let two = grid.mean[cell(0, column)]
        differences.append(
          grid.mean[cell(row, column)] - (isBliss ? 100 - (100 - one) * (100 - two) / 100 : max(one, two)))
        places.append((row, column))
      }
    }
    guard places.count >= 6 else { return nil }
    var candidates: [Candidate] = []
    for index in places.indices {
      var direction = [Double](repeating: 0, count: places.count)
      direction[index] = 1
      candidates.append(Candidate(cell: cell(places[index].row, places[index].column), direction: direction))
    }
    // How a difference follows the response of one drug alone beside that of the other.
    func slope(_ own: Double, beside other: Double) -> Double { isBliss ? other / 100 - 1 : own >= other ? -1 : 0 }
    for row in Set(places.map(\.row)).sorted() {
      let own = grid.mean[cell(row, 0)]
      let direction = places.map { $0.row == row ? slope(own, beside: grid.mean[cell(0, $0.column)]) : 0 }
      candidates.append(Candidate(cell: cell(row, 0), direction: direction))
    }
    for column in Set(places.map(\.column)).sorted() {
      let own = grid.mean[cell(0, column)]
      let direction = places.map { $0.column == column ? slope(own, beside: grid.mean[cell($0.row, 0)]) : 0 }
      candidates.append(Candidate(cell: cell(0, column), direction: direction))
    }
    self.differences = differences
    self.places = places
    self.candidates = candidates
    relative = candidates.map { relativeVariance($0.cell) }
  }

  /// Every reading but those of `left`, of which nothing is assumed.
  ///
  /// - Parameters:
  ///   - variance: Of a well at 0 %, squared percentage points.
  ///   - degrees: Its degrees of freedom.
  func readings(variance: Double, degrees: Double, without left: Set<Int>) -> [Reading] {
    let size = places.count
    var noise = [Double](repeating: 0, count: size * size)
    for (candidate, relative) in zip(candidates, relative) {
      let own = left.contains(candidate.cell) ? Self.free * Self.free : relative * variance
      let touched = candidate.direction.indices.filter { candidate.direction[$0] != 0 }
      for j in touched {
        for i in touched { noise[j * size + i] += own * candidate.direction[i] * candidate.direction[j] }
      }
    }
    let judged = candidates.filter { !left.contains($0.cell) }
    var likelihoods: [[Double]] = []
    var offsets: [[Double]] = []
    var chances: [[Double]] = []
    for width in Self.sizes {
      for length in width > 0 ? Self.lengths : [1] {
        var covariance = noise
        if width > 0 { add(width: width, length: length, to: &covariance) }
        guard let matrix = try? Matrix(rows: size, columns: size, elements: covariance),
          let factor = Cholesky(matrix), let unit = Self.identity(size)
        else { continue }
        let inverse = factor.solve(unit).elements
        var weighted = [Double](repeating: 0, count: size)
        for j in 0..<size {
          for i in 0..<size { weighted[i] += inverse[j * size + i] * differences[j] }
        }
        var likelihood = width > 0 ? 0 : log(Double(Self.lengths.count))
        for i in 0..<size { likelihood -= 0.5 * differences[i] * weighted[i] + log(factor.lower[i, i]) }
        var own: (likelihoods: [Double], offsets: [Double], chances: [Double]) = ([], [], [])
        for candidate in judged {
          let touched = candidate.direction.indices.filter { candidate.direction[$0] != 0 }
          var sum = 0.0
          var information = 0.0
          for j in touched {
            sum += candidate.direction[j] * weighted[j]
            for i in touched {
              information += candidate.direction[i] * inverse[j * size + i] * candidate.direction[j]
            }
          }
          guard information > 1e-12 else {
            own.likelihoods.append(likelihood)
            own.offsets.append(0)
            own.chances.append(1)
            continue
          }
          let z = sum / information.squareRoot()
          // The likelihood of the others: what this reading adds is taken off.
          own.likelihoods.append(likelihood + 0.5 * z * z - 0.5 * log(information))
          own.offsets.append(sum / information)
          own.chances.append(StudentT.twoSided(z, degrees: degrees))
        }
        likelihoods.append(own.likelihoods)
        offsets.append(own.offsets)
        chances.append(own.chances)
      }
    }
    guard !likelihoods.isEmpty else { return [] }
    return judged.indices.map { place in
      let most = likelihoods.reduce(-Double.infinity) { max($0, $1[place]) }
      var total = 0.0
      var p = 0.0
      var offset = 0.0
      for index in likelihoods.indices {
        let weight = exp(likelihoods[index][place] - most)
        total += weight
        p += weight * chances[index][place]
        offset += weight * offsets[index][place]
      }
      return Reading(cell: judged[place].cell, p: p / total, offset: offset / total)
    }
  }

  /// Adds the covariance of an interaction that is 0 at dose 0 of either drug. Of a product of two covariances that is the
  /// product of each, conditioned on 0 there.
  private func add(width: Double, length: Double, to covariance: inout [Double]) {
    func matern(_ distance: Int) -> Double {
      let x = 3.0.squareRoot() * Double(abs(distance)) / length
      return (1 + x) * exp(-x)
    }
    func along(_ one: Int, _ other: Int) -> Double { matern(one - other) - matern(one) * matern(other) }
    for j in places.indices {
      for i in places.indices {
        covariance[j * places.count + i] +=
          width * width * along(places[i].row, places[j].row) * along(places[i].column, places[j].column)
      }
    }
  }

  private static func identity(_ size: Int) -> Matrix? {
    var elements = [Double](repeating: 0, count: size * size)
    for i in 0..<size { elements[i * size + i] = 1 }
    return try? Matrix(rows: size, columns: size, elements: elements)
  }
}
