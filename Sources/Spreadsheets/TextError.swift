/// Why a file is no text.
package enum TextError: Error, Equatable {
  /// It holds nothing, or zero bytes alone.
  case empty
  /// It is something else, in words: `a PDF`.
  case notText(kind: String)
}
