import Assay
import DoseTables

/// PerkinElmer EnVision, Workstation 1.x (CSV): a `Plate information` table, then a grid with or without names, once a
/// label; `Calculated results` and `Results`; a plate map at the end. EnVision Nexus writes a list instead.
struct EnVisionExport: ExportDialect {
  let reader = "PerkinElmer EnVision"

  init?(_ words: ExportWords) {
    guard words.has("envision", "ems wl channel") || (words.has("plate information") && words.has("measured height"))
    else { return nil }
  }

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    let heading = context.headings.last { $0.lowercased().contains("results") } ?? ""
    // The table above a calculated block has a formula where that of a measured one has a label.
    let names =
      context.recent.last { $0.cells.map(ColumnRole.fold).contains("barcode") }?.cells.map(ColumnRole.fold) ?? []
    let formula = names.contains("formula") ? context.value("formula") : nil
    let isCalculated = heading.lowercased().hasPrefix("calculated") || (formula != nil && !names.contains("label"))
    if block.shape == .grid {
      identity.plate = context.value("plate").flatMap { Int($0) == nil ? nil : $0 }
      let title = Self.title(heading)
      let isTitled = !title.isEmpty && title.lowercased() != "results"
      identity.channel = isTitled ? title : (isCalculated ? formula : nil) ?? context.value("label") ?? identity.channel
      if names.contains("kinetics"), let cycle = context.value("kinetics").flatMap({ Int($0) }), cycle > 0 {
        identity.repeatNumber = cycle
      }
    }
    // Labels may be called anything; what the blocks are is told by what stands above them.
    identity.role = isCalculated ? .calculated : .measured
    if isCalculated, let channel = identity.channel, !channel.lowercased().hasPrefix("calculated") {
      identity.channel = "Calculated results: " + channel
    }
    return identity
  }
}
