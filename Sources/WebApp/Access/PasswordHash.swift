import CSodium
import Foundation

/// Passwords by Argon2id (RFC 9106), as libsodium's `crypto_pwhash_str` with its "interactive" limits: 64 MB and two
/// passes, so that a guess costs about a tenth of a second.
enum PasswordHash {
  /// Bytes of a password.
  static let least = 10
  /// Longer ones are refused rather than cut.
  static let most = 1024

  /// The hash with its salt and limits, as text for the store.
  ///
  /// - Throws: `WebAppError.password`, `.cannotHash`.
  static func make(_ password: String) throws(WebAppError) -> String {
    let length = password.utf8.count
    guard (least...most).contains(length) else { throw .password(least: least, most: most) }
    guard sodium_init() >= 0 else { throw .cannotHash }
    var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
    let status = crypto_pwhash_str(
      &text, password, UInt64(length), UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE),
      Int(crypto_pwhash_MEMLIMIT_INTERACTIVE))
    guard status == 0 else { throw .cannotHash }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether a password is the one of a hash.
  static func matches(_ password: String, _ hash: String) -> Bool {
    guard password.utf8.count <= most, sodium_init() >= 0 else { return false }
    return crypto_pwhash_str_verify(hash, password, UInt64(password.utf8.count)) == 0
  }

  /// A hash that no password has: checked where there is no such account, so that the time does not tell.
  static let nobody =
    "$argon2id$v=19$m=65536,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$yTq0w1t6mQ2Qv1JwH3uN3mV5o0i0Y3h4p2l6p1r8s7k"
}
