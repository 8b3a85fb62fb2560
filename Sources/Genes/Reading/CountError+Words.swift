import Spreadsheets

extension CountError: CustomStringConvertible, QuotesFiles {
  /// The sentence for the user.
  public var description: String {
    switch self {
    case .empty, .notText, .damagedGzip, .tooLarge, .openQuote, .rowTooLarge, .noTable, .noHeader, .noRows, .raggedRow:
      fileWords
    case .columnNotFound, .equalColumns, .noGenes, .noSamples: columnWords
    case .noName, .duplicateGuide, .guideOfTwoGenes, .severalGenes, .notInLibrary: rowWords
    case .missingCount, .notACount, .negativeCount, .fractionalCount, .countTooLarge: countWords
    case .noCountFiles, .severalSamples, .sampleTwice, .otherGuides, .otherGene: directoryWords
    case .noArm, .sampleInBothArms, .sampleRepeated, .unequalPairs, .noReads, .tooFewGuides: contrastWords
    case .cannotRead, .noGeneResults, .noTargets, .emptyList, .nothingFound, .twoActions, .noDesignColumn, .unknownArm,
      .designSampleTwice, .noContrast, .contrastTwice,
      .noPair:
      listWords
    }
  }

  private var fileWords: String {
    switch self {
    case .empty(let place):
      "\(place): the file is empty; expected \(place.content.rawValue)\(place.content == .names ? "" : " with a header")"
    case .notText(let place, let kind):
      "\(place): this is \(kind); expected \(place.content.rawValue) as text with commas or tabs (.csv, .tsv, .txt, also with .gz)"
    case .damagedGzip(let place):
      "\(place): the packed bytes are damaged or end too early; copy the file again, and check it with gzip -t"
    case .tooLarge(let place, let most):
      "\(place): inflates to more than \(most >> 20) MiB; expected \(place.content.rawValue)"
    case .openQuote(let place): "\(place): a quoted field has no closing quote; add it, or remove the opening one"
    case .rowTooLarge(let place):
      "\(place): the row has more than \(CSVRows.mostFields) fields or \(CSVRows.largestRow >> 20) MiB; expected one row per \(place.content.row)"
    case .noTable(let place, let read):
      "\(place): read \(Self.quoted(read)), which has one field; expected columns separated by tabs, commas or semicolons"
    case .noHeader(let place, let read):
      "\(place): the first row begins with the number \(Self.quoted(read)); expected a header such as \(place.content.header). Add one"
    case .noRows(let place): "\(place): there are no rows below the header; expected one row per \(place.content.row)"
    case .raggedRow(let place, let fields, let expected):
      "\(place): the row has \(fields) field\(fields == 1 ? "" : "s"), the header \(expected); a separator is missing or too many"
    default: ""
    }
  }

  private var columnWords: String {
    switch self {
    case .columnNotFound(let place, let wanted, let columns):
      "\(place): there is no column \(Self.quoted(wanted)). Columns: \(Self.list(columns))"
        + (Self.nearest(to: wanted, in: columns).map { ". Did you mean \(Self.quoted($0))?" } ?? "")
    case .equalColumns(let place, let name, let places):
      "\(place): \(places.count) columns are called \(Self.quoted(name)) (columns \(places.map { "\($0 + 1)" }.joined(separator: ", "))); "
        + "give each sample a name of its own"
    case .noGenes(let place, let columns, let example):
      "\(place): no column holds genes, and the gene does not stand in the guides' names (\(Self.quoted(example)); expected as A1BG_guide1). "
        + "Columns: \(Self.list(columns)). Name the column with --gene-column, or give a table of guides and genes with --library"
    case .noSamples(let place, let columns):
      "\(place): no column holds counts. Columns: \(Self.list(columns)); expected one per sample"
    default: ""
    }
  }

  private var rowWords: String {
    switch self {
    case .noName(let place):
      "\(place): the name is empty; every \(place.content.row) needs a name\(place.content == .counts || place.content == .library ? " and a gene" : "")"
    case .duplicateGuide(let place, let guide, let firstLine):
      "\(place): the guide \(Self.quoted(guide)) stands in line \(firstLine) too; give each guide one row (add the counts of rows that are the same guide)"
    case .guideOfTwoGenes(let place, let guide, let gene, let firstGene, let firstLine):
      "\(place): the guide \(Self.quoted(guide)) is of \(Self.quoted(gene)) here and of \(Self.quoted(firstGene)) in line \(firstLine); keep the row of the gene that it targets"
    case .severalGenes(let place, let guide, let read):
      "\(place): the guide \(Self.quoted(guide)) has several genes, \(Self.quoted(read)); name one gene, or a name of its own for the pair such as A_B"
    case .notInLibrary(let place, let guide, let library, let missing):
      "\(place): \(missing) guides are not in the library \(library), the first is \(Self.quoted(guide)); expected every guide of the counts. "
        + "Add them to the library, or remove --library where the counts have genes"
    default: ""
    }
  }

