import Foundation

/// A form as browsers send it (`application/x-www-form-urlencoded`). Of a name that stands twice the first counts.
struct FormBody {
  private var values: [String: String] = [:]

  init(_ bytes: Data) {
    for pair in String(decoding: bytes, as: UTF8.self).split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
        part.replacing("+", with: " ").removingPercentEncoding ?? ""
      }
      guard let name = sides.first, values[name] == nil else { continue }
      values[name] = sides.count > 1 ? sides[1] : ""
    }
  }

  subscript(name: String) -> String? { values[name] }
}
