/// Which of a curve's starts go on.
///
/// A start is given up when it cannot win: its RSS stays above the curve's least even if it falls by `hope` times what
/// its next step promises, by more than a margin; or when its next step leads to where that of a better one leads. What
/// this is worth, and what it loses, is in docs/decisions/0001-hill-search.md.
struct HillContest: ~Copyable {
  /// The iterations after which the starts are compared, and from which of them on they are `settled`.
  static let rounds = [1, 3, 6, 12]
  private static let settled = 12

  /// What a start is allowed to stand above the best.
  private struct Allowance {
    /// How many times what a start's next step promises its RSS may fall.
    var hope: Double
    /// How much worse than the curve's best it may then stand, relative,
    var margin: Double
    /// and as a share of Σ w y²: the right basin of a precise curve may still stand far above its end.
    var share: Double

    static let early = Allowance(hope: 2, margin: 0.02, share: 3e-4)
    static let late = Allowance(hope: 4, margin: 0.002, share: 3e-5)
  }

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

  /// Compares the starts of every curve; a curve's are those from its first to the next one's.
  func decide(
    after iteration: Int, _ first: [Int], _ tasks: UnsafeMutableBufferPointer<HillPolish.Task>,
    _ curves: UnsafeBufferPointer<HillPolish.Curve>
  ) {
    let allowance = iteration < Self.settled ? Allowance.early : .late
    let standings = standings
    first.withUnsafeBufferPointer { first in
      for number in 0..<first.count &- 1 {
        let starts = first[number]..<first[number &+ 1]
        guard starts.count > 1 else { continue }
        var least = Double.infinity
        for start in starts { least = standings[start].rss < least ? standings[start].rss : least }
        let power = curves[tasks[starts.lowerBound].curve].power
        decide(starts, least * (1 + allowance.margin) + allowance.share * power, hope: allowance.hope)
      }
    }
  }

  private func decide(_ starts: Range<Int>, _ allowed: Double, hope: Double) {
    let standings = standings
    for start in starts where standings[start].rss < .infinity {
      let own = standings[start]
      if own.rss - hope * own.promise > allowed {
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
