import Foundation
import LeastSquares

/// The Hill fit with bounds on E0 or Emax, which are no part of the fast search: at each node of the same grid the
/// bounded (E0, Emax) is found in closed form, and the best local optima are polished in all parameters by
/// Levenberg–Marquardt.
struct BoundedHillFit {
  let design: HillDesign
  /// Bounds of E0; one value when it is fixed.
  let e0: ClosedRange<Double>
  let emax: ClosedRange<Double>

  /// Local optima of the grid that are polished.
  private static let starts = 8

  /// Bounds that are so far out as to be none.
  static let unbounded = -1e100...1e100

  /// The best curve and its Σ w (y − f)², or `nil` when no start could be polished.
  func fit(_ responses: [Double]) -> (curve: HillCurve, rss: Double)? {
    let columns = design.logEC50.count
    var scores: [(rss: Double, e0: Double, emax: Double)] = []
    for slope in design.hillNodes {
      for midpoint in design.logEC50 { scores.append(ends(responses, slope: slope, midpoint: midpoint)) }
    }
    let optima = scores.indices.filter { node in
      let row = node / columns
      let column = node % columns
      return [(-1, 0), (1, 0), (0, -1), (0, 1)].allSatisfy { step in
        let (r, c) = (row + step.0, column + step.1)
        guard design.hillNodes.indices.contains(r), (0..<columns).contains(c) else { return true }
        return scores[node].rss <= scores[r * columns + c].rss
      }
    }.sorted { scores[$0].rss < scores[$1].rss }
    var best: (curve: HillCurve, rss: Double)?
    for node in optima.prefix(Self.starts) {
      guard
        let polished = polish(
          responses,
          from: [
            scores[node].e0, scores[node].emax, log(design.hillNodes[node / columns]), design.logEC50[node % columns],
          ])
      else { continue }
      if best.map({ polished.rss < $0.rss }) ?? true { best = polished }
    }
    return best
  }

  private func occupancy(_ point: Int, slope: Double, midpoint: Double) -> Double {
    guard design.logDoses[point] > HillDesign.zeroDose else { return 0 }
    return 1 / (1 + exp(-slope * (design.logDoses[point] - midpoint)))
  }

  /// The bounded least-squares (E0, Emax) for f = E0 (1 − g) + Emax g: the free solution when it lies in the box, else
  /// the best on its four sides, each a clamped line fit (the problem is convex).
  private func ends(_ responses: [Double], slope: Double, midpoint: Double) -> (rss: Double, e0: Double, emax: Double) {
    var aa = 0.0, ab = 0.0, bb = 0.0, ay = 0.0, by = 0.0, yy = 0.0
    for point in responses.indices {
      let b = occupancy(point, slope: slope, midpoint: midpoint)
      let a = 1 - b
      let w = design.weights[point]
      aa += w * a * a
      ab += w * a * b
      bb += w * b * b
      ay += w * a * responses[point]
      by += w * b * responses[point]
      yy += w * responses[point] * responses[point]
    }
    func rss(_ p: Double, _ q: Double) -> Double {
      max(0, yy - 2 * (p * ay + q * by) + p * p * aa + 2 * p * q * ab + q * q * bb)
    }
    func clamp(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      value.isNaN ? range.lowerBound : min(max(value, range.lowerBound), range.upperBound)
    }
    let determinant = aa * bb - ab * ab
    if determinant > 1e-12 * aa * bb {
      let p = (ay * bb - by * ab) / determinant
      let q = (by * aa - ay * ab) / determinant
      if e0.contains(p), emax.contains(q) { return (rss(p, q), p, q) }
    }
    var candidates: [(rss: Double, e0: Double, emax: Double)] = []
    for p in [e0.lowerBound, e0.upperBound] {
      let q = clamp((by - p * ab) / bb, emax)
      candidates.append((rss(p, q), p, q))
    }
    for q in [emax.lowerBound, emax.upperBound] {
      let p = clamp((ay - q * ab) / aa, e0)
      candidates.append((rss(p, q), p, q))
    }
    return candidates.min { $0.rss < $1.rss } ?? (yy, clamp(0, e0), clamp(0, emax))
  }

  private func polish(_ responses: [Double], from start: [Double]) -> (curve: HillCurve, rss: Double)? {
    let points = design.points
    let hill = design.bounds.hill
    let problem = NonlinearProblem(
      residualCount: points, parameterCount: 4, weights: design.weights,
      bounds: Bounds(
        lower: [e0.lowerBound, emax.lowerBound, log(hill.lowerBound), design.logEC50Range.lowerBound],
        upper: [e0.upperBound, emax.upperBound, log(hill.upperBound), design.logEC50Range.upperBound]),
      jacobian: { parameters, jacobian in
        let slope = exp(parameters[2])
        let span = parameters[1] - parameters[0]
        for point in 0..<points {
          let g = occupancy(point, slope: slope, midpoint: parameters[3])
          let bend = span * g * (1 - g)
          let present = design.logDoses[point] > HillDesign.zeroDose
          jacobian[point, 0] = 1 - g
          jacobian[point, 1] = g
          jacobian[point, 2] = present ? bend * slope * (design.logDoses[point] - parameters[3]) : 0
          jacobian[point, 3] = -bend * slope
        }
      },
      residuals: { parameters, residuals in
        let slope = exp(parameters[2])
        for point in 0..<points {
          let g = occupancy(point, slope: slope, midpoint: parameters[3])
          residuals[point] = parameters[0] + (parameters[1] - parameters[0]) * g - responses[point]
        }
      })
    var options = LevenbergMarquardt.Options()
    options.initialDamping = 1e-3
    options.rssTolerance = 1e-13
    options.maxIterations = 300
    guard let solution = try? LevenbergMarquardt.minimize(problem, from: start, options: options) else { return nil }
    let p = solution.parameters
    guard solution.rss.isFinite, p.allSatisfy(\.isFinite) else { return nil }
    return (
      HillCurve(
        e0: p[0], emax: p[1], hill: min(max(exp(p[2]), hill.lowerBound), hill.upperBound),
        ec50: design.scale * exp(p[3])),
      solution.rss
    )
  }
}
