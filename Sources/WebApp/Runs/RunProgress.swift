import Synchronization

/// A run's name.
struct RunKey: Hashable, Sendable {
  var screen: Int64
  var number: Int
}

/// How far runs are, and who wants to be told: pages listen, and miss nothing that matters, since only the newest state counts.
final class RunProgress: Sendable {
  /// How far one is.
  struct Step: Sendable {
    var fraction = 0.0
    var files = 0
    var blocks = 0
  }

  private struct State {
    var steps: [RunKey: Step] = [:]
    var listeners: [RunKey: [Int: AsyncStream<Void>.Continuation]] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// How far a run is that is under way.
  func step(of run: RunKey) -> Step? { state.withLock { $0.steps[run] } }

  /// Takes note of a step, and tells.
  func note(_ step: Step?, of run: RunKey) {
    state.withLock { state in
      state.steps[run] = step
      for listener in state.listeners[run, default: [:]].values { listener.yield() }
    }
  }

  /// Tells everybody that listens, though there is nothing new: a connection on which nothing is said is taken for dead.
  func beat() {
    let all = state.withLock { $0.listeners.values.flatMap(\.values) }
    for listener in all { listener.yield() }
  }

  /// A stream that gives something whenever there is something new; steps that come faster than they are read become one.
  func changes(of run: RunKey) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.next += 1
      state.listeners[run, default: [:]][state.next] = continuation
      return state.next
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { state in
        state.listeners[run]?[number] = nil
        if state.listeners[run]?.isEmpty == true { state.listeners[run] = nil }
      }
    }
    continuation.yield()
    return stream
  }

  /// Ends every stream, so that the server can end.
  func close() {
    let all = state.withLock { $0.listeners.values.flatMap(\.values) }
    for listener in all { listener.finish() }
  }
}
