import Foundation

/// Brings curves from their grid nodes to the minimum: damped Newton by variable projection, eight curves a SIMD
/// vector. A lane whose curve has converged takes the next one, so that no lane idles until the end.
///
/// A step (α, β) takes u = h (x − m), x = ln d, m = ln EC50, to (1 + α) u − h β, that is h to (1 + α) h and m to m +
/// β/(1 + α): u is linear in the step, so that the two long valleys of the problem are straight (a steep curve with one
/// dose on its flank; a curve whose EC50 is far above the doses). With g the occupancy (centred when E0 is free), B =
/// gᵀy, N = gᵀg, a = B/N and r = y − a g, the reduced sum of squares is yᵀy − B²/N. Half its negative gradient is b_k =
/// a v_kᵀr with v_k = ∂g/∂θ_k, and half its Hessian
///
///   H_kl = a² v_kᵀv_l − (v_kᵀy − 2 a v_kᵀg)(v_lᵀy − 2 a v_lᵀg)/N − a g_klᵀr,
///
/// by differentiating twice. Where H is not positive definite, Kaufman's (1975, BIT 15, 49–57) Gauss–Newton matrix a²
/// v_kᵀPv_l, P projecting off g, stands in; it alone would creep on noisy curves, whose residuals are large.
/// Marquardt's (1963) damping and a step limit make every step safe. Without a zero dose, and EC50 below the doses, g
/// is 1 − something tiny: there 1 − g stands in for g, which changes only signs and keeps the digits. The result of a
/// curve does not depend on its neighbours in the vector.
struct HillPolish {
  /// One curve from one start.
  struct Task {
    var curve: Int
    var hill: Double
    var logEC50: Double
    var rss = Double.infinity
  }

  /// What a curve brings: its design and where its (centred or baseline-free) responses begin.
  struct Curve {
    var design: HillDesign
    var offset: Int
  }

  /// When a curve is done.
  struct Criteria {
    /// Relative fall of the RSS below which a curve has converged.
    var rssTolerance: Double
    /// Step in h (relative) and ln EC50 below which a curve has converged.
    var stepTolerance: Double
    /// Iterations after which it is left where it is.
    var iterations: Int

    /// Enough to tell the starts of a curve apart.
    static let rough = Criteria(rssTolerance: 1e-2, stepTolerance: 1e-2, iterations: 6)
    /// To the last digits. The cap was reached by none of the curves tried.
    static let full = Criteria(rssTolerance: 1e-9, stepTolerance: 1e-8, iterations: 100)
  }

  /// RSS relative to Σ w y² below which the curve goes through its points.
  static let exactTolerance = 1e-28

  private var storage: UnsafeMutablePointer<Lanes>?
  private var capacity = 0

  /// Improves every task in place. `responses` holds the curves' responses one after the other.
  mutating func run(_ tasks: inout [Task], curves: [Curve], responses: [Double], until criteria: Criteria) {
    var longest = 0
    for task in tasks { longest = max(longest, curves[task.curve].design.points) }
    guard longest > 0 else { return }
    reserve(longest)
    guard let storage else { return }
    tasks.withUnsafeMutableBufferPointer { tasks in
      responses.withUnsafeBufferPointer { responses in
        Self.run(
          tasks, curves: curves, responses: responses, points: longest, until: criteria, workspace: storage)
      }
    }
  }

  private mutating func reserve(_ points: Int) {
    guard points > capacity else { return }
    storage?.deallocate()
    storage = .allocate(capacity: points * 8)
    capacity = points
  }

  /// Frees the workspace.
  mutating func release() {
    storage?.deallocate()
    storage = nil
    capacity = 0
  }

