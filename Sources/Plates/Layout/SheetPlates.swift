import DoseTables

/// Whose plates the sheets of a workbook are of which several are layouts and name no plate: each is of the plate that it is
/// called as, as the sheets of an export are.
struct SheetPlates {
  /// The plates' names by the numbers of their sheets.
  private(set) var plates: [Int: String] = [:]
  /// Sheets that are called as a program calls a new one, and so name no plate.
  private(set) var unnamed: Set<Int> = []

  /// Looks at sheets; `isNameless` tells those that are layouts and name no plate themselves.
  init(_ tables: [(name: String?, table: TextTable)], isNameless: (TextTable) -> Bool) {
    guard tables.count > 1, SheetGrids(tables) == nil else { return }
    let nameless = tables.indices.filter { isNameless(tables[$0].table) }
    guard nameless.count > 1 else { return }
    for place in nameless {
      let name = tables[place].name ?? ""
      if PlateHeading.isDefaultName(name) { unnamed.insert(place) } else { plates[place] = name }
    }
  }

  /// Says which sheets were refused, and what those that were read are taken for.
  func tell(_ names: [String], file: String, _ problems: inout PlateProblems) {
    if !unnamed.isEmpty {
      problems.add(.sheetsWithoutPlate(sheets: unnamed.sorted().map { names[$0] }), .error, file: file)
    }
    if !plates.isEmpty {
      problems.add(.sheetsArePlates(sheets: plates.sorted { $0.key < $1.key }.map(\.value)), .info, file: file)
    }
  }
}
