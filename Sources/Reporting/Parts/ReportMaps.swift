import Assay
import Plates

/// Maps of what was read, before anything is analysed, in the look of the report.
package enum ReportMaps {
  /// The responses of a block as maps: one of a two-drug block, a few slices of others. Every box tells its value to
  /// the page's script (`data-cells`).
  package static func responses(of matrix: DoseMatrix) -> String {
    var out = ByteWriter(capacity: 8000)
    guard MatrixSlice.canDraw(matrix) else {
      return "<p class=\"k\">A grid of more than \(MatrixSlice.mostDoses) doses of a drug is not drawn.</p>"
    }
    out.text("<div class=\"f\">")
    for slice in MatrixSlice.shown(of: matrix) {
      let map = slice.responseMap()
      out.text("<figure")
      slice.responseCells(map).write(to: &out)
      out.text("><figcaption><b>Response</b>, % inhibition")
      if !slice.fixed.isEmpty {
        out.text(" at ")
        out.html(slice.caption)
      }
      out.text("</figcaption>")
      out.chart { map.draw(on: &$0) }
      out.text("</figure>")
    }
    out.text("</div>")
    if matrix.drugCount > 2 {
      out.text("<p class=\"k\">\(MatrixSlice.shown(of: matrix).count) of \(MatrixSlice.total(of: matrix)) slices.</p>")
    }
    return out.string
  }

  /// The signals of a plate as a reader's export has them; wells without a value have their sign.
  package static func plate(_ read: PlateRead) -> String {
    let wells = read.wells.map { well in
      ScreenPlate.Well(
        design: .init(position: well.position, role: .sample), raw: well.value,
        exclusion: well.note.map { ScreenPlate.Exclusion.reader($0) })
    }
    let plate = ScreenPlate(
      plate: read.barcode ?? read.plate ?? "", file: "", layoutFile: "", reader: read.reader, channel: read.channel,
      format: read.format, isDayZero: false, wells: wells)
    var out = ByteWriter(capacity: 8000)
    out.plateFigure(plate, .raw)
    return out.string
  }

  /// The scale of responses.
  package static var responseLegend: String { legend(.response, id: "legend-response") }
  /// The scale of synergy.
  package static var synergyLegend: String { legend(.synergy, id: "legend-synergy") }

  private static func legend(_ legend: MapLegend, id: String) -> String {
    var out = ByteWriter()
    out.text("<div class=\"legend\">")
    out.legend(legend, id: id)
    out.text("</div>")
    return out.string
  }

  /// The scale of raw signals.
  package static var signalLegend: String {
    var out = ByteWriter()
    out.text(
      "<div class=\"legend\"><p id=\"legend-signal\">Raw signal (reader units); colour scale per plate</p>")
    out.ramp((0...SignalPalette.steps).map { "g\($0)" }, ticks: ["low", "high"], label: "legend-signal")
    out.text("</div>")
    return out.string
  }
}
