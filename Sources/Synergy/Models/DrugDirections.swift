import DoseResponse

/// Which way the drugs of a block move the response.
///
/// Loewe additivity asks how much of one drug replaces some of the other. Where one drug raises the response and the other
/// lowers it no dose does, and there is no reference.
struct DrugDirections {
  /// A drug moves the response when its curve does by more than this over its tested doses, percentage points …
  static let points = 10.0
  /// … and by more than so many standard deviations of a well, where these are known.
  static let deviations = 3.0

  /// Standard deviation of a well, percentage points; `nil` where nothing tells it.
  var sd: Double?

  /// Whether one drug alone raises the response and another lowers it.
  func areOpposite(_ monotherapies: [Monotherapy], in grid: CellGrid) -> Bool {
    let least = max(Self.points, Self.deviations * (sd ?? 0))
    let moves = monotherapies.compactMap { alone -> Double? in
      guard alone.fit.isIdentified, let highest = grid.doses[alone.drug].last else { return nil }
      return alone.fit.curve.response(at: highest) - alone.fit.curve.e0
    }
    return moves.contains { $0 > least } && moves.contains { $0 < -least }
  }
}
