import Compounds
import Plates
import Screening

/// The wells of a combination that were left out of the analysis or look like outliers, plate by plate: of a screen that
/// was read from plates.
struct BlockWells {
  /// A plate's wells.
  struct Plate {
    let name: String
    /// Position and reason of each well that is not in the analysis.
    var excluded: [(well: String, reason: String)] = []
    /// Position and reason of each that is and looks wrong.
    var suspect: [(well: String, reason: String)] = []
  }

  /// The plates that have such a well.
  let plates: [Plate]

  /// The most wells that are named a plate.
  private static let mostNamed = 12

  /// The wells of the block of that name; none where the screen has no plates.
  init(of block: String, drugs: [String], sample: String?, in report: PlateReport?, compounds: CompoundRegistry) {
    guard let report, let quality = report.blocks.first(where: { $0.id == block }) else {
      plates = []
      return
    }
    func name(_ drug: String) -> String { compounds.compound(named: drug)?.name ?? drug }
    let own = Set(drugs.map(name))
    let names = Set(quality.plates)
    plates = report.plates.filter { names.contains($0.plate) }.compactMap { plate in
      var found = Plate(name: plate.plate)
      for well in plate.wells {
        let design = well.design
        guard !design.treatments.isEmpty, design.sample == nil || sample == nil || design.sample == sample,
          design.treatments.allSatisfy({ own.contains(name($0.drug)) })
        else { continue }
        let position = design.position.description
        if let exclusion = well.exclusion {
          found.excluded.append((position, well.outlier ?? exclusion.reason))
        } else if let outlier = well.outlier {
          found.suspect.append((position, outlier))
        }
      }
      return found.excluded.isEmpty && found.suspect.isEmpty ? nil : found
    }
  }

  /// Writes the list; nothing where there is none.
  func write(to out: inout ByteWriter) {
    guard !plates.isEmpty else { return }
    out.text("<h3>Excluded and suspect wells</h3><ul class=\"notes\">")
    for plate in plates {
      for (word, wells) in [("excluded", plate.excluded), ("used, but suspect", plate.suspect)] where !wells.isEmpty {
        out.text("<li><b>")
        out.html(plate.name)
        out.text("</b>, \(word): ")
        out.html(wells.prefix(Self.mostNamed).map { "\($0.well) (\($0.reason))" }.joined(separator: "; "))
        if wells.count > Self.mostNamed { out.text(" and \(wells.count - Self.mostNamed) more") }
        out.text("</li>")
      }
    }
    out.text("</ul>")
  }
}
