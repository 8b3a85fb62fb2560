import Assay

/// Promega GloMax: the Discover's and Explorer's list (`WellPosition` as `A:1`, `RLU`), the Multi's and Navigator's grids
/// below `Step …`, `Read …`.
struct GloMaxExport: ExportDialect {
  let reader = "Promega GloMax"

  init?(_ words: ExportWords) {
    guard words.has("glomax", "promega", "wellposition", "plateresults", "plate results") else { return nil }
  }

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    let heading = context.headings.last.map(Self.title) ?? ""
    if block.shape == .grid, ColumnRole.fold(heading).hasPrefix("result"), let step = context.headings.dropLast().last {
      identity.channel = step
    }
    return identity
  }
}
