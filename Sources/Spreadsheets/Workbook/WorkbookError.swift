/// Why a workbook was not read.
package enum WorkbookError: Error, Equatable {
  case tooLarge(bytes: Int, most: Int)
  case corrupt(reason: String)
  case encrypted
  case oldFormat
  case tooManyParts(count: Int, most: Int)
  case bomb(part: String, inflated: Int, packed: Int, most: Int)
  case inflatesTooFar(bytes: Int, most: Int)
  case notAWorkbook
  case unreadablePart(part: String, reason: String)
  case noSheet
}

extension WorkbookError: CustomStringConvertible, QuotesFiles {
  package var description: String {
    switch self {
    case .tooLarge(let bytes, let most):
      "the workbook has \(bytes) bytes, expected at most \(most); save its sheets as CSV and give those"
    case .corrupt(let reason):
      "this begins as an Excel workbook, but its archive cannot be opened (\(reason)): it is damaged or was cut off. Save it again"
    case .encrypted: "the workbook is protected by a password; save it without one"
    case .oldFormat: "this is an old Excel workbook (.xls), expected .xlsx; save it as .xlsx or CSV"
    case .tooManyParts(let count, let most):
      "the workbook's archive has \(count) parts, expected at most \(most); nothing of it was inflated. Save its sheets as CSV and give those"
    case .bomb(let part, let inflated, let packed, let most):
      "part \(Self.quoted(part)) of the workbook would inflate from \(packed) to \(inflated) bytes, more than \(most)-fold, as no "
        + "workbook does; nothing of it was inflated. Save its sheets as CSV and give those"
    case .inflatesTooFar(let bytes, let most):
      "the workbook would inflate to \(bytes) bytes, expected at most \(most); nothing more of it was inflated. Save its sheets as CSV and "
        + "give those"
    case .notAWorkbook:
      "this is a zip archive but no workbook (it has no xl/workbook.xml); take the files out of it and give those"
    case .unreadablePart(let part, let reason):
      "part \(Self.quoted(part)) of the workbook cannot be read (\(reason)); save the workbook again as .xlsx"
    case .noSheet: "the workbook has no worksheet with a cell; save the sheet with the plate as .xlsx or CSV"
    }
  }
}
