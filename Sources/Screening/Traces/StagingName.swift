import Foundation

/// The names under which a run keeps its files until all of them are whole, and the lock that keeps runs apart.
///
/// Beside a directory `out` these are `.out.isobole-k3m9…` and `.out.isobole-lock`; inside a directory they are
/// `.isobole-k3m9…` and `.isobole-lock`.
public enum StagingName {
  private static let word = "isobole-"
  private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
  private static let randomLetters = 12
  /// The most bytes of a target's name that are part of these names; file systems allow 255 in all.
  private static let mostBytes = 200

  /// A name nobody has used: 60 random bits.
  public static func make(for target: String?) -> String {
    stem(target) + word + String((0..<randomLetters).map { _ in letters[Int.random(in: letters.indices)] })
  }

  /// The name of the lock.
  public static func lock(for target: String?) -> String { stem(target) + word + "lock" }

  /// Whether a name may be that of a staging directory for a target.
  public static func isStaging(_ name: String, for target: String?) -> Bool {
    let start = stem(target) + word
    return name.hasPrefix(start) && isRandom(name.dropFirst(start.count))
  }

  /// Whether a name is that of a staging directory or a lock, whatever its target.
  public static func isAny(_ name: String) -> Bool {
    guard name.hasPrefix("."), let start = name.range(of: "." + word, options: .backwards) else { return false }
    let end = name[start.upperBound...]
    return end == "lock" || isRandom(end)
  }

  private static func isRandom(_ text: Substring) -> Bool {
    text.count == randomLetters && text.allSatisfy(letters.contains)
  }

  private static func stem(_ target: String?) -> String {
    guard let target else { return "." }
    var short = Substring(target)
    while short.utf8.count > mostBytes { short = short.dropLast() }
    return ".\(short)."
  }
}
