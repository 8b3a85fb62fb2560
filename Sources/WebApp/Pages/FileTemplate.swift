import DoseTables
import Foundation
import Plates
import Reporting

/// A small file to fill in, as text and as a workbook: a sample of the catalogue of formats.
struct FileTemplate: Sendable {
  /// The sample's name.
  var name: String
  /// What it is for, in words.
  var words: String

  /// The templates.
  static let all = [
    FileTemplate(name: "table", words: "Long table: one row a well"),
    FileTemplate(name: "matrix", words: "Matrix: one drug down, the other across"),
    FileTemplate(name: "layout", words: "Plate layout: one row a well, for a plate reader’s exports"),
    FileTemplate(name: "manifest", words: "Manifest: which layout and sample each plate has"),
  ]

  /// Its text.
  var text: String { FormatCatalogue.all.first { $0.name == name }?.sample ?? "" }

  /// The same as a workbook of one sheet.
  func workbook() throws -> [UInt8] {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return try SimpleWorkbook.bytes(sheet: name, rows: rows)
  }
}
