/// The value at a place of the sorted order, without sorting: Hoare (1961) Algorithm 65, Find, Commun. ACM 4, 321–322.
package enum OrderStatistic {
  /// The value at `place` (from 0) of the sorted numbers, of which none is NaN; leaves the smaller ones before it.
  package static func select(_ place: Int, in values: inout [Double]) -> Double {
    values.withUnsafeMutableBufferPointer { values in
      var (low, high) = (0, values.count - 1)
      while low < high {
        let pivot = median(values[low], values[(low + high) / 2], values[high])
        var (i, j) = (low, high)
        while i <= j {
          while values[i] < pivot { i += 1 }
          while pivot < values[j] { j -= 1 }
          if i <= j {
            values.swapAt(i, j)
            i += 1
            j -= 1
          }
        }
        if place <= j { high = j } else if place >= i { low = i } else { break }
      }
      return values[place]
    }
  }

  /// The median; NaN of nothing. The numbers are left in another order.
  package static func median(of values: inout [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let half = values.count / 2
    let upper = select(half, in: &values)
    guard values.count % 2 == 0 else { return upper }
    var lower = -Double.infinity
    for place in 0..<half where values[place] > lower { lower = values[place] }
    return (lower + upper) / 2
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
