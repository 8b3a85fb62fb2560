import Dispatch

/// Lets so much work through at once, off the threads that answer requests; the rest waits in its order, up to a bound.
///
/// A crowd of passwords to check (64 MB each) or of files to read must not take the machine from those who only look.
actor Gate {
  /// Too much work waits already.
  struct Full: Error {}

  private let places: Int
  private var busy = 0
  private var waiting: [(party: String, continuation: CheckedContinuation<Void, Never>)] = []
  private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  private static let queue = DispatchQueue(label: "isobole.gate", qos: .utility, attributes: .concurrent)

  /// A gate of so many places.
  init(places: Int) { self.places = places }

  /// Does the work when its turn comes, and waits for it.
  ///
  /// - Parameters:
  ///   - party: Who wants it done.
  ///   - most: The most work that may wait.
  ///   - mostOfParty: The most of it that may be this party's.
  /// - Throws: `Full` when more waits, and what the work throws.
  func run<Value: Sendable>(
    for party: String = "", most: Int = .max, mostOfParty: Int = .max, _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    if busy < places {
      busy += 1
    } else {
      guard waiting.count < most, waiting.count(where: { $0.party == party }) < mostOfParty else { throw Full() }
      // The place is handed over by whoever leaves.
      await withCheckedContinuation {
        waiting.append((party, $0))
        for watcher in watchers where watcher.count == waiting.count { watcher.continuation.resume() }
        watchers.removeAll { $0.count == waiting.count }
      }
    }
    defer {
      if waiting.isEmpty { busy -= 1 } else { waiting.removeFirst().continuation.resume() }
    }
    return try await withCheckedThrowingContinuation { continuation in
      Self.queue.async { continuation.resume(with: Result { try work() }) }
    }
  }

  /// Returns once so much work waits.
  func untilWaiting(_ count: Int) async {
    guard waiting.count != count else { return }
    await withCheckedContinuation { watchers.append((count, $0)) }
  }
}
