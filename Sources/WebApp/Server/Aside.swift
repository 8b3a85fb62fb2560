import Dispatch

/// Work that takes long, off the threads that answer requests.
enum Aside {
  private static let queue = DispatchQueue(label: "isobole.aside", qos: .utility, attributes: .concurrent)

  /// Does the work on another thread and waits for it.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try work() }) }
    }
  }
}
