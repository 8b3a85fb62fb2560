/// How alike two lists order the same things.
public enum RankCorrelation {
  /// Spearman's ρ over the places where both lists have a number: Pearson's r of the ranks, ties at their mean rank
  /// (Spearman 1904, Am. J. Psychol. 15, 72–101). NaN for fewer than three places or where a list is constant.
  public static func spearman(_ one: [Double?], _ other: [Double?]) -> Double {
    let pairs = zip(one, other).compactMap { first, second in
      first.flatMap { first in second.map { (first, $0) } }
    }.filter { $0.0.isFinite && $0.1.isFinite }
    guard pairs.count > 2 else { return .nan }
    let (first, second) = (ranks(pairs.map(\.0)), ranks(pairs.map(\.1)))
    let middle = Double(pairs.count + 1) / 2
    var (product, one, other) = (0.0, 0.0, 0.0)
    for (x, y) in zip(first, second) {
      product += (x - middle) * (y - middle)
      one += (x - middle) * (x - middle)
      other += (y - middle) * (y - middle)
    }
    return one > 0 && other > 0 ? product / (one * other).squareRoot() : .nan
  }

  /// Ranks from 1, ties at their mean.
  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
