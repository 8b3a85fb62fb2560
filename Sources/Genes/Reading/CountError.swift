/// Why a table of counts, a list of names or a table of samples cannot be used: what was read, what was expected, what to do.
public enum CountError: Error, Hashable, Sendable {
  /// What a file should hold.
  public enum Content: String, Hashable, Sendable {
    case counts = "a table of counts"
    case samples = "a table of samples"
    case library = "a table of guides and genes"
    case names = "a list of names"
    case targets = "a table of drugs and their targets"
    case results = "a table of genes that isobole genes wrote"

    /// What a row is about.
    var row: String {
      switch self {
      case .counts, .library: "guide"
      case .samples: "sample"
      case .names: "name"
      case .targets: "drug and target"
      case .results: "gene"
      }
    }

    /// A header that it could have.
    var header: String {
      switch self {
      case .counts: "sgRNA, Gene and one column per sample"
      case .samples: "sample, arm, drug"
      case .library: "guide, gene"
      case .names: "gene"
      case .targets: "drug, gene, action, source"
      case .results: "contrast, gene, effect"
      }
    }
  }

  /// A place in a file. The line counts from 1; the column is its name.
  public struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The file, as the user named it.
    public var file: String
    /// The line, from 1.
    public var line: Int?
    /// The column's name.
    public var column: String?
    /// What the file should hold.
    public var content: Content

    /// A place.
    public init(_ file: String, line: Int? = nil, column: String? = nil, content: Content = .counts) {
      (self.file, self.line, self.column, self.content) = (file, line, column, content)
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
  case notInLibrary(Place, guide: String, library: String, missing: Int)

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

  // Results of isobole genes, and tables of targets
  case cannotRead(Place, reason: String)
  case noGeneResults(directory: String)
  case noTargets(directory: String)
  case twoActions(Place, drug: String, gene: String, firstLine: Int)

  // Tables of samples
  case noDesignColumn(Place, missing: String, columns: [String])
  case unknownArm(Place, sample: String, read: String)
  case designSampleTwice(Place, sample: String, firstLine: Int)
  case noContrast(Place, reason: String)
  case contrastTwice(Place, name: String, first: String, second: String)
  case noPair(Place, contrast: String, replicate: String)

  /// Whether the command's words are at fault, not an input.
  public var isWrongCommand: Bool {
    switch self {
    case .columnNotFound, .noArm, .sampleInBothArms, .sampleRepeated, .unequalPairs, .emptyList, .nothingFound,
      .noDesignColumn, .unknownArm, .designSampleTwice, .noContrast, .contrastTwice,
      .noPair:
      true
    default: false
    }
  }
}
