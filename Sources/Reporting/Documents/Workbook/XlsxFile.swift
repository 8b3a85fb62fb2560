import CXlsxWriter
import Results
import Foundation

/// An Excel workbook that is being written with libxlsxwriter. The only place where its memory is handled by hand.
///
/// Texts are always written as texts: one that begins with `=` is shown and never run.
final class XlsxFile {
  /// Excel's most rows of a sheet, the header among them.
  static let mostRows = 1_048_576
  /// Excel's most UTF-16 units of a cell.
  static let mostUnits = 32_767

  /// Where it goes.
  let path: String
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var formats: [CellLook: UnsafeMutablePointer<lxw_format>] = [:]
  private var isClosed = false

  /// Starts a workbook.
  ///
  /// - Parameters:
  ///   - created: The date written into the file, seconds since 1970: a date of the file's making would make the same
  ///     results give different bytes.
  ///   - isStreamed: Whether rows go to temporary files, in `folder`, as they come: memory does not grow with them, and
  ///     a sheet's rows must be written in order. Default: yes.
  init(
    path: String, title: String, maker: String, created: Int, isStreamed: Bool = true, folder: String
  ) throws(ResultsError) {
    self.path = path
    let made = folder.withCString { temporary in
      var options = lxw_workbook_options()
      options.constant_memory = isStreamed ? 1 : 0
      options.tmpdir = UnsafeMutablePointer(mutating: temporary)  // only read, and copied
      return workbook_new_opt(path, &options)
    }
    guard let made else { throw .cannotOpen(path: path, reason: "libxlsxwriter could not start a workbook") }
    book = made
    PrintableText.of(title).withCString { title in
      maker.withCString { maker in
        var properties = lxw_doc_properties()
        properties.title = UnsafeMutablePointer(mutating: title)
        properties.author = UnsafeMutablePointer(mutating: maker)
        properties.created = created
        _ = workbook_set_properties(book, &properties)
      }
    }
  }

  deinit { if !isClosed { _ = workbook_close(book) } }

  /// Adds a sheet; names are the program's own, of at most 31 letters.
  func sheet(_ name: String) throws(ResultsError) -> XlsxSheet {
    guard let sheet = workbook_add_worksheet(book, name) else {
      throw .cannotWrite(path: path, reason: "libxlsxwriter refused the sheet \(name)")
    }
    return XlsxSheet(sheet, of: self)
  }

  /// Writes the file.
  func close() throws(ResultsError) {
    isClosed = true
    let status = workbook_close(book)
    guard status == LXW_NO_ERROR else {
      throw .cannotWrite(path: path, reason: String(cString: lxw_strerror(status)))
    }
  }

  /// The format of a look, made once.
  func format(_ look: CellLook) -> UnsafeMutablePointer<lxw_format>? {
    if let known = formats[look] { return known }
    guard let format = workbook_add_format(book) else { return nil }
    if let number = look.number { format_set_num_format(format, number) }
    if look.isBold { format_set_bold(format) }
    if let size = look.size { format_set_font_size(format, size) }
    if let ink = look.ink { format_set_font_color(format, ink.number) }
    if let fill = look.fill { format_set_bg_color(format, fill.number) }
    if look.wrapsAt != nil { format_set_text_wrap(format) }
    if look.isCentred { format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue)) }
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    if look.hasRule {
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_bottom_color(format, PaperInk.muted.number)
    }
    formats[look] = format
    return format
  }
}

/// How a cell looks.
struct CellLook: Hashable {
  /// Excel's number format; `nil` for its general one.
  var number: String?
  var isBold = false
  var size: Double?
  var ink: Colour?
  var fill: Colour?
  /// After how many characters lines are broken; `nil` keeps a text on one line.
  var wrapsAt: Double?
  var isCentred = false
  /// A line below, under a header.
  var hasRule = false

  static let plain = CellLook()
  static let header = CellLook(isBold: true, fill: PaperInk.card, wrapsAt: 14, hasRule: true)
  static let points = CellLook(number: "+0.0;-0.0;0.0")
  static let tenths = CellLook(number: "0.0")
  static let thousandths = CellLook(number: "0.000")
  static let whole = CellLook(number: "#,##0")
  static let probability = CellLook(number: "[<0.0001]\"< 0.0001\";0.0000")
}

extension Colour {
  /// The number whose hexadecimal digits are the colour's.
  var number: lxw_color_t { lxw_color_t(red << 16 | green << 8 | blue) }
}
