/// Control of the false discovery rate.
public enum FalseDiscovery {
  /// q values: for each p the smallest false discovery rate at which it would be called.
  ///
  /// Benjamini & Hochberg (1995) J. R. Stat. Soc. B 57, 289–300: q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ m / j. NaN where p is.
  public static func q(_ p: [Double]) -> [Double] {
    let order = p.indices.filter { !p[$0].isNaN }.sorted { p[$0] < p[$1] }
    var q = [Double](repeating: .nan, count: p.count)
    var least = 1.0
    for (place, index) in order.enumerated().reversed() {
      least = min(least, p[index] * Double(order.count) / Double(place + 1))
      q[index] = least
    }
    return q
  }
}
