import Assay
import DoseTables

/// BioTek/Agilent Gen5 (text): `Procedure Details` with the reads, `Layout`, `Results` with one row a read and letter,
/// its label at the end. What the labels of no read name was calculated (`Blank …`, `Ratio`, `Conc`).
struct Gen5Export: ExportDialect {
  let reader: String
  /// What the procedure's reads are called.
  private let hasReads: Bool

  init?(_ words: ExportWords) {
    guard
      words.has("gen5")
        || (words.has("reader type") && words.has("procedure details", "experiment file path", "reading type"))
    else { return nil }
    hasReads = words.has("\nread\t")
    let models = [
      ("synergy h1", "Synergy H1"), ("synergy neo2", "Synergy Neo2"), ("synergy htx", "Synergy HTX"),
      ("synergy lx", "Synergy LX"),
      ("cytation", "Cytation"), ("epoch", "Epoch"), ("lionheart", "Lionheart"), ("neo2", "Neo2"),
      ("synergy", "Synergy"),
    ]
    reader = "BioTek Gen5" + (models.first { words.has($0.0) }.map { " (\($0.1))" } ?? "")
  }

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    identity.barcode =
      series.plate ?? context.value("barcode", "platebarcode", "plateid") ?? context.value("platenumber", "platename")
    if let date = context.value("date"), series.time == nil {
      identity.time = [date, context.value("time")].compactMap { $0 }.joined(separator: " ")
    }
    let heading = context.headings.last ?? context.lastHeading ?? ""
    if series.label.isEmpty, !["results", "layout"].contains(heading.lowercased()) { identity.channel = heading }
    if let channel = identity.channel {
      let isNamed = Self.measured.contains { channel.lowercased().hasPrefix($0) }
      let isCalculated =
        ExportWords.isCalculated(channel) || ExportWords.isLayout(channel)
        || ColumnRole.fold(channel) == "concentration"
        || Self.reference.contains { channel.lowercased().hasSuffix($0) }
      identity.role = isCalculated && !isNamed ? .calculated : .measured
    }
    if ColumnRole.fold(heading).hasPrefix("conc") || ColumnRole.fold(identity.channel ?? "").hasPrefix("conc") {
      identity.role = .calculated
    }
    return identity
  }

  private static let measured = ["lum", "fluor", "abs", "read"]
  /// Gen5's own readings at other wavelengths, for the path length.
  private static let reference = ["[test]", "[ref]"]
}
