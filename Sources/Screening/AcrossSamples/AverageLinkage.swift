/// Hierarchical clustering of the rows of a table with gaps, and the order in which to show them.
///
/// The distance of two rows is the root mean square of their differences over the columns that both have; rows without
/// a common column are as far apart as the farthest two that have one. Clusters are joined by the mean distance of their
/// members (average linkage, UPGMA: Sokal & Michener 1958, Univ. Kansas Sci. Bull. 38, 1409–1438), found by
/// nearest-neighbour chains in O(n²) (Murtagh 1983, Comput. J. 26, 354–359). At every join the cluster with the higher
/// mean value stands first.
public struct AverageLinkage: Sendable, Hashable {
  /// Two clusters that were joined: a row (its number), or an earlier join (number of rows + its place in `joins`).
  public struct Join: Sendable, Hashable {
    /// The cluster that stands first.
    public var first: Int
    /// The other.
    public var second: Int
    /// Their distance, in the unit of the values.
    public var height: Double
  }

  /// The rows in the order in which to show them.
  public var order: [Int]
  /// The joins; one less than rows. A join comes after those it is made of.
  public var joins: [Join]

  /// Clusters rows.
  ///
  /// - Parameter rows: One array a row, all of one length; `nil` where there is no value.
  public init(_ rows: [[Double?]]) {
    let count = rows.count
    order = Array(0..<count)
    joins = []
    guard count > 1 else { return }
    var distance = Self.distances(rows)
    var size = [Int](repeating: 1, count: count)
    var name = Array(0..<count)
    var leaves = (0..<count).map { [$0] }
    var sums = rows.map { $0.compactMap(\.self).reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + 1) } }
    var active = [Bool](repeating: true, count: count)
    var chain: [Int] = []
    while joins.count < count - 1 {
      if chain.isEmpty, let first = active.firstIndex(of: true) { chain = [first] }
      let tip = chain[chain.count - 1]
      let previous = chain.count > 1 ? chain[chain.count - 2] : nil
      var nearest = previous
      for other in 0..<count where other != tip && active[other] {
        if nearest.map({ distance[tip * count + other] < distance[tip * count + $0] }) ?? true { nearest = other }
      }
      guard let nearest else { break }
      guard nearest == previous else {
        chain.append(nearest)
        continue
      }
      chain.removeLast(2)
      let (a, b) = (min(tip, nearest), max(tip, nearest))
      func mean(_ cluster: Int) -> Double { sums[cluster].1 > 0 ? sums[cluster].0 / sums[cluster].1 : -.infinity }
      let isInOrder = mean(a) != mean(b) ? mean(a) > mean(b) : leaves[a][0] < leaves[b][0]
      let (first, second) = isInOrder ? (a, b) : (b, a)
      joins.append(Join(first: name[first], second: name[second], height: distance[a * count + b]))
      for other in 0..<count where active[other] && other != a && other != b {
        let (one, two) = (Double(size[a]), Double(size[b]))
        let joined = (one * distance[a * count + other] + two * distance[b * count + other]) / (one + two)
        distance[a * count + other] = joined
        distance[other * count + a] = joined
      }
      leaves[a] = leaves[first] + leaves[second]
      leaves[b] = []
      sums[a] = (sums[a].0 + sums[b].0, sums[a].1 + sums[b].1)
      size[a] += size[b]
      name[a] = count + joins.count - 1
      active[b] = false
    }
    order = active.firstIndex(of: true).map { leaves[$0] } ?? order
  }

  /// The distances of all rows, row after row.
  private static func distances(_ rows: [[Double?]]) -> [Double] {
    let count = rows.count
    var distances = [Double](repeating: 0, count: count * count)
    var largest = 0.0
    for one in 0..<count {
      for other in 0..<one {
        var (sum, common) = (0.0, 0.0)
        for case (let x?, let y?) in zip(rows[one], rows[other]) {
          sum += (x - y) * (x - y)
          common += 1
        }
        let distance = common > 0 ? (sum / common).squareRoot() : .nan
        if distance > largest { largest = distance }
        distances[one * count + other] = distance
        distances[other * count + one] = distance
      }
    }
    return distances.map { $0.isNaN ? largest : $0 }
  }
}
