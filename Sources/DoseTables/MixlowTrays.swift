import Assay
import Spreadsheets
import Statistics

/// A data file of the R package mixlow: trays of one drug or of a mixture in a fixed ratio, each said row by row.
///
/// ```
/// conc_units   ug/ml
/// tray_label   mixture_tr1
/// cell_line    A549
/// composition  topo=.5   vin=.5          ← the drugs' shares of each concentration
/// conc         0         0        0.005  ← a row a row of the tray
/// label        rx        rx       rx     ← rx: cells, with the drugs or without; bbt: no cells
/// resp         1826      1744     1330
/// ```
///
/// As mixlow does it, the mean of a tray's `bbt` wells is taken off its responses. What is left is given in percent of the
/// median of the tray's own untreated wells, since signals of trays differ; the package fits an untreated level for each tray.
struct MixlowTrays {
  private struct Tray {
    var name: String
    var line: Int
    var texts: [String: String] = [:]
    var drugs: [(name: String, share: Double)] = []
    /// The rows of concentrations, labels and responses, with the lines of the latter.
    var doses: [[String]] = []
    var labels: [[String]] = []
    var responses: [(line: Int, fields: [String])] = []
  }

  private struct Well {
    var line: Int
    var dose: Double
    var value: Double
  }

  private let table: TextTable
  private var unit = ConcentrationUnit.unstated
  private var trays: [Tray] = []

  /// Finds the trays; `nil` where a text is no such file.
  init?(_ bytes: [UInt8]) {
    guard let table = try? TextTable(bytes), table.ending == .complete else { return nil }
    self.table = table
    for row in table.rows {
      let label = row.field(0).lowercased()
      let fields = Array(row.fields.dropFirst())
      switch label {
      case "conc_units": unit = ConcentrationUnit(row.field(1))
      case "tray_label": trays.append(Tray(name: row.field(1), line: row.line))
      default:
        guard let last = trays.indices.last else { continue }
        switch label {
        case "composition": trays[last].drugs += fields.compactMap(drug)
        case "conc": trays[last].doses.append(fields)
        case "label": trays[last].labels.append(fields)
        case "resp": trays[last].responses.append((row.line, fields))
        default: trays[last].texts[label] = row.field(1)
        }
      }
    }
    let labels = Set(table.rows.lazy.map { $0.field(0).lowercased() })
    guard labels.isSuperset(of: ["tray_label", "composition", "conc"]) else { return nil }
  }

  /// `topo=.5`
  private func drug(_ field: String) -> (name: String, share: Double)? {
    guard let mark = field.firstIndex(of: "=") else { return nil }
    let name = field[..<mark].trimmingSpaces
    guard !name.isEmpty, let share = table.number(field[field.index(after: mark)...].trimmingSpaces), share > 0 else {
      return nil
    }
    return (name, share)
  }

  /// Puts the trays' wells into blocks, each pair of drugs in a cell line one.
  ///
  /// - Throws: `mixlowTray` for a tray that cannot be read.
  func screen(
    drugKey: (String) -> String, units: (String) -> ConcentrationUnit?
  ) throws(PlateReadingError) -> RawScreen {
    var screen = RawScreen(format: "trays of mixtures (mixlow)")
    screen.responseColumn = ("resp", .viability)
    screen.findings.add(.info(.mixlowRead(trays: trays.count)))
    var singles: [SingleWell] = []
    var places: [[String]: Int] = [:]
    for tray in trays {
      let wells = try wells(of: tray)
      let time = tray.texts["assay_time"] ?? ""
      let line = tray.texts["cell_line"].flatMap { $0.isEmpty ? nil : $0 }
      // Trays that were read at another time are other experiments.
      let sample = hasSeveralTimes ? [line, "time " + time].compactMap(\.self).joined(separator: ", ") : line
      let drugs = tray.drugs.map { (name: $0.name, share: $0.share, unit: units($0.name) ?? unit) }
      guard drugs.count > 1 else {
        singles += wells.map { well in
          var single = SingleWell(line: well.line, label: "", sample: sample)
          single.drugs = drugs.map { ($0.name, well.dose, $0.unit) }
          single.values = [well.value]
          return single
        }
        continue
      }
      let keys = drugs.map { drugKey($0.name) }
      let place = places[[sample ?? ""] + keys.sorted()] ?? screen.blocks.count
      if place == screen.blocks.count {
        places[[sample ?? ""] + keys.sorted()] = place
        screen.blocks.append(
          RawBlock(
            label: "\(place + 1)", line: tray.line, sample: sample, drugs: drugs.map(\.name), units: drugs.map(\.unit)))
      }
      let order = screen.blocks[place].drugs.map { keys.firstIndex(of: drugKey($0)) ?? 0 }
      for well in wells {
        screen.blocks[place].append(
          doses: order.map { well.dose * drugs[$0].share }, value: well.value, line: well.line)
      }
    }
    var none = ConditionColumns()
    try SingleWell.place(singles, in: &screen, conditions: &none, isLabelled: false, drugKey: drugKey)
    return screen
  }

  private var hasSeveralTimes: Bool { Set(trays.map { $0.texts["assay_time"] ?? "" }).count > 1 }

  /// The treated and untreated wells of a tray, in percent of its untreated ones.
  private func wells(of tray: Tray) throws(PlateReadingError) -> [Well] {
    func fault(_ what: String) -> PlateReadingError { .mixlowTray(line: tray.line, tray: tray.name, what: what) }
    guard !tray.drugs.isEmpty else { throw fault("composition names no drug, as topo=1") }
    let whole = tray.drugs.reduce(0) { $0 + $1.share }
    guard abs(whole - 1) <= 0.01 else { throw fault("the shares of its composition sum to \(whole), expected 1") }
    guard !tray.doses.isEmpty, tray.doses.count == tray.labels.count, tray.doses.count == tray.responses.count else {
      throw fault(
        "\(tray.doses.count) rows of conc, \(tray.labels.count) of label and \(tray.responses.count) of resp, expected as many of each"
      )
    }
    var wells: [Well] = []
    var blanks: [Double] = []
    for ((doses, labels), responses) in zip(zip(tray.doses, tray.labels), tray.responses) {
      for (column, text) in responses.fields.enumerated() where !Self.isMissing(text) {
        guard let value = table.number(text) else { throw .unreadableResponse(line: responses.line, text: text) }
        switch column < labels.count ? labels[column].lowercased() : "" {
        case "rx":
          let dose = column < doses.count ? doses[column] : ""
          guard let number = table.number(dose), number >= 0 else {
            throw .unreadableDose(line: responses.line, drug: tray.drugs[0].name, text: dose)
          }
          wells.append(Well(line: responses.line, dose: number, value: value))
        case "bbt": blanks.append(value)
        case let label:
          throw fault(
            "the label \"\(PlateReadingError.short(label))\" is not recognised, expected rx (cells) or bbt (blank); blanks at each "
              + "concentration (bbc) are not subtracted here")
        }
      }
    }
    let blank = blanks.isEmpty ? 0 : blanks.reduce(0, +) / Double(blanks.count)
    let untreated = median(wells.lazy.filter { $0.dose == 0 }.map { $0.value - blank })
    guard untreated > 0 else { throw fault("no untreated well (rx, conc 0) reads more than the blanks") }
    return wells.map { Well(line: $0.line, dose: $0.dose, value: 100 * ($0.value - blank) / untreated) }
  }

  private static func isMissing(_ text: String) -> Bool {
    ["", ".", "na", "n/a", "nan", "-"].contains(text.lowercased())
  }
}
