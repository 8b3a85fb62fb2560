import Spreadsheets

/// Reads tables of counts: comma, tab or semicolon, packed with gzip or not, the forms of MAGeCK, drugZ, BAGEL, JACKS and nf-core.
public enum CountReader {
  /// Reads one table with a column per sample.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, for messages.
  ///   - samples: The columns to read; `nil` for all. Nothing is asked of the others.
  /// - Throws: `CountError`: whatever is not a whole number of reads of one guide of one gene.
  public static func read(
    _ bytes: [UInt8], file: String, samples: [String]? = nil, options: CountReadingOptions = .init()
  ) throws(CountError) -> CountTable {
    let rows = try rows(bytes, file: file, samples: samples, options: options)
    return table(of: rows, file: file)
  }

  private static func table(of rows: Rows, file: String) -> CountTable {
    var table = CountTable(
      guides: rows.guides, genes: rows.genes, samples: rows.samples, counts: rows.counts, notes: rows.notes)
    if let note = DateGenes.note(table.genes, file: file) { table.notes.append(note) }
    return table
  }

  /// What a file holds, in its order.
  struct Rows {
    var guides: [String] = []
    var genes: [String] = []
    var samples: [String] = []
    var counts: [[Double]] = []
    var notes: [CountTable.Note] = []
  }

  static func rows(
    _ bytes: [UInt8], file: String, samples: [String]?, options: CountReadingOptions
  ) throws(CountError) -> Rows {
    let text = try CountText(bytes, file: file)
    let place = CountError.Place(file, line: text.headerLine)
    let columns = try CountColumns(
      names: text.header, place: place, wanted: samples, options: options, firstRow: text.firstRow)
    var reading = CountRows(text, columns, options)
    let ending = CSVRows.forEach(in: text.bytes, from: text.start, firstLine: text.firstLine, separator: text.separator)
    { row in
      reading.take(row)
    }
    if let error = reading.error { throw openQuote(in: text, behind: error) ?? error }
    switch ending {
    case .openQuote(let line): throw .openQuote(CountError.Place(file, line: line))
    case .rowTooLarge(let line): throw .rowTooLarge(CountError.Place(file, line: line))
    case .complete, .stopped: break
    }
    return try reading.finish()
  }

  /// A row with a quote that is not closed reads as one with few fields.
  private static func openQuote(in text: CountText, behind error: CountError) -> CountError? {
    guard case .raggedRow(let place, _, _) = error else { return nil }
    let ending = CSVRows.forEach(in: text.bytes, from: text.start, firstLine: text.firstLine, separator: text.separator)
    {
      _ in true
    }
    if case .openQuote(let line) = ending, line == place.line { return .openQuote(place) }
    return nil
  }

  /// Reads files of one sample each: a guide and a count per row, the gene between them or in the guide's name. The sample is called
  /// after its column, where that is not just `count` or `reads`, else after its file.
  ///
  /// - Parameters:
  ///   - files: Names and bytes, in any order.
  ///   - samples: The samples that are needed; `nil` for all. A file that cannot be read is no error where it is none of them.
  /// - Throws: `CountError`; the files of all needed samples must have the same guides.
  public static func read(
    files: [(name: String, bytes: [UInt8])], samples: [String]? = nil, options: CountReadingOptions = .init()
  ) throws(CountError) -> CountTable {
    guard let first = files.first else { throw .noCountFiles(directory: "") }
    var joined: Rows?
    var firstFile = first.name
    var rowOf: [String: Int] = [:]
    var fileOf: [String: String] = [:]
    var unread: [CountError] = []
    var others: [String] = []
    for file in files {
      let rows: Rows
      do throws(CountError) { rows = try sample(file.bytes, file: file.name, options: options) } catch {
        if samples == nil { throw error }
        unread.append(error)
        continue
      }
      let sample = rows.samples[0]
      if let samples, !samples.contains(sample) {
        others.append(sample)
        continue
      }
      if let other = fileOf[sample] { throw .sampleTwice(CountError.Place(file.name), sample: sample, first: other) }
      fileOf[sample] = file.name
      guard var all = joined else {
        for (row, guide) in rows.guides.enumerated() { rowOf[guide] = row }
        (joined, firstFile) = (rows, file.name)
        continue
      }
      try append(rows, to: &all, rowOf, file: file.name, firstFile)
      joined = all
    }
    var all = joined ?? Rows()
    // Which sample a file that cannot be read holds is not known: where one is missing, that is why.
    if let missing = samples?.first(where: { fileOf[$0] == nil }) {
      if let error = unread.first { throw error }
      throw .columnNotFound(CountError.Place(first.name), wanted: missing, columns: others + fileOf.keys.sorted())
    }
    all.notes += unread.map { .init(file: first.name, message: "not needed and not read: \($0)", isWarning: true) }
    return table(of: all, file: firstFile)
  }

  /// The rows of a file of one sample, called after its column or its file.
  private static func sample(
    _ bytes: [UInt8], file: String, options: CountReadingOptions
  ) throws(CountError) -> Rows {
    var rows = try rows(bytes, file: file, samples: nil, options: options)
    guard rows.samples.count == 1 else { throw .severalSamples(CountError.Place(file), columns: rows.samples) }
    if countWords.contains(CountColumns.fold(rows.samples[0])) { rows.samples = [stem(file)] }
    return rows
  }

  private static func append(
    _ rows: Rows, to all: inout Rows, _ rowOf: [String: Int], file: String, _ firstFile: String
  ) throws(CountError) {
    var column = [Double](repeating: -1, count: all.guides.count)
    var added: [String] = []
    for (row, guide) in rows.guides.enumerated() {
      guard let place = rowOf[guide] else {
        added.append(guide)
        continue
      }
      guard all.genes[place] == rows.genes[row] else {
        throw .otherGene(
          CountError.Place(file), guide: guide, gene: rows.genes[row], firstGene: all.genes[place], first: firstFile)
      }
      column[place] = rows.counts[0][row]
    }
    let missing = column.indices.filter { column[$0] < 0 }
    guard missing.isEmpty, added.isEmpty else {
      throw .otherGuides(
        CountError.Place(file), first: firstFile, missing: missing.count, added: added.count,
        example: added.first ?? all.guides[missing[0]])
    }
    all.samples += rows.samples
    all.counts.append(column)
    all.notes += rows.notes
  }

  private static let countWords: Set<String> = [
    "count", "counts", "reads", "readcount", "readcounts", "numreads", "n", "rawcount",
  ]

  /// A file's name without directory and endings.
  static func stem(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".csv", ".tsv", ".tab", ".txt", ".counts", ".count"] where name.lowercased().hasSuffix(ending)
    {
      name = String(name.dropLast(ending.count))
    }
    return name
  }

  /// Endings of files of counts, in a directory.
  public static let endings = [".csv", ".tsv", ".tab", ".txt", ".counts", ".count"]

  /// Whether a file of a directory is looked at.
  public static func isCountFile(_ name: String) -> Bool {
    let lower = name.lowercased()
    let plain = lower.hasSuffix(".gz") ? String(lower.dropLast(3)) : lower
    return !name.hasPrefix(".") && endings.contains { plain.hasSuffix($0) }
  }
}