  private var countWords: String {
    switch self {
    case .missingCount(let place, let guide, let read):
      "\(place): the count of \(Self.quoted(guide)) is missing (\(Self.quoted(read))); expected a whole number of reads. "
        + "Write 0 if no read was found, or remove the guide from the table"
    case .notACount(let place, let guide, let read):
      place.content == .results
        ? "\(place): \(Self.quoted(guide)) has \(Self.quoted(read)); expected a number. Score the genes again with isobole genes"
        : "\(place): the count of \(Self.quoted(guide)) is \(Self.quoted(read)); expected a whole number of reads"
    case .negativeCount(let place, let guide, let read):
      "\(place): the count of \(Self.quoted(guide)) is \(read), below 0; expected reads. Fold changes and log counts cannot be used: give the raw counts"
    case .fractionalCount(let place, let guide, let read):
      "\(place): the count of \(Self.quoted(guide)) is \(read); expected a whole number. Normalised counts have lost what the noise is judged by: "
        + "give the raw counts, or round with --round-counts if these are estimated reads"
    case .countTooLarge(let place, let guide, let read):
      "\(place): the count of \(Self.quoted(guide)) is \(read); expected a number of reads below 10¹²"
    default: ""
    }
  }

  private var directoryWords: String {
    switch self {
    case .noCountFiles(let directory):
      "\(directory): no files of counts; expected .csv, .tsv, .tab, .txt or .counts (also with .gz), one per sample"
    case .severalSamples(let place, let columns):
      "\(place): has several columns of counts (\(Self.list(columns))); expected one sample per file in a directory. "
        + "Give a table of all samples as a file"
    case .sampleTwice(let place, let sample, let first):
      "\(place): the sample \(Self.quoted(sample)) is in \(first) too; rename one of the files"
    case .otherGuides(let place, let first, let missing, let added, let example):
      "\(place): has not the guides of \(first): \(missing) missing, \(added) more (\(Self.quoted(example))); expected the same library. "
        + "Write 0 for guides without reads"
    case .otherGene(let place, let guide, let gene, let firstGene, let first):
      "\(place): the guide \(Self.quoted(guide)) is of \(Self.quoted(gene)) here and of \(Self.quoted(firstGene)) in \(first); keep one"
    default: ""
    }
  }

  private var contrastWords: String {
    switch self {
    case .noArm(let contrast, let arm):
      "\(contrast): no \(arm) sample; expected at least one \(arm). Name samples with --control and --treatment, or in --design"
    case .sampleInBothArms(let sample): "the sample \(Self.quoted(sample)) is a control and a treatment; name it once"
    case .sampleRepeated(let sample, let arm):
      "the sample \(Self.quoted(sample)) is named twice among the \(arm) samples; name it once"
    case .unequalPairs(let contrast, let controls, let treatments):
      "\(contrast): \(controls) controls and \(treatments) treatments; --paired needs as many of each, in the same order"
    case .noReads(let sample):
      "the sample \(Self.quoted(sample)) has no reads at all; exclude it from the contrast, or count it again"
    case .tooFewGuides(let contrast, let guides, let least, let why):
      "\(contrast): \(guides) guides have reads, \(why) needs at least \(least)"
    default: ""
    }
  }

  private var listWords: String {
    switch self {
    case .emptyList(let place): "\(place): no names; expected one name per line"
    case .nothingFound(let place, let what, let example):
      "\(place): none of its names is a gene or guide of the table (\(Self.quoted(example))); expected \(what) as the table calls them"
    case .cannotRead(let place, let reason): "\(place): \(reason)"
    case .noGeneResults(let directory):
      "\(directory): there is no genes.csv; expected a directory that isobole genes wrote (--out, else Genes/<drug>)"
    case .noTargets(let directory):
      "\(directory): no targets of any drug are known; give a table drug, gene, action, source with --targets, or target: in --compounds"
    case .twoActions(let place, let drug, let gene, let firstLine):
      "\(place): the action of \(Self.quoted(drug)) on \(Self.quoted(gene)) is another than in line \(firstLine); keep one of them"
    case .noDesignColumn(let place, let missing, let columns):
      "\(place): there is no column \(Self.quoted(missing)). Columns: \(Self.list(columns)); expected sample, arm and, where they differ, "
        + "drug, dose, day, replicate, line"
    case .unknownArm(let place, let sample, let read):
      "\(place): the arm of \(Self.quoted(sample)) is \(Self.quoted(read)); expected control (vehicle), treatment (drug) or initial (plasmid, day 0)"
    case .designSampleTwice(let place, let sample, let firstLine):
      "\(place): the sample \(Self.quoted(sample)) stands in line \(firstLine) too; give each sample one row"
    case .noContrast(let place, let reason): "\(place): \(reason)"
    case .contrastTwice(let place, let name, let first, let second):
      "\(place): two contrasts would be called “\(name)”: \(first), and \(second). Write drug and dose the same way in all rows"
    case .noPair(let place, let contrast, let replicate):
      "\(place): \(contrast): replicate \(Self.quoted(replicate)) is not one control and one treatment; --paired needs one of each per replicate"
    default: ""
    }
  }

  /// The name that is a typing error away: another case, or one or two letters.
  static func nearest(to wanted: String, in names: [String]) -> String? {
    let folded = wanted.lowercased()
    let ranked = names.map { (name: $0, distance: distance(folded, $0.lowercased())) }.filter { $0.distance <= 2 }
    return ranked.min { $0.distance < $1.distance }?.name
  }

  /// Levenshtein's distance.
  private static func distance(_ one: String, _ other: String) -> Int {
    let (a, b) = (Array(one.utf8), Array(other.utf8))
    guard abs(a.count - b.count) <= 2, !a.isEmpty else { return 9 }
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let change = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(change, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
