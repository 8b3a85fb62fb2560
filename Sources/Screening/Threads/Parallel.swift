import Synchronization

/// Work on many cores.
public enum Parallel {
  /// Where the next chunk begins.
  private final class Counter: Sendable {
    private let position = Atomic(0)
    func take(_ chunk: Int) -> Int { position.add(chunk, ordering: .relaxed).oldValue }
  }

  /// `work` over `0 ..< count` in chunks, taken by `threads` tasks as they become free; the results in their order. All
  /// of it is done even when the task is cancelled.
  public static func map<Value: Sendable>(
    _ count: Int, chunk: Int, threads: Int, work: @escaping @Sendable (Range<Int>) -> [Value]
  ) async -> [Value] {
    await map(count, chunk: chunk, threads: threads, isOver: { false }, work: work)
  }

  /// The same, but no chunk is begun after the task was cancelled.
  ///
  /// - Throws: `CancellationError` when the task is cancelled: some of the work is not done then.
  public static func cancellableMap<Value: Sendable>(
    _ count: Int, chunk: Int, threads: Int, work: @escaping @Sendable (Range<Int>) -> [Value]
  ) async throws(CancellationError) -> [Value] {
    let values = await map(count, chunk: chunk, threads: threads, isOver: { Task.isCancelled }, work: work)
    if Task.isCancelled { throw CancellationError() }
    return values
  }

  private static func map<Value: Sendable>(
    _ count: Int, chunk: Int, threads: Int, isOver: @escaping @Sendable () -> Bool,
    work: @escaping @Sendable (Range<Int>) -> [Value]
  ) async -> [Value] {
    let next = Counter()
    return await withTaskGroup(of: [(start: Int, values: [Value])].self) { group in
      for _ in 0..<max(1, min(threads, (count + chunk - 1) / chunk)) {
        group.addTask {
          var done: [(start: Int, values: [Value])] = []
          while true {
            let start = next.take(chunk)
            guard start < count, !isOver() else { return done }
            done.append((start, work(start..<min(count, start + chunk))))
          }
        }
      }
      var parts: [(start: Int, values: [Value])] = []
      for await part in group { parts += part }
      return parts.sorted { $0.start < $1.start }.flatMap(\.values)
    }
  }
}
