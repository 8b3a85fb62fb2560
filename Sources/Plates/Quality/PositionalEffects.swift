import Assay
import Statistics

/// Whether the place on the plate makes a difference: the rim, a row or column, a slope.
///
/// All from the wells' deviations from their replicates in %, so that treatments do not pass for positions. Medians
/// with the standard error 1.2533 s/√n of a median, s the MAD × 1.4826; the slope by least squares with deviations cut
/// at 3 s.
struct PositionalEffects {
  /// An effect, how many standard errors it is off 0, and where it is.
  struct Effect {
    var value: Double
    var z: Double
    var place: String?
  }

  /// The rim against the rest; `nil` where either has too few wells.
  private(set) var edge: Effect?
  /// The row or column that is farthest off, after the rim's effect.
  private(set) var line: Effect?
  /// The change across the plate, along rows or columns, after the rim's effect.
  private(set) var drift: Effect?

  /// Wells below which a rim, and a row or column, is not judged.
  private static let leastRim = 8
  private static let leastLine = 4

  /// - Parameters:
  ///   - deviations: Wells and their deviations from their replicates, %.
  ///   - format: The plate's size.
  ///   - significance: From how many standard errors on the rim's effect is taken off before rows and columns are
  ///     judged.
  init(_ deviations: [(position: WellPosition, value: Double)], format: PlateFormat, significance: Double) {
    func isRim(_ place: WellPosition) -> Bool {
      place.row == 0 || place.column == 0 || place.row == format.rows - 1 || place.column == format.columns - 1
    }
    let rim = SampleStatistics(deviations.filter { isRim($0.position) }.map(\.value))
    let inner = SampleStatistics(deviations.filter { !isRim($0.position) }.map(\.value))
    var rest = deviations
    if rim.count >= Self.leastRim, inner.count >= Self.leastRim {
      let value = rim.median - inner.median
      let spread = 1.2533 * max(inner.mad, 1e-9)
      let z = value / (spread * (1 / Double(rim.count) + 1 / Double(inner.count)).squareRoot())
      edge = Effect(value: value, z: z, place: nil)
      if abs(z) >= significance {
        for well in rest.indices where isRim(rest[well].position) { rest[well].value -= value }
      }
    }
    let all = SampleStatistics(rest.map(\.value))
    guard all.count >= 2 * Self.leastLine else { return }
    let spread = max(all.mad, 1e-9)
    var lines: [Effect] = []
    for (axis, extent) in [(\WellPosition.row, format.rows), (\.column, format.columns)] {
      for number in 0..<extent {
        let own = SampleStatistics(rest.filter { $0.position[keyPath: axis] == number }.map(\.value))
        guard own.count >= Self.leastLine else { continue }
        let name =
          axis == \.row ? "row \(WellPosition(row: number, column: 0).rowName)" : "column \(number + 1)"
        let value = own.median - all.median
        lines.append(
          Effect(value: value, z: value / (1.2533 * spread / Double(own.count).squareRoot()), place: name))
      }
      let slope = Self.slope(rest.map { (Double($0.position[keyPath: axis]), $0.value) }, centre: all.median, spread)
      if let slope, abs(slope.z) > abs(drift?.z ?? 0) {
        drift = Effect(value: slope.value, z: slope.z, place: axis == \.row ? "rows" : "columns")
      }
    }
    let sure = lines.filter { abs($0.z) >= significance }
    line = sure.max { abs($0.value) < abs($1.value) } ?? lines.max { abs($0.z) < abs($1.z) }
  }

  /// The change of values over the extent of a coordinate, and how many standard errors it is off 0; `nil` where
  /// fewer than three coordinates have a value.
  static func slope(_ points: [(x: Double, y: Double)], centre: Double, _ spread: Double) -> Effect? {
    let places = Set(points.map(\.x))
    guard places.count >= 3, let low = places.min(), let high = places.max() else { return nil }
    let mean = points.reduce(0) { $0 + $1.x } / Double(points.count)
    let (xx, xy) = points.reduce((0.0, 0.0)) { sum, point in
      let y = min(3 * spread, max(-3 * spread, point.y - centre))
      return (sum.0 + (point.x - mean) * (point.x - mean), sum.1 + (point.x - mean) * y)
    }
    guard xx > 0 else { return nil }
    return Effect(value: xy / xx * (high - low), z: xy / xx.squareRoot() / max(spread, 1e-9), place: nil)
  }
}
