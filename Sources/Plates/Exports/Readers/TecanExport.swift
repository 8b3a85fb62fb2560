import Assay
import DoseTables

/// Tecan i-control, Magellan and SparkControl (text, CSV, workbook): names and values, `Label: …` or a `Name`, a grid
/// with the corner `<>`; kinetics as one row a well below `Cycle Nr.`, or one row a cycle. English or German.
struct TecanExport: ExportDialect {
  let reader: String

  init?(_ words: ExportWords) {
    if words.has("sparkcontrol", "device: spark") {
      reader = "Tecan Spark (SparkControl)"
    } else if words.has("tecan i-control", "i-control") {
      reader = "Tecan i-control"
    } else if words.has("magellan", "well positions") {
      reader = "Tecan Magellan"
    } else if words.has("tecan", "infinite 200", "infinite f", "infinite m", "sunrise", "\n<>\t") {
      reader = "Tecan"
    } else {
      return nil
    }
  }

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    identity.barcode = series.plate ?? context.value("barcode", "platebarcode", "plateid", "plattenid")
    if series.time == nil { identity.time = context.value("starttime", "startzeit") ?? Self.time(context) }
    let label = context.value("label", "bezeichnung", "name")
    let mode = context.value("mode", "modus", "measurementmode")
    let titles = context.headings.filter { !Self.isSetting($0) }
    let stated = ExportWords.saysNothing(series.label) ? "" : series.label
    identity.channel = [stated, titles.last.map(Self.title) ?? "", label ?? "", mode ?? ""].first { !$0.isEmpty }
    if let channel = identity.channel {
      identity.role =
        ExportWords.isCalculated(channel) ? .calculated : channel.lowercased() == "reference" ? .background : .measured
    }
    return identity
  }

  /// Whether a line of one cell is a setting and no title.
  private static func isSetting(_ line: String) -> Bool {
    let folded = ColumnRole.fold(line)
    let isPair = line.contains(": ") || line.hasSuffix(":")
    return (isPair && !folded.hasPrefix("label")) || settings.contains { folded.hasPrefix($0) }
  }

  private static let settings = [
    "temperature", "temperatur", "starttime", "endtime", "startzeit", "endzeit", "listofactions", "part", "plate",
    "settings", "date", "time", "kineticmeasurement",
  ]
}
