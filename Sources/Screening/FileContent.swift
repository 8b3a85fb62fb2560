import Assay
import Crypto
import Foundation

/// The bytes of one input file and what identifies them.
struct FileContent: Sendable {
  /// The bytes.
  var bytes: [UInt8]
  /// Lower-case hexadecimal SHA-256.
  var sha256: String

  /// Reads a file.
  ///
  /// - Throws: the problem, `refused`, when it cannot be read.
  init(path: String) throws(InputProblem) {
    let data: Data
    do {
      // Not mapped: a file that another program shortens meanwhile would end this one. Not `Data(contentsOf:)`, which
      // cannot read a pipe.
      data = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()
    } catch {
      throw InputProblem(
        file: path, severity: .refused,
        message: "the file could not be read (\(FileDiscovery.reason(error))); check that it is a file you may read")
    }
    bytes = [UInt8](data)
    sha256 = SHA256.hash(data: data).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
