import Assay
import Digests
import Foundation

/// The bytes of one input file and what identifies them.
struct FileContent: Sendable {
  /// The bytes.
  var bytes: [UInt8]
  /// Lower-case hexadecimal SHA-256.
  var sha256: String

  /// Reads a file.
  ///
  /// - Throws: the problem, `error`, when it cannot be read.
  init(path: String) throws(InputProblem) {
    bytes = try FileDiscovery.contents(of: path)
    sha256 = Self.sha256(of: bytes)
  }

  /// Lower-case hexadecimal SHA-256 of some bytes.
  static func sha256(of bytes: [UInt8]) -> String { SHA256.digest(of: bytes).hexadecimal }
}