  // One long function on purpose: it is the inner loop, and every intermediate stays in a register.
  // swift-format-ignore
  private static func run(
    _ tasks: UnsafeMutableBufferPointer<Task>, curves: [Curve], responses: UnsafeBufferPointer<Double>, points: Int,
    until criteria: Criteria, workspace: UnsafeMutablePointer<Lanes>
  ) {
    let x = workspace, y = x + points, w = y + points, g = w + points, v1 = g + points, v2 = v1 + points
    let tilt = v2 + points, reach = tilt + points
    let width = Lanes.scalarCount
    var owner = [Int](repeating: -1, count: width)
    var next = 0, busy = 0

    var h = Lanes(repeating: 1), m = Lanes(), trialH = Lanes(repeating: 1), trialM = Lanes(), stepH = Lanes(), stepM = Lanes()
    var lowH = Lanes(repeating: 1), highH = Lanes(repeating: 1), lowM = Lanes(), highM = Lanes()
    var mirrored = Lanes(), centre = Lanes(), power = Lanes(), rss = Lanes(), damping = Lanes(), age = Lanes()
    var a11 = Lanes(), a12 = Lanes(), a22 = Lanes(), b1 = Lanes(), b2 = Lanes()
    var n11 = Lanes(), n12 = Lanes(), n22 = Lanes()
    x.update(repeating: Lanes(), count: 8 * points)

    func load(_ lane: Int) {
      let scalars = (x: UnsafeMutableRawPointer(x), y: UnsafeMutableRawPointer(y), w: UnsafeMutableRawPointer(w))
      let size = MemoryLayout<Double>.stride
      func put(_ base: UnsafeMutableRawPointer, _ point: Int, _ value: Double) {
        base.storeBytes(of: value, toByteOffset: (point * width + lane) * size, as: Double.self)
      }
      guard next < tasks.count else {
        owner[lane] = -1
        for point in 0..<points { put(scalars.w, point, 0) }
        return
      }
      let task = tasks[next]
      owner[lane] = next
      next += 1
      busy += 1
      let curve = curves[task.curve]
      let design = curve.design
      var total = 0.0
      for point in 0..<design.points {
        let response = responses[curve.offset + point]
        put(scalars.x, point, design.logDoses[point])
        put(scalars.y, point, response)
        put(scalars.w, point, design.weights[point])
        total += design.weights[point] * response * response
      }
      for point in design.points..<points {
        put(scalars.x, point, 0)
        put(scalars.y, point, 0)
        put(scalars.w, point, 0)
      }
      trialH[lane] = task.hill; trialM[lane] = task.logEC50
      h[lane] = task.hill; m[lane] = task.logEC50
      stepH[lane] = 1; stepM[lane] = 1
      lowH[lane] = design.bounds.hill.lowerBound; highH[lane] = design.bounds.hill.upperBound
      lowM[lane] = design.logEC50Range.lowerBound; highM[lane] = design.logEC50Range.upperBound
      mirrored[lane] = design.hasZero ? 0 : 1
      centre[lane] = design.fixedE0 ? 0 : 1 / design.weightSum
      power[lane] = total
      rss[lane] = .infinity
      damping[lane] = 1e-3
      age[lane] = 0
      a11[lane] = 0; a12[lane] = 0; a22[lane] = 0; b1[lane] = 0; b2[lane] = 0
      n11[lane] = 0; n12[lane] = 0; n22[lane] = 0
    }
    for lane in 0..<width { load(lane) }

    let zero = Lanes(), one = Lanes(repeating: 1), tiny = Lanes(repeating: 1e-300)
    while busy > 0 {
      // The curve at the trial point.
      let side = one.replacing(with: zero - one, where: mirrored .> zero .& trialM .< zero)
      let slant = trialH * side
      var sumG = zero, sum1 = zero, sum2 = zero
      for i in 0..<points {
        var u = slant * (x[i] - trialM)
        u = u.kept(Lanes(repeating: -700), Lanes(repeating: 700))
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
      let r1 = y1 - amplitude * g1, r2 = y2 - amplitude * g2
      let p1 = r1 - amplitude * g1, p2 = r2 - amplitude * g2
      let share = inverse.replacing(with: zero, where: gg .<= tiny)
      let full = amplitude * amplitude
      let h11 = full * v11 - p1 * p1 * share - amplitude * t2
      let h12 = full * v12 - p1 * p2 * share + amplitude * slant * t1
      let h22 = full * v22 - p2 * p2 * share - amplitude * slant * slant * t0

      // Accept or reject.
      let accepted = trialRSS .< rss
      let change = rss - trialRSS
      let small = change .<= trialRSS * criteria.rssTolerance .& (zero - change) .<= rss * criteria.rssTolerance
      let still = absolute(stepH) .<= Lanes(repeating: criteria.stepTolerance) .& absolute(stepM) .<= Lanes(repeating: criteria.stepTolerance)
      h.replace(with: trialH, where: accepted)
      m.replace(with: trialM, where: accepted)
      rss.replace(with: trialRSS, where: accepted)
      n11.replace(with: h11, where: accepted)
      n12.replace(with: h12, where: accepted)
      n22.replace(with: h22, where: accepted)
      a11.replace(with: full * (v11 - g1 * g1 * inverse), where: accepted)
      a12.replace(with: full * (v12 - g1 * g2 * inverse), where: accepted)
      a22.replace(with: full * (v22 - g2 * g2 * inverse), where: accepted)
      b1.replace(with: amplitude * r1, where: accepted)
      b2.replace(with: amplitude * r2, where: accepted)
      damping = (damping * 8).replacing(with: larger(damping * 0.15, Lanes(repeating: 1e-12)), where: accepted)
      age += one
      let done = small .| still .| (rss .<= power * exactTolerance) .| (age .>= Lanes(repeating: Double(criteria.iterations)))

      // Hand over the lanes that are done.
      for lane in 0..<width where done[lane] && owner[lane] >= 0 {
        tasks[owner[lane]].hill = h[lane]
        tasks[owner[lane]].logEC50 = m[lane]
        tasks[owner[lane]].rss = rss[lane]
        busy -= 1
        load(lane)
      }

      // The next step; a parameter on its bound that wants to go out stays.
      let fresh = age .== zero
      let held1 = (h .<= lowH .& b1 .< zero) .| (h .>= highH .& b1 .> zero)
      let held2 = (m .<= lowM .& b2 .< zero) .| (m .>= highM .& b2 .> zero)
      let held = held1 .| held2
      let floor = power * 1e-14 + tiny
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
      let nextH = (h + h * d1).kept(lowH, highH)
      let shift = (d2 / (one + d1)).kept(Lanes(repeating: -3), Lanes(repeating: 3))
      let nextM = (m + shift).kept(lowM, highM)
      trialH = nextH.replacing(with: trialH, where: fresh)
      trialM = nextM.replacing(with: trialM, where: fresh)
      stepH = d1.replacing(with: one, where: fresh)
      stepM = (trialM - m).replacing(with: one, where: fresh)
    }
  }
}
