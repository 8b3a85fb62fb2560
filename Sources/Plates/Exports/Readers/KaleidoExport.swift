import Assay

/// Revvity (PerkinElmer) EnSight, Kaleido (CSV): `Result for …`, a table with the barcode, a grid; a plate map after
/// it.
struct KaleidoExport: ExportDialect {
  let reader = "Revvity Kaleido (EnSight)"

  init?(_ words: ExportWords) {
    guard words.has("kaleido", "ensight results", "victor nivo") || (words.has("result for ") && words.has("loop no"))
    else { return nil }
  }

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    if let heading = context.headings.last(where: { $0.lowercased().hasPrefix("result") }) {
      identity.channel = Self.title(heading)
      identity.role = ExportWords.isBackground(Self.title(heading)) ? .background : .measured
      if heading.lowercased().contains("calculated") { identity.role = .calculated }
    }
    return identity
  }
}
