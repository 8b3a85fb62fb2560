import Foundation

/// Refits one curve to many noisy copies of its responses: eight copies a SIMD vector, in lockstep.
///
/// Every copy shares the design, so that doses and weights are one number for eight curves and nothing is gathered. Each
/// copy starts from the best node of the design's grid (see ``HillDesign``) or from the curve that the copies were
/// drawn around, whichever fits it better, and is polished by the damped Newton of `HillPolish` until its RSS stands
/// still to 1e-3 of itself or ``iterations`` have gone: enough for a resample, whose own noise is far larger. The
/// search is written out instead of a `dgemm`, since here the products' squares are compared as they are made and never
/// stored. The result of a copy depends on nothing but its own numbers.
package struct HillResampling {
  /// Relative change of the RSS at which a copy has settled.
  private static let tolerance = 1e-3
  /// The most Newton steps of a copy.
  package static let iterations = 14

  /// Where the fits go: one number for each copy, each array at least `copies` long.
  package struct Output {
    package var e0: UnsafeMutablePointer<Double>
    package var emax: UnsafeMutablePointer<Double>
    package var hill: UnsafeMutablePointer<Double>
    /// ln EC50, in the unit of the doses.
    package var logEC50: UnsafeMutablePointer<Double>

    package init(
      e0: UnsafeMutablePointer<Double>, emax: UnsafeMutablePointer<Double>, hill: UnsafeMutablePointer<Double>,
      logEC50: UnsafeMutablePointer<Double>
    ) {
      self.e0 = e0
      self.emax = emax
      self.hill = hill
      self.logEC50 = logEC50
    }
  }

  private let design: HillDesign
  private let logScale: Double
  /// The grid's nodes, one after the other: q of every point times √w, so that it takes plain responses.
  private let nodes: [Double]
  private let hill: [Double]
  private let logEC50: [Double]

  /// Prepares a design: every second node of its grid in each direction, the bounds of h among them.
  package init(design: HillDesign) {
    self.design = design
    logScale = log(design.scale)
    var nodes: [Double] = []
    var hill: [Double] = []
    var logEC50: [Double] = []
    let total = design.nodes
    let rows = design.hillNodes.count
    for row in 0..<rows where row % 2 == 1 || row == 0 {
      for column in design.logEC50.indices where column % 2 == 0 || column == design.logEC50.count - 1 {
        hill.append(design.hillNodes[row])
        logEC50.append(design.logEC50[column])
        for point in 0..<design.points {
          nodes.append(design.basis[point * total + row * design.columns + column] * design.weights[point].squareRoot())
        }
      }
    }
    self.nodes = nodes
    self.hill = hill
    self.logEC50 = logEC50
  }

  /// Fits the copies.
  ///
  /// - Parameters:
  ///   - responses: For each point of the design the responses of its copies.
  ///   - copies: How many; a multiple of eight.
  ///   - e0: The fixed E0 of every copy, when the design fixes it.
  ///   - around: The curve that the copies were drawn around.
  ///   - output: Where the parameters go.
  ///   - fitted: For each point where the fitted responses go; may be empty.
  package func fit(
    _ responses: [UnsafePointer<Double>], copies: Int, e0: UnsafePointer<Double>?, around: HillCurve, into output: Output,
    fitted: [UnsafeMutablePointer<Double>] = []
  ) {
    let points = design.points
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 6 * points) { workspace in
      guard let base = workspace.baseAddress else { return }
      let state = Workspace(base, points: points)
      for first in Swift.stride(from: 0, to: copies, by: 8) {
        var shift = Lanes()
        if design.fixedE0 {
          if let e0 { shift = UnsafeRawPointer(e0 + first).loadUnaligned(as: Lanes.self) }
        } else {
          for point in 0..<points {
            shift += design.weights[point] * UnsafeRawPointer(responses[point] + first).loadUnaligned(as: Lanes.self)
          }
          shift *= 1 / design.weightSum
        }
        for point in 0..<points {
          state.y[point] = UnsafeRawPointer(responses[point] + first).loadUnaligned(as: Lanes.self) - shift
        }
        let start = search(state, around: around)
        let best = polish(state, from: start)
        let ends = ends(state, at: best, shift: shift)
        UnsafeMutableRawPointer(output.e0 + first).storeBytes(of: ends.e0, as: Lanes.self)
        UnsafeMutableRawPointer(output.emax + first).storeBytes(of: ends.emax, as: Lanes.self)
        UnsafeMutableRawPointer(output.hill + first).storeBytes(of: best.hill, as: Lanes.self)
        UnsafeMutableRawPointer(output.logEC50 + first).storeBytes(of: best.logEC50 + logScale, as: Lanes.self)
        for (point, target) in fitted.enumerated() {
          UnsafeMutableRawPointer(target + first).storeBytes(of: state.g[point] + shift, as: Lanes.self)
        }
      }
    }
  }

  /// The responses of fitted curves at a dose, copy by copy. `copies` is a multiple of eight.
  package static func respond(
    _ curves: Output, at dose: Double, copies: Int, into target: UnsafeMutablePointer<Double>
  ) {
    let logDose = log(dose)
    for first in Swift.stride(from: 0, to: copies, by: 8) {
      let e0 = UnsafeRawPointer(curves.e0 + first).loadUnaligned(as: Lanes.self)
      var response = e0
      if dose > 0 {
        let emax = UnsafeRawPointer(curves.emax + first).loadUnaligned(as: Lanes.self)
        let hill = UnsafeRawPointer(curves.hill + first).loadUnaligned(as: Lanes.self)
        let logEC50 = UnsafeRawPointer(curves.logEC50 + first).loadUnaligned(as: Lanes.self)
        let u = (hill * (logDose - logEC50)).kept(Lanes(repeating: -700), Lanes(repeating: 700))
        // Counted from the nearer end, as in `HillCurve.response(at:)`.
        let fromStart = e0 + (emax - e0) / (1 + exponential(Lanes() - u))
        let fromEnd = emax + (e0 - emax) / (1 + exponential(u))
        response = fromStart.replacing(with: fromEnd, where: emax * emax .< e0 * e0)
      }
      UnsafeMutableRawPointer(target + first).storeBytes(of: response, as: Lanes.self)
    }
  }

  /// One vector for each point of the design.
  private struct Workspace {
    var y, g, v1, v2, tilt, reach: UnsafeMutablePointer<Lanes>

    init(_ base: UnsafeMutablePointer<Lanes>, points: Int) {
      base.initialize(repeating: Lanes(), count: 6 * points)
      y = base
      g = y + points
      v1 = g + points
      v2 = v1 + points
      tilt = v2 + points
      reach = tilt + points
    }
  }

  private struct Place {
    var hill: Lanes
    var logEC50: Lanes
  }

  /// The node of largest (qᵀy)², or the given curve if it is no worse.
  private func search(_ state: Workspace, around: HillCurve) -> Place {
    let points = design.points
    var best = Lanes(repeating: -1)
    var node = SIMD8<Int64>(repeating: 0)
    nodes.withUnsafeBufferPointer { q in
      guard var q = q.baseAddress else { return }
      for index in hill.indices {
        var product = Lanes()
        for point in 0..<points { product += q[point] * state.y[point] }
        q += points
        let score = product * product
        let better = score .> best
        best.replace(with: score, where: better)
        node.replace(with: SIMD8<Int64>(repeating: Int64(index)), where: better)
      }
    }
    var place = Place(hill: Lanes(repeating: 1), logEC50: Lanes())
    for lane in 0..<8 {
      place.hill[lane] = hill[Int(node[lane])]
      place.logEC50[lane] = logEC50[Int(node[lane])]
    }
    guard around.hill.isFinite, around.ec50 > 0 else { return place }
    let own = Place(
      hill: Lanes(repeating: around.hill),
      logEC50: Lanes(repeating: log(around.ec50) - logScale).kept(
        Lanes(repeating: design.logEC50Range.lowerBound), Lanes(repeating: design.logEC50Range.upperBound)))
    occupy(state, at: own)
    var gg = Lanes()
    var gy = Lanes()
    for point in 0..<points {
      let wg = design.weights[point] * state.g[point]
      gg += wg * state.g[point]
      gy += wg * state.y[point]
    }
    let score = (gy * gy / gg).replacing(with: Lanes(repeating: -1), where: gg .<= 1e-300)
    place.hill.replace(with: own.hill, where: score .>= best)
    place.logEC50.replace(with: own.logEC50, where: score .>= best)
    return place
  }

  /// Where 1 − g stands in for g (see `HillPolish`).
  @inline(__always)
  private func side(_ place: Place) -> Lanes {
    design.hasZero ? Lanes(repeating: 1) : Lanes(repeating: 1).replacing(with: Lanes(repeating: -1), where: place.logEC50 .< Lanes())
  }

  /// Puts the occupancy, centred when E0 is free, into `state.g`.
  @inline(__always)
  private func occupy(_ state: Workspace, at place: Place) {
    let slant = place.hill * side(place)
    let one = Lanes(repeating: 1)
    var mean = Lanes()
    for point in 0..<design.points {
      let u = (slant * (design.logDoses[point] - place.logEC50)).kept(Lanes(repeating: -700), Lanes(repeating: 700))
      let occupancy = one / (one + exponential(Lanes() - u))
      state.g[point] = occupancy
      mean += design.weights[point] * occupancy
    }
    guard !design.fixedE0 else { return }
    mean *= 1 / design.weightSum
    for point in 0..<design.points { state.g[point] -= mean }
  }

  /// The linear parameters at the end; leaves the fitted responses, less the shift, in `state.g`.
  private func ends(_ state: Workspace, at place: Place, shift: Lanes) -> (e0: Lanes, emax: Lanes) {
    let slant = place.hill * side(place)
    let one = Lanes(repeating: 1)
    occupy(state, at: place)
    var gg = Lanes()
    var gy = Lanes()
    for point in 0..<design.points {
      let wg = design.weights[point] * state.g[point]
      gg += wg * state.g[point]
      gy += wg * state.y[point]
    }
    let amplitude = (gy / gg).replacing(with: Lanes(), where: gg .<= 1e-300)
    // The mean occupancy follows from any one point: the first.
    let u = (slant * (design.logDoses[0] - place.logEC50)).kept(Lanes(repeating: -700), Lanes(repeating: 700))
    let mean = design.fixedE0 ? Lanes() : one / (one + exponential(Lanes() - u)) - state.g[0]
    for point in 0..<design.points { state.g[point] *= amplitude }
    let low = shift - amplitude * mean
    let high = low + amplitude
    let mirrored = side(place) .< Lanes()
    return (low.replacing(with: high, where: mirrored), high.replacing(with: low, where: mirrored))
  }

  // One long function on purpose: it is the inner loop, and every intermediate stays in a register.
  // swift-format-ignore
  private func polish(_ state: Workspace, from start: Place) -> Place {
    let points = design.points
    let zero = Lanes(), one = Lanes(repeating: 1), tiny = Lanes(repeating: 1e-300)
    let lowH = Lanes(repeating: design.bounds.hill.lowerBound), highH = Lanes(repeating: design.bounds.hill.upperBound)
    let lowM = Lanes(repeating: design.logEC50Range.lowerBound), highM = Lanes(repeating: design.logEC50Range.upperBound)
    let centre = design.fixedE0 ? 0 : 1 / design.weightSum
    var power = zero
    for i in 0..<points { power += design.weights[i] * state.y[i] * state.y[i] }
    let floor = power * 1e-14 + tiny
    var best = start, trial = start
    var rss = Lanes(repeating: .infinity), damping = Lanes(repeating: 1e-2)
    var a11 = zero, a12 = zero, a22 = zero, b1 = zero, b2 = zero, n11 = zero, n12 = zero, n22 = zero
    let y = state.y, g = state.g, v1 = state.v1, v2 = state.v2, tilt = state.tilt, reach = state.reach
    design.logDoses.withUnsafeBufferPointer { x in design.weights.withUnsafeBufferPointer { w in
    for iteration in 0..<Self.iterations {
      let slant = trial.hill * side(trial)
      var sumG = zero, sum1 = zero, sum2 = zero
      for i in 0..<points {
        let u = (slant * (x[i] - trial.logEC50)).kept(Lanes(repeating: -700), Lanes(repeating: 700))
        let e = exponential(zero - u)
        let occupancy = one / (one + e)
        let slope = (occupancy * e) * occupancy
        let d1 = slope * u, d2 = zero - slope * slant
        g[i] = occupancy; v1[i] = d1; v2[i] = d2
        tilt[i] = slope * (one - occupancy - occupancy); reach[i] = u
        sumG += w[i] * occupancy; sum1 += w[i] * d1; sum2 += w[i] * d2
      }
      sumG *= centre; sum1 *= centre; sum2 *= centre
      var gg = zero, gy = zero, g1 = zero, g2 = zero, y1 = zero, y2 = zero, v11 = zero, v12 = zero, v22 = zero
      for i in 0..<points {
        let gc = g[i] - sumG, d1 = v1[i] - sum1, d2 = v2[i] - sum2
        let wg = w[i] * gc, w1 = w[i] * d1, w2 = w[i] * d2
        g[i] = gc
        gg += wg * gc; gy += wg * y[i]; g1 += wg * d1; g2 += wg * d2
        y1 += w1 * y[i]; y2 += w2 * y[i]
        v11 += w1 * d1; v12 += w1 * d2; v22 += w2 * d2
      }
      let inverse = one / gg.replacing(with: one, where: gg .<= tiny)
      let amplitude = (gy * inverse).replacing(with: zero, where: gg .<= tiny)
      var trialRSS = zero, t0 = zero, t1 = zero, t2 = zero
      for i in 0..<points {
        let residual = y[i] - amplitude * g[i]
        let weighted = w[i] * residual
        trialRSS += weighted * residual
        let bent = weighted * tilt[i], bentU = bent * reach[i]
        t0 += bent; t1 += bentU; t2 += bentU * reach[i]
      }
      let accepted = trialRSS .< rss
      let change = rss - trialRSS
      let fresh = rss .== Lanes(repeating: .infinity)
      let settled = .!fresh .& (absolute(change) .<= rss * Self.tolerance .| trialRSS .<= power * 1e-7)
      best.hill.replace(with: trial.hill, where: accepted)
      best.logEC50.replace(with: trial.logEC50, where: accepted)
      rss.replace(with: trialRSS, where: accepted)
      if iteration == Self.iterations - 1 || all(settled) { break }
      let r1 = y1 - amplitude * g1, r2 = y2 - amplitude * g2
      let p1 = r1 - amplitude * g1, p2 = r2 - amplitude * g2
      let share = inverse.replacing(with: zero, where: gg .<= tiny)
      let full = amplitude * amplitude
      n11.replace(with: full * v11 - p1 * p1 * share - amplitude * t2, where: accepted)
      n12.replace(with: full * v12 - p1 * p2 * share + amplitude * slant * t1, where: accepted)
      n22.replace(with: full * v22 - p2 * p2 * share - amplitude * slant * slant * t0, where: accepted)
      a11.replace(with: full * (v11 - g1 * g1 * inverse), where: accepted)
      a12.replace(with: full * (v12 - g1 * g2 * inverse), where: accepted)
      a22.replace(with: full * (v22 - g2 * g2 * inverse), where: accepted)
      b1.replace(with: amplitude * r1, where: accepted)
      b2.replace(with: amplitude * r2, where: accepted)
      damping = (damping * 8).replacing(with: larger(damping * 0.15, Lanes(repeating: 1e-12)), where: accepted)

      let held1 = (best.hill .<= lowH .& b1 .< zero) .| (best.hill .>= highH .& b1 .> zero)
      let held2 = (best.logEC50 .<= lowM .& b2 .< zero) .| (best.logEC50 .>= highM .& b2 .> zero)
      let held = held1 .| held2
      let scale11 = larger(a11, floor), scale22 = larger(a22, floor)
      var c11 = n11 + damping * scale11, c22 = n22 + damping * scale22
      var c12 = n12.replacing(with: zero, where: held)
      let convex = (c11 .> scale11 * 1e-3 .| held1) .& (c22 .> scale22 * 1e-3 .| held2)
        .& (c11 * c22 - c12 * c12 .> c11 * c22 * 1e-12 .| held)
      c11.replace(with: scale11 * (one + damping) + tiny, where: .!convex)
      c22.replace(with: scale22 * (one + damping) + tiny, where: .!convex)
      c12.replace(with: a12.replacing(with: zero, where: held), where: .!convex)
      let determinant = c11 * c22 - c12 * c12
      let sound = determinant .> c11 * c22 * 1e-15
      let inverted = one / determinant.replacing(with: one, where: .!sound)
      var d1 = ((b1 * c22 - b2 * c12) * inverted).replacing(with: b1 / c11, where: .!sound .| held)
      var d2 = ((b2 * c11 - b1 * c12) * inverted).replacing(with: b2 / c22, where: .!sound .| held)
      d1.replace(with: zero, where: held1)
      d2.replace(with: zero, where: held2)
      let shortened = one / larger(one, larger(d1 * (1.0 / 3), zero - d1 * (1 / 0.75)))
      d1 *= shortened
      d2 *= shortened
      trial.hill = (best.hill + best.hill * d1).kept(lowH, highH)
      trial.logEC50 = (best.logEC50 + (d2 / (one + d1)).kept(Lanes(repeating: -3), Lanes(repeating: 3))).kept(lowM, highM)
    }
    } }
    return best
  }
}
