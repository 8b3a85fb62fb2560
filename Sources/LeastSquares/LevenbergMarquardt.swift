/// Nonlinear least squares by Levenberg and Marquardt's method, on QR, in a box.
///
/// Each iteration linearises the residuals about x and solves min ‖J p + r‖² + λ ‖D p‖² over lower ≤ x + p ≤ upper
/// (Moré 1978; Nocedal & Wright 2006, *Numerical Optimization*, 2nd ed., §10.3). The loop here decides what to evaluate
/// and when to stop; the size of λ is ``StepRule``'s, the algebra `DampedSystem`'s and the box `BoundedStep`'s.
public enum LevenbergMarquardt {
  /// Searches for the minimum nearest downhill.
  ///
  /// The same input gives the same bits, on any thread. Bad values of the model do not trap: a trial whose residuals or
  /// Jacobian are not finite is refused and the step shortened.
  ///
  /// - Parameters:
  ///   - problem: Residuals, Jacobian, weights, bounds.
  ///   - start: n finite values; those outside the bounds are moved onto them.
  ///   - options: Tolerances and limits.
  /// - Returns: The best point met, why the search ended there, and its covariance.
  /// - Throws: ``LeastSquaresError`` when sizes do not fit or the start, weights, bounds or options are not valid. A
  ///   search that fails does not throw: see ``Solution/reason``.
  public static func minimize(
    _ problem: NonlinearProblem, from start: [Double], options: Options = Options()
  ) throws(LeastSquaresError) -> Solution {
    var search = try Search(problem, start: start, options: options)
    return try search.run()
  }

  /// A search under way.
  struct Search {
    let options: Options
    var model: CountedModel
    var rule: StepRule
    /// Lengths of the Jacobian's columns, as far as they are remembered.
    var columnLengths: [Double]
    var iterations = 0

    init(_ problem: NonlinearProblem, start: [Double], options: Options) throws(LeastSquaresError) {
      try options.validate(parameterCount: problem.parameterCount)
      self.options = options
      model = try CountedModel(problem, start: start, options: options)
      rule = StepRule(
        initial: options.initialDamping, acceptedGain: options.acceptedGain, maximum: options.maximumDamping)
      columnLengths = [Double](repeating: 0, count: problem.parameterCount)
    }

    /// D.
    var scale: [Double] { columnLengths.map { $0 > 0 ? $0 : 1 } }

    mutating func run() throws(LeastSquaresError) -> Solution {
      guard var point = try model.point(at: model.start) else { return model.failed(.nonFiniteStart) }
      guard var system = try model.linearize(point) else { return model.failed(.nonFiniteJacobian, at: point) }
      rescale(system)
      var pending: StopReason?
      var refusals = 0
      while true {
        if orthogonality(point, system) <= options.gradientTolerance || point.rss == 0 { pending = .gradientSmall }
        if pending == nil, iterations >= options.maxIterations { pending = .iterationLimit }
        if let pending { return try solution(point, system, pending) }

        let (low, high) = model.room(about: point.x)
        let step = try BoundedStep(system, damping: rule.damping, scale: scale, low: low, high: high)
        if rule.isExhausted { return try solution(point, system, .noProgress) }
        iterations += 1
        let promised = system.promisedFall(of: step.p)
        let noise = resolution(point, system)
        if isSmall(step.p, at: point.x) {
          // After refusals a small step is one that still could not lower the sum, unless there is nothing to be seen
          // of it.
          if refusals > 0 { return try solution(point, system, promised <= noise ? .precisionLimit : .noProgress) }
          if try isSmall(undamped(point, system).p, at: point.x) || rule.isAtMinimum {
            return try solution(point, system, .stepSmall)
          }
          rule.take(gain: 1)  // the damping alone made it small
          continue
        }

        if promised <= noise, try remaining(point, system) <= noise {
          guard rule.damping <= 1e-3 else {
            rule.take(gain: 1)  // damped steps would seem to stand still
            continue
          }
          guard let next = try contraction(point, system, step) else {
            return try solution(point, system, .precisionLimit)
          }
          (point, system) = next
          rule.take(gain: 1)
          rescale(system)
          refusals = 0
          continue
        }

        let moved = try accelerated(point, system, step, low, high) ?? step.p
        let trial = try model.point(at: model.move(point.x, by: moved, sides: step.sides))
        let gain = trial.map { (point.rss - $0.rss) / promised }
        if let trial, let gain, gain > rule.acceptedGain, let next = try model.linearize(trial) {
          _ = rule.judge(gain: gain)
          let fall = point.rss - trial.rss
          if max(fall, promised) <= options.rssTolerance * point.rss { pending = .rssChangeSmall }
          (point, system) = (trial, next)
          rescale(system)
          refusals = 0
        } else {
          rule.refuse()
          refusals += 1
        }
      }
    }

    /// D after a new Jacobian; a column that has always been zero counts as one of length 1.
    private mutating func rescale(_ system: DampedSystem) {
      for j in columnLengths.indices {
        switch options.scaling {
        case .fading: columnLengths[j] = max(0.7 * columnLengths[j], system.columnNorms[j])
        case .largestSoFar: columnLengths[j] = max(columnLengths[j], system.columnNorms[j])
        case .current: columnLengths[j] = system.columnNorms[j]
        }
      }
    }
  }
}
