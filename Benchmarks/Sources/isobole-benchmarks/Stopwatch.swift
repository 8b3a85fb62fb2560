/// Times a piece of work.
struct Stopwatch {
  /// Seconds that one run took, over the repeats.
  struct Time {
    var minimum: Double
    var median: Double
  }

  /// The shortest that one repeat may take, seconds: work that is quicker is run several times in a row.
  static let shortestRepeat = 0.02

  /// Runs `work` until the clock can tell, then `repeats` times more; `scale` divides the seconds (curves in a batch).
  static func time(repeats: Int, scale: Double = 1, _ work: () throws -> Void) rethrows -> Time {
    let first = try seconds(of: work)  // also warms caches, and makes the designs
    let rounds = max(1, min(100_000, Int(shortestRepeat / max(first, 1e-9))))
    var times: [Double] = []
    for _ in 0..<repeats {
      let total = try seconds { for _ in 0..<rounds { try work() } }
      times.append(total / Double(rounds) / scale)
    }
    times.sort()
    return Time(minimum: times[0], median: times[times.count / 2])
  }

  private static func seconds(of work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try work()
    let (seconds, attoseconds) = (clock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

/// Keeps the optimiser from leaving work out whose result nobody reads.
@inline(never)
func keep<Value>(_ value: Value) {}
