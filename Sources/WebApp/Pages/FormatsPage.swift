import Plates

/// `/formats`: what can be uploaded, from the catalogue that `isobole formats` prints; templates to fill in; an example.
struct FormatsPage: Sendable {
  /// Who reads.
  var frame: PageFrame

  /// Makes the page.
  init(frame: PageFrame) { self.frame = frame }

  /// The page.
  var html: String {
    let kinds = FormatCatalogue.Kind.allCases.map { kind -> Fields in
      [
        "kind": kind.rawValue, "heading": Self.heading(kind), "say": Self.say(kind),
        "formats": FormatCatalogue.all.filter { $0.kind == kind }.map { format -> Fields in
          [
            "formatName": format.name, "formatSummary": BrowserWords.of(format.summary), "truth": format.truth,
            "sample": format.sample,
            "sampleLink": Links.sample(format.name),
          ]
        },
      ]
    }
    return Templates.page(
      "formats", title: "What can I upload?", frame: frame, path: [("Screens", "/")],
      [
        "kinds": kinds,
        "blanks": FileTemplate.all.map { template -> Fields in
          [
            "blankName": template.words,
            "csvLink": Links.template(template.name, "csv"), "xlsxLink": Links.template(template.name, "xlsx"),
          ]
        },
      ])
  }

  private static func heading(_ kind: FormatCatalogue.Kind) -> String {
    switch kind {
    case .doses: "Tables and matrices of doses and responses"
    case .plates: "Plate readers’ exports"
    case .layouts: "Layouts: what is in the wells"
    case .manifests: "Manifests: which layout and sample plates have"
    }
  }

  private static func say(_ kind: FormatCatalogue.Kind) -> String {
    switch kind {
    case .doses: "One such file is a screen of its own; several are read together."
    case .plates:
      "Upload them beside their layout: plates are joined by barcode, normalised by their controls and judged."
    case .layouts: "Upload it beside the exports; one layout may be of many plates."
    case .manifests:
      "Needed where neither exports nor layouts say which belongs to which, or which sample a plate holds."
    }
  }
}
