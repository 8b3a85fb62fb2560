import Spreadsheets

/// A table of mixtures in fixed ratios (rays) that states the total dose and one drug's share of it, as `drc`'s examples do:
///
/// ```
/// dose,pct,response      ← pct: the share of drug 1
/// 0,999,1.6              ← untreated: the share says nothing
/// 5937.5,100,1.5         ← drug 1 alone
/// 5937.5,33,1.4          ← 33 % of the dose are drug 1, 67 % drug 2
/// 5937.5,0,1.3           ← drug 2 alone
/// ```
///
/// Such a table is written anew, with a column for each drug's dose. That the second column is a share shows in its values:
/// both ends, 0 and 100 % (or 1), and something between are there, each in a series of doses.
struct RayTable {
  /// The table as it is read.
  private(set) var bytes: [UInt8]
  /// What is to be said of it.
  private(set) var finding: Finding

  /// A drug and a mixture have at least so many doses.
  private static let leastDoses = 3

  /// Reads the table; `nil` where its values are not those of shares.
  ///
  /// - Parameters:
  ///   - line: The header's.
  ///   - columns: The header.
  init?(_ bytes: [UInt8], line: Int, columns: [String]) {
    guard let (dose, share) = Self.columns(columns), let place = columns.firstIndex(of: dose),
      let shares = columns.firstIndex(of: share), let text = try? TextDecoding.text(bytes),
      let table = try? TextTable(bytes, deciding: line)
    else { return nil }
    for separator in [TextSheet.Separator.comma, .semicolon, .tab] where separator.occurs(in: text) {
      var sheet = TextSheet(text, separator: separator, mostCells: .max)
      guard sheet.openQuote == nil, sheet.cutAt == nil,
        let header = sheet.rows.firstIndex(where: { $0.line == line }),
        sheet.rows[header].cells.prefix(columns.count).elementsEqual(columns)
      else { continue }
      var parts: [(row: Int, dose: Double, share: Double)] = []
      for row in sheet.rows.indices.dropFirst(header + 1) where !sheet.rows[row].isBlank {
        guard let total = table.number(sheet.rows[row].cell(place)), total >= 0,
          let own = table.number(sheet.rows[row].cell(shares))
        else { return nil }
        parts.append((row, total, own))
      }
      guard let whole = Self.whole(parts.filter { $0.dose > 0 }.map { ($0.dose, $0.share) }) else { return nil }
      let width = max(columns.count, sheet.rows[header].cells.count)
      func write(_ row: Int, _ first: String, _ second: String) {
        var cells = sheet.rows[row].cells
        cells += [String](repeating: "", count: max(0, width - cells.count))
        (cells[place], cells[shares]) = (first, second)
        sheet.rows[row].cells = cells
      }
      let unit = ColumnRole.unit(inColumnName: dose).map { " (\($0.symbol))" } ?? ""
      write(header, "conc1" + unit, "conc2" + unit)
      for part in parts {
        let own = part.dose > 0 ? part.share / whole : 0
        // Written as the file's numbers are.
        let doses = [part.dose * own, part.dose * (1 - own)].map { dose in
          "\(dose)".replacing(".", with: table.numbers.decimal == UInt8(ascii: ",") ? "," : ".")
        }
        write(part.row, doses[0], doses[1])
      }
      self.bytes = sheet.csv
      finding = .warning(.raysRead(line: line, dose: dose, share: share, whole: whole))
      return
    }
    return nil
  }

  /// The columns of a total dose and of a drug's share of it, where there is a response too.
  static func columns(_ columns: [String]) -> (dose: String, share: String)? {
    let doses: Set = ["dose", "totaldose", "conc", "totalconc", "concentration", "totalconcentration"]
    let shares: Set = [
      "pct", "percent", "ratio", "share", "proportion", "mix", "mixture", "mixtureratio", "mixratio", "fraction",
      "prop", "mixingratio",
    ]
    guard let dose = columns.first(where: { doses.contains(ColumnRole.fold($0)) }),
      let share = columns.first(where: { shares.contains(ColumnRole.fold($0)) }),
      columns.contains(where: { if case .response? = ColumnRole(columnName: $0) { true } else { false } })
    else { return nil }
    return (dose, share)
  }

  /// What the whole dose is in the column of shares, 100 or 1; `nil` where the values are none.
  private static func whole(_ wells: [(dose: Double, share: Double)]) -> Double? {
    guard let whole = wells.lazy.map(\.share).max(), whole == 1 || whole == 100,
      wells.allSatisfy({ $0.share >= 0 })
    else { return nil }
    var doses: [Double: Set<Double>] = [:]
    for well in wells { doses[well.share, default: []].insert(well.dose) }
    func isSeries(_ share: Double) -> Bool { (doses[share]?.count ?? 0) >= leastDoses }
    let between = doses.keys.filter { $0 > 0 && $0 < whole }
    return isSeries(0) && isSeries(whole) && !between.isEmpty && between.allSatisfy(isSeries) ? whole : nil
  }
}
