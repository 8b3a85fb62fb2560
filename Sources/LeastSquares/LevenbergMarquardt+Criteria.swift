/// What the loop asks about a point: is it a minimum, is there anything left to gain, how may the step be bent.
extension LevenbergMarquardt.Search {
  /// max |Jⱼᵀr| / (‖Jⱼ‖ ‖r‖) over the parameters that may move downhill (Moré 1978, eq. 8.3); 0 where none may.
  func orthogonality(_ point: CountedModel.Point, _ system: DampedSystem) -> Double {
    let length = point.rss.squareRoot()
    guard length > 0 else { return 0 }
    let states = model.boundStates(at: point.x, gradient: system.gradient)
    return states.indices.reduce(0) { largest, j in
      guard states[j] == .free, system.columnNorms[j] > 0 else { return largest }
      return max(largest, abs(system.gradient[j]) / (system.columnNorms[j] * length))
    }
  }

  /// Whether step `p` changes no parameter noticeably.
  func isSmall(_ p: [Double], at x: [Double]) -> Bool {
    p.indices.allSatisfy { abs(p[$0]) <= options.stepTolerance * abs(x[$0]) }
  }

  /// The change of the residual sum of squares that rounding of the parameters alone can make: differences below say
  /// nothing.
  ///
  /// A relative error ε in xⱼ moves r by ε |xⱼ| ‖Jⱼ‖, and the sum by 2 ‖r‖ times that.
  func resolution(_ point: CountedModel.Point, _ system: DampedSystem) -> Double {
    let shift = zip(point.x, system.columnNorms).reduce(0) { $0 + abs($1.0) * $1.1 }
    return 0x1p-51 * (point.rss.squareRoot() * shift + point.rss) + (0x1p-52 * shift) * (0x1p-52 * shift)
  }

  /// The step in the box without damping, but for what keeps it determined.
  func undamped(_ point: CountedModel.Point, _ system: DampedSystem) throws(LeastSquaresError) -> BoundedStep {
    let (low, high) = model.room(about: point.x)
    return try BoundedStep(system, damping: rule.minimum, scale: scale, low: low, high: high)
  }

  /// The fall that the linear model promises for the undamped step: what is left to gain.
  func remaining(_ point: CountedModel.Point, _ system: DampedSystem) throws(LeastSquaresError) -> Double {
    system.promisedFall(of: try undamped(point, system).p)
  }

  /// Takes a step that the residual sum of squares is too coarse to judge, if it brings the gradient nearer to zero.
  ///
  /// - Returns: The new point when what is left to gain there is at most 0.9 of what it is here, else `nil`.
  mutating func contraction(
    _ point: CountedModel.Point, _ system: DampedSystem, _ step: BoundedStep
  ) throws(LeastSquaresError) -> (CountedModel.Point, DampedSystem)? {
    let target = model.move(point.x, by: step.p, sides: step.sides)
    guard let trial = try model.point(at: target), trial.rss <= point.rss + 16 * resolution(point, system),
      let next = try model.linearize(trial),
      try remaining(trial, next) <= 0.9 * remaining(point, system)
    else { return nil }
    return (trial, next)
  }

  /// The step with half of its second-order correction: p + a/2, a = −(JᵀJ + λD²)⁻¹ Jᵀ r″ with r″ the second derivative
  /// of the residuals along p (Transtrum & Sethna 2012, eqs. 7 and 19).
  ///
  /// - Returns: `nil` when it is turned off, not finite, longer than 3/4 of the step, or outside the box.
  mutating func accelerated(
    _ point: CountedModel.Point, _ system: DampedSystem, _ step: BoundedStep, _ low: [Double], _ high: [Double]
  ) throws(LeastSquaresError) -> [Double]? {
    guard options.acceleration, !step.free.isEmpty else { return nil }
    let fraction = 0.1
    let ahead = point.x.indices.map { point.x[$0] + fraction * step.p[$0] }
    guard let probe = try model.point(at: ahead) else { return nil }
    let slope = zip(probe.residuals, point.residuals).map { ($0 - $1) / fraction }
    let image = system.image(of: step.p)
    let curvature = zip(try system.projection(of: slope), image).map { 2 / fraction * ($0 - $1) }
    guard firstNonFinite(curvature) == nil else { return nil }
    let still = [Double](repeating: 0, count: step.p.count)
    let bend = try system.solve(target: curvature, damping: rule.damping, scale: scale, free: step.free, fixed: still)
    let lengthOfBend = norm(zip(scale, bend).map { $0 * $1 })
    let lengthOfStep = norm(zip(scale, step.p).map { $0 * $1 })
    guard lengthOfBend <= 0.75 * lengthOfStep / 2 else { return nil }
    let bent = zip(step.p, bend).map { $0 + $1 / 2 }
    return bent.indices.allSatisfy { bent[$0] >= low[$0] && bent[$0] <= high[$0] } ? bent : nil
  }

  /// The result at `point`, with the covariance of its Jacobian.
  func solution(
    _ point: CountedModel.Point, _ system: DampedSystem, _ reason: StopReason
  ) throws(LeastSquaresError) -> Solution {
    let states = model.boundStates(at: point.x, gradient: system.gradient)
    let free = states.indices.filter { states[$0] == .free }
    let factored = try system.rankAndCovariance(free: free)
    var covariance: Matrix?
    if let block = factored.unscaledCovariance {
      var whole = Matrix(rows: system.n, columns: system.n)
      for (a, i) in free.enumerated() {
        for (b, j) in free.enumerated() { whole[i, j] = block[a, b] }
      }
      covariance = whole
    } else if free.isEmpty {
      covariance = Matrix(rows: system.n, columns: system.n)
    }
    return Solution(
      parameters: point.x, rss: point.rss, reason: reason, boundStates: states, observations: model.observations,
      rank: factored.rank, unscaledCovariance: covariance, iterations: iterations,
      residualEvaluations: model.residualEvaluations, jacobianEvaluations: model.jacobianEvaluations,
      differenceEvaluations: model.quotient.evaluations, orthogonality: orthogonality(point, system),
      damping: rule.damping)
  }
}
