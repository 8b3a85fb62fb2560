import Foundation

/// What makes two spellings of a drug's name the same.
///
/// Case, white space, underscores, hyphens and dashes of every kind, and the code point of µ (or a plain u in its
/// place) do not count: `KPT-330`, `kpt330`, `KPT 330` and `Kpt_330` are one name. Nothing else is ignored:
/// `CC-5013 (batch 2)` is another name than `CC-5013`.
public struct CompoundName: Hashable, Sendable {
  /// The name without what does not count; empty when nothing else is in it.
  package let key: String

  /// Reads a name.
  public init(_ name: String) {
    if name.utf8.allSatisfy({ $0 < 0x80 }) {  // most names, at a tenth of the price
      let kept = name.utf8.lazy.filter { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
      key = String(decoding: kept.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
      return
    }
    var key = String.UnicodeScalarView()
    // NFKC folds full-width letters, ligatures and no-break characters, and U+00B5 into U+03BC.
    for scalar in name.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      switch scalar.properties.generalCategory {
      case .dashPunctuation, .spaceSeparator, .control, .format: continue
      default: break
      }
      switch scalar {
      case "_", "\u{2212}": continue  // U+2212 MINUS SIGN is a symbol, not a dash
      case "\u{3BC}": key.append("u")
      default: key.append(scalar)
      }
    }
    self.key = String(key)
  }
}
