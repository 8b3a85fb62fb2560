import Assay
import Results
import Screening
import Synergy

/// A block as it goes into the store and the tables: made on any thread, written by one.
public struct ReportFragment: Sendable {
  /// The block.
  let analysis: BlockAnalysis
  /// Rows of `cells.csv` for its number of drugs.
  let cells: [UInt8]
  /// Rows of `wells.csv` for its number of drugs.
  let wells: [UInt8]
  /// Rows of `fits.csv`: the monotherapies.
  let fits: [UInt8]
  /// What `report.html` draws it of when it is opened.
  let row: CombinationRow?

  /// Turns an analysed block into what is written of it. Depends on its arguments only.
  public init(_ analysis: BlockAnalysis) {
    self.analysis = analysis
    let treatments = TreatmentFields(analysis.asRead)
    cells = CellTable.rows(of: analysis, treatments)
    wells = WellTable.rows(of: analysis, treatments)
    fits = FitTable.monotherapies(of: analysis)
    row = CombinationData.row(analysis)
  }
}
