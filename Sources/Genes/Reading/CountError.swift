/// Why a table of counts, a list of names or a table of samples cannot be used: what was read, what was expected, what to do.
public enum CountError: Error, Hashable, Sendable {
  /// A place in a file. The line counts from 1; the column is its name.
  public struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The file, as the user named it.
    public var file: String
    /// The line, from 1.
    public var line: Int?
    /// The column's name.
    public var column: String?

    /// A place.
    public init(_ file: String, line: Int? = nil, column: String? = nil) {
      (self.file, self.line, self.column) = (file, line, column)
    }

    /// `counts.tsv, line 3, column "Veh_1"`.
    public var description: String {
      file + (line.map { ", line \($0)" } ?? "") + (column.map { ", column \"\($0)\"" } ?? "")
    }
  }

  // Files
  case empty(Place)
  case notText(Place, kind: String)
  case damagedGzip(Place)
  case tooLarge(Place, mostBytes: Int)
  case openQuote(Place)
  case rowTooLarge(Place)
  case noTable(Place, read: String)
  case noHeader(Place, read: String)
  case noRows(Place)
  case raggedRow(Place, fields: Int, expected: Int)

  // Columns
  case columnNotFound(Place, wanted: String, columns: [String])
  case equalColumns(Place, name: String, places: [Int])
  case noGenes(Place, columns: [String], example: String)
  case noSamples(Place, columns: [String])

  // Rows
  case noName(Place)
  case duplicateGuide(Place, guide: String, firstLine: Int)
  case guideOfTwoGenes(Place, guide: String, gene: String, firstGene: String, firstLine: Int)
  case severalGenes(Place, guide: String, read: String)

  // Counts
  case missingCount(Place, guide: String, read: String)
  case notACount(Place, guide: String, read: String)
  case negativeCount(Place, guide: String, read: String)
  case fractionalCount(Place, guide: String, read: String)
  case countTooLarge(Place, guide: String, read: String)

  // Files of one sample each
  case noCountFiles(directory: String)
  case severalSamples(Place, columns: [String])
  case sampleTwice(Place, sample: String, first: String)
  case otherGuides(Place, first: String, missing: Int, added: Int, example: String)
  case otherGene(Place, guide: String, gene: String, firstGene: String, first: String)

  // Contrasts
  case noArm(contrast: String, arm: String)
  case sampleInBothArms(sample: String)
  case sampleRepeated(sample: String, arm: String)
  case unequalPairs(contrast: String, controls: Int, treatments: Int)
  case noReads(sample: String)
  case tooFewGuides(contrast: String, guides: Int, least: Int, why: String)

  // Lists of names
  case emptyList(Place)
  case nothingFound(Place, what: String, example: String)

  // Tables of samples
  case noDesignColumn(Place, missing: String, columns: [String])
  case unknownArm(Place, sample: String, read: String)
  case designSampleTwice(Place, sample: String, firstLine: Int)
  case noContrast(Place, reason: String)
  case noPair(Place, contrast: String, replicate: String)

  /// Whether the command's words are at fault, not an input.
  public var isWrongCommand: Bool {
    switch self {
    case .columnNotFound, .noArm, .sampleInBothArms, .sampleRepeated, .unequalPairs, .emptyList, .nothingFound,
      .noDesignColumn, .unknownArm, .designSampleTwice, .noContrast, .noPair:
      true
    default: false
    }
  }
}
