extension LevenbergMarquardt {
  /// What steers a search. The defaults go to the limit of double precision; loosen the tolerances where a few digits
  /// will do.
  public struct Options: Sendable, Equatable {
    /// Stop when every column of J is as good as orthogonal to the residuals: max |Jⱼᵀr| / (‖Jⱼ‖ ‖r‖) ≤ this, over the
    /// parameters that are free to move.
    ///
    /// A cosine, without unit; 0 turns the test off. Default 1e-13. About 1e-13 √(m − n) of a standard deviation is
    /// then left for a well-conditioned J.
    public var gradientTolerance = 1e-13

    /// Stop when no parameter would move by more than this times its own magnitude.
    ///
    /// Relative, without unit; 0 turns the test off. Default 1e-12: twelve digits where convergence is quadratic.
    public var stepTolerance = 1e-12

    /// Stop when a step that was taken lowered the residual sum of squares by no more than this times its value, and
    /// the linear model promised no more.
    ///
    /// Relative, without unit. Default 0: off, because a sum of squares is flat at its minimum and shows only half of
    /// the digits that the parameters have. 1e-10 leaves some five digits of a standard deviation, and saves one to
    /// three iterations.
    public var rssTolerance = 0.0

    /// Stop after so many trial steps, taken or refused; ≥ 0. Default 1000. With 0 only the start is judged.
    public var maxIterations = 1000

    /// The damping λ of the first step, > 0, without unit: λ multiplies D², the squared lengths of the Jacobian's
    /// columns.
    ///
    /// Default 100: first steps a hundredth as long as Gauss–Newton's, so that the search ends in the basin it began
    /// in. All 27 NIST problems are solved from both starts for values from 30 to 10,000, BoxBOD's far start is lost
    /// below. From a good start 1e-3 saves some eight iterations.
    public var initialDamping = 100.0

    /// Take a step when the residual sum of squares falls by more than this times what the linear model promised; in
    /// (0, 1). Default 1e-4 (Moré 1978).
    public var acceptedGain = 1e-4

    /// Give up when refusals have driven λ to this value, > 0. Default 1e20.
    public var maximumDamping = 1e20

    /// How the parameters are made comparable. Default ``Scaling/fading``.
    public var scaling = Scaling.fading

    /// Whether the step is bent along the curvature of the model, at one more evaluation of the residuals a trial.
    ///
    /// Geodesic acceleration (Transtrum & Sethna 2012, arXiv:1201.5885): in narrow curved valleys it saves many
    /// iterations, elsewhere a few. Default `true`.
    public var acceleration = true

    /// How the Jacobian is had when the problem does not give one. Default ``Differences/central``.
    public var differences = Differences.central

    /// The least magnitude each parameter is taken to have when differences are taken, > 0, in the parameter's unit; n
    /// of them.
    ///
    /// Default `nil`: 1e-4 of the start's magnitude, or 1 where the start is 0.
    public var leastMagnitudes: [Double]?

    /// The defaults.
    public init() {}

    func validate(parameterCount n: Int) throws(LeastSquaresError) {
      for (name, value) in [
        ("gradientTolerance", gradientTolerance), ("stepTolerance", stepTolerance), ("rssTolerance", rssTolerance),
        ("maxIterations", Double(maxIterations)),
      ] where !(value >= 0 && value.isFinite) {
        throw .invalidOption(name, value: value)
      }
      for (name, value) in [("initialDamping", initialDamping), ("maximumDamping", maximumDamping)]
      where !(value > 0 && value.isFinite) {
        throw .invalidOption(name, value: value)
      }
      guard acceptedGain > 0, acceptedGain < 1 else { throw .invalidOption("acceptedGain", value: acceptedGain) }
      guard let leastMagnitudes else { return }
      guard leastMagnitudes.count == n else {
        throw .dimensionMismatch("leastMagnitudes", expected: n, found: leastMagnitudes.count)
      }
      for value in leastMagnitudes where !(value > 0 && value.isFinite) {
        throw .invalidOption("leastMagnitudes", value: value)
      }
    }
  }

  /// D, which makes the parameters comparable: λ ‖D p‖² is what a step p costs. With each of them a search in other
  /// units takes the same steps.
  public enum Scaling: Sendable, Equatable {
    /// Dⱼ is the length of column j of the Jacobian, or 0.7 of what Dⱼ was if that is more: remembers that a parameter
    /// mattered a moment ago, and forgets a start from which the model was off by orders of magnitude (MGH10). Solves
    /// the NIST problems for factors from 0.5 to 0.8.
    case fading
    /// Dⱼ is the largest length that column j has had (Moré 1978, eq. 6.3).
    case largestSoFar
    /// Dⱼ is the present length of column j (Marquardt 1963).
    case current
  }
}
