import Assay
import DoseTables

/// What a digital dispenser (HP or Tecan D300, D300e) did: its report, one row a fluid and well.
///
/// The rows of a well add up: each drug has the concentration that its fluid was dispensed to, summed over the rows of
/// the fluid. A fluid that is a vehicle (`DMSO`, `DMSO normalization`) is no drug; a well with nothing else is a negative
/// control, and so is one whose fluid is called as negative controls are (`NC`). The concentrations are final ones, so
/// that the volumes are not needed.
struct DispenserReport {
  private enum Field { case barcode, plate, well, row, column, fluid, dose, unit }

  private static func field(_ name: String) -> Field? {
    switch ColumnRole.fold(name) {
    case "plateid", "barcode", "platebarcode", "platename": .barcode
    case "plate", "platenumber", "plateno": .plate
    case "dispensedwell", "destinationwell", "destwell", "well": .well
    case "dispensedrow", "row": .row
    case "dispensedcol", "dispensedcolumn", "col", "column": .column
    case "fluidname", "fluid", "reagent", "reagentname": .fluid
    case "dispensedconcentration", "dispensedconc", "finalconcentration", "concentration", "conc",
      "targetconcentration":
      .dose
    case "units", "unit", "concunits", "concentrationunits", "dispensedconcentrationunits", "concunit": .unit
    default: nil
    }
  }

  private let table: TextTable
  private let header: Int
  private var columns: [Field: Int] = [:]

  /// Finds the report's header, which may stand below a title; `nil` where there is none.
  init?(_ table: TextTable) {
    for (place, row) in table.rows.prefix(100).enumerated() {
      let names = row.fields.map(ColumnRole.fold)
      guard names.contains(where: { $0.hasPrefix("fluid") }), names.contains(where: { $0.hasPrefix("dispensed") })
      else {
        continue
      }
      var columns: [Field: Int] = [:]
      // The words of the dispenser go before others for the same: `Fluid name` before `Fluid`.
      for (position, name) in row.fields.enumerated() {
        guard let field = Self.field(name) else { continue }
        if field == .unit {
          // Concentrations and volumes have units, each behind its own.
          if columns[.unit] == nil, columns[.dose] == position - 1 { columns[.unit] = position }
        } else if columns[field] == nil
          || ["fluidname", "dispensedwell", "dispensedconcentration"].contains(names[position])
        {
          columns[field] = position
          // The unit behind another column of doses is not this one's.
          if field == .dose { columns[.unit] = nil }
        }
      }
      let hasWell = columns[.well] != nil || (columns[.row] != nil && columns[.column] != nil)
      guard hasWell, columns[.fluid] != nil, columns[.dose] != nil else { continue }
      (self.table, header, self.columns) = (table, place, columns)
      return
    }
    return nil
  }

  private struct Content {
    var line: Int
    var role: PlateLayout.Role?
    var treatments: [PlateLayout.Treatment] = []
    var isSound = true
  }

  /// Gives the wells to a builder; `plate` is the file's own name, for a report that names no plate.
  func read(plate file: String, into builder: inout LayoutBuilder) {
    var wells: [String: [WellPosition: Content]] = [:]
    var order: [(plate: String, isNamed: Bool)] = []
    var controls: [String: (role: PlateLayout.Role, line: Int)] = [:]
    for row in table.rows[(header + 1)...] {
      func text(_ field: Field) -> String { columns[field].map(row.field) ?? "" }
      let stated = [text(.barcode), text(.plate)].first { !$0.isEmpty }
      let plate = stated ?? file
      let name = text(.well).isEmpty ? Self.letters(text(.row)) + text(.column) : text(.well)
      let fluid = text(.fluid)
      guard let position = WellPosition(name) else {
        builder.problems.add(.badWell(plate: plate, text: name), .warning, file: builder.file, line: row.line)
        continue
      }
      if wells[plate] == nil { order.append((plate, stated != nil)) }
      var well = wells[plate]?[position] ?? Content(line: row.line)
      defer { wells[plate, default: [:]][position] = well }
      guard !fluid.isEmpty, let dose = table.quantity(text(.dose)), dose.value >= 0 else {
        well.isSound = false
        builder.problems.add(
          .badDose(plate: plate, well: name, drug: fluid.isEmpty ? "the fluid" : fluid, text: text(.dose)), .warning,
          file: builder.file, line: row.line)
        continue
      }
      if Self.isVehicle(fluid) { continue }
      if let role = PlateLayout.Role(word: fluid), role != .sample {
        controls[fluid] = controls[fluid] ?? (role, row.line)
        well.role = well.role ?? role
        if well.role != role { well.isSound = false }
        continue
      }
      let unit = dose.unit ?? ConcentrationUnit(text(.unit))
      guard let known = well.treatments.firstIndex(where: { $0.drug.lowercased() == fluid.lowercased() }) else {
        well.treatments.append(.init(drug: fluid, dose: dose.value, unit: unit))
        continue
      }
      guard let factor = unit.factor(to: well.treatments[known].unit) else {
        well.isSound = false
        builder.problems.add(
          .drugTwice(plate: plate, well: name, drug: fluid), .warning, file: builder.file, line: row.line)
        continue
      }
      well.treatments[known].dose += dose.value * factor
    }
    for (fluid, control) in controls.sorted(by: { $0.value.line < $1.value.line }) {
      builder.problems.add(
        .controlFluid(fluid: fluid, role: control.role), .info, file: builder.file, line: control.line)
    }
    for (plate, isNamed) in order {
      var untreated: [String] = []
      for (position, content) in (wells[plate] ?? [:]).sorted(by: { $0.key < $1.key }) {
        var well = PlateLayout.Well(
          position: position, role: .sample, treatments: content.treatments, line: content.line)
        if let role = content.role {
          // A control that also has a drug is neither.
          well.role = content.treatments.isEmpty ? role : .empty
          well.treatments = []
        } else if content.treatments.isEmpty {
          well.role = .negative
          well.holdsVehicle = true
          untreated.append(position.description)
        }
        if !content.isSound { (well.role, well.treatments) = (.empty, []) }
        builder.take(well, plate: plate, isNamed: isNamed)
      }
      if !untreated.isEmpty {
        builder.problems.add(.controlsByDrug(plate: plate, wells: untreated), .info, file: builder.file)
      }
    }
  }

  /// `DMSO`, `100% DMSO`, `DMSO normalization`, `a+Tw`, `0.3% Tween 20`, `Normalization`: fluids that carry drugs, or fill wells
  /// up.
  private static func isVehicle(_ fluid: String) -> Bool {
    let words = fluid.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let carriers: Set<String> = [
      "dmso", "vehicle", "water", "h2o", "aqueous", "tw", "tween", "tween20", "pbs", "ethanol", "etoh", "solvent",
      "buffer", "normalization", "normalisation", "backfill",
    ]
    let others: Set<String> = ["a", "back", "fill", "fluid", "only", "control", "x", "v", "in", "with"]
    let named = words.filter { word in !word.allSatisfy(\.isNumber) && !others.contains(word) }
    if !named.isEmpty, named.allSatisfy(carriers.contains) { return true }
    return Vehicle.isName(fluid)
      || words.first.map { ["dmso", "vehicle", "water", "h2o"].contains($0) && words.count <= 3 } ?? false
  }

  /// A row's number as letters: 2 is B.
  private static func letters(_ row: String) -> String {
    Int(row).map { WellPosition(row: max(0, $0 - 1), column: 0).rowName } ?? row
  }
}
