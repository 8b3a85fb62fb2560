import Foundation

/// Names under which uploads are kept: one plain name each, that is safe as a file's name and reads as the user's.
enum FileName {
  /// The most bytes of a name, as file systems have it, less what a suffix may take.
  static let most = 200

  /// One spelling of the letters: systems differ in whether “é” is one sign or two.
  static func canonical(_ name: String) -> String { name.precomposedStringWithCanonicalMapping }

  /// The name as it is kept.
  ///
  /// - Throws: `APIError.fileName` for one that is empty, too long, hidden, or holds a slash, a backslash or a control character.
  static func checked(_ name: String) throws(APIError) -> String {
    let plain = canonical(name)
    // White space at an end is lost in tables of corrections, and line separators nobody sees.
    guard plain == plain.trimmingCharacters(in: .whitespacesAndNewlines) else { throw .fileName(name) }
    // A lone hyphen is what the command calls its standard input.
    guard !plain.isEmpty, plain.utf8.count <= most, plain.utf8.first != UInt8(ascii: "."), plain != "-",
      !plain.unicodeScalars.contains(where: { scalar in
        scalar == "/" || scalar == "\\" || scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format || scalar.properties.generalCategory == .lineSeparator
          || scalar.properties.generalCategory == .paragraphSeparator || scalar.value == 0xFFFD
      })
    else { throw .fileName(name) }
    return plain
  }
}
