import Assay
import DoseTables

/// Writes plates as readers' software does, so that simulated screens look like real ones and every format can be
/// tried.
///
/// What a format has no place for (a barcode in a bare grid, a time in a list) is not written.
///
/// ```swift
/// let bytes = PlateExportWriter(.gen5).bytes(plates)
/// let again = PlateExport.read(bytes, name: "plates.txt").plates
/// ```
public struct PlateExportWriter: Sendable {
  /// A format that is written.
  public enum Dialect: String, Sendable, CaseIterable {
    /// PerkinElmer EnVision, CSV with named rows and columns.
    case envision
    /// PerkinElmer EnVision, CSV without names.
    case envisionPlain = "envision-plain"
    /// BMG Labtech MARS, CSV grid.
    case mars
    /// BMG Labtech MARS, CSV list.
    case marsList = "mars-list"
    /// Revvity Kaleido, CSV.
    case kaleido
    /// BioTek Gen5, text.
    case gen5
    /// Molecular Devices SoftMax Pro, text in plate format.
    case softMax = "softmax"
    /// Molecular Devices SoftMax Pro, text in time format: one column a well.
    case softMaxTime = "softmax-time"
    /// Tecan i-control, text.
    case iControl = "i-control"
    /// Tecan Magellan, list.
    case magellan
    /// Tecan SparkControl, CSV.
    case spark
    /// Promega GloMax Discover, CSV list.
    case gloMax = "glomax"
    /// A grid with the rows' letters and the columns' numbers.
    case grid
    /// A grid on its side: one line a column.
    case gridSideways = "grid-sideways"
    /// A grid with the rows' letters only.
    case gridRows = "grid-rows"
    /// A grid of numbers alone.
    case gridBare = "grid-bare"
    /// A list with plate, channel, repeat, well and value.
    case list
    /// A list on its side: one line a plate.
    case listSideways = "list-sideways"
  }

  /// How text is written.
  public struct Style: Sendable, Hashable {
    /// Between cells: comma, semicolon or tab. `nil` takes the format's own.
    public var separator: Character?
    /// The decimal mark. Default: point. With a comma between cells too, numbers are put in quotes.
    public var decimal: Character = "."
    /// The line's end. Default: CR LF, as readers write on Windows.
    public var newline = "\r\n"
    /// Whether the text is UTF-16 with a byte-order mark; `nil` takes the format's own (SoftMax Pro: yes).
    public var isUTF16: Bool?

    /// The defaults.
    public init() {}
  }

  /// The format.
  public var dialect: Dialect
  /// How its text is written.
  public var style: Style

  /// Makes a writer.
  public init(_ dialect: Dialect, style: Style = .init()) {
    self.dialect = dialect
    self.style = style
  }

  /// The plates as a file of the format.
  public func bytes(_ plates: [PlateRead]) -> [UInt8] {
    let text = rows(plates).map { row in row.map(field).joined(separator: String(separator)) + style.newline }.joined()
    guard style.isUTF16 ?? (dialect == .softMax || dialect == .softMaxTime) else { return Array(text.utf8) }
    return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// The plates as rows of cells.
  func rows(_ plates: [PlateRead]) -> [[String]] {
    switch dialect {
    case .envision: plates.enumerated().flatMap { envision($1, number: $0 + 1, isNamed: true) } + envisionEnd
    case .envisionPlain: plates.enumerated().flatMap { envision($1, number: $0 + 1, isNamed: false) } + envisionEnd
    case .mars: plates.flatMap(mars)
    case .marsList: plates.flatMap(marsList)
    case .kaleido: plates.flatMap(kaleido)
    case .gen5: plates.flatMap(gen5)
    case .softMax: softMax(plates, isTime: false)
    case .softMaxTime: softMax(plates, isTime: true)
    case .iControl: plates.flatMap(iControl)
    case .magellan: plates.flatMap(magellan)
    case .spark: plates.flatMap(spark)
    case .gloMax: gloMax(plates)
    case .grid: plates.flatMap { plain($0, table: grid($0)) }
    case .gridSideways: plates.flatMap { plain($0, table: gridSideways($0)) }
    case .gridRows: plates.flatMap { plain($0, table: Array(grid($0).dropFirst())) }
    case .gridBare: plates.flatMap { [grid($0).dropFirst().map { Array($0.dropFirst()) }, [[]]].joined() }
    case .list: list(plates)
    case .listSideways: listSideways(plates)
    }
  }

  /// What stands between the cells.
  private var separator: Character {
    if let separator = style.separator { return separator }
    switch dialect {
    case .gen5, .softMax, .softMaxTime, .iControl, .magellan: return "\t"
    default: return ","
    }
  }

  private func field(_ text: String) -> String {
    guard text.contains(where: { $0 == separator || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// A well as the format writes it.
  func cell(_ well: PlateRead.Well?) -> String {
    guard let well else { return "" }
    switch well.note {
    case nil: return well.value.map(number) ?? ""
    case .empty: return ""
    case .masked: return well.value.map { "*" + number($0) + "*" } ?? "Masked"
    case .overflow:
      switch dialect {
      case .gen5: return "OVRFLW"
      case .iControl, .magellan, .spark: return "OVER"
      case .softMax, .softMaxTime: return "#Sat"
      case .mars, .marsList: return "*****"
      default: return ">9999"
      }
    case .underflow: return dialect == .softMax || dialect == .softMaxTime ? "#Low" : "<0"
    case .unreadable: return dialect == .gen5 ? "?????" : "NaN"
    }
  }

  /// The shortest number that reads back to the same Double.
  func number(_ value: Double) -> String {
    let text = value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    return style.decimal == "." ? text : String(text.map { $0 == "." ? style.decimal : $0 })
  }
}
