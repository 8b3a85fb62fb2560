import Assay
import Synergy

/// The rows of `cells.csv`: one measured cell each, the mean of its wells.
///
/// A table has as many columns of drugs as the block with the most drugs. That is only known when the last block is read,
/// so a block's rows are made for its own drugs, and `ColumnWidener` puts empty fields into them, or into all rows written
/// so far, where the table is wider.
enum CellTable {
  /// The columns before those of the drugs.
  static let leading: [TableColumn] = [.block, .sample]

  /// The columns for so many drugs.
  static func columns(drugs: Int) -> [TableColumn] {
    var columns = leading + TableColumn.treatment(drugs: drugs)
    columns += [
      .response("response", "mean response of the wells, on the scale of the block's baseline"),
      .response("response_as_read", "the same as read"),
    ]
    for model in RankingTable.models {
      if model == .zip { columns.append(.response("zip_fit", "what ZIP compares with its reference")) }
      columns += [
        .response("\(model.rawValue)_reference", "what \(model.name) expects without an interaction"),
        .points("\(model.rawValue)_synergy", "response (or ZIP's fit) less that; above 0 is synergy"),
      ]
    }
    columns.append(.integer("replicates", "wells of the cell"))
    for model in RankingTable.models {
      columns += [
        .points("\(model.rawValue)_low", "lower end of the interval of the cell's synergy"),
        .points("\(model.rawValue)_high", "upper end of it"),
        .number("\(model.rawValue)_p", "", "p value of the cell's synergy, controlled over the block's cells"),
      ]
    }
    return columns
  }

  /// A block's rows; missing cells have none.
  static func rows(of analysis: BlockAnalysis, _ treatments: TreatmentFields) -> [UInt8] {
    let matrix = analysis.matrix
    var out = ByteWriter(capacity: matrix.cellCount * 256)
    // The columns of values, in order; `nil` where there are none.
    var measured: [[Double]?] = [matrix.mean, analysis.asRead.mean]
    var inferred: [[Double]?] = []
    for model in RankingTable.models {
      let score = analysis.score(of: model)
      if model == .zip { measured.append(score?.fit) }
      measured += [score?.reference, score?.synergy]
      let inference = analysis.inference(of: model)
      inferred += [inference?.cells.map(\.low), inference?.cells.map(\.high), inference?.cellP]
    }
    for cell in 0..<matrix.cellCount where matrix.count[cell] > 0 {
      out.raw(treatments.block)
      treatments.write(cell, to: &out)
      out.csv(measured, at: cell)
      out.comma()
      out.integer(matrix.count[cell])
      out.csv(inferred, at: cell)
      out.endRow()
    }
    return out.bytes
  }
}

extension ByteWriter {
  /// Appends a comma and a field of each column.
  fileprivate mutating func csv(_ columns: [[Double]?], at cell: Int) {
    for place in columns.indices {
      comma()
      if let value = columns[place]?[cell] { csv(value) }
    }
  }
}

/// The fields that say which block, drugs and doses a row is about.
struct TreatmentFields {
  /// The block and its sample.
  let block: [UInt8]
  /// Of each cell, one after the other, for each drug the drug, its dose and unit, a comma before each.
  private let cells: [UInt8]
  /// Where a cell's fields end.
  private let ends: [Int]
  private let axes: [DoseAxis]

  init(_ matrix: DoseMatrix) {
    axes = matrix.axes
    var out = ByteWriter()
    out.csv(matrix.id)
    out.comma()
    if let sample = matrix.sample { out.csv(sample) }
    block = out.bytes
    let doses = matrix.axes.map { axis in axis.doses.map { Self.treatment(axis, $0) } }
    var fields = ByteWriter(capacity: matrix.cellCount * 20 * doses.count)
    ends = (0..<matrix.cellCount).map { cell in
      for drug in doses.indices { fields.raw(doses[drug][matrix.position(of: cell, on: drug)]) }
      return fields.bytes.count
    }
    cells = fields.bytes
  }

  /// Appends the drugs and doses of a cell.
  func write(_ cell: Int, to out: inout ByteWriter) {
    out.raw(cells[(cell == 0 ? 0 : ends[cell - 1])..<ends[cell]])
  }

  /// Appends the drugs and doses of a well that is in no cell.
  func write(doses: [Double], to out: inout ByteWriter) {
    for (axis, dose) in zip(axes, doses) { out.raw(Self.treatment(axis, dose)) }
  }

  private static func treatment(_ axis: DoseAxis, _ dose: Double) -> [UInt8] {
    var text = ByteWriter()
    text.comma()
    text.csv(axis.drug)
    text.comma()
    text.shortest(dose)
    text.comma()
    text.csv(axis.unit.symbol)
    return text.bytes
  }
}
