import Assay
import Spreadsheets
import Statistics

/// A table as GraphPad Prism has them: one drug's doses in the first column, the other's as titles above groups of columns,
/// in each of which replicates stand beside one another.
///
/// ```
/// Selinexor (nM),Venetoclax 0 nM,,,Venetoclax 10 nM,,
/// 0,100,98,102,90,91,92
/// ```
struct GroupedColumns {
  /// The same as a matrix whose doses across stand above each of their columns.
  private(set) var bytes: [UInt8]

  /// What speaks against replicates below each title: Prism has tables of the mean, its deviation and the number of wells too.
  private(set) var doubt: PlateReadingError?

  private static let largestFile = 4 << 20
  private static let mostCells = 1_000_000
  private static let firstCells = 4_000
  private static let mostRows = 50

  /// A group's title.
  private struct Title: Equatable {
    var name = ""
    var dose: Double
    var unit = ""
  }

  /// Finds the groups; `nil` where there are none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.largestFile, let text = try? TextDecoding.text(bytes) else { return nil }
    for separator in [TextSheet.Separator.comma, .semicolon, .tab] where separator.occurs(in: text) {
      let head = TextSheet(text, separator: separator, mostCells: Self.firstCells)
      guard head.openQuote == nil, Self.header(head) != nil else { continue }
      var sheet = head.cutAt == nil ? head : TextSheet(text, separator: separator, mostCells: Self.mostCells)
      guard sheet.cutAt == nil, sheet.openQuote == nil, let found = Self.header(sheet) else { continue }
      if !found.hasSubtitles, let levels = Self.unlikeLevels(sheet.rows[(found.row + 1)...], groups: found.groups) {
        doubt = .groupsUnlike(line: sheet.rows[found.row].line, levels: levels)
      }
      sheet.rows[found.row].cells = found.cells
      if found.hasSubtitles { sheet.rows.remove(at: found.row + 1) }
      self.bytes = sheet.csv
      return
    }
    return nil
  }

  /// The row of titles and what stands in its place.
  private static func header(
    _ sheet: TextSheet
  ) -> (row: Int, cells: [String], hasSubtitles: Bool, groups: [Int])? {
    for (place, row) in sheet.rows.prefix(mostRows).enumerated() where row.width > 2 {
      // A row of plain numbers is one of a matrix already, unless titles are missing.
      guard row.cells.dropFirst().allSatisfy({ $0.isEmpty || mayBeTitle($0) }), let first = row.cells.dropFirst().first,
        title(first) != nil
      else { continue }
      var next = place + 1
      let hasSubtitles = sheet.rows.indices.contains(next) && isSubtitles(sheet.rows[next])
      if hasSubtitles {
        // Mean, SD and N, donors or times are no replicates.
        guard sheet.rows[next].cells.dropFirst().allSatisfy(isReplicate) else { return nil }
        next += 1
      }
      let data = sheet.rows[min(next, sheet.rows.count)...].prefix { isDose($0.cell(0)) }
      let width = data.map(\.width).max() ?? 0
      guard data.count >= 2, width >= row.width else { continue }
      var titles: [Title] = []
      var isMissing = false
      for column in 1..<width {
        let cell = row.cell(column)
        if cell.isEmpty, let last = titles.last {
          titles.append(last)
          isMissing = true
        } else if let title = title(cell) {
          titles.append(title)
        } else {
          break
        }
      }
      guard titles.count == width - 1, isGrouped(titles),
        data.allSatisfy({ row in
          row.cells.dropFirst().allSatisfy { $0.isEmpty || isNumber($0) }
        })
      else { continue }
      let names = Set(titles.map(\.name)).subtracting([""])
      // What is a matrix as it stands is left to its reader.
      guard names.count <= 1, isMissing || names.count == 1 || hasSubtitles else { continue }
      let corner = row.cell(0).isEmpty && hasSubtitles ? sheet.rows[place + 1].cell(0) : row.cell(0)
      var words = corner
      if let name = names.first {
        let isNamed = corner.contains(where: \.isLetter) && !MatrixReader.isCommon(corner)
        words = (isNamed ? corner : "drug 1") + " \\ " + name
      }
      return (
        place, [words] + titles.map { "\(PlateReadingError.number($0.dose)) \($0.unit)" }, hasSubtitles,
        titles.indices.filter { $0 == 0 || titles[$0].dose != titles[$0 - 1].dose }
      )
    }
    return nil
  }

  /// The medians of the columns of two or three below each title, where they differ as no replicates do: a column lies below the
  /// one before it in nearly every row, by a quarter of the range of all numbers, and is a third of it or less.
  ///
  /// - Parameter groups: Where each title's columns begin, counted from the first column of numbers.
  private static func unlikeLevels(_ rows: ArraySlice<TextSheet.Row>, groups: [Int]) -> [Double]? {
    let width = rows.first.map { $0.width - 1 } ?? 0
    let sizes = Set(zip(groups, groups.dropFirst() + [width]).map { $1 - $0 })
    guard sizes.count == 1, let size = sizes.first, (2...3).contains(size) else { return nil }
    var columns = [[Double]](repeating: [], count: size)
    for row in rows {
      for group in groups {
        let texts = (0..<size).map { Array(row.cell(1 + group + $0).utf8) }
        let numbers = texts.compactMap { NumberReading().response(in: $0, 0..<$0.count)?.value }
        guard numbers.count == size else { continue }
        for (place, number) in numbers.enumerated() { columns[place].append(number) }
      }
    }
    let levels = columns.map { median($0) }
    guard columns[0].count >= 8, let range = columns.joined().map({ $0 }).range else { return nil }
    let isUnlike = (1..<size).contains { place in
      let below = zip(columns[0], columns[place]).count { $0 > $1 }
      return 20 * below >= 17 * columns[0].count && levels[0] - levels[place] > 0.25 * (range.high - range.low)
        && levels[0] > 3 * abs(levels[place])
    }
    return isUnlike ? levels : nil
  }

  /// Whether titles make at least two groups, all of several columns, whose doses are in order.
  private static func isGrouped(_ titles: [Title]) -> Bool {
    var groups: [(dose: Double, count: Int)] = []
    for title in titles {
      if let last = groups.last, last.dose == title.dose {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((title.dose, 1))
      }
    }
    let units = Set(titles.filter { $0.dose > 0 }.map(\.unit))
    return groups.count >= 2 && groups.allSatisfy { $0.count > 1 } && units.count == 1
      && BareMatrix.isOrdered(groups.map(\.dose))
  }

  /// Whether a cell may be a title, soon told: one has a dose or is a vehicle's name.
  private static func mayBeTitle(_ cell: String) -> Bool {
    cell.utf8.contains { (0x30...0x39).contains($0) } || AxisLabel.isVehicle(cell)
  }

  /// `0`, `10 nM`, `Venetoclax 10 nM`, `10 nM Venetoclax`, `DMSO`, each with a replicate's number behind it or without.
  private static func title(_ cell: String) -> Title? {
    guard !cell.isEmpty, cell.utf8.count <= 80 else { return nil }
    if AxisLabel.isVehicle(cell), cell.contains(where: \.isLetter) { return Title(dose: 0) }
    let text = cell.replacing(/(?:[:_]\s?Y?\d{1,2}|\s\(\d{1,2}\))$/, with: "").replacing(/M\.\d{1,2}$/, with: "M")
    guard let match = text.wholeMatch(of: /(.*?)\s*(\d+(?:\.\d+)?(?:[eE]-?\d+)?)\s*([pnuµμm]?M)?(?:\s+(.*))?/),
      let dose = Double(match.output.2)
    else { return nil }
    let (before, after) = (String(match.output.1), match.output.4.map(String.init) ?? "")
    guard before.isEmpty || after.isEmpty else { return nil }
    let name = before + after
    // `Day 3` and `Rep 1` are no doses.
    guard name.isEmpty || (name.contains(where: \.isLetter) && match.output.3 != nil), ReplicateWord(cell) == nil,
      before.last.map({ !"-_/".contains($0) }) ?? true
    else { return nil }
    return Title(name: name.trimmingMarks, dose: dose, unit: match.output.3.map(String.init) ?? "")
  }

  private static func isSubtitles(_ row: TextSheet.Row) -> Bool {
    let cells = row.cells.dropFirst().filter { !$0.isEmpty }
    return cells.count > 1 && cells.allSatisfy { $0.contains(where: \.isLetter) && !isNumber($0) }
  }

  /// Whether a column's own title says no more than which replicate it is: `Rep 1`, `Y1`, `A:Y1`.
  private static func isReplicate(_ text: String) -> Bool {
    text.isEmpty || (ReplicateWord(text).map { $0.rest.isEmpty } ?? false)
      || text.wholeMatch(of: /(?:[A-Za-z]+:)?Y?\d{1,2}/) != nil
  }

  private static func isNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return [NumberReading(), NumberReading(decimal: UInt8(ascii: ","))].contains {
      $0.response(in: bytes, 0..<bytes.count) != nil
    }
  }

  private static func isDose(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return AxisLabel.isVehicle(text) && text.contains(where: \.isLetter) || isNumber(text)
      || NumberReading().dose(in: bytes, 0..<bytes.count) != nil
  }
}

extension String {
  /// Without marks and spaces at its ends.
  fileprivate var trimmingMarks: String {
    String(drop { " ,;:=@-".contains($0) }.reversed().drop { " ,;:=@-".contains($0) }.reversed())
  }
}
