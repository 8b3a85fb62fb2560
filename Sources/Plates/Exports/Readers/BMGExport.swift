import Assay

/// BMG Labtech MARS and Smart Control (PHERAstar, CLARIOstar, FLUOstar, …; CSV): `ID1:` names the plate, `Raw Data
/// (450)` the channel, the line between them the method. Grid or list (`Well Row,Well Col,Content,Raw Data (450)`).
struct BMGExport: ExportDialect {
  let reader: String

  init?(_ words: ExportWords) {
    guard
      words.has("bmg", "test run no", "pherastar", "clariostar", "fluostar", "polarstar", "lumistar", "spectrostar")
        || (words.has("test name") && words.has("id1"))
    else { return nil }
    let instruments = [
      ("pherastar", "PHERAstar"), ("clariostar", "CLARIOstar"), ("fluostar", "FLUOstar"), ("polarstar", "POLARstar"),
      ("lumistar", "LUMIstar"), ("spectrostar", "SPECTROstar"), ("vantastar", "VANTAstar"),
    ]
    reader = "BMG Labtech " + (instruments.first { words.has($0.0) }?.1 ?? "MARS")
  }

  private static let methods = [
    "absorbance", "luminescence", "fluorescence", "alphascreen", "alpha", "trf", "time-resolved", "htrf",
    "polarization",
    "polarisation",
  ]

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    identity.barcode = series.plate ?? context.value("id1", "barcode", "plateid") ?? context.value("id2", "id3")
    let method =
      context.headings.first { line in Self.methods.contains { line.lowercased().hasPrefix($0) } }
      ?? context.value("testtype")
    if let label = [series.label, context.headings.last ?? ""].first(where: { $0.lowercased().hasPrefix("raw data") }) {
      identity.role = .measured
      let inner = label.firstIndex(of: "(").map { label[$0...].dropFirst() }.map { text in
        String(text.hasSuffix(")") ? text.dropLast() : text)
      }
      identity.channel = method.map { method in method + (inner.map { " (\($0))" } ?? "") } ?? inner ?? label
    }
    return identity
  }
}
