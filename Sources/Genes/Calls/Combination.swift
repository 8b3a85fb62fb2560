/// Two p values of one question as one.
enum Combination {
  /// Twice the smaller: valid however the two depend on each other (Bonferroni), and so q values of it keep the false discovery rate.
  static func p(_ one: Double, _ other: Double) -> Double {
    if one.isNaN { return other }
    if other.isNaN { return one }
    return min(1, 2 * min(one, other))
  }
}
