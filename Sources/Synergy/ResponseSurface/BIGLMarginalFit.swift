import DoseResponse
import Foundation
import LeastSquares

/// Fits the marginals of a block to its on-axis wells, replicates kept.
///
/// Least squares over (b, m₁, m₂, h₁, h₂, ln EC50₁, ln EC50₂), each EC50 relative to its drug's lowest dose, by Levenberg
/// and Marquardt with an analytic Jacobian. The starts are the best nodes of a grid over both drugs' EC50 and slope,
/// where b, m₁ and m₂ are linear.
struct BIGLMarginalFit {
  /// Number of parameters.
  static let parameters = 7

  let wells: [BIGLWell]
  /// ln (dose / scale) of each well.
  private let logDoses: [Double]
  /// The lowest dose above 0 of each drug: EC50 is sought relative to it, so that the unit of the doses has no part.
  private let scales: [Double]
  private let bounds: Bounds
  private let ranges: [(logEC50: ClosedRange<Double>, logDose: ClosedRange<Double>)]
  private let slopes: ClosedRange<Double>

  /// - Parameters:
  ///   - wells: Wells of both drugs at doses > 0 among them.
  ///   - bounds: Of slope, EC50 and asymptotes; those of E0 hold for the baseline.
  /// - Returns: `nil` when a drug has no well at a dose > 0.
  init?(wells: [BIGLWell], bounds: HillBounds) {
    self.wells = wells
    let scales = (0..<2).map { drug in
      wells.lazy.filter { $0.drug == drug && $0.dose > 0 }.map(\.dose).min() ?? 1
    }
    self.scales = scales
    logDoses = wells.map { log($0.dose / scales[$0.drug]) }
    slopes = bounds.hill
    let factor = log(bounds.ec50Factor)
    var ranges: [(logEC50: ClosedRange<Double>, logDose: ClosedRange<Double>)] = []
    for drug in 0..<2 {
      let own = zip(wells, logDoses).filter { $0.0.drug == drug && $0.0.dose > 0 }.map(\.1)
      guard let low = own.min(), let high = own.max() else { return nil }
      ranges.append((low - factor...high + factor, low...high))
    }
    self.ranges = ranges
    let (e0, emax) = (bounds.e0, bounds.emax)
    self.bounds = Bounds(
      lower: [e0?.lowerBound ?? -.infinity] + [Double](repeating: emax?.lowerBound ?? -.infinity, count: 2)
        + [slopes.lowerBound, slopes.lowerBound] + ranges.map(\.logEC50.lowerBound),
      upper: [e0?.upperBound ?? .infinity] + [Double](repeating: emax?.upperBound ?? .infinity, count: 2)
        + [slopes.upperBound, slopes.upperBound] + ranges.map(\.logEC50.upperBound))
  }

  /// The best fit over all starts.
  func fit() throws(LeastSquaresError) -> BIGLMarginals {
    var options = LevenbergMarquardt.Options()
    options.initialDamping = 1e-2
    let responses = wells.map(\.response)
    var best: Solution?
    for start in starts(responses) {
      let found = try LevenbergMarquardt.minimize(problem(responses), from: start, options: options)
      if found.rss.isFinite, found.rss < best?.rss ?? .infinity { best = found }
    }
    guard let best else { throw .nonFinite("the marginals' residuals", index: 0) }
    return marginals(best)
  }

  /// The fit to other responses of the same wells, from marginals that are near.
  func refit(_ responses: [Double], from near: BIGLMarginals) throws(LeastSquaresError) -> BIGLMarginals {
    // The digits of a refit need only be small against the noise that it measures.
    var options = LevenbergMarquardt.Options()
    options.initialDamping = 1e-3
    options.gradientTolerance = 1e-7
    options.stepTolerance = 1e-7
    options.rssTolerance = 1e-10
    options.maxIterations = 200
    let start = [
      near.first.e0, near.first.emax, near.second.emax, near.first.hill, near.second.hill,
      log(near.first.ec50 / scales[0]), log(near.second.ec50 / scales[1]),
    ]
    return marginals(try LevenbergMarquardt.minimize(problem(responses), from: start, options: options))
  }

  private func marginals(_ solution: Solution) -> BIGLMarginals {
    let x = solution.parameters
    let degrees = wells.count - Self.parameters
    return BIGLMarginals(
      baseline: x[0], asymptotes: (x[1], x[2]), hills: (x[3], x[4]),
      ec50s: (exp(x[5]) * scales[0], exp(x[6]) * scales[1]), rss: solution.rss,
      degrees: degrees,
      covariance: degrees > 0 ? solution.unscaledCovariance?.scaled(by: solution.rss / Double(degrees)) : nil)
  }

