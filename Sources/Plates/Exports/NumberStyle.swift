import Assay
import Spreadsheets

/// Tells how the wells of a file write their numbers.
enum NumberStyle {
  /// Looks at every well.
  ///
  /// - Throws: `ambiguousDecimal` when every mark could be a decimal comma or separate thousands.
  static func tell(
    _ series: some Sequence<FoundBlock.Series>, decimal: PlateExportOptions.Decimal
  ) throws(PlateExportError) -> CellReading {
    var points = 0
    var pointsAsGroups = 0
    var whole = (small: 0, large: 0)
    var commas = 0
    var groups = 0
    var doubtful: FoundBlock.Cell?
    var grouped: FoundBlock.Cell?
    for cell in series.lazy.flatMap(\.cells) {
      switch Mark(cell.text) {
      case .none:
        guard let value = Int(cell.text) else { continue }
        if (1..<1000).contains(value) { whole.small += 1 } else if value >= 1000 { whole.large += 1 }
      case .point(let mayGroup):
        points += 1
        if mayGroup {
          pointsAsGroups += 1
          grouped = grouped ?? cell
        }
      case .comma: commas += 1
      case .grouping: groups += 1
      case .commaAndGrouping:
        commas += 1
        groups += 1
      case .commaOrGrouping: doubtful = doubtful ?? cell
      }
    }
    switch decimal {
    case .point: return CellReading(grouped: true)
    case .comma: return CellReading(numbers: NumberReading(decimal: UInt8(ascii: ",")), grouped: true)
    case .auto: break
    }
    // `245` beside `12.345`, and no point elsewhere: thousands, or three decimals each?
    if commas == 0, groups == 0, points == pointsAsGroups, whole.small > 0, whole.large == 0, let grouped {
      throw .ambiguousDecimal(line: grouped.line, well: grouped.position.description, text: grouped.text)
    }
    if commas > points { return CellReading(numbers: NumberReading(decimal: UInt8(ascii: ",")), grouped: groups > 0) }
    if points == 0, groups == 0, let doubtful {
      throw .ambiguousDecimal(line: doubtful.line, well: doubtful.position.description, text: doubtful.text)
    }
    return CellReading(grouped: groups > 0 || doubtful != nil)
  }

  /// What the marks in a number say.
  private enum Mark {
    case none
    /// `12.345` may also separate thousands.
    case point(mayGroup: Bool)
    case comma
    /// Both: `1.234,5`.
    case commaAndGrouping
    /// Thousands are kept apart by a comma (or by a space or an apostrophe).
    case grouping
    /// `1,250`: either.
    case commaOrGrouping

    init(_ text: String) {
      var marks: [(place: Int, byte: UInt8)] = []
      var digits = 0
      for (place, byte) in text.utf8.enumerated() {
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") { marks.append((place, byte)) }
        if (0x30...0x39).contains(byte) { digits += 1 }
      }
      self = .none
      guard let first = marks.first, let last = marks.last, digits > 0, CellReading.either.number(text) != nil else {
        return
      }
      if marks.count == 1 {
        let whole = text.utf8.prefix(first.place).drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let looksGrouped =
          (1...3).contains(whole.count) && whole.first != UInt8(ascii: "0") && text.utf8.count - first.place == 4
        if first.byte == UInt8(ascii: ".") {
          self = .point(mayGroup: looksGrouped)
        } else {
          self = looksGrouped ? .commaOrGrouping : .comma
        }
      } else if first.byte == last.byte {
        // 1,234,567 or 1.234.567: the latter in files with decimal commas.
        self = first.byte == UInt8(ascii: ",") ? .grouping : .commaAndGrouping
      } else {
        self = last.byte == UInt8(ascii: ".") ? .grouping : .commaAndGrouping
      }
    }
  }
}
