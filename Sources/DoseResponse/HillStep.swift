/// One damped Newton step by variable projection for sixteen curves.
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
/// is 1 − something tiny: there 1 − g stands in for g, which changes only signs and keeps the digits.
struct HillStep {
  typealias Vector = WideLanes
  static let width = Vector.scalarCount

  /// Lanes in use, and those of them that have converged; the first vector, which stays when lanes move.
  private var header = SIMD16<UInt64>()
  /// The task in each lane.
  private var owner = Vector()
  /// Where the curves stand, where they are tried next, and how they stand there.
  private var h = Vector(repeating: 1), m = Vector(), trialH = Vector(repeating: 1), trialM = Vector()
  private var rss = Vector(repeating: .infinity), amplitude = Vector(), mean = Vector()
  /// By how much the RSS would fall in the next step if it were a paraboloid.
  private var promise = Vector()
  /// Marquardt's λ.
  private var damping = Vector(repeating: Self.firstDamping)
  /// The Hessian, Kaufman's matrix and the gradient.
  private var n11 = Vector(), n12 = Vector(), n22 = Vector()
  private var a11 = Vector(), a12 = Vector(), a22 = Vector()
  private var b1 = Vector(), b2 = Vector()
  /// What the curves bring.
  private var power = Vector(), zeroY = Vector()
  /// What their designs bring.
  private var lowH: Vector, highH: Vector, lowM: Vector, highM: Vector, mirrored: Vector, centre: Vector, zeroW: Vector

  /// RSS relative to Σ w y² below which the curve goes through its points.
  private static let exactTolerance = 1e-28
  /// |u| beyond which the occupancy is an end of its range; its square is still far from where numbers lose digits.
  private static let farthest = 340.0
  /// λ of the first step, and what it is multiplied by after a good and after a bad one.
  private static let firstDamping = 0.1
  private static let goodStep = 0.15
  private static let badStep = 8.0

  /// Empty lanes of a design.
  init(_ frame: HillDesign.Frame) {
    lowH = Vector(repeating: frame.hill.lowerBound)
    highH = Vector(repeating: frame.hill.upperBound)
    lowM = Vector(repeating: frame.logEC50.lowerBound)
    highM = Vector(repeating: frame.logEC50.upperBound)
    mirrored = Vector(repeating: frame.isMirrored ? 1 : 0)
    centre = Vector(repeating: frame.centre)
    zeroW = Vector(repeating: frame.zeroWeight)
  }

  /// Lanes in use, as bits.
  var live: UInt64 {
    get { header[0] }
    set { header[0] = newValue }
  }
  /// Lanes that have converged, as bits.
  private(set) var done: UInt64 {
    get { header[1] }
    set { header[1] = newValue }
  }

  /// Takes another design in one lane.
  mutating func adopt(_ frame: HillDesign.Frame, in lane: Int) {
    lowH[lane] = frame.hill.lowerBound
    highH[lane] = frame.hill.upperBound
    lowM[lane] = frame.logEC50.lowerBound
    highM[lane] = frame.logEC50.upperBound
    mirrored[lane] = frame.isMirrored ? 1 : 0
    centre[lane] = frame.centre
    zeroW[lane] = frame.zeroWeight
  }

  /// Starts a task in a lane.
  mutating func begin(in lane: Int, owner task: Int, hill: Double, logEC50: Double, power: Double, zeroY: Double) {
    owner[lane] = Double(task)
    trialH[lane] = hill
    trialM[lane] = logEC50
    h[lane] = hill
    m[lane] = logEC50
    self.power[lane] = power
    self.zeroY[lane] = zeroY
  }

  /// Writes the lanes' results into their tasks.
  func store(_ lanes: UInt64, to tasks: UnsafeMutableBufferPointer<HillPolish.Task>) {
    var lanes = lanes
    while lanes != 0 {
      let lane = lanes.trailingZeroBitCount
      lanes &= lanes - 1
      let task = Int(owner[lane])
      tasks[task].hill = h[lane]
      tasks[task].logEC50 = m[lane]
      tasks[task].rss = rss[lane]
      tasks[task].amplitude = amplitude[lane]
      tasks[task].mean = mean[lane]
    }
  }

