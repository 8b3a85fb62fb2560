import Assay

/// Takes row and column effects off a plate's signals.
enum PositionalCorrection {
  /// Shares of the plate's rows and columns that must have a deviation for `polish` to know their effects.
  private static let leastLines = 0.5

  /// Corrects a plate; answers the effects, or `nil` when the plate has too few replicates to tell them.
  static func apply(
    _ kind: NormalisationOptions.Correction, to plate: inout ScreenPlate, deviations: [ReplicateDeviations.Deviation?]
  ) -> (rows: [Double], columns: [Double])? {
    let (rows, columns) = (plate.format.rows, plate.format.columns)
    var table = [Double](repeating: .nan, count: rows * columns)
    for (place, well) in plate.wells.enumerated() {
      let cell = well.design.position.row * columns + well.design.position.column
      switch kind {
      case .none: return nil
      case .polish: table[cell] = deviations[place]?.relative.map { $0 / 100 } ?? .nan
      case .bScore: if well.design.role == .sample, well.isUsable { table[cell] = well.signal ?? .nan }
      }
    }
    let usedRows = (0..<rows).count { row in (0..<columns).contains { !table[row * columns + $0].isNaN } }
    let usedColumns = (0..<columns).count { column in (0..<rows).contains { !table[$0 * columns + column].isNaN } }
    guard Double(usedRows) >= leastLines * Double(rows), Double(usedColumns) >= leastLines * Double(columns) else {
      return nil
    }
    let polish = MedianPolish(table, rows: rows, columns: columns)
    for place in plate.wells.indices {
      let position = plate.wells[place].design.position
      let effect = polish.rows[position.row] + polish.columns[position.column]
      guard let signal = plate.wells[place].signal else { continue }
      switch kind {
      case .polish: plate.wells[place].signal = effect > -1 ? signal / (1 + effect) : nil
      case .bScore, .none:
        // Control columns have no effect of their own: only their rows' is known, and it is taken off with the rest.
        plate.wells[place].signal = signal - effect
      }
    }
    return (polish.rows, polish.columns)
  }
}
