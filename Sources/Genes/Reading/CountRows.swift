import Spreadsheets

/// Takes the rows of a table of counts, and remembers the first that is not as it must be.
struct CountRows {
  private let text: CountText
  private let columns: CountColumns
  private let options: CountReadingOptions
  private let fields: Int
  private var rows = CountReader.Rows()
  private var lines: [Int] = []
  private var lineOf: [String: Int] = [:]
  private var rounded = 0
  private(set) var error: CountError?

  init(_ text: CountText, _ columns: CountColumns, _ options: CountReadingOptions) {
    (self.text, self.columns, self.options) = (text, columns, options)
    fields = text.header.count
    rows.samples = columns.samples.map { columns.names[$0] }
    rows.counts = Array(repeating: [], count: columns.samples.count)
    let guess = (text.bytes.count - text.start) / 30
    for sample in rows.counts.indices { rows.counts[sample].reserveCapacity(guess) }
    lineOf.reserveCapacity(guess)
  }

  /// Takes a row; answers whether it wants more.
  mutating func take(_ row: borrowing TextRow) -> Bool {
    do throws(CountError) {
      try add(row)
      return true
    } catch {
      self.error = error
      return false
    }
  }

  private func place(_ row: borrowing TextRow, _ column: Int? = nil) -> CountError.Place {
    CountError.Place(text.file, line: row.line, column: column.map { columns.names[$0] })
  }

  private mutating func add(_ row: borrowing TextRow) throws(CountError) {
    guard row.count == fields else { throw .raggedRow(place(row), fields: row.count, expected: fields) }
    let guide = row.text(columns.guide)
    guard !guide.isEmpty else { throw .noName(place(row, columns.guide)) }
    if let column = columns.gene {
      let isSame = rows.genes.last.map { last in Self.holds(row, column, last) } ?? false
      let gene = isSame ? rows.genes[rows.genes.count - 1] : row.text(column)
      guard !gene.isEmpty else { throw .noName(place(row, column)) }
      if !isSame, gene.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }) {
        throw .severalGenes(place(row, column), guide: guide, read: gene)
      }
      rows.genes.append(gene)
    }
    if let first = lineOf.updateValue(row.line, forKey: guide) { throw twice(row, guide, first) }
    rows.guides.append(guide)
    lines.append(row.line)
    // Digits alone, as nearly all counts are, without leaving the row's bytes.
    let samples = columns.samples
    let plain = row.bytes.withUnsafeBufferPointer { bytes in
      var taken = 0
      while taken < samples.count, let count = Self.digits(bytes, row.range(samples[taken])) {
        rows.counts[taken].append(count)
        taken += 1
      }
      return taken
    }
    for sample in plain..<max(plain, samples.count) {
      rows.counts[sample].append(try count(row, samples[sample], guide))
    }
  }

  /// Whether a field holds a text.
  private static func holds(_ row: borrowing TextRow, _ column: Int, _ text: String) -> Bool {
    let range = row.range(column)
    guard range.count == text.utf8.count else { return false }
    return row.bytes.withUnsafeBufferPointer { bytes in
      var place = range.lowerBound
      for byte in text.utf8 {
        if bytes[place] != byte { return false }
        place += 1
      }
      return true
    }
  }

  private func twice(_ row: borrowing TextRow, _ guide: String, _ first: Int) -> CountError {
    let before = lines.firstIndex(of: first).flatMap { $0 < rows.genes.count ? rows.genes[$0] : nil }
    if columns.gene != nil, let gene = rows.genes.last, let before, gene != before {
      return .guideOfTwoGenes(place(row, columns.guide), guide: guide, gene: gene, firstGene: before, firstLine: first)
    }
    return .duplicateGuide(place(row, columns.guide), guide: guide, firstLine: first)
  }

  /// A whole number of at most 12 digits; zeros may stand behind a decimal point.
  @inline(__always)
  private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Double? {
    guard range.count > 0, range.count <= 14 else { return nil }
    var value = 0
    var place = range.lowerBound
    while place < range.upperBound, place - range.lowerBound < 12 {
      let digit = Int(bytes[place]) - 48
      guard 0...9 ~= digit else { break }
      value = value * 10 + digit
      place += 1
    }
    guard place > range.lowerBound else { return nil }
    if place < range.upperBound {
      guard bytes[place] == UInt8(ascii: "."), place + 1 < range.upperBound else { return nil }
      place += 1
      while place < range.upperBound, bytes[place] == UInt8(ascii: "0") { place += 1 }
      guard place == range.upperBound else { return nil }
    }
    return Double(value)
  }

  private static let missing: Set<String> = ["", "na", "n/a", "nan", "null", "none", ".", "-", "?"]

  /// A count that is not just digits.
  private mutating func count(_ row: borrowing TextRow, _ column: Int, _ guide: String) throws(CountError) -> Double {
    let read = row.text(column)
    let place = place(row, column)
    guard !Self.missing.contains(read.lowercased()) else { throw .missingCount(place, guide: guide, read: read) }
    guard let value = NumberReading().number(in: row.bytes, row.range(column)) else {
      throw .notACount(place, guide: guide, read: read)
    }
    guard value >= 0 else { throw .negativeCount(place, guide: guide, read: read) }
    guard value < 1e12 else { throw .countTooLarge(place, guide: guide, read: read) }
    guard value == value.rounded() || options.roundsCounts else {
      throw .fractionalCount(place, guide: guide, read: read)
    }
    if value != value.rounded() { rounded += 1 }
    return (value + 0.5).rounded(.down)
  }

  /// What was read, with the genes of guides whose table has none.
  func finish() throws(CountError) -> CountReader.Rows {
    var rows = rows
    let place = CountError.Place(text.file, line: text.headerLine)
    guard let example = rows.guides.first else { throw .noRows(place) }
    if !options.library.isEmpty {
      let missing = rows.guides.filter { options.library[$0] == nil }
      if let guide = missing.first {
        throw .notInLibrary(place, guide: guide, library: options.libraryFile, missing: missing.count)
      }
      let genes = rows.guides.map { options.library[$0] ?? "" }
      let other = columns.gene == nil ? [] : genes.indices.filter { genes[$0] != rows.genes[$0] }
      if let first = other.first {
        rows.notes.append(
          .init(
            file: text.file,
            message:
              "\(other.count) of \(genes.count) guides have another gene here than in \(options.libraryFile), the first in line \(lines[first]): "
              + "\(CountError.quoted(rows.guides[first])) is of \(CountError.quoted(rows.genes[first])) here and of \(CountError.quoted(genes[first])) there. "
              + "The library's genes are used; remove --library to use the table's",
            isWarning: true))
      }
      rows.genes = genes
    } else if columns.gene == nil {
      guard let genes = GuideNames.genes(of: rows.guides) else {
        throw .noGenes(place, columns: columns.names, example: example)
      }
      rows.genes = genes
      rows.notes.append(
        .init(
          file: text.file,
          message: "no column holds genes; they were read from the guides' names, as \(genes[0]) from \(example)"))
    }
    if !columns.others.isEmpty {
      rows.notes.append(
        .init(
          file: text.file,
          message: "columns that are not counts: \(CountError.list(columns.others.map { columns.names[$0] }))"))
    }
    if rounded > 0 {
      rows.notes.append(
        .init(
          file: text.file, message: "\(rounded) counts that are not whole numbers were rounded (--round-counts)",
          isWarning: true))
    }
    return rows
  }
}
