import Assay
import Foundation
import Plates
import Simulation

/// Something that goes wrong on a plate.
public enum PlateDefect: Sendable, Equatable {
  /// The outer wells read so much brighter (+) or dimmer (−), as a share.
  case edge(Double)
  /// A row, from 0, whose wells got so many more (+) or fewer (−) cells, as a share.
  case row(Int, Double)
  /// A column, from 0, likewise.
  case column(Int, Double)
  /// A change along the columns, from one side to the other, as a share.
  case drift(Double)
  /// A well that got no drug.
  case missedTransfer(WellPosition)
}

/// Reads plates that do not exist.
public struct SimulatedPlates: Sendable {
  /// The drugs, by name.
  public var drugs: [String: SimulatedDrug]
  /// How two of them act together; independently where nothing is said.
  public var interactions: [Set<String>: Interaction] = [:]
  /// The signal of an untreated well.
  public var live = 60_000.0
  /// The signal of a well without cells.
  public var background = 300.0
  /// Coefficient of variation of a well's cells.
  public var noise = 0.06
  /// Standard deviation of the reader's own noise, signal.
  public var readerNoise = 40.0
  /// % inhibition of the positive controls.
  public var kill = 99.0

  /// Simulates these drugs.
  public init(drugs: [SimulatedDrug]) {
    self.drugs = Dictionary(uniqueKeysWithValues: drugs.map { ($0.name, $0) })
  }

  /// A reading of a plate. Signals are whole numbers, as luminescence is counted, so that every format can print them.
  ///
  /// - Parameters:
  ///   - layout: What stands in the wells.
  ///   - format: The plate's size.
  ///   - barcode: What the export states.
  ///   - defects: What goes wrong.
  ///   - random: The noise; wells take their part in the order of their positions.
  public func read(
    _ layout: PlateLayout, format: PlateFormat, barcode: String?, defects: [PlateDefect] = [],
    random: inout SplitMix64
  ) -> PlateRead {
    var wells: [PlateRead.Well] = []
    let designs = Dictionary(uniqueKeysWithValues: layout.wells.map { ($0.position, $0) })
    for row in 0..<format.rows {
      for column in 0..<format.columns {
        let position = WellPosition(row: row, column: column)
        let cells = 1 + noise * random.normal()
        let reading = readerNoise * random.normal()
        var alive = 0.0
        if let design = designs[position] { alive = 1 - inhibition(of: design, defects) / 100 }
        for defect in defects { alive *= Self.factor(of: defect, at: position, format) }
        let signal = background + (live - background) * alive * max(0, cells) + reading
        wells.append(.init(position: position, value: max(0, signal.rounded())))
      }
    }
    return PlateRead(barcode: barcode, format: format, reader: "simulated", wells: wells)
  }

  /// The true % inhibition of a well.
  public func inhibition(of design: PlateLayout.Well, _ defects: [PlateDefect] = []) -> Double {
    switch design.role {
    case .negative: return 0
    case .positive: return kill
    case .blank, .empty: return 100
    case .sample: break
    }
    if defects.contains(.missedTransfer(design.position)) { return 0 }
    let present = design.treatments.filter { $0.dose > 0 }.compactMap { treatment in
      drugs[treatment.drug].map { (drug: $0, dose: treatment.dose) }
    }
    guard present.count == 2 else {
      return 100 * (1 - present.reduce(1) { $0 * (1 - $1.drug.inhibition(at: $1.dose) / 100) })
    }
    let interaction = interactions[Set(present.map(\.drug.name))] ?? .blissNull
    return interaction.inhibition(present[0].drug, present[0].dose, present[1].drug, present[1].dose)
  }

  private static func factor(of defect: PlateDefect, at place: WellPosition, _ format: PlateFormat) -> Double {
    switch defect {
    case .edge(let share):
      let isRim =
        place.row == 0 || place.column == 0 || place.row == format.rows - 1 || place.column == format.columns - 1
      return isRim ? 1 + share : 1
    case .row(let row, let share): return place.row == row ? 1 + share : 1
    case .column(let column, let share): return place.column == column ? 1 + share : 1
    case .drift(let share):
      return 1 + share * (Double(place.column) / Double(max(1, format.columns - 1)) - 0.5)
    case .missedTransfer: return 1
    }
  }
}
