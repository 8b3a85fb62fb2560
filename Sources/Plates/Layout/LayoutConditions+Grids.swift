import Assay
import DoseTables

extension LayoutConditions {
  /// A column each of whose values has combinations that make a grid of doses of their own, or drugs of its own: no treatment
  /// stands with two values then, and still each is a sample.
  ///
  /// What is said of drugs, as a partner's class, has values with drugs of their own too: a condition's values are those of
  /// controls as well.
  func ownGrids(_ place: Int, _ rows: ArraySlice<TextTable.Row>) -> Column? {
    struct Drugs: Hashable {
      var sample: String?
      var names: [String]
    }
    var grids: [Drugs: OwnGrids<String>] = [:]
    var controls: Set<String> = []
    var found = Column(place: place)
    for row in rows {
      let value = value(row, place)
      let doses = wellDoses(row)
      if doses.isEmpty { controls.insert(value) }
      guard doses.count > 1 else { continue }
      // A combination that states none is no grid's.
      guard !value.isEmpty else { return nil }
      found.values.insert(value)
      guard found.values.count <= OwnGrids<String>.mostValues else { return nil }
      let names = doses.keys.sorted()
      grids[Drugs(sample: ownSample(row), names: names), default: .init(drugs: names.count)]
        .add(names.map { doses[$0] ?? 0 }, of: value)
    }
    guard found.values.count > 1, grids.values.allSatisfy(\.areFull) else { return nil }
    let isOfDoses = grids.values.contains(where: \.areSeveral)
    let isOfDrugs =
      grids.values.allSatisfy { $0.values.count == 1 } && controls.isSuperset(of: found.values)
      && Set(grids.keys.map(\.sample)).count == 1
    guard isOfDoses || isOfDrugs else { return nil }
    found.tells = true
    return found
  }

  /// The drugs of a row's well that have a dose, and the doses, in nM where their unit is known.
  private func wellDoses(_ row: TextTable.Row) -> [String: Double] {
    var doses: [String: Double] = [:]
    for row in wellRows(row) {
      for (column, place) in table.columns {
        guard case .drug(let number) = column, !LayoutBuilder.isNoDrug(row.field(place)),
          let dose = table.columns[.dose(number)].map(row.field).flatMap({ numbers.quantity($0) }), dose.value > 0
        else { continue }
        let unit = dose.unit ?? table.unit(of: number, row)
        doses[row.field(place).lowercased()] = TransferDosing.rounded(
          dose.value * (unit.factor(to: ConcentrationUnit("nM")) ?? 1))
      }
    }
    return doses
  }
}
