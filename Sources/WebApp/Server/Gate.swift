import Dispatch

/// Lets so much work through at once, off the threads that answer requests; the rest waits in its order.
///
/// A crowd of passwords to check (64 MB each) or of files to read must not take the machine from those who only look.
actor Gate {
  private let places: Int
  private var busy = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private static let queue = DispatchQueue(label: "isobole.gate", qos: .utility, attributes: .concurrent)

  /// A gate of so many places.
  init(places: Int) { self.places = places }

  /// Does the work when its turn comes, and waits for it.
  func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    if busy < places {
      busy += 1
    } else {
      // The place is handed over by whoever leaves.
      await withCheckedContinuation { waiting.append($0) }
    }
    defer {
      if waiting.isEmpty { busy -= 1 } else { waiting.removeFirst().resume() }
    }
    return try await withCheckedThrowingContinuation { continuation in
      Self.queue.async { continuation.resume(with: Result { try work() }) }
    }
  }
}
