/// Which of a curve's starts go on.
///
/// A start is given up when it cannot win: its RSS stays above the curve's least even if it falls by `hope` times what
/// its next step promises, by more than a margin; or when its next step leads to where that of a better one leads. What
/// this is worth, and what it loses (nothing on the curves tried), is in docs/decisions/0001-hill-search.md.
struct HillContest: ~Copyable {
  /// The iterations after which the starts are compared.
  static let rounds: ClosedRange<Int> = 1...6
  /// How many times what a start's next step promises its RSS may fall.
  static let hope = 2.0
  /// How much worse than the curve's best it may then stand, relative,
  static let margin = 0.02
  /// and as a share of Σ w y²: the right basin of a precise curve may still stand far above its end.
  static let share = 0.0003
  /// How near the next steps of two starts are that have the same goal: in h (relative) and in h ln EC50.
  static let nearness = 0.3

  /// Where a start stands; infinite RSS: given up.
  struct Standing {
    var rss: Double
    var promise: Double
    var hill: Double
    var logEC50: Double
  }

  private var memory = AlignedBuffer()
  /// One for each task.
  var standings: UnsafeMutablePointer<Standing> { memory.base.assumingMemoryBound(to: Standing.self) }

  mutating func reserve(_ count: Int) { _ = memory.reserve(count, of: Standing.self) }

  /// Compares the starts of every curve.
  func decide(_ tasks: UnsafeMutableBufferPointer<HillPolish.Task>, _ curves: UnsafeBufferPointer<HillPolish.Curve>) {
    let standings = standings
    var first = 0
    while first < tasks.count {
      let curve = tasks[first].curve
      var least = standings[first].rss
      var end = first + 1
      while end < tasks.count, tasks[end].curve == curve {
        least = min(least, standings[end].rss)
        end += 1
      }
      if end > first + 1 { decide(first..<end, least * (1 + Self.margin) + Self.share * curves[curve].power) }
      first = end
    }
  }

  private func decide(_ starts: Range<Int>, _ allowed: Double) {
    let standings = standings
    for start in starts where standings[start].rss < .infinity {
      let own = standings[start]
      if own.rss - Self.hope * own.promise > allowed {
        standings[start].rss = .infinity
        continue
      }
      for other in starts.lowerBound..<start where standings[other].rss < .infinity {
        let known = standings[other]
        let steepest = max(known.hill, own.hill)
        guard abs(known.logEC50 - own.logEC50) * steepest < Self.nearness,
          abs(known.hill - own.hill) < Self.nearness * steepest
        else { continue }
        if known.rss <= own.rss {
          standings[start].rss = .infinity
          break
        }
        standings[other].rss = .infinity
      }
    }
  }
}
