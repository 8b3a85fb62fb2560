import Assay
import Foundation

/// How transferred volumes become concentrations, and what is doubted about them.
public struct TransferOptions: Sendable, Hashable, Codable {
  /// The volume of an assay well, nL; `nil` when it was not stated, which transfer logs need.
  public var wellVolume: Double?
  /// The largest share of solvent (DMSO) in a well that is not doubted. Default: 0.005 (0.5 %).
  public var solventLimit = 0.005
  /// How far an actual volume may be from the requested one before the well is left out, as a share of the latter.
  /// Default: 0.1.
  public var volumeTolerance = 0.1

  /// The defaults.
  public init() {}
}

/// Turns a transfer log into doses: final concentration = stock concentration × transferred volume / well volume,
/// summed over the transfers of a drug into a well.
///
/// A well whose layout states its drugs keeps the stated doses, and the log only confirms them; a well without gets its
/// drugs from the log. A well with a failed transfer, or one short by more than the tolerance, is left out; within the
/// tolerance the requested volume counts and the well is doubted.
package struct TransferDosing {
  let log: TransferLog
  let stocks: StockList
  let options: TransferOptions

  private struct Place: Hashable {
    var plate: String
    var well: WellPosition
  }

  /// How far a stated dose may be from the log's, as a share of it.
  private static let doseTolerance = 0.1

  func apply(to layouts: inout [PlateLayout], problems: inout PlateProblems) {
    guard let volume = options.wellVolume, volume > 0 else {
      return problems.add(.wellVolumeMissing, .error, file: log.file)
    }
    var groups: [Place: [TransferLog.Transfer]] = [:]
    var names: [(key: String, name: String)] = []
    for transfer in log.transfers {
      let key = PlateLayout.key(transfer.plate)
      if !names.contains(where: { $0.key == key }) { names.append((key, transfer.plate)) }
      groups[Place(plate: key, well: transfer.well), default: []].append(transfer)
    }
    let units = Self.units(of: layouts)
    for (key, name) in names {
      let wells = groups.filter { $0.key.plate == key }.map { ($0.key.well, $0.value) }.sorted { $0.0 < $1.0 }
      var index = layouts.firstIndex { PlateLayout.key($0.plate) == key }
      if index == nil {
        layouts.append(PlateLayout(plate: name, file: log.file, wells: []))
        index = layouts.endIndex - 1
      }
      guard let index else { continue }
      apply(wells, volume: volume, units: units, to: &layouts[index], problems: &problems)
    }
  }

  /// The unit in which each drug's doses are stated elsewhere.
  private static func units(of layouts: [PlateLayout]) -> [String: ConcentrationUnit] {
    var units: [String: ConcentrationUnit] = [:]
    for treatment in layouts.lazy.flatMap(\.wells).flatMap(\.treatments) where treatment.unit != .unstated {
      units[treatment.drug.lowercased()] = units[treatment.drug.lowercased()] ?? treatment.unit
    }
    return units
  }

  private func apply(
    _ wells: [(WellPosition, [TransferLog.Transfer])], volume: Double, units: [String: ConcentrationUnit],
    to layout: inout PlateLayout, problems: inout PlateProblems
  ) {
    var known = Dictionary(uniqueKeysWithValues: layout.wells.map { ($0.position, $0) })
    var unknownStocks: [String: (wells: [String], line: Int)] = [:]
    var solvent: [(fraction: Double, well: WellPosition)] = []
    // A drug in every well is a background, of controls too.
    let everywhere = wells.dropFirst().reduce(Set(wells.first.map { names($0.1) } ?? [])) {
      $0.intersection(names($1.1))
    }
    for (position, transfers) in wells {
      let fraction = transfers.reduce(0) { $0 + $1.solvent * ($1.actual ?? $1.requested) } / volume
      if fraction > options.solventLimit { solvent.append((fraction, position)) }
      let stated = known[position]
      var well = stated ?? .init(position: position, role: .sample, line: transfers[0].line)
      let isSound = transfers.reduce(true) { check($1, plate: layout.plate, problems: &problems) && $0 }
      if !isSound {
        well.role = .empty
        well.treatments = []
      } else if stated == nil || (stated?.role == .sample && stated?.treatments.isEmpty == true) {
        if let source = transfers.first(where: { drug(of: $0) == nil }) {
          let name = "\(source.sourcePlate) \(source.sourceWell)"
          unknownStocks[name, default: ([], source.line)].wells.append(position.description)
          well.role = .empty
        } else {
          well.treatments = treatments(transfers, volume: volume, units: units)
          if well.treatments.isEmpty { well.role = .negative }
        }
      } else if well.role == .sample {
        confirm(well, transfers, volume: volume, plate: layout.plate, problems: &problems)
      } else if well.role == .negative || well.role == .blank, !Set(names(transfers)).isSubset(of: everywhere) {
        problems.add(
          .roleAgainstDrugs(
            plate: layout.plate, wells: [position.description], role: well.role, drugs: names(transfers)),
          .warning, file: log.file, line: transfers[0].line)
        (well.role, well.treatments) = (.empty, [])
      }
      known[position] = well
    }
    layout.wells = known.values.sorted { $0.position < $1.position }
    for (source, group) in unknownStocks.sorted(by: { $0.value.line < $1.value.line }) {
      problems.add(
        .stockUnknown(plate: layout.plate, wells: group.wells, source: source), .warning, file: log.file,
        line: group.line)
    }
    if let worst = solvent.max(by: { $0.fraction < $1.fraction }) {
      problems.add(
        .solventHigh(
          plate: layout.plate, wells: solvent.count, worst: worst.well.description, fraction: worst.fraction,
          limit: options.solventLimit),
        .warning, file: log.file)
    }
  }

  /// Whether a transfer brought what was asked for.
  private func check(_ transfer: TransferLog.Transfer, plate: String, problems: inout PlateProblems) -> Bool {
    let source = "\(transfer.sourcePlate) \(transfer.sourceWell)"
    let well = transfer.well.description
    let isOK = ["", "ok", "success", "successful", "completed", "0"].contains(transfer.status.lowercased())
    let actual = transfer.actual ?? transfer.requested
    if !isOK || (actual <= 0 && transfer.requested > 0) {
      problems.add(
        .transferFailed(plate: plate, well: well, source: source, status: transfer.status), .warning, file: log.file,
        line: transfer.line)
      return false
    }
    let difference = abs(actual - transfer.requested)
    guard difference > 1e-9 * transfer.requested else { return true }
    let isKept = difference <= options.volumeTolerance * transfer.requested
    problems.add(
      .transferShort(
        plate: plate, well: well, source: source, requested: transfer.requested, actual: actual, isKept: isKept),
      .warning, file: log.file, line: transfer.line)
    return isKept
  }

  /// The drug of a transfer and its stock; `("", …)` for solvent alone, `nil` when nothing says what it is.
  private func drug(of transfer: TransferLog.Transfer) -> (name: String, stock: TransferLog.Quantity)? {
    if let drug = transfer.drug {
      if LayoutBuilder.isNoDrug(drug) { return ("", .init(value: 0, unit: .unstated)) }
      if let stock = transfer.stock { return (drug, stock) }
    }
    guard let stock = stocks.stock(plate: transfer.sourcePlate, well: transfer.sourceWell) else { return nil }
    return LayoutBuilder.isNoDrug(stock.drug)
      ? ("", .init(value: 0, unit: .unstated)) : (stock.drug, stock.concentration)
  }

  /// The drugs that transfers bring, of those that are known.
  private func names(_ transfers: [TransferLog.Transfer]) -> [String] {
    transfers.compactMap { transfer in
      guard let found = drug(of: transfer), !found.name.isEmpty, transfer.requested > 0 else { return nil }
      return found.name
    }
  }

  private func treatments(
    _ transfers: [TransferLog.Transfer], volume: Double, units: [String: ConcentrationUnit]
  ) -> [PlateLayout.Treatment] {
    var treatments: [PlateLayout.Treatment] = []
    for transfer in transfers {
      guard let (name, stock) = drug(of: transfer), !name.isEmpty else { continue }
      let micromolar = ConcentrationUnit("uM")
      let wanted = units[name.lowercased()] ?? (stock.unit.molar == nil ? stock.unit : micromolar)
      let factor = stock.unit.factor(to: wanted)
      let unit = factor == nil ? stock.unit : wanted
      let dose = Self.rounded(stock.value * transfer.requested / volume * (factor ?? 1))
      if let same = treatments.firstIndex(where: { $0.drug.lowercased() == name.lowercased() && $0.unit == unit }) {
        treatments[same].dose = Self.rounded(treatments[same].dose + dose)
      } else {
        treatments.append(.init(drug: name, dose: dose, unit: unit))
      }
    }
    return treatments
  }

  /// Compares stated doses with the log's.
  private func confirm(
    _ well: PlateLayout.Well, _ transfers: [TransferLog.Transfer], volume: Double, plate: String,
    problems: inout PlateProblems
  ) {
    guard transfers.allSatisfy({ drug(of: $0) != nil }) else { return }
    let units = Dictionary(
      well.treatments.map { ($0.drug.lowercased(), $0.unit) }, uniquingKeysWith: { first, _ in first })
    let given = treatments(transfers, volume: volume, units: units)
    let stated = well.treatments.filter { $0.dose > 0 }
    let line = transfers[0].line
    guard Set(given.map { $0.drug.lowercased() }) == Set(stated.map { $0.drug.lowercased() }) else {
      return problems.add(
        .transferOfOther(
          plate: plate, well: well.position.description, layout: stated.map(\.drug), log: given.map(\.drug)),
        .warning, file: log.file, line: line)
    }
    for treatment in stated {
      guard let other = given.first(where: { $0.drug.lowercased() == treatment.drug.lowercased() }),
        let factor = other.unit.factor(to: treatment.unit),
        abs(other.dose * factor - treatment.dose) > Self.doseTolerance * treatment.dose
      else { continue }
      problems.add(
        .doseDiffers(
          plate: plate, well: well.position.description, drug: treatment.drug, layout: treatment.dose,
          log: other.dose * factor, unit: treatment.unit.description),
        .warning, file: log.file, line: line)
    }
  }

  /// A concentration to 12 significant digits, more than any volume is known to: the same dose by another way of
  /// multiplying is the same number.
  package static func rounded(_ dose: Double) -> Double {
    guard dose > 0 else { return dose }
    return Double(String(format: "%.12g", dose)) ?? dose
  }
}