  /// Writes where the live lanes stand.
  mutating func enter(_ standings: UnsafeMutablePointer<HillContest.Standing>) {
    var lanes = live
    withUnsafeMutablePointer(to: &self) { step in
      // A lane read by subscript copies its vector first.
      func numbers(_ field: UnsafeMutablePointer<Vector>?) -> UnsafePointer<Double> {
        UnsafeRawPointer(field.unsafelyUnwrapped).assumingMemoryBound(to: Double.self)
      }
      let owner = numbers(step.pointer(to: \.owner))
      let rss = numbers(step.pointer(to: \.rss))
      let promise = numbers(step.pointer(to: \.promise))
      let hill = numbers(step.pointer(to: \.trialH))
      let logEC50 = numbers(step.pointer(to: \.trialM))
      while lanes != 0 {
        let lane = lanes.trailingZeroBitCount
        lanes &= lanes &- 1
        standings[Int(owner[lane])] = HillContest.Standing(
          rss: rss[lane], promise: promise[lane], hill: hill[lane], logEC50: logEC50[lane])
      }
    }
  }

  /// Frees the lanes of the starts that were given up; the number of those that go on.
  mutating func keep(_ standings: UnsafePointer<HillContest.Standing>) -> Int {
    var lanes = live
    var kept = live
    while lanes != 0 {
      let lane = lanes.trailingZeroBitCount
      lanes &= lanes - 1
      if !(standings[Int(owner[lane])].rss < .infinity) { kept &= ~(1 << UInt64(lane)) }
    }
    live = kept
    return kept.nonzeroBitCount
  }

