/// Polygons that touch, joined: the sides that two of them share are left out, and what remains is traced into outlines.
/// The landscape of a 10 × 10 block is hundreds of points so, and not thousands.
enum JoinedOutlines {
  /// Joins polygons that all run the same way round. Outlines of holes run the other way.
  static func of(_ polygons: [[ChartPoint]]) -> [[ChartPoint]] {
    // Points within a thousandth of a pixel are one. Sorting is faster than hashing for so few.
    let keys = polygons.map { $0.map(key) }
    var places = keys.flatMap { $0 }
    places.sort()
    var count = 0
    for place in places where count == 0 || places[count - 1] != place {
      places[count] = place
      count += 1
    }
    func number(of key: Int) -> Int {
      var (low, high) = (0, count - 1)
      while low < high {
        let middle = (low + high) / 2
        if places[middle] < key { low = middle + 1 } else { high = middle }
      }
      return low
    }
    var points = [ChartPoint](repeating: ChartPoint(x: 0, y: 0), count: count)
    // A side by its ends, the lower first, and which way it runs.
    var sides: [Int] = []
    for (polygon, keys) in zip(polygons, keys) {
      let corners = keys.map(number)
      for (place, start) in corners.enumerated() {
        points[start] = polygon[place]
        let end = corners[place + 1 < corners.count ? place + 1 : 0]
        if start != end { sides.append(min(start, end) << 32 | max(start, end) << 1 | (start < end ? 0 : 1)) }
      }
    }
    sides.sort()
    var ends = [[Int]](repeating: [], count: count)
    var place = 0
    while place < sides.count {
      let side = sides[place]
      // Two polygons that share a side run along it in opposite ways.
      if place + 1 < sides.count, sides[place + 1] == side + 1, side & 1 == 0 {
        place += 2
        continue
      }
      let (low, high) = (side >> 32, (side & 0xffff_ffff) >> 1)
      if side & 1 == 0 { ends[low].append(high) } else { ends[high].append(low) }
      place += 1
    }
    return traced(points, &ends)
  }

  private static func key(_ point: ChartPoint) -> Int {
    Int((point.x * 1000).rounded()) << 32 | (Int((point.y * 1000).rounded()) & 0xffff_ffff)
  }

  private static func traced(_ points: [ChartPoint], _ ends: inout [[Int]]) -> [[ChartPoint]] {
    var outlines: [[ChartPoint]] = []
    for first in points.indices {
      while var next = ends[first].popLast() {
        // As many sides lead to a point as away from it: the way ends where it began.
        var outline = [points[first]]
        while next != first, let further = ends[next].popLast() {
          outline.append(points[next])
          next = further
        }
        outlines.append(withoutStraightPoints(outline))
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
