import Synchronization

/// Counts what several threads have done and tells each new count, one after the other and never a smaller one.
final class RisingCount: Sendable {
  private let count = Mutex(0)
  private let tell: @Sendable (Int) -> Void

  init(tell: @escaping @Sendable (Int) -> Void) { self.tell = tell }

  /// Adds what a thread has done.
  func add(_ more: Int) {
    count.withLock { count in
      count += more
      tell(count)
    }
  }
}
