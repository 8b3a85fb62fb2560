/// Lets so much work through at once; the rest waits in its order. Who is cancelled while waiting gives up its place in
/// the queue.
actor ReadingPlaces {
  private let count: Int
  private var busy = 0
  private var waiting: [(ticket: Int, turn: CheckedContinuation<Void, any Error>)] = []
  private var tickets = 0

  /// So many places.
  init(_ count: Int) { self.count = count }

  /// Does the work when its turn comes.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before, and what the work throws.
  func run<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
    try await enter()
    defer { leave() }
    try Task.checkCancellation()
    return try await work()
  }

  private func enter() async throws {
    guard busy >= count else { return busy += 1 }
    tickets += 1
    let ticket = tickets
    // The place is handed over by whoever leaves.
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled {
          turn.resume(throwing: CancellationError())
        } else {
          waiting.append((ticket, turn))
        }
      }
    } onCancel: {
      Task { await giveUp(ticket) }
    }
  }

  private func giveUp(_ ticket: Int) {
    guard let place = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
    waiting.remove(at: place).turn.resume(throwing: CancellationError())
  }

  private func leave() {
    if waiting.isEmpty { busy -= 1 } else { waiting.removeFirst().turn.resume() }
  }
}
