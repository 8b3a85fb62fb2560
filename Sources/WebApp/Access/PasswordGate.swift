/// Checks passwords, one at a time: each check takes 64 MB and a tenth of a second on purpose, and a crowd of them must not take
/// the machine.
actor PasswordGate {
  private var isBusy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Whether a password is the one of a hash.
  func matches(_ password: String, _ hash: String) async throws -> Bool {
    while isBusy { await withCheckedContinuation { waiting.append($0) } }
    isBusy = true
    defer {
      isBusy = false
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    return try await Aside.run { PasswordHash.matches(password, hash) }
  }
}
