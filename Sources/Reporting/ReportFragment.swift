import Assay
import Screening
import Synergy

/// A block as it goes into each of the files: made on any thread, written by one.
public struct ReportFragment: Sendable {
  /// Number of drugs of the block.
  let drugs: Int
  /// Rows of `cells.csv` for so many drugs.
  let cells: [UInt8]
  /// Rows of `fits.csv`: the monotherapies.
  let fits: [UInt8]
  /// Rows of `fits.csv`: the lines.
  let lineFits: [UInt8]
  /// The block's object in `results.json`.
  let json: [UInt8]

  /// Turns an analysed block into what is written of it. Depends on its arguments only.
  public init(_ analysis: BlockAnalysis, index: Int) {
    drugs = analysis.matrix.drugCount
    cells = CellTable.rows(of: analysis)
    fits = FitTable.monotherapies(of: analysis)
    lineFits = FitTable.lines(of: analysis)
    json = BlockJSON.object(of: analysis, index: index)
  }
}
