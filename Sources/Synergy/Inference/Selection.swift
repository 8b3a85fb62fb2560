/// Quantiles of unsorted numbers, by partial ordering in place.
///
/// Hoare (1961) Algorithm 65: Find, Commun. ACM 4, 321–322. After a quantile was found, no number before its place is
/// larger than those after it, so that the next may be sought in one part only.
struct Selection {
  private let numbers: UnsafeMutableBufferPointer<Double>

  /// Takes numbers of which none is NaN; they will be reordered.
  init(_ numbers: UnsafeMutableBufferPointer<Double>) {
    self.numbers = numbers
  }

  /// The quantile of all numbers: the place p (n + 1), straight between neighbours, beyond which a further number falls
  /// with probability 1 − p (type 6 of Hyndman & Fan 1996, Am. Stat. 50, 361–365; the usual p (n − 1) makes intervals
  /// too short). Its places must lie within `range`, and no number before the range may be larger, none after it
  /// smaller, than those in it.
  func quantile(_ share: Double, within range: Range<Int>) -> Double {
    let position = min(max(share * Double(numbers.count + 1) - 1, 0), Double(numbers.count - 1))
    let low = Int(position)
    place(low, within: range)
    let part = position - Double(low)
    guard part > 0, low + 1 < numbers.count else { return numbers[low] }
    // The next number is the least of those behind.
    var next = numbers[low + 1]
    for index in low + 1..<max(range.upperBound, low + 2) where numbers[index] < next { next = numbers[index] }
    // Equal or infinite neighbours have no way between them.
    return next == numbers[low] || !next.isFinite ? next : numbers[low] + (next - numbers[low]) * part
  }

  /// Puts the number of rank `rank` in its place.
  private func place(_ rank: Int, within range: Range<Int>) {
    var low = range.lowerBound
    var high = range.upperBound - 1
    while low < high {
      let pivot = middle(numbers[low], numbers[(low + high) / 2], numbers[high])
      var left = low
      var right = high
      while left <= right {
        while numbers[left] < pivot { left += 1 }
        while numbers[right] > pivot { right -= 1 }
        if left <= right {
          numbers.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        return
      }
    }
  }

  private func middle(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }
}
