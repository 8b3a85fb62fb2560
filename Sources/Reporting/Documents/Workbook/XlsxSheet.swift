import CXlsxWriter
import Results

/// A sheet that is filled row by row; its columns become as wide as what stands in them.
final class XlsxSheet {
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private unowned let file: XlsxFile
  /// The row that is written next, from 0.
  private(set) var row = 0
  /// Texts that Excel's limit cut.
  private(set) var cutTexts = 0
  private var widths: [Double] = []

  /// The narrowest column, and the widest that a text makes one, in characters.
  private static let narrowest = 6.0
  private static let widest = 60.0
  /// A row of one line, points.
  private static let lineHeight = 15.0

  init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, of file: XlsxFile) {
    self.sheet = sheet
    self.file = file
  }

  /// Whether Excel has room for another row, one for a last word kept free.
  var hasRoom: Bool { row < XlsxFile.mostRows - 1 }

  /// A look with its format, for rows that are written often.
  struct Column {
    fileprivate let look: CellLook
    fileprivate let format: UnsafeMutablePointer<lxw_format>?
  }

  /// The looks of a row's values, ready to be written; the last is that of all further values.
  func columns(_ looks: [CellLook]) -> [Column] { looks.map { Column(look: $0, format: file.format($0)) } }

  /// Writes a row of values with their looks; a value that is missing leaves its cell empty.
  ///
  /// - Parameter fits: Whether the columns become wide enough for it.
  func append(_ values: [Field], _ looks: [CellLook], fits: Bool = true) throws(ResultsError) {
    try append(values, columns(looks), fits: fits)
  }

  /// The same with looks that are ready.
  func append(_ values: [Field], _ columns: [Column], fits: Bool = true) throws(ResultsError) {
    var height = Self.lineHeight
    for (place, value) in values.enumerated() {
      guard let column = columns.at(place) ?? columns.last else { break }
      if column.look.wrapsAt != nil || column.look.size != nil {
        height = max(height, Self.height(of: value, column.look))
      }
      let width = try put(value, column, place)
      if fits { widen(place, to: min(Self.widest, width)) }
    }
    if height > Self.lineHeight { worksheet_set_row(sheet, lxw_row_t(row), height, nil) }
    row += 1
  }

  /// How high a row must be for a value, in points: not every program finds out by itself.
  private static func height(of value: Field, _ look: CellLook) -> Double {
    let line = lineHeight * max(1, (look.size ?? 11) / 11)
    guard let width = look.wrapsAt, case .text(let text) = value, let text else { return line }
    // Words do not fill a line to its end. 409 is Excel's highest row.
    return min(409, line * max(1, (Double(text.count) * 1.08 / width).rounded(.up)))
  }

  /// Writes a header, keeps it in sight with so many columns at the left, and gives every column a filter.
  func header(_ titles: [String], frozenColumns: Int = 0) throws(ResultsError) {
    let top = row
    try append(titles.map { .text($0) }, [.header], fits: false)
    // Room for the filter's arrow; long titles wrap.
    for (column, title) in titles.enumerated() { widen(column, to: min(14, Double(title.count) + 3)) }
    worksheet_freeze_panes(sheet, lxw_row_t(row), lxw_col_t(frozenColumns))
    worksheet_repeat_rows(sheet, lxw_row_t(top), lxw_row_t(top))
    if frozenColumns > 0 { worksheet_repeat_columns(sheet, 0, lxw_col_t(frozenColumns - 1)) }
    filterTop = top
    filterColumns = titles.count
  }

  private var filterTop: Int?
  private var filterColumns = 0

  /// Leaves a row empty.
  func skip() { row += 1 }

  /// Makes a column at least so many characters wide.
  func widen(_ column: Int, to width: Double) {
    while widths.count <= column { widths.append(Self.narrowest) }
    widths[column] = max(widths[column], width)
  }

  /// Sets widths, the filter and the colours of columns; call once, when all rows are there.
  ///
  /// - Parameters:
  ///   - synergy: Columns coloured by the diverging scale, centred on 0.
  ///   - response: Columns coloured by the scale of responses.
  ///   - words: Columns in which certain words have a colour.
  func finish(synergy: [Int] = [], response: [Int] = [], words: [(column: Int, word: String, ink: Colour)] = []) {
    for (column, width) in widths.enumerated() {
      worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width + 1, nil)
    }
    // On paper: A4, and as wide as one page where that can still be read.
    worksheet_set_paper(sheet, 9)
    let width = widths.reduce(0, +)
    if width > 100 { worksheet_set_landscape(sheet) }
    if width < 220 { worksheet_fit_to_pages(sheet, 1, 0) }
    guard let filterTop, row > filterTop + 1 else { return }
    worksheet_autofilter(
      sheet, lxw_row_t(filterTop), 0, lxw_row_t(row - 1), lxw_col_t(max(0, filterColumns - 1)))
    // In the middle of the palette, where black figures can be read on every colour.
    let (low, high) = (DivergingPalette.light(-5), DivergingPalette.light(5))
    for column in synergy {
      var scale = lxw_conditional_format()
      scale.type = UInt8(LXW_CONDITIONAL_3_COLOR_SCALE.rawValue)
      scale.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
      scale.mid_rule_type = scale.min_rule_type
      scale.max_rule_type = scale.min_rule_type
      (scale.min_value, scale.mid_value, scale.max_value) = (-DivergingPalette.limit, 0, DivergingPalette.limit)
      (scale.min_color, scale.mid_color, scale.max_color) = (low.number, PaperInk.white.number, high.number)
      colour(column, &scale)
    }
    for column in response {
      var scale = lxw_conditional_format()
      scale.type = UInt8(LXW_CONDITIONAL_2_COLOR_SCALE.rawValue)
      scale.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
      scale.max_rule_type = scale.min_rule_type
      (scale.min_value, scale.max_value) = (0, 100)
      (scale.min_color, scale.max_color) = (PaperInk.white.number, SequentialPalette.light(9).number)
      colour(column, &scale)
    }
    for (column, word, ink) in words {
      word.withCString { text in
        var rule = lxw_conditional_format()
        rule.type = UInt8(LXW_CONDITIONAL_TYPE_TEXT.rawValue)
        rule.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_TEXT_BEGINS_WITH.rawValue)
        rule.value_string = UnsafeMutablePointer(mutating: text)  // only read, and copied
        rule.format = file.format(CellLook(isBold: true, ink: ink))
        colour(column, &rule)
      }
    }
  }

  private func colour(_ column: Int, _ rule: inout lxw_conditional_format) {
    worksheet_conditional_format_range(
      sheet, lxw_row_t((filterTop ?? 0) + 1), lxw_col_t(column), lxw_row_t(row - 1), lxw_col_t(column), &rule)
  }

  /// Writes a value; returns how many characters wide it is.
  private func put(_ value: Field, _ column: Column, _ place: Int) throws(ResultsError) -> Double {
    let (row, place) = (lxw_row_t(row), lxw_col_t(place))
    switch value {
    case .text(let text):
      guard let text, !text.isEmpty else { return 0 }
      let whole = PrintableText.alone(text)
      // A text of so few bytes has no more units, and is not counted.
      let short = whole.utf8.count <= XlsxFile.mostUnits ? whole : Self.cut(whole)
      if short.utf8.count < whole.utf8.count { cutTexts += 1 }
      try check(worksheet_write_string(sheet, row, place, short, column.format))
      return column.look.wrapsAt != nil ? 0 : Double(min(200, short.utf8.count)) * (column.look.size ?? 11) / 11
    case .number(let number):
      guard let number, number.isFinite else { return 0 }
      try check(worksheet_write_number(sheet, row, place, number, column.format))
      return column.look.number == nil ? 10 : 7
    case .integer(let number):
      try check(worksheet_write_number(sheet, row, place, Double(number), column.format))
      return Double(String(number).utf8.count)
    }
  }

  /// At most as much as a cell holds, the last sign an ellipsis where it was cut.
  private static func cut(_ text: String) -> String {
    guard text.utf16.count > XlsxFile.mostUnits else { return text }
    var units = 1
    var out = ""
    for character in text {
      units += character.utf16.count
      if units > XlsxFile.mostUnits { break }
      out.append(character)
    }
    return out + "…"
  }

  private func check(_ status: lxw_error) throws(ResultsError) {
    guard status == LXW_NO_ERROR else {
      throw .cannotWrite(path: file.path, reason: String(cString: lxw_strerror(status)))
    }
  }
}
