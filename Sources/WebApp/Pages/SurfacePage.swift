import Assay
import Foundation
import Reporting
import Synergy

/// `/screens/{s}/runs/{r}/blocks/{i}/surface`: a model's synergy as a surface that turns, drawn by plotly in a frame of
/// its own, since plotly writes styles into the page, which no other page allows. The frame is sandboxed: it has no
/// origin, and so no session and no API.
struct SurfacePage: Sendable {
  /// What was computed of the block.
  var analysis: BlockAnalysis

  /// The content security policy that this page alone is served with.
  static let contentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    + "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts"

  /// Makes the page.
  init(analysis: BlockAnalysis) { self.analysis = analysis }

  /// The page.
  var html: String { Templates.render("surface", ["data": json]) }

  /// What the script draws: titles, doses, a grid of synergy a model.
  private var json: String {
    struct Surface: Encodable {
      var xTitle: String
      var yTitle: String
      var x: [String]
      var y: [String]
      var models: [Model]
    }
    struct Model: Encodable {
      var name: String
      var z: [[Double?]]
    }
    let matrix = analysis.matrix
    func title(_ drug: Int) -> String {
      let unit = matrix.axes[drug].unit.description
      return String(matrix.axes[drug].drug.prefix(40)) + (unit.isEmpty ? "" : ", \(unit)")
    }
    func doses(_ drug: Int) -> [String] {
      matrix.axes[drug].positiveDoses.map { ReportText.significant($0, digits: 3) }
    }
    let first = matrix.axes.map { $0.hasZero ? 1 : 0 }
    let rest = matrix.shape.dropFirst(2).map { $0 - 1 }
    let models = analysis.models.map { score in
      Model(
        name: score.model.name,
        z: (first[0]..<matrix.shape[0]).map { row in
          (first[1]..<matrix.shape[1]).map { column in
            let value = score.synergy[matrix.cell(at: [row, column] + rest)]
            return value.isFinite ? (value * 10).rounded() / 10 : nil
          }
        })
    }
    let surface = Surface(xTitle: title(1), yTitle: title(0), x: doses(1), y: doses(0), models: models)
    return (try? JSONEncoder().encode(surface)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
