import Foundation
import Synchronization

/// Bounds guesses: so many failed sign-ins for one name and from one address within a window.
final class SignInBound: Sendable {
  private let most: Int
  private let window: TimeInterval
  private let failures = Mutex<[String: [Date]]>([:])
  /// Names and addresses that are remembered; beyond that the oldest are forgotten.
  private static let mostRemembered = 20_000

  init(most: Int, window: TimeInterval) {
    self.most = most
    self.window = window
  }

  /// Seconds until another attempt is allowed; `nil` when it is.
  func wait(for keys: [String], at now: Date = Date()) -> Int? {
    failures.withLock { failures in
      keys.compactMap { key -> Int? in
        let recent = failures[key, default: []].filter { now.timeIntervalSince($0) < window }
        guard recent.count >= most, let first = recent.first else { return nil }
        return Int((window - now.timeIntervalSince(first)).rounded(.up))
      }.max()
    }
  }

  /// Takes note of an attempt that is under way. It counts as failed until `forgive` says otherwise, so that many at
  /// once do not slip through.
  func count(_ keys: [String], at now: Date = Date()) {
    failures.withLock { failures in
      if failures.count > Self.mostRemembered {
        // Those that are shut out stay so, whatever else must be forgotten.
        failures = failures.filter { $0.value.contains { now.timeIntervalSince($0) < window } }
        if failures.count > Self.mostRemembered { failures = failures.filter { $0.value.count >= most } }
      }
      for key in keys {
        failures[key] = failures[key, default: []].filter { now.timeIntervalSince($0) < window } + [now]
      }
    }
  }

  /// Forgets the failures of a name that has signed in, and the last of its address.
  func forgive(name: String, address: String?) {
    failures.withLock { failures in
      failures[name] = nil
      if let address, var own = failures[address], !own.isEmpty {
        own.removeLast()
        failures[address] = own
      }
    }
  }
}
