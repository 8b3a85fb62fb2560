import CZlib
import Foundation

/// Bytes made small for a page: zlib's format (RFC 1950), which browsers call `deflate`, as Base64.
enum Deflate {
  /// The text that `DecompressionStream("deflate")` unpacks after `atob`.
  static func base64(_ bytes: [UInt8]) -> String {
    var packed = [UInt8](repeating: 0, count: Int(compressBound(uLong(bytes.count))))
    var count = uLongf(packed.count)
    // `compressBound` gives the room that is always enough, so that this cannot fail but for want of memory.
    let status = compress2(&packed, &count, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
    precondition(status == Z_OK, "zlib could not pack \(bytes.count) bytes: status \(status)")
    return Data(packed[..<Int(count)]).base64EncodedString()
  }
}
