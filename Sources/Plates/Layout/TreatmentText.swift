import Assay
import DoseTables

/// What stands in a well, written as people write it: `selinexor 0.33 uM + bortezomib 5 nM`, `10 nM bortezomib`, `DMSO`.
///
/// A dose needs its unit: `KPT 330` and `MK-2206` are names.
struct TreatmentText {
  /// What the well is for; `nil` where only drugs are named.
  var role: PlateLayout.Role?
  var treatments: [PlateLayout.Treatment] = []
  /// Whether it is a fluid that wells without cells are filled with too.
  var isMedium = false

  /// Reads a text; `nil` when it is none.
  init?(_ text: String, numbers table: TextTable) {
    let whole = text.trimmingSpaces
    if Vehicle.isName(whole), !LayoutBuilder.isNothing(whole),
      !["blank", "empty", "none", "null", "0"].contains(whole.lowercased())
    {
      role = .negative
      isMedium = ControlName.isMedium(whole)
      return
    }
    if let word = PlateLayout.Role(word: whole) ?? ControlName.role(whole, hasDose: false, isZero: false),
      word != .sample
    {
      role = word
      return
    }
    var vehicles = 0
    for part in Self.parts(whole) {
      if Self.isVehicle(part) {
        vehicles += 1
      } else if let treatment = Self.treatment(part, table) {
        guard !treatments.contains(where: { $0.drug.lowercased() == treatment.drug.lowercased() }) else { return nil }
        treatments.append(treatment)
      } else {
        return nil
      }
    }
    guard vehicles > 0 || !treatments.isEmpty else { return nil }
    if treatments.allSatisfy({ $0.dose == 0 }) { role = .negative }
  }

  /// The drugs' texts: apart by `+`, `;`, `&` or `and`.
  private static func parts(_ text: String) -> [String] {
    text.replacing(" and ", with: "+").split { "+;&\n".contains($0) }.map { $0.trimmingSpaces }.filter { !$0.isEmpty }
  }

  private static func isVehicle(_ part: String) -> Bool {
    Vehicle.isName(part) || LayoutBuilder.isShare(part)
  }

  private static func treatment(_ part: String, _ table: TextTable) -> PlateLayout.Treatment? {
    let plain = String(part.map { "()[]@:=,".contains($0) && $0 != "," ? " " : $0 })
    let words = plain.split(separator: " ").map(String.init)
    // The dose is the last word or two, or the first.
    for (dose, name) in [
      (words.suffix(1), words.dropLast(1)), (words.suffix(2), words.dropLast(2)), (words.prefix(1), words.dropFirst(1)),
      (words.prefix(2), words.dropFirst(2)),
    ] {
      guard !name.isEmpty, let quantity = table.quantity(dose.joined(separator: " ")), let unit = quantity.unit,
        quantity.value >= 0, quantity.value == 0 || DoseMatrix.plausible.contains(quantity.value)
      else { continue }
      // A name with another dose in it is two drugs that nothing told apart.
      let rest = Array(name)
      let holdsDose = rest.indices.contains { place in
        [1, 2].contains { length in
          place + length <= rest.count
            && table.quantity(rest[place..<place + length].joined(separator: " ").trimmingCommas)?.unit != nil
        }
      }
      guard !holdsDose else { return nil }
      return .init(drug: name.joined(separator: " "), dose: quantity.value, unit: unit)
    }
    return nil
  }
}

/// A layout as a drawing of the plate: rows A, B, …, columns 1, 2, …, and in each well what stands in it.
struct TreatmentGrid {
  private struct Cell {
    var plate: String?
    var position: WellPosition
    var text: String
    var line: Int
  }

  private var cells: [Cell] = []

  /// The share of a drawing's cells that must be understood; the others are told.
  private static let understood = 0.5

  /// Reads the rows; `nil` where they are no such drawing.
  init?(_ table: TextTable) {
    var plate: String?
    var columns = 0
    for row in table.rows {
      let numbers = row.fields.dropFirst()
      if numbers.count >= 2, numbers.enumerated().allSatisfy({ $1 == "\($0 + 1)" || $1 == "0\($0 + 1)" }) {
        columns = numbers.count
        if PlateHeading.namesPlate(row.field(0)) { plate = row.field(0) }
      } else if row.fields.count == 1, WellPosition.row(letters: row.field(0)) == nil {
        // `Plate 1` above a drawing; a title says nothing.
        if PlateHeading.namesPlate(row.field(0)) { plate = row.field(0) }
        columns = 0
      } else if columns > 0, let letters = WellPosition.row(letters: row.field(0)), row.fields.count <= columns + 1 {
        for (column, text) in numbers.enumerated() where !text.isEmpty {
          cells.append(Cell(plate: plate, position: .init(row: letters, column: column), text: text, line: row.line))
        }
      } else {
        return nil
      }
    }
    let read = cells.map { TreatmentText($0.text, numbers: table) }
    guard read.contains(where: { $0?.treatments.isEmpty == false }),
      Double(read.count { $0 != nil }) >= Self.understood * Double(cells.count)
    else { return nil }
  }

  /// Gives the wells to a builder.
  func read(of table: TextTable, plate file: String, into builder: inout LayoutBuilder) {
    for cell in cells {
      let plate = cell.plate ?? file
      guard let content = TreatmentText(cell.text, numbers: table) else {
        builder.problems.add(
          .badTreatment(plate: plate, well: cell.position.description, text: cell.text), .warning, file: builder.file,
          line: cell.line)
        builder.take(
          .init(position: cell.position, role: .empty, line: cell.line), plate: plate, isNamed: cell.plate != nil)
        continue
      }
      var well = PlateLayout.Well(
        position: cell.position, role: content.role ?? .sample, treatments: content.treatments, line: cell.line)
      if well.role == .negative, ControlName.isVehicle(cell.text) { well.holdsVehicle = true }
      builder.take(
        well, plate: plate, isNamed: cell.plate != nil, isMedium: content.isMedium)
    }
  }
}

extension String {
  /// Without commas and slashes at its ends.
  fileprivate var trimmingCommas: String {
    String(drop { ",/;".contains($0) }.reversed().drop { ",/;".contains($0) }.reversed())
  }
}
