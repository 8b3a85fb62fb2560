/// Polygons that touch, joined: the sides that two of them share are left out, and what remains is traced into outlines.
/// The landscape of a 10 × 10 block is hundreds of points so, and not thousands.
struct JoinedOutlines {
  private struct Place: Hashable {
    var x: Int
    var y: Int
  }

  private struct Side: Hashable {
    var start: Int
    var end: Int
  }

  private var numbers: [Place: Int] = [:]
  private var points: [ChartPoint] = []
  /// Sides in the order in which they came; `nil` where another polygon had the same one backwards.
  private var sides: [Side?] = []
  private var known: [Side: Int] = [:]

  /// Joins polygons that all run the same way round. Outlines of holes run the other way.
  static func of(_ polygons: [[ChartPoint]]) -> [[ChartPoint]] {
    var joined = JoinedOutlines()
    for polygon in polygons { joined.add(polygon) }
    return joined.traced
  }

  private mutating func add(_ polygon: [ChartPoint]) {
    let corners = polygon.map { number(of: $0) }
    for (place, start) in corners.enumerated() {
      let side = Side(start: start, end: corners[(place + 1) % corners.count])
      if side.start == side.end { continue }
      if let other = known.removeValue(forKey: Side(start: side.end, end: side.start)) {
        sides[other] = nil
      } else {
        known[side] = sides.count
        sides.append(side)
      }
    }
  }

  /// The number of a point: points within a thousandth of a pixel are one.
  private mutating func number(of point: ChartPoint) -> Int {
    let place = Place(x: Int((point.x * 1000).rounded()), y: Int((point.y * 1000).rounded()))
    if let known = numbers[place] { return known }
    numbers[place] = points.count
    points.append(point)
    return points.count - 1
  }

  private var traced: [[ChartPoint]] {
    var ends = [[Int]](repeating: [], count: points.count)
    for case let side? in sides { ends[side.start].append(side.end) }
    var outlines: [[ChartPoint]] = []
    for first in points.indices {
      while var next = ends[first].popLast() {
        // As many sides lead to a point as away from it: the way ends where it began.
        var outline = [points[first]]
        while next != first, let further = ends[next].popLast() {
          outline.append(points[next])
          next = further
        }
        outlines.append(Self.withoutStraightPoints(outline))
      }
    }
    return outlines
  }

  /// Leaves out points on the straight way between their neighbours.
  private static func withoutStraightPoints(_ outline: [ChartPoint]) -> [ChartPoint] {
    outline.indices.filter { place in
      let (before, at) = (outline[(place + outline.count - 1) % outline.count], outline[place])
      let after = outline[(place + 1) % outline.count]
      return ((at.x - before.x) * (after.y - at.y) - (at.y - before.y) * (after.x - at.x)).magnitude > 1e-6
    }.map { outline[$0] }
  }
}
