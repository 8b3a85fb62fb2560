import Assay
import DoseTables
import Spreadsheets

/// What an export says of one plate, channel and repeat.
struct PlateIdentity: Equatable {
  var barcode: String?
  var plate: String?
  var channel: String?
  var time: String?
  var repeatNumber: Int?
  var role: PlateRead.Role = .measured
}

/// How one reader's software words what stands around the wells.
protocol ExportDialect: Sendable {
  /// Knows its own exports by their words; `nil` for another's.
  init?(_ words: ExportWords)
  /// The instrument or software, in words.
  var reader: String { get }
  /// What the export says of a block's series.
  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity
}

extension ExportDialect {
  /// What every reader's exports have in common: a plate's name, a time, a heading above the wells.
  func common(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = PlateIdentity()
    identity.barcode =
      series.plate
      ?? context.value("barcode", "platebarcode", "assayplatebarcode", "plateid", "plateidentifier", "platename")
    identity.repeatNumber = series.repeatNumber ?? context.value("repeat").flatMap { Int($0) }
    identity.time = series.time ?? Self.time(context)
    let heading = context.headings.last.map(Self.title).flatMap { ExportWords.saysNothing($0) ? nil : $0 }
    let corner = ExportWords.isCorner(block.corner) || block.shape == .list ? nil : block.corner
    // Columns beside one another are told apart by whatever they are called.
    let isOneOfSeveral =
      block.shape == .list && block.series.contains { $0.plate == series.plate && $0.label != series.label }
    let label = ExportWords.saysNothing(series.label) && !isOneOfSeveral ? "" : series.label
    identity.channel = [label, corner ?? "", heading ?? ""].first { !$0.isEmpty }
    if ExportWords.isCalculated(identity.channel ?? "") || series.isCalculated { identity.role = .calculated }
    if ExportWords.isBackground(identity.channel ?? "") { identity.role = .background }
    return identity
  }

  /// When it was measured: one value, or a date and a time of day.
  static func time(_ context: BlockContext) -> String? {
    if let time = context.value(
      "measurementdate", "measuredon", "measurementstarted", "startedat", "starttime", "startzeit", "datetime",
      "dateandtime", "readtime", "rundatetime")
    {
      return time
    }
    guard let date = context.value("date", "datum", "readdate", "dateofmeasurement") else { return nil }
    return [date, context.value("time", "zeit", "timeofday", "timeofmeasurement")].compactMap { $0 }.joined(
      separator: " ")
  }

  /// A heading without the words that only say that results follow.
  static func title(_ heading: String) -> String {
    var text = heading[...]
    for opening in ["results for ", "result for ", "results: ", "label: ", "ergebnisse für ", "name: ", "read: "]
    where text.lowercased().hasPrefix(opening) {
      text = text.dropFirst(opening.count)
      break
    }
    return text.trimmingSpaces
  }
}

/// The words of an export, by which its reader is known.
struct ExportWords {
  private let text: String
  /// The words of the first and of the last rows, in small letters.
  init(_ sheet: TextSheet) {
    var text = (sheet.name ?? "").lowercased() + "\n"
    let head = sheet.rows.prefix(200)
    let tail = sheet.rows.suffix(min(120, sheet.rows.count - head.count))
    for row in [head, tail].joined() {
      for cell in row.cells.prefix(60) where cell.contains(where: \.isLetter) {
        text += cell.prefix(200).lowercased() + "\t"
      }
      text += "\n"
    }
    self.text = text
  }

  /// Whether one of the texts occurs.
  func has(_ texts: String...) -> Bool { texts.contains { text.contains($0) } }

  /// Whether a heading, a corner or a label names no measurement but what the wells hold.
  static func isLayout(_ text: String) -> Bool {
    // MARS and Smart Control number their tables: `2. Standard Concentrations in ng/mL`.
    let digits = text.prefix { ("0"..."9").contains($0) }
    let isNumbered = !digits.isEmpty && text[digits.endIndex...].hasPrefix(". ")
    let folded = ColumnRole.fold(isNumbered ? String(text[digits.endIndex...]) : text)
    return layoutNames.contains(folded) || folded.hasPrefix("standardconc") || folded.hasPrefix("sampleconc")
      || folded.hasPrefix("concentrationsin") || folded.hasPrefix("standarddilution") || folded.hasPrefix("platemap")
      || folded.hasPrefix("platelayout")
      || folded.hasPrefix("usedwells")
      || ListColumns.foreign.contains(folded)
  }

  private static let layoutNames: Set<String> = [
    "layout", "template", "wellid", "wellids", "concdil", "conc", "concentration", "concentrations", "content",
    "contents", "sampleid", "sampleids", "samples", "sample", "platesetup", "role", "roles", "drug", "compound", "dose",
    "unit", "treatment", "treatments", "replicate", "replicates", "name", "platzbelegung", "plattenbelegung",
  ]

  /// Whether a corner says nothing of the wells.
  static func isCorner(_ text: String) -> Bool {
    ["", "<>", "row", "rows", "well", "wells", "plate", "#", "/", "\\", "-", "col", "column"].contains(
      text.lowercased())
  }

  /// Whether a column's name only says that values follow.
  static func saysNothing(_ name: String) -> Bool {
    ["value", "values", "signal", "result", "results", "data", "reading", "raw", "mean", "mittelwert", "<>"].contains(
      name.lowercased())
  }

  /// Whether a channel's name says that the reader's software made it of what was measured.
  static func isCalculated(_ channel: String) -> Bool {
    let text = channel.lowercased()
    return calculated.contains { text.hasPrefix($0) } || within.contains { text.contains($0) }
  }

  private static let calculated = [
    "calc", "calculated", "blank ", "blank-", "corrected", "normal", "ratio", "delta", "reduced", "average", "mean",
    "median",
    "std dev", "stdev", "sd", "cv", "max v", "maxv", "r-squared", "lagtime", "t at max", "count", "%", "percent", "z'",
    "z-score", "difference", "berechnet", "polarization", "anisotropy",
  ]
  private static let within = [
    "crosstalk correct", "blank correct", "background correct", "based on raw", "normalised", "normalized", "reduction",
    "corrected [",
  ]

  /// Whether a channel's name says that its values are logarithms: `log2 RLU`, `ln(signal)`.
  static func isLogarithm(_ channel: String) -> Bool {
    let words = channel.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains { ["log2", "log10", "loge", "ln"].contains($0) }
      || (words.count > 1 && words[0] == "log" && words[1] != "phase" && words[1] != "time")
  }

  /// Whether a channel's name says that it is the reader's background.
  static func isBackground(_ channel: String) -> Bool {
    let text = channel.lowercased()
    return text.hasPrefix("background") || text.hasPrefix("reference (") || text.hasPrefix("hintergrund")
  }
}
