import Assay
import Results
import Screening
import Synergy

/// The data of combinations that have no written page: `combination.js` makes their page when it is opened.
///
/// One object of JSON: `models`, the scales of the colours, `blocks` and `axes`. A block is `[index, axis, axis, slice, …]`, a
/// slice `[caption, responses, synergy of each model …]`: numbers are tenths, row by row over the doses of the first two
/// drugs (of synergy those above 0), `null` where there is none. An axis is `[drug, title, [dose, …]]`.
struct CombinationData {
  /// The text of the object.
  private(set) var bytes: [UInt8] = []
  /// The indices of the blocks that it holds.
  private(set) var blocks: Set<Int> = []

  /// Blocks that are encoded at once.
  private static let portion = 256

  /// The data of the ranked blocks from a place on, as many as have a row in the table and as there is room for.
  init(of source: ReportSource, from start: Int, maxBytes: Int = HeldRows.maxBytes) async throws(ResultsError) {
    let end = min(source.ranked.count, ReportPage.mostRows)
    guard start < end else { return }
    var out = ByteWriter(capacity: 1 << 20)
    Self.head(source.options.synergy.models, to: &out)
    var axes: [DoseAxis: Int] = [:]
    var titles: [DoseAxis] = []
    for portion in stride(from: start, to: end, by: Self.portion) where out.bytes.count < maxBytes {
      let places = portion..<min(end, portion + Self.portion)
      let rows = await Parallel.map(places.count, chunk: 32, threads: source.options.threads) { range in
        range.map { place in
          Result { () throws(ResultsError) in
            let index = source.ranked[places.lowerBound + place].index
            if let held = source.heldRows[index] { return held }
            return Self.row(try source.blocks.analysis(of: index))
          }
        }
      }
      for (place, row) in zip(places, rows) where out.bytes.count < maxBytes {
        guard let row = try row.get() else { continue }
        out.text(blocks.isEmpty ? "\n[" : ",\n[")
        out.integer(source.ranked[place].index)
        for axis in row.axes {
          out.byte(UInt8(ascii: ","))
          let number = axes[axis] ?? titles.count
          if number == titles.count {
            axes[axis] = number
            titles.append(axis)
          }
          out.integer(number)
        }
        out.raw(row.slices)
        out.byte(UInt8(ascii: "]"))
        blocks.insert(source.ranked[place].index)
      }
    }
    out.text("\n],\"axes\":[")
    for (number, axis) in titles.enumerated() {
      out.text(number == 0 ? "\n" : ",\n")
      out.raw(Self.json(axis))
    }
    out.text("\n]}")
    bytes = blocks.isEmpty ? [] : out.bytes
  }

  private static func head(_ models: [NullModel], to out: inout ByteWriter) {
    out.text("{\"models\":[\(models.map { "\"\($0.name)\"" }.joined(separator: ","))],\"synergyLimit\":")
    out.integer(Int(DivergingPalette.limit))
    out.text(",\"synergySteps\":\(DivergingPalette.steps),\"responseSteps\":\(SequentialPalette.steps),\"blocks\":[")
  }

  /// A block; `nil` where its grid is too large to be drawn.
  static func row(_ analysis: BlockAnalysis) -> CombinationRow? {
    let matrix = analysis.matrix
    guard MatrixSlice.canDraw(matrix) else { return nil }
    var out = ByteWriter(capacity: 8 * matrix.cellCount * (1 + analysis.models.count))
    let (first, second) = (matrix.axes[0].hasZero ? 1 : 0, matrix.axes[1].hasZero ? 1 : 0)
    for slice in MatrixSlice.shown(of: matrix) {
      out.text(",[")
      out.raw(escaped { $0.value(slice.fixed.isEmpty ? "" : slice.caption) })
      out.byte(UInt8(ascii: ","))
      tenths(matrix.mean, of: slice, from: (0, 0), to: &out)
      for score in analysis.models {
        out.byte(UInt8(ascii: ","))
        tenths(score.synergy, of: slice, from: (first, second), to: &out)
      }
      out.byte(UInt8(ascii: "]"))
    }
    return CombinationRow(axes: Array(matrix.axes.prefix(2)), slices: out.bytes)
  }

  private static func json(_ axis: DoseAxis) -> [UInt8] {
    escaped { json in
      json.array { json in
        json.value(axis.drug)
        json.value(AxisText.title(axis, limit: 30))
        json.array { json in for dose in axis.doses { json.value(AxisText.significant(dose, digits: 3)) } }
      }
    }
  }

  /// An array of a slice's values as whole tenths.
  private static func tenths(
    _ values: [Double], of slice: MatrixSlice, from start: (row: Int, column: Int), to out: inout ByteWriter
  ) {
    let shape = slice.matrix.shape
    out.byte(UInt8(ascii: "["))
    for row in start.row..<max(start.row, shape[0]) {
      for column in start.column..<max(start.column, shape[1]) {
        if row > start.row || column > start.column { out.byte(UInt8(ascii: ",")) }
        let value = values[slice.cell(row, column)]
        if value.magnitude < 1e6 { out.integer(Int((value * 10).rounded())) } else { out.text("null") }
      }
    }
    out.byte(UInt8(ascii: "]"))
  }

  /// JSON that no end tag or comment within a page can come from.
  private static func escaped(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    write(&json)
    guard json.bytes.contains(UInt8(ascii: "<")) else { return json.bytes }
    return json.bytes.flatMap { $0 == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [$0] }
  }
}
