import Assay
import Foundation

/// A plate as it is shown on a terminal: the wells in their places, from pale to deep; numbers where there is room.
///
/// Up to 12 columns a well is its number in five characters; up to 24 two digits from 0 (the plate's least value) to 99
/// (its greatest); beyond, one digit from 0 to 9. No line is wider than 80 columns. In colour every well has the colour
/// of its place in the range.
public enum PlatePicture {
  /// The picture, lines ended by `\n`.
  ///
  /// - Parameters:
  ///   - plate: What was read.
  ///   - file: How the file is called.
  ///   - isColoured: Whether the terminal shows colours (256, by ANSI sequences).
  public static func text(_ plate: PlateRead, file: String, isColoured: Bool) -> String {
    let scale = Scale(plate.wells.compactMap { $0.note == .masked ? nil : $0.value })
    let cell = Cell(columns: plate.format.columns, isColoured: isColoured)
    var wells: [WellPosition: PlateRead.Well] = [:]
    for well in plate.wells { wells[well.position] = well }
    var text = title(plate, file: file)
    text += header(plate.format, cell)
    for row in 0..<plate.format.rows {
      let name = WellPosition(row: row, column: 0).rowName
      var line = (name.count < 2 ? " " + name : name) + (cell.width == 1 ? " " : "")
      for column in 0..<plate.format.columns {
        line += cell.text(wells[WellPosition(row: row, column: column)], scale)
      }
      text += line + "\n"
    }
    return text + legend(plate, scale, cell)
  }

  /// The file; the plate and its size; the reader, channel, repeat and time: each on a line of its own.
  private static func title(_ plate: PlateRead, file: String) -> String {
    let name = plate.barcode ?? plate.plate.map { "plate \($0)" } ?? "no barcode"
    var read = [plate.reader]
    if let channel = plate.channel { read.append(channel) }
    if plate.repeatNumber > 1 { read.append("repeat \(plate.repeatNumber)") }
    if let time = plate.time { read.append(time) }
    let lines = [file, "\(name) · \(plate.format.wells) wells", read.joined(separator: " · ")]
    return lines.map { DisplayWidth.cut(TerminalSummary.plain($0), to: 80) + "\n" }.joined()
  }

  private static func header(_ format: PlateFormat, _ cell: Cell) -> String {
    var line = cell.width == 1 ? "   " : "  "
    for column in 1...format.columns {
      // With one character a well every fifth column is named.
      if cell.width == 1 {
        if column == 1 || column % 5 == 0 {
          while line.count < 3 + column - 1 { line += " " }
          line += "\(column)"
        }
      } else {
        let number = "\(column)"
        line += String(repeating: " ", count: max(0, cell.width - number.count)) + number
      }
    }
    return line + "\n"
  }

  private static func legend(_ plate: PlateRead, _ scale: Scale, _ cell: Cell) -> String {
    var lines: [String] = []
    if let range = scale.range {
      let low = CompactNumber.text(range.lowerBound, width: 7)
      let high = CompactNumber.text(range.upperBound, width: 7)
      let kind = scale.isLogarithmic ? ", logarithmic" : ""
      let digits = cell.width == 1 ? "9" : "99"
      let words =
        cell.width == 6 ? "\(low) … \(high)\(cell.isColoured ? kind : "")" : "0 = \(low) … \(digits) = \(high)\(kind)"
      lines.append((cell.isColoured ? scale.swatch + " " : "") + words)
    }
    var counts: [PlateRead.Note: Int] = [:]
    for note in plate.wells.compactMap(\.note) { counts[note, default: 0] += 1 }
    let notes = PlateRead.Note.allCases.compactMap { note in
      counts[note].map { "\(Cell.mark(note)) \(note.rawValue) (\($0))" }
    }
    if !notes.isEmpty { lines.append(notes.joined(separator: "  ")) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// How a well is drawn.
  private struct Cell {
    var width: Int
    var isColoured: Bool

    init(columns: Int, isColoured: Bool) {
      width = columns <= 12 ? 6 : columns <= 24 ? 3 : 1
      self.isColoured = isColoured
    }

    static func mark(_ note: PlateRead.Note) -> String {
      switch note {
      case .overflow: ">"
      case .underflow: "<"
      case .empty: "·"
      case .masked: "x"
      case .unreadable: "?"
      }
    }

    func text(_ well: PlateRead.Well?, _ scale: Scale) -> String {
      let space = String(repeating: " ", count: width)
      guard let well else { return space }
      let share = well.note == .masked ? nil : well.value.flatMap(scale.share)
      guard well.note == nil, let value = well.value else {
        return right(Self.mark(well.note ?? .unreadable), share)
      }
      switch width {
      case 6: return right(CompactNumber.text(value, width: 5), share)
      case 3: return right("\(Int(((share ?? 0) * 99).rounded()))", share)
      default: return right("\(Int(((share ?? 0) * 9).rounded()))", share)
      }
    }

    private func right(_ text: String, _ share: Double?) -> String {
      let filled = String(repeating: " ", count: max(0, width - text.count)) + text
      guard isColoured, let share else { return filled }
      return Scale.coloured(filled, share)
    }
  }

  /// Where a value lies between the plate's least and greatest.
  private struct Scale {
    var range: ClosedRange<Double>?
    /// Values above 0 that span more than three decades are told apart by their logarithms.
    var isLogarithmic = false

    init(_ values: [Double]) {
      guard let low = values.min(), let high = values.max() else { return }
      range = low...high
      isLogarithmic = low > 0 && high / 1000 > low
    }

    func share(_ value: Double) -> Double? {
      guard let range else { return nil }
      let (low, high) = (range.lowerBound, range.upperBound)
      guard high > low else { return 0.5 }
      if isLogarithmic { return log(value / low) / log(high / low) }
      let share = (value / 2 - low / 2) / (high / 2 - low / 2)  // halves, because the difference may be too large
      return share.isFinite ? share : 0.5
    }

    /// Pale to deep green-blue in the 256 colours of terminals, the text dark on pale and white on deep.
    private static let colours = [230, 194, 158, 122, 86, 79, 73, 67, 61, 55, 54]

    static func coloured(_ text: String, _ share: Double) -> String {
      let place = Int((min(1, max(0, share)) * Double(colours.count - 1)).rounded())
      return "\u{1B}[48;5;\(colours[place])m\u{1B}[38;5;\(place < 6 ? 16 : 231)m\(text)\u{1B}[0m"
    }

    var swatch: String {
      Self.colours.indices.map { Self.coloured("  ", Double($0) / Double(Self.colours.count - 1)) }.joined()
    }
  }
}
