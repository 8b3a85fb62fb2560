import Spreadsheets

extension TextDecoding {
  /// Decodes a file, or says what it is instead as a reader of tables says it.
  package static func text(_ file: [UInt8]) throws(PlateReadingError) -> Text {
    do throws(TextError) {
      return try decode(file)
    } catch {
      switch error {
      case .empty: throw .emptyFile
      case .notText(let kind): throw .notText(kind: kind)
      }
    }
  }
}