  /// Evaluates the curves at the trial point, accepts or rejects it and chooses the next; the lanes that have
  /// converged.
  @inline(__always)
  mutating func advance(
    points: Int, x: UnsafePointer<Vector>, y: UnsafePointer<Vector>, w: UnsafePointer<Vector>,
    scratch: UnsafeMutablePointer<Vector>, criteria: HillPolish.Criteria
  ) {
    let zero = Vector(), one = Vector(repeating: 1), tiny = Vector(repeating: 1e-300)
    let g = scratch, s = g + points, u = s + points
    // The curve at the trial point: occupancy g, s = ∂g/∂u, and their moments.
    let slant = trialH.replacing(with: zero - trialH, where: mirrored .> zero .& trialM .< zero)
    let offset = zero - slant * trialM
    var sumG = zero, sum1 = zero, sum2 = zero
    var gg = zero, gy = zero, g1 = zero, g2 = zero, y1 = zero, y2 = zero, v11 = zero, v12 = zero, v22 = zero
    for i in 0..<points {
      let ui = multiplyAdd(slant, x[i], offset).kept(
        Vector(repeating: -Self.farthest), Vector(repeating: Self.farthest))
      u[i] = ui
      s[i] = exponential(zero - ui)
    }
    for i in 0..<points {
      let e = s[i], ui = u[i]
      let gi = one / (one + e)
      let si = (gi * e) * gi
      let d1 = si * ui
      let wi = w[i], yi = y[i]
      let wg = wi * gi, w1 = wi * d1, w2 = wi * si
      g[i] = gi; s[i] = si
      sumG += wg; sum1 += w1; sum2 += w2
      gg = multiplyAdd(wg, gi, gg); gy = multiplyAdd(wg, yi, gy)
      g1 = multiplyAdd(wg, d1, g1); g2 = multiplyAdd(wg, si, g2)
      y1 = multiplyAdd(w1, yi, y1); y2 = multiplyAdd(w2, yi, y2)
      v11 = multiplyAdd(w1, d1, v11); v12 = multiplyAdd(w1, si, v12); v22 = multiplyAdd(w2, si, v22)
    }
    let average = sumG * centre
    gg = gg - average * sumG
    g1 = g1 - average * sum1; g2 = g2 - average * sum2
    v11 = v11 - (sum1 * centre) * sum1; v12 = v12 - (sum1 * centre) * sum2; v22 = v22 - (sum2 * centre) * sum2
    // ∂g/∂β = −h s.
    let turned = zero - slant
    g2 *= turned; y2 *= turned; v12 *= turned; v22 *= turned * turned
    let isFlat = gg .<= tiny
    let inverse = one / gg.replacing(with: one, where: isFlat)
    let amplitude = (gy * inverse).replacing(with: zero, where: isFlat)
    // The residuals.
    let level = amplitude * average
    let minus = zero - amplitude
    let atZero = zeroY + level
    var trialRSS = zeroW * atZero * atZero, t0 = zero, t1 = zero, t2 = zero
    for i in 0..<points {
      let gi = g[i], ui = u[i]
      let residual = multiplyAdd(minus, gi, y[i] + level)
      let weighted = w[i] * residual
      trialRSS = multiplyAdd(weighted, residual, trialRSS)
      let bent = weighted * s[i] * (one - gi - gi), bentU = bent * ui
      t0 += bent; t1 += bentU; t2 = multiplyAdd(bentU, ui, t2)
    }
    let r1 = y1 - amplitude * g1, r2 = y2 - amplitude * g2
    let p1 = r1 - amplitude * g1, p2 = r2 - amplitude * g2
    let share = inverse.replacing(with: zero, where: isFlat)
    let full = amplitude * amplitude

    // Accept or reject.
    let accepted = trialRSS .< rss
    let change = rss - trialRSS
    let small = change .<= trialRSS * criteria.rssTolerance .& (zero - change) .<= rss * criteria.rssTolerance
    h.replace(with: trialH, where: accepted)
    m.replace(with: trialM, where: accepted)
    rss.replace(with: trialRSS, where: accepted)
    self.amplitude.replace(with: amplitude, where: accepted)
    mean.replace(with: average, where: accepted)
    n11.replace(with: full * v11 - p1 * p1 * share - amplitude * t2, where: accepted)
    n12.replace(with: full * v12 - p1 * p2 * share + amplitude * slant * t1, where: accepted)
    n22.replace(with: full * v22 - p2 * p2 * share - amplitude * slant * slant * t0, where: accepted)
    a11.replace(with: full * (v11 - g1 * g1 * inverse), where: accepted)
    a12.replace(with: full * (v12 - g1 * g2 * inverse), where: accepted)
    a22.replace(with: full * (v22 - g2 * g2 * inverse), where: accepted)
    b1.replace(with: amplitude * r1, where: accepted)
    b2.replace(with: amplitude * r2, where: accepted)
    damping = (damping * Self.badStep).replacing(
      with: larger(damping * Self.goodStep, Vector(repeating: 1e-12)), where: accepted)

    // The next step; a parameter on its bound that wants to go out stays.
    let held1 = (h .<= lowH .& b1 .< zero) .| (h .>= highH .& b1 .> zero)
    let held2 = (m .<= lowM .& b2 .< zero) .| (m .>= highM .& b2 .> zero)
    let held = held1 .| held2
    let floor = power * 1e-14 + tiny
    let scale11 = larger(a11, floor), scale22 = larger(a22, floor)
    var c11 = multiplyAdd(damping, scale11, n11), c22 = multiplyAdd(damping, scale22, n22)
    var c12 = n12.replacing(with: zero, where: held)
    let convex =
      (c11 .> scale11 * 1e-3 .| held1) .& (c22 .> scale22 * 1e-3 .| held2)
      .& (c11 * c22 - c12 * c12 .> c11 * c22 * 1e-12 .| held)
    c11.replace(with: multiplyAdd(damping, scale11, scale11), where: .!convex)
    c22.replace(with: multiplyAdd(damping, scale22, scale22), where: .!convex)
    c12.replace(with: a12.replacing(with: zero, where: held), where: .!convex)
    let product = c11 * c22
    let isSound = product - c12 * c12 .> product * 1e-15
    c12.replace(with: zero, where: .!isSound)
    let inverted = one / (product - c12 * c12)
    var d1 = (b1 * c22 - b2 * c12) * inverted
    var d2 = (b2 * c11 - b1 * c12) * inverted
    d1.replace(with: zero, where: held1)
    d2.replace(with: zero, where: held2)
    promise = (b1 * d1 + b2 * d2) * (one + damping)
    let shortened = one / larger(one, larger(d1 * (1.0 / 3), d1 * (-1 / 0.75)))
    d1 *= shortened
    d2 *= shortened
    trialH = multiplyAdd(h, d1, h).kept(lowH, highH)
    let shift = (d2 / (one + d1)).kept(Vector(repeating: -3), Vector(repeating: 3))
    trialM = (m + shift).kept(lowM, highM)
    let still =
      absolute(d1) .<= Vector(repeating: criteria.stepTolerance) .& absolute(trialM - m)
      .<= Vector(repeating: criteria.stepTolerance)
    done = UInt64(
      bits(small .| still .| promise .<= rss * criteria.rssTolerance .| rss .<= power * Self.exactTolerance))
  }
}
