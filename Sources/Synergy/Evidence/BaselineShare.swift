/// What one block says about its untreated level.
public struct BaselineShare: Sendable {
  /// A cell's part in the estimate.
  struct Part: Sendable {
    var cell: Int
    /// Wells of the cell.
    var wells: Int
    /// What the cell's mean is multiplied with; the weights of an estimate add up to 1.
    var weight: Double
  }

  /// Mean of the untreated wells, % inhibition.
  let untreated: Double
  /// Estimate of the untreated level from untreated wells and single drugs, % inhibition.
  let level: Double
  /// Sum of squares of the untreated wells about their mean, squared percentage points.
  let untreatedSquares: Double
  /// Variance of the estimate over the variance of a well.
  let unitVariance: Double
  /// The cells that the estimate is made of, the untreated one first.
  let parts: [Part]

  /// The part of `unitVariance` that does not come from the wells as they are weighted: the curves' shapes are not known.
  var unitRest: Double {
    max(0, unitVariance - parts.reduce(0) { $0 + $1.weight * $1.weight / Double($1.wells) })
  }
}
