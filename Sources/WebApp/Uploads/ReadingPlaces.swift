/// Lets so much work through at once; the rest waits. A free place goes to who has the least work under way, of those
/// to who had a place the longest ago: nobody's files keep those of others waiting for more than one of them. Who is cancelled while waiting gives up
/// its place in the queue.
actor ReadingPlaces {
  /// For whom the task works: a person's number.
  @TaskLocal static var party: Int64 = 0

  private let count: Int
  private var busy: [Int64: Int] = [:]
  /// Which place each party was given last, counted from the first.
  private var served: [Int64: Int] = [:]
  private var given = 0
  private var waiting: [(ticket: Int, party: Int64, turn: CheckedContinuation<Void, any Error>)] = []
  private var tickets = 0
  private var watchers: [(count: Int, turn: CheckedContinuation<Void, Never>)] = []

  /// So many places.
  init(_ count: Int) { self.count = count }

  /// Does the work when its turn comes.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before, and what the work throws.
  func run<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
    let party = Self.party
    try await enter(party)
    defer { leave(party) }
    try Task.checkCancellation()
    return try await work()
  }

  private func enter(_ party: Int64) async throws {
    guard busy.values.reduce(0, +) >= count else { return give(party) }
    tickets += 1
    let ticket = tickets
    // The place is handed over by whoever leaves.
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled {
          turn.resume(throwing: CancellationError())
        } else {
          waiting.append((ticket, party, turn))
          for watcher in watchers where watcher.count == waiting.count { watcher.turn.resume() }
          watchers.removeAll { $0.count == waiting.count }
        }
      }
    } onCancel: {
      Task { await giveUp(ticket) }
    }
  }

  /// Returns once so much work waits.
  func untilWaiting(_ count: Int) async {
    guard waiting.count != count else { return }
    await withCheckedContinuation { watchers.append((count, $0)) }
  }

  private func giveUp(_ ticket: Int) {
    guard let place = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
    waiting.remove(at: place).turn.resume(throwing: CancellationError())
  }

  private func leave(_ party: Int64) {
    let left = busy[party, default: 1] - 1
    busy[party] = left > 0 ? left : nil
    func standing(_ party: Int64) -> (Int, Int) { (busy[party, default: 0], served[party, default: 0]) }
    guard let place = waiting.indices.min(by: { standing(waiting[$0].party) < standing(waiting[$1].party) }) else {
      return
    }
    let next = waiting.remove(at: place)
    give(next.party)
    next.turn.resume()
  }

  private func give(_ party: Int64) {
    given += 1
    served[party] = given
    busy[party, default: 0] += 1
  }
}
