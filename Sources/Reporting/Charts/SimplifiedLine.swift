/// A line through fewer points that looks the same (Douglas & Peucker 1973).
enum SimplifiedLine {
  /// The points that a line needs so that no point left out lies further from it than a tolerance, in pixels.
  ///
  /// The ends stay, and a break (`nil`) too.
  static func of(_ points: [ChartPoint?], within tolerance: Double = 0.05) -> [ChartPoint?] {
    var kept: [ChartPoint?] = []
    for (place, part) in points.split(separator: nil, omittingEmptySubsequences: false).enumerated() {
      if place > 0 { kept.append(nil) }
      kept += whole(part.compactMap { $0 }, within: tolerance)
    }
    return kept
  }

  private static func whole(_ points: [ChartPoint], within tolerance: Double) -> [ChartPoint] {
    guard points.count > 2 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var open = [(first: 0, last: points.count - 1)]
    while let (first, last) = open.popLast() {
      var (furthest, distance) = (first, tolerance)
      for place in first + 1..<max(first + 1, last) {
        let found = self.distance(of: points[place], from: points[first], points[last])
        if found > distance { (furthest, distance) = (place, found) }
      }
      guard furthest > first else { continue }
      isKept[furthest] = true
      open += [(first, furthest), (furthest, last)]
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }

  /// How far a point lies from the stretch between two others.
  private static func distance(of point: ChartPoint, from start: ChartPoint, _ end: ChartPoint) -> Double {
    let (width, height) = (end.x - start.x, end.y - start.y)
    let (x, y) = (point.x - start.x, point.y - start.y)
    let square = width * width + height * height
    let share = square > 0 ? min(1, max(0, (x * width + y * height) / square)) : 0
    let (aside, above) = (x - share * width, y - share * height)
    return (aside * aside + above * above).squareRoot()
  }
}
