import Assay
import Foundation
import Screening
import Synergy

/// The maps of a combination's page: responses and each model's synergy with values, the same as landscapes, and the
/// data of the surface that the report's script draws.
struct BlockMaps {
  let analysis: BlockAnalysis
  /// Whether maps tell their boxes and the block's wells to a page's script.
  var isLive = false

  /// Writes the maps.
  func write(to out: inout ByteWriter) {
    out.text("<h3>Synergy</h3>")
    let matrix = analysis.matrix
    guard MatrixSlice.canDraw(matrix) else {
      out.text("<p class=\"k\">A grid of more than \(MatrixSlice.mostDoses) doses of a drug is not drawn; ")
      out.text("every cell is in <code>cells.csv</code>.</p>")
      return
    }
    for slice in MatrixSlice.shown(of: matrix) {
      out.text("<div class=\"maps\"")
      if isLive { wells(of: slice, to: &out) }
      out.text(">")
      if !slice.fixed.isEmpty {
        out.text("<h4>At ")
        out.html(slice.caption)
        out.text("</h4>")
      }
      values(of: slice, to: &out)
      landscapes(of: slice, to: &out)
      surface(of: slice, to: &out)
      out.text("</div>")
    }
    if matrix.drugCount > 2 {
      let (shown, total) = (MatrixSlice.shown(of: matrix).count, MatrixSlice.total(of: matrix))
      out.text("<p class=\"k\">")
      out.integer(shown)
      out.text(" of ")
      out.integer(total)
      out.text(" slices of this \(matrix.drugCount)-drug block are shown; every cell is in <code>cells.csv</code>.</p>")
    }
  }

  private func values(of slice: MatrixSlice, to out: inout ByteWriter) {
    out.text("<div class=\"f\" data-v=\"Values\"><figure")
    let response = slice.responseMap()
    if isLive { slice.responseCells(response).write(to: &out) }
    out.text("><figcaption><b>Response</b>, % inhibition</figcaption>")
    out.chart { response.draw(on: &$0) }
    out.text("</figure>")
    for score in analysis.models {
      let map = slice.synergyMap(score)
      out.text("<figure")
      if isLive { slice.synergyCells(map, score, analysis.inference(of: score.model)).write(to: &out) }
      out.text("><figcaption><b>\(score.model.name)</b>, points")
      if slice.fixed.isEmpty, let peak = score.peak {
        out.text(" · peak ")
        out.points(analysis.inference(of: score.model)?.peak?.corrected ?? peak.mean)
      }
      out.text("</figcaption>")
      out.chart { map.draw(on: &$0) }
      out.text("</figure>")
    }
    out.text("</div>")
  }

  /// The slice's doses and every well's response as read, for the script that leaves wells out.
  private func wells(of slice: MatrixSlice, to out: inout ByteWriter) {
    let matrix = slice.matrix
    var json = JSONWriter(capacity: 2000)
    json.object { json in
      json.key("rows")
      json.values(matrix.axes[0].doses)
      json.key("columns")
      json.values(matrix.axes[1].doses)
      json.key("fixed")
      json.values(slice.fixed.enumerated().map { matrix.axes[$0.offset + 2].doses[$0.element] })
      json.key("wells")
      json.array { json in
        for row in 0..<matrix.shape[0] {
          for column in 0..<matrix.shape[1] { json.values(analysis.asRead.replicates(of: slice.cell(row, column))) }
        }
      }
    }
    out.text(" data-wells=\"")
    out.html(String(decoding: json.bytes, as: UTF8.self))
    out.text("\"")
  }

  private func landscapes(of slice: MatrixSlice, to out: inout ByteWriter) {
    let maps = analysis.models.compactMap { score in ContourMap(score, on: slice).map { (score.model, $0) } }
    guard !maps.isEmpty else { return }
    out.text("<div class=\"f\" data-v=\"Contours\">")
    for (model, map) in maps {
      out.text("<figure><figcaption><b>\(model.name)</b> bands of 5 points</figcaption>")
      out.chart { map.draw(on: &$0) }
      out.text("</figure>")
    }
    out.text("</div>")
  }

  /// Doses, titles and each model's synergy, for the script.
  private func surface(of slice: MatrixSlice, to out: inout ByteWriter) {
    let matrix = slice.matrix
    let rows = matrix.axes[0].hasZero ? 1 : 0
    let columns = matrix.axes[1].hasZero ? 1 : 0
    guard matrix.shape[0] - rows > 1, matrix.shape[1] - columns > 1 else { return }
    var json = JSONWriter(capacity: 2000)
    json.object { json in
      for (name, axis) in [("y", matrix.axes[0]), ("x", matrix.axes[1])] {
        json.key(name)
        json.array { json in for dose in axis.positiveDoses { json.value(AxisText.significant(dose, digits: 3)) } }
        json.key(name + "t")
        json.value(AxisText.title(axis, limit: 30))
      }
      json.key("m")
      json.object { json in
        for score in analysis.models {
          json.key(score.model.name)
          json.array { json in
            for row in rows..<matrix.shape[0] {
              json.values((columns..<matrix.shape[1]).map { (score.synergy[slice.cell(row, $0)] * 10).rounded() / 10 })
            }
          }
        }
      }
    }
    out.text("<div class=\"surface\" data-v=\"Surface\" data-s=\"")
    out.html(String(decoding: json.bytes, as: UTF8.self))
    out.text("\" hidden></div>")
  }
}
