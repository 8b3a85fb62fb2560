import Foundation
import Statistics

/// Whether a block's untreated wells and its drugs alone tell the same untreated level.
///
/// The block's level is the mean of both, weighted by their information; taken apart again, the drugs' level is what the
/// whole leaves beside the untreated wells.
struct Agreement {
  /// Wells that were not treated.
  private let wells: Int
  /// Their mean, and what the drugs say, % inhibition.
  private let untreated: Double
  private let drugs: Double
  /// Whether one untreated well reads unlike the others, so that their mean is no level.
  let isTorn: Bool
  /// Their variances; that of the drugs is infinite where they say nothing.
  private let wellSquare: Double
  private let drugSquare: Double

  /// Information below which drugs say nothing, untreated wells.
  private static let least = 0.1
  /// Standard errors by which the drugs must lie on the untreated wells' side: 5 % of drugs that say nothing do.
  private static let confirming = 1.645

  /// Takes a block's share apart.
  ///
  /// - Parameters:
  ///   - well: Variance of a well, squared percentage points.
  ///   - shift: How far the estimates of a screen lie above its untreated wells, percentage points.
  ///   - excess: Variance of the estimates beyond their errors.
  init(_ share: BaselineShare, well: Double, shift: Double, excess: Double) {
    wells = share.parts.first?.wells ?? 1
    untreated = share.untreated
    isTorn = Self.isTorn(share, well: well)
    wellSquare = well / Double(wells)
    let information = 1 / share.unitVariance
    let ofDrugs = information - Double(wells)
    guard ofDrugs > Self.least else {
      (drugs, drugSquare) = (share.untreated, .infinity)
      return
    }
    let stretch = information / ofDrugs
    drugs = share.untreated + stretch * (share.level - shift - share.untreated)
    drugSquare = well / ofDrugs + stretch * stretch * excess
  }

  /// Whether untreated wells differ among themselves by more than noise.
  static func isTorn(_ share: BaselineShare, well: Double) -> Bool {
    guard let wells = share.parts.first?.wells, wells > 1 else { return false }
    return ChiSquare.upper(share.untreatedSquares / well, degrees: Double(wells - 1)) < torn
  }

  private static let torn = 0.001

  /// Whether there are several untreated wells.
  var hasSeveralWells: Bool { wells > 1 }

  /// Whether the drugs say more inhibition than the untreated wells.
  var isDrugsAbove: Bool { drugs > untreated }

  /// Whether the two differ by more than their errors explain.
  func isContradicted(at significance: Double) -> Bool {
    erfc(abs(untreated - drugs) / (2 * (wellSquare + drugSquare)).squareRoot()) < significance
  }

  /// Whether more than one well says that the level is off: several untreated wells, or the drugs as well.
  ///
  /// - Parameter expected: The level that the rest of the screen leads to expect, % inhibition.
  func isConfirmed(off expected: Double, at significance: Double) -> Bool {
    guard !isTorn, !isContradicted(at: significance) else { return false }
    let seen = (drugs - expected) * (untreated < expected ? -1 : 1)
    return wells > 1 || seen > Self.confirming * drugSquare.squareRoot()
  }
}
