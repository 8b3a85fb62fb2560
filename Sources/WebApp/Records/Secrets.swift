import CSodium
import Digests
import Foundation

/// Random secrets and their digests. Of sessions and tokens the store has only the digest.
enum Secrets {
  /// 32 random bytes from the system, as letters that go into a URL, a header or a cookie.
  static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
  }

  /// Lower-case hexadecimal SHA-256.
  static func digest(_ secret: String) -> String { SHA256.digest(of: Array(secret.utf8)).hexadecimal }

  /// Whether two texts are the same, in a time that does not tell where they differ.
  static func areSame(_ one: String, _ other: String) -> Bool {
    let (a, b) = (Array(one.utf8), Array(other.utf8))
    return a.count == b.count && sodium_memcmp(a, b, a.count) == 0
  }
}
