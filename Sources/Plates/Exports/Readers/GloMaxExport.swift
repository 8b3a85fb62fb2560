import Assay

/// Promega GloMax: the Discover's and Explorer's list (`WellPosition` as `A:1`, `RLU`), the Multi's and Navigator's
/// grids below `Step …`, `Read …`.
struct GloMaxExport: ExportDialect {
  let reader = "Promega GloMax"

  init?(_ words: ExportWords) {
    guard words.has("glomax", "promega", "wellposition", "plateresults", "plate results") else { return nil }
  }

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    let step = context.headings.last { $0.lowercased().hasPrefix("step") }
    if block.shape == .grid, let step {
      let read = context.headings.last { $0.lowercased().hasPrefix("read") }
      identity.channel = [step, read].compactMap { $0 }.joined(separator: ", ")
    }
    return identity
  }
}