  private func problem(_ responses: [Double]) -> NonlinearProblem {
    NonlinearProblem(
      residualCount: wells.count, parameterCount: Self.parameters, bounds: bounds,
      jacobian: { x, jacobian in
        for (i, well) in wells.enumerated() {
          for j in 0..<Self.parameters { jacobian[i, j] = 0 }
          let drug = well.drug
          let share = share(i, hill: x[3 + drug], logEC50: x[5 + drug])
          jacobian[i, 0] = 1 - share
          guard well.dose > 0 else { continue }
          let steep = (x[1 + drug] - x[0]) * share * (1 - share)
          jacobian[i, 1 + drug] = share
          jacobian[i, 3 + drug] = steep * (logDoses[i] - x[5 + drug])
          jacobian[i, 5 + drug] = -steep * x[3 + drug]
        }
      },
      residuals: { x, residuals in
        for (i, well) in wells.enumerated() {
          let share = share(i, hill: x[3 + well.drug], logEC50: x[5 + well.drug])
          residuals[i] = x[0] * (1 - share) + x[1 + well.drug] * share - responses[i]
        }
      })
  }

  /// The share of its asymptote that a drug has reached in a well: 1 / (1 + (EC50/d)^h), 0 in a control.
  private func share(_ well: Int, hill: Double, logEC50: Double) -> Double {
    wells[well].dose > 0 ? 1 / (1 + exp(hill * (logEC50 - logDoses[well]))) : 0
  }

  /// A node of a drug's grid and its sums over the drug's wells; s is the share.
  private struct Node {
    var hill: Double
    var logEC50: Double
    /// Σ s, Σ s², Σ s y.
    var sums: (Double, Double, Double)
  }

  /// EC50s of a drug's grid, over its tested doses.
  private static let gridEC50s = 12
  /// Slopes of a drug's grid, the shallow and the steep.
  private static let gridSlopes: [[Double]] = [[0.5, 1], [2, 5]]

  /// Four starts: the best pair of nodes for shallow and for steep slopes of each drug.
  private func starts(_ responses: [Double]) -> [[Double]] {
    let n = Double(responses.count)
    let total = responses.reduce(0, +)
    var starts: [[Double]] = []
    for own in Self.gridSlopes {
      let ones = nodes(0, slopes: own, responses)
      for partners in Self.gridSlopes {
        var best: (fall: Double, start: [Double]) = (-.infinity, [])
        let twos = nodes(1, slopes: partners, responses)
        for one in ones {
          for two in twos {
            // y = b + Σ (mⱼ − b) sⱼ, no well having both drugs: each mⱼ − b follows from b, and b from one equation.
            let (s1, q1, p1) = one.sums
            let (s2, q2, p2) = two.sums
            guard q1 > 0, q2 > 0 else { continue }
            let rest = n - s1 * s1 / q1 - s2 * s2 / q2
            guard rest > 1e-9 * n else { continue }
            let right = total - s1 * p1 / q1 - s2 * p2 / q2
            let fall = p1 * p1 / q1 + p2 * p2 / q2 + right * right / rest
            guard fall > best.fall else { continue }
            let b = right / rest
            best = (
              fall,
              [
                b, b + (p1 - b * s1) / q1, b + (p2 - b * s2) / q2, one.hill, two.hill, one.logEC50, two.logEC50,
              ]
            )
          }
        }
        if !best.start.isEmpty { starts.append(best.start) }
      }
    }
    return starts
  }

  private func nodes(_ drug: Int, slopes: [Double], _ responses: [Double]) -> [Node] {
    let range = ranges[drug].logDose
    var nodes: [Node] = []
    for place in 0..<Self.gridEC50s {
      let part = Double(place) / Double(Self.gridEC50s - 1)
      let logEC50 = range.lowerBound + part * (range.upperBound - range.lowerBound)
      for slope in slopes {
        var node = Node(
          hill: min(max(slope, self.slopes.lowerBound), self.slopes.upperBound), logEC50: logEC50, sums: (0, 0, 0))
        for (i, well) in wells.enumerated() where well.drug == drug && well.dose > 0 {
          let share = share(i, hill: node.hill, logEC50: logEC50)
          node.sums.0 += share
          node.sums.1 += share * share
          node.sums.2 += share * responses[i]
        }
        nodes.append(node)
      }
    }
    return nodes
  }
}
