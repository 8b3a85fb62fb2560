import Assay
import Synergy

/// The rows of `cells.csv`: one measured cell each.
///
/// A table has as many `conc` columns as the block with the most drugs. That is only known when the last block is read,
/// so a block's rows are made for its own drugs, and `widen` puts empty fields into them, or into all rows written so
/// far, where the table is wider.
enum CellTable {
  /// The header for so many drugs.
  static func header(drugs: Int) -> String {
    let concentrations = (1...max(2, drugs)).map { "conc\($0)" }.joined(separator: ",")
    return
      "block_id,\(concentrations),response,response_as_read,zip_fit,zip_reference,zip_synergy,bliss_reference,bliss_synergy,"
      + "loewe_reference,loewe_synergy,hsa_reference,hsa_synergy,replicates,"
      + RankingTable.models.flatMap { model in ["low", "high", "p"].map { "\(model.rawValue)_\($0)" } }
      .joined(separator: ",") + "\n"
  }

  /// A block's rows; missing cells have none.
  static func rows(of analysis: BlockAnalysis) -> [UInt8] {
    let matrix = analysis.matrix
    var out = ByteWriter(capacity: matrix.cellCount * 200)
    var id = ByteWriter()
    id.csv(matrix.id)
    let doses = matrix.axes.map { axis in
      axis.doses.map { dose in
        var text = ByteWriter()
        text.comma()
        text.shortest(dose)
        return text.bytes
      }
    }
    // The columns of values, in order; `nil` where a model was not asked for.
    var columns: [[Double]?] = [matrix.mean, analysis.asRead.mean]
    for model in RankingTable.models {
      let score = analysis.score(of: model)
      if model == .zip { columns.append(score?.fit) }
      columns += [score?.reference, score?.synergy]
    }
    let inferences = RankingTable.models.map { analysis.inference(of: $0) }
    for cell in 0..<matrix.cellCount where matrix.count[cell] > 0 {
      out.raw(id.bytes)
      for drug in doses.indices { out.raw(doses[drug][matrix.position(of: cell, on: drug)]) }
      for column in columns {
        out.comma()
        if let column { out.csv(column[cell]) }
      }
      out.comma()
      out.integer(matrix.count[cell])
      for inference in inferences {
        for value in [inference?.cells[cell].low, inference?.cells[cell].high, inference?.cellP[cell]] {
          out.comma()
          out.csv(value)
        }
      }
      out.endRow()
    }
    return out.bytes
  }
}

/// Puts empty fields into the rows of a comma-separated text, as its bytes stream by.
struct ColumnWidener {
  /// After how many fields of a row the new ones come.
  let after: Int
  /// How many are new.
  let added: Int
  private var fields = 0
  private var isQuoted = false

  /// Widens rows by `added` empty fields after the first `after`.
  init(after: Int, added: Int) {
    self.after = after
    self.added = added
  }

  /// The next bytes of the text, widened.
  mutating func widen(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields += 1
        if fields == after { out.append(contentsOf: repeatElement(byte, count: added)) }
      case UInt8(ascii: "\n") where !isQuoted: fields = 0
      default: break
      }
      out.append(byte)
    }
    return out
  }
}
