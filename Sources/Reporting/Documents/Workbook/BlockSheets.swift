import Results
import Screening
import Synergy

/// The cells and the fits of the best combinations: both come from the blocks' whole analyses, so a block is fetched
/// once for both.
struct BlockSheets {
  let source: ReportSource

  /// The most combinations whose cells and fits the workbook has, best first: it costs what it shows, and `cells.csv`
  /// and `fits.csv` have all.
  static let mostBlocks = 20

  /// Which combinations they are, and where the others stand; `nil` where they are all.
  var choice: String? {
    source.ranked.count > Self.mostBlocks
      ? "of the best \(Self.mostBlocks) of \(FigureText.grouped(source.ranked.count)) combinations" : nil
  }

  /// Writes the sheets, best block first; returns what had to be left out for want of room.
  func write(cells: XlsxSheet, fits: XlsxSheet) throws(ResultsError) -> [String] {
    let shown = source.ranked.prefix(Self.mostBlocks)
    let drugs = max(2, shown.map(\.drugs.count).max() ?? 2)
    let columns = CellColumns(drugs: drugs, models: source.options.synergy.models)
    try cells.header(columns.titles, frozenColumns: 1 + drugs)
    try fits.header(Self.fitTitles, frozenColumns: 2)
    let (cellColumns, fitColumns) = (cells.columns(columns.looks), fits.columns(Self.fitLooks))
    var cut = 0
    for (position, summary) in shown.enumerated() {
      let analysis = try source.blocks.analysis(of: summary.index)
      let matrix = analysis.matrix
      let measured = matrix.count.count { $0 > 0 }
      if cells.row + measured >= XlsxFile.mostRows || fits.row + drugs >= XlsxFile.mostRows {
        cut = shown.count - position
        break
      }
      for cell in 0..<matrix.cellCount where matrix.count[cell] > 0 {
        try cells.append(columns.row(of: cell, in: analysis), cellColumns)
      }
      for row in Self.fitRows(of: analysis) { try fits.append(row, fitColumns) }
    }
    cells.finish(synergy: columns.synergy, response: [columns.response])
    fits.finish()
    return cut == 0
      ? []
      : [
        "Cells and Fits lack the last \(FigureText.count(cut, "combination")): Excel has no room for more; cells.csv and fits.csv have all."
      ]
  }

  private static let fitTitles = [
    "Block", "Drug", "Unit", "E0, %", "Emax, %", "Emax low", "Emax high", "Hill slope", "EC50", "Relative IC50",
    "Absolute IC50", "Absolute IC50 low", "Absolute IC50 high", "RI, %", "RSS", "R²", "Points", "Status",
  ]
  private static let fitLooks: [CellLook] =
    [.plain, .plain, .plain, .tenths, .tenths, .tenths, .tenths, .thousandths]
    + Array(repeating: .plain, count: 5) + [.tenths, .tenths, .thousandths, .whole, .plain]

  private static func fitRows(of analysis: BlockAnalysis) -> [[Field]] {
    analysis.monotherapies.map { monotherapy in
      let (fit, axis) = (monotherapy.fit, analysis.matrix.axes[monotherapy.drug])
      let emax = analysis.inference?.emax.at(monotherapy.drug)
      let ic50 = analysis.inference?.ic50.at(monotherapy.drug)
      return [
        .text(analysis.matrix.id), .text(axis.drug), .text(axis.unit.description), .number(fit.curve.e0),
        .number(fit.emax), .number(emax?.low), .number(emax?.high), .number(fit.curve.hill),
        .number(fit.curve.ec50), .number(monotherapy.relativeIC50), .number(monotherapy.absoluteIC50),
        .number(ic50?.low), .number(ic50?.high), .number(monotherapy.relativeInhibition), .number(fit.rss),
        .number(fit.r2), .integer(fit.points), .text(fit.status.rawValue.split(separator: "_").joined(separator: " ")),
      ]
    }
  }
}

/// The columns of the sheet of cells.
struct CellColumns {
  let drugs: Int
  let models: [NullModel]

  /// Headings.
  var titles: [String] {
    ["Block"] + (1...drugs).map { "Drug \($0)" } + ["Sample"] + (1...drugs).map { "Dose \($0)" }
      + ["Response, %", "Wells"]
      + models.flatMap { model in
        (model == .zip ? ["ZIP fit"] : [])
          + ["reference", "synergy", "low", "high", "p"].map { "\(model.name) \($0)" }
      }
  }

  /// How each is written.
  var looks: [CellLook] {
    Array(repeating: .plain, count: 2 + 2 * drugs) + [.tenths, .whole]
      + models.flatMap { model -> [CellLook] in
        (model == .zip ? [.tenths] : []) + [.tenths, .points, .points, .points, .probability]
      }
  }

  /// The column of the responses.
  var response: Int { 2 + 2 * drugs }
  /// The columns of the synergies.
  var synergy: [Int] { titles.indices.filter { titles[$0].hasSuffix(" synergy") } }

  /// A cell's row.
  func row(of cell: Int, in analysis: BlockAnalysis) -> [Field] {
    let matrix = analysis.matrix
    var row: [Field] = [.text(matrix.id)]
    row += (0..<drugs).map { .text(matrix.axes.at($0)?.drug) }
    row.append(.text(matrix.sample))
    row += (0..<drugs).map { .number($0 < matrix.drugCount ? matrix.dose(of: $0, in: cell) : nil) }
    row += [.number(matrix.mean[cell]), .integer(matrix.count[cell])]
    for model in models {
      let (score, inference) = (analysis.score(of: model), analysis.inference(of: model))
      if model == .zip { row.append(.number(score?.fit?[cell])) }
      row += [
        .number(score?.reference[cell]), .number(score?.synergy[cell]), .number(inference?.cells[cell].low),
        .number(inference?.cells[cell].high), .number(inference?.cellP[cell]),
      ]
    }
    return row
  }
}
