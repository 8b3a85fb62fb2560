/// Times pieces of work.
struct Stopwatch {
  /// Seconds that one run took, over the repeats.
  struct Time {
    var minimum: Double
    var median: Double
  }

  /// The shortest that one repeat may take, seconds: work that is quicker is run several times in a row.
  static let shortestRepeat = 0.02

  /// Runs `work` until the clock can tell, `repeats` times; `scale` divides the seconds (curves in a batch).
  static func time<Failure>(
    repeats: Int, scale: Double = 1, _ work: @escaping () throws(Failure) -> Void
  ) throws(Failure) -> Time {
    try times(repeats: repeats, scale: scale, [work])[0]
  }

  /// Times several pieces of work in turn, so that what disturbs the machine disturbs all of them alike.
  static func times<Failure>(
    repeats: Int, scale: Double = 1, _ works: [() throws(Failure) -> Void]
  ) throws(Failure) -> [Time] {
    // The first run also warms caches and makes the designs.
    let rounds = try works.map { work throws(Failure) in
      max(1, min(100_000, Int(shortestRepeat / max(try seconds(work, rounds: 1), 1e-9))))
    }
    var times = [[Double]](repeating: [], count: works.count)
    for _ in 0..<repeats {
      for (index, work) in works.enumerated() {
        let total = try seconds(work, rounds: rounds[index])
        times[index].append(total / Double(rounds[index]) / scale)
      }
    }
    return times.map { Time(minimum: $0.min() ?? .nan, median: $0.sorted()[$0.count / 2]) }
  }

  private static func seconds<Failure>(
    _ work: () throws(Failure) -> Void, rounds: Int
  ) throws(Failure) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<rounds { try work() }
    let (seconds, attoseconds) = (clock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

/// Keeps the optimiser from leaving work out whose result nobody reads.
@inline(never)
func keep<Value>(_ value: Value) {}
