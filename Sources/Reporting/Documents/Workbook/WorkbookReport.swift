import Results
import Foundation
import Screening
import Synergy

/// `report.xlsx`: the numbers of a screen for those who go on with them in a spreadsheet.
///
/// The same source gives the same bytes: the date in the file is 1 January 1980 unless the environment's
/// `SOURCE_DATE_EPOCH` sets one.
struct WorkbookReport {
  let digest: ReportDigest
  /// A folder for temporary files.
  let folder: String

  private var source: ReportSource { digest.source }

  /// Writes the workbook.
  func write(to path: String) throws(ResultsError) {
    let file = try XlsxFile(
      path: path, title: "\(source.title) – synergy report", maker: "Isobole \(source.version)", created: Self.created,
      folder: folder)
    let summary = try file.sheet("Summary")
    let ranking = try file.sheet("Ranking")
    let cells = try file.sheet("Cells")
    let fits = try file.sheet("Fits")
    let quality = try source.plates.map { (plates) throws(ResultsError) in (plates, try file.sheet("Quality")) }
    let partners = try source.joined.map { (joined) throws(ResultsError) in (joined, try file.sheet("Gene screen")) }
    let problems = try file.sheet("Problems")
    let methods = try file.sheet("Methods")
    var cuts = try RankingSheet(source: source).write(to: ranking)
    let blocks = BlockSheets(source: source)
    cuts += try blocks.write(cells: cells, fits: fits)
    if let (plates, sheet) = quality { try QualitySheet(report: plates).write(to: sheet) }
    if let (joined, sheet) = partners { try PartnerSheet(joined: joined).write(to: sheet) }
    cuts += try ProblemSheet(source: source).write(to: problems)
    try MethodSheet(source: source).write(to: methods)
    let texts = [ranking, cells, fits, problems, methods].reduce(0) { $0 + $1.cutTexts }
    if texts > 0 {
      cuts.append("\(FigureText.count(texts, "text")) longer than Excel’s \(XlsxFile.mostUnits) characters: cut")
    }
    // Last, since it says what had to be left out of the others.
    try SummarySheet(digest: digest, cuts: cuts, blocks: blocks.choice).write(to: summary)
    try file.close()
  }

  /// The date written into the file, seconds since 1970: zip's first day, or what the environment says.
  private static var created: Int {
    ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int.init)
      .flatMap { (315_532_800...253_402_300_799).contains($0) ? $0 : nil } ?? 315_532_800
  }
}
