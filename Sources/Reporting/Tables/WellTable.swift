import Assay
import Plates
import Screening
import Synergy

/// The rows of `wells.csv`: one well each. Of a table of doses and responses the wells of the blocks, excluded ones last; of
/// a plate screen every well of the plates, controls and excluded ones too, whether or not it is part of a block.
enum WellTable {
  /// The columns before those of the drugs.
  static let leading: [TableColumn] = [
    .text("block_id", "the block's name in its file; empty in a plate's rows"), .sample,
    .text("plate", "the plate; empty where no plates were read"), .text("well", "the well on the plate"),
    .text("role", "what the layout says the well is: sample, negative, positive, …"),
  ]

  /// The columns for so many drugs.
  static func columns(drugs: Int) -> [TableColumn] {
    leading + TableColumn.treatment(drugs: drugs) + [
      .number("raw", "the reader's unit", "the signal as the reader gave it"),
      .response("response", "the well's response as read, before baseline correction"),
      .text("excluded", "why the well has no part in a score; empty for one that has"),
    ]
  }

  /// A block's rows.
  static func rows(of analysis: BlockAnalysis, _ treatments: TreatmentFields) -> [UInt8] {
    let matrix = analysis.asRead
    var out = ByteWriter(capacity: matrix.wellCount * 80)
    for cell in 0..<matrix.cellCount {
      for response in matrix.replicates(of: cell) {
        out.raw(treatments.block)
        out.text(",,,")
        treatments.write(cell, to: &out)
        out.text(",,")
        out.shortest(response)
        out.comma()
        out.endRow()
      }
    }
    for excluded in matrix.excluded {
      out.raw(treatments.block)
      out.text(",,,")
      treatments.write(doses: excluded.well.doses, to: &out)
      out.text(",,")
      out.shortest(excluded.well.response)
      out.comma()
      out.csv([.text("excluded by hand\(excluded.reason.isEmpty ? "" : ": \(excluded.reason)")")])
    }
    return out.bytes
  }

  /// The rows of a plate screen, for so many drugs.
  static func rows(of report: PlateReport, drugs: Int) -> [UInt8] {
    var out = ByteWriter()
    for plate in report.plates {
      for well in plate.wells where well.design.role != .empty {
        var row: [Field] = [
          .text(nil), .text(well.design.sample), .text(plate.plate), .text(well.design.position.description),
          .text(well.design.role.rawValue),
        ]
        for place in 0..<drugs {
          let treatment = well.design.treatments.at(place)
          row += [.text(treatment?.drug), .number(treatment?.dose), .text(treatment?.unit.symbol)]
        }
        row += [.number(well.raw), .number(well.response), .text(well.exclusion?.reason)]
        out.csv(row)
      }
    }
    return out.bytes
  }

  /// The most drugs in one well of a plate screen.
  static func drugs(of report: PlateReport) -> Int {
    report.plates.lazy.flatMap(\.wells).map(\.design.treatments.count).max() ?? 0
  }
}
