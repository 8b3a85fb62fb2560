/// What a caller can ask of this module that it cannot answer.
///
/// These are mistakes in the question. A search that did not end well is not an error but a ``StopReason``.
public enum LeastSquaresError: Error, Equatable, Sendable {
  /// A size does not fit the others; the text names what has it.
  case dimensionMismatch(_ what: String, expected: Int, found: Int)
  /// There is nothing to solve: no rows or no columns.
  case emptyProblem
  /// An input is NaN or infinite; the text names the array, the index counts from 0 (column-major in a matrix).
  case nonFinite(_ what: String, index: Int)
  /// A weight is negative, NaN or infinite.
  case invalidWeight(index: Int, value: Double)
  /// A lower bound is above its upper bound, or one of them is NaN.
  case invalidBounds(index: Int, lower: Double, upper: Double)
  /// An option is outside what its documentation allows; the text names it.
  case invalidOption(_ name: String, value: Double)
  /// Full rank was asked for, and the columns are dependent to working precision.
  case rankDeficient(rank: Int, columns: Int)
  /// A LAPACK routine refused; `info` is its own code.
  case lapack(_ routine: String, info: Int)
}

extension LeastSquaresError: CustomStringConvertible {
  /// One sentence: what was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .dimensionMismatch(let what, let expected, let found):
      "\(what): expected \(expected), found \(found)"
    case .emptyProblem:
      "the problem has no rows or no columns; give at least one of each"
    case .nonFinite(let what, let index):
      "\(what) holds a value that is not finite at index \(index); remove the observation or give it a number"
    case .invalidWeight(let index, let value):
      "weight \(index) is \(value); weights are finite and not negative"
    case .invalidBounds(let index, let lower, let upper):
      "parameter \(index) has bounds [\(lower), \(upper)]; the lower one must not exceed the upper one"
    case .invalidOption(let name, let value):
      "option \(name) is \(value), outside its documented range"
    case .rankDeficient(let rank, let columns):
      "the columns are linearly dependent: rank \(rank) of \(columns); use the rank-revealing method or drop columns"
    case .lapack(let routine, let info):
      "LAPACK's \(routine) answered info = \(info)"
    }
  }
}

/// The index of the first value that is not finite.
func firstNonFinite(_ values: [Double]) -> Int? { values.firstIndex { !$0.isFinite } }

/// √w for each weight, or `nil` when no weights were given.
func squareRoots(ofWeights weights: [Double]?, count: Int) throws(LeastSquaresError) -> [Double]? {
  guard let weights else { return nil }
  guard weights.count == count else { throw .dimensionMismatch("weights", expected: count, found: weights.count) }
  for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
    throw .invalidWeight(index: index, value: weight)
  }
  return weights.map { $0.squareRoot() }
}
