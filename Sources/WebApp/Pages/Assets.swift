import Digests
import Foundation
import Reporting

/// What pages load from `/assets/`: embedded in the program, so that nothing needs to be installed beside it.
enum Assets {
  /// An asset as it is served.
  typealias Asset = (bytes: [UInt8], contentType: String, etag: String)

  /// The asset of that name; `nil` when there is none. `plotly.min.js` is not among them: it is the system's.
  static func file(named name: String) -> Asset? { all[name] }

  /// The names, for tests.
  static var names: [String] { all.keys.sorted() }

  private static let all: [String: Asset] = {
    var assets: [String: Asset] = [:]
    for (name, bytes) in files {
      let digest = Array(SHA256.digest(of: bytes).prefix(12)).hexadecimal
      let kind =
        name.hasSuffix(".css")
        ? "text/css; charset=utf-8" : name.hasSuffix(".svg") ? "image/svg+xml" : "text/javascript; charset=utf-8"
      assets[name] = (bytes, kind, "\"\(digest)\"")
    }
    return assets
  }()
}
