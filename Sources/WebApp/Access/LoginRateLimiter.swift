import Foundation
import Synchronization

/// Bounds guesses of passwords without letting anybody shut an account's owner out.
///
/// An attempt is counted as failed from its beginning until `succeed` or `withdraw`, so that many at once do not slip
/// through; a success forgets the failures of before, not the attempts that are still under way. Within the window there may be so many failures
///
/// - for a name from one address (`perPair`),
/// - from one address over all names (`perAddress`), wide enough for a clinic behind one address,
/// - for a name over all addresses (`perName`), which slows a guess that comes from many.
///
/// The last two do not hold for an address from which this name has signed in before (`isFamiliar`): what strangers do elsewhere
/// cannot keep the owner out there. Names that no account has are counted alike, so that the bounds do not tell which there are.
final class LoginRateLimiter: Sendable {
  /// One sign-in.
  struct Attempt: Sendable, Hashable {
    var name: String
    var address: String
    var isFamiliar = false

    fileprivate var pairKey: String { "pair:\(name) \(address)" }
    fileprivate var addressKey: String { "address:\(address)" }
    fileprivate var nameKey: String { "name:\(name)" }
  }

  /// Failures within the window.
  struct Limits: Sendable {
    var perPair = 10
    var perAddress = 100
    var perName = 50
  }

  private let limits: Limits
  private let window: TimeInterval
  private let failures = Mutex<[String: [Date]]>([:])
  /// Attempts under way, by name and address.
  private let underWay = Mutex<[String: Int]>([:])
  /// Keys that are remembered; beyond that those of the fewest failures are forgotten.
  private static let maxRemembered = 20_000

  init(limits: Limits = .init(), window: TimeInterval) {
    self.limits = limits
    self.window = window
  }

  /// Begins an attempt and counts it; or answers the seconds until one is allowed.
  func begin(_ attempt: Attempt, at now: Date = Date()) -> Int? {
    var bounds = [(attempt.pairKey, limits.perPair)]
    if !attempt.isFamiliar {
      bounds += [(attempt.addressKey, limits.perAddress), (attempt.nameKey, limits.perName)]
    }
    let wait = count(bounds, at: now)
    if wait == nil { underWay.withLock { $0[attempt.pairKey, default: 0] += 1 } }
    return wait
  }

  /// The attempt failed; it stays counted.
  func fail(_ attempt: Attempt) { _ = end(attempt) }

  /// Answers how many attempts of the pair are still under way.
  private func end(_ attempt: Attempt) -> Int {
    underWay.withLock { underWay in
      let left = max(0, underWay[attempt.pairKey, default: 0] - 1)
      underWay[attempt.pairKey] = left == 0 ? nil : left
      return left
    }
  }

  /// Counts a token that nobody has, from an address; or answers the seconds until the next is looked at.
  func wrongToken(from address: String, at now: Date = Date()) -> Int? {
    count([("token:\(address)", limits.perPair)], at: now)
  }

  /// The attempt succeeded: the pair's failures are forgotten; those of others stay.
  func succeed(_ attempt: Attempt) {
    let left = end(attempt)
    uncount(attempt)
    failures.withLock { failures in
      let kept = failures[attempt.pairKey, default: []].suffix(left)
      failures[attempt.pairKey] = kept.isEmpty ? nil : Array(kept)
    }
  }

  /// The attempt was not looked at, and does not count.
  func withdraw(_ attempt: Attempt) {
    _ = end(attempt)
    uncount(attempt)
  }

  private func uncount(_ attempt: Attempt) {
    let keys = [attempt.pairKey] + (attempt.isFamiliar ? [] : [attempt.addressKey, attempt.nameKey])
    failures.withLock { failures in
      for key in keys {
        guard var own = failures[key] else { continue }
        own.removeLast()
        failures[key] = own.isEmpty ? nil : own
      }
    }
  }

  private func count(_ bounds: [(key: String, most: Int)], at now: Date) -> Int? {
    failures.withLock { failures in
      func recent(_ key: String) -> [Date] { failures[key, default: []].filter { now.timeIntervalSince($0) < window } }
      let waits = bounds.compactMap { bound -> Int? in
        let own = recent(bound.key)
        guard own.count >= bound.most, let first = own.first else { return nil }
        return max(1, Int((window - now.timeIntervalSince(first)).rounded(.up)))
      }
      if let wait = waits.max() { return wait }
      if failures.count > Self.maxRemembered { forget(&failures, at: now) }
      for bound in bounds { failures[bound.key] = recent(bound.key) + [now] }
      return nil
    }
  }

  private func forget(_ failures: inout [String: [Date]], at now: Date) {
    failures = failures.filter { $0.value.contains { now.timeIntervalSince($0) < window } }
    // Half of the room is made at once, so that this is rare; those that are at their bound stay so.
    guard failures.count > Self.maxRemembered / 2 else { return }
    failures = failures.filter { $0.value.count >= limits.perPair }
  }
}
