import Assay
import DoseTables

/// What a column of a layout table, or a grid of a grid-shaped layout, holds; told by its name.
enum LayoutColumn: Hashable {
  case plate
  case well
  /// The row's letters, and the column's number, where a table has them apart.
  case row
  case column
  case role
  case drug(Int)
  case dose(Int)
  /// The unit of one drug's dose, or of all (`nil`).
  case unit(Int?)
  case sample
  case replicate
  /// When the plate was read: `0`, `day 0`, `t0` mark the plate of the start.
  case day

  /// Tells a column by its name, with the same tolerance as `ColumnRole`; `nil` for one that is not needed.
  init?(name: String) {
    if let word = Self.words[ColumnRole.fold(name)] {
      self = word
      return
    }
    switch ColumnRole(columnName: name) ?? Self.unitSuffix(name).flatMap({ ColumnRole(columnName: $0.stem) }) {
    case .sample: self = .sample
    case .drug(let number): self = .drug(number)
    case .dose(let number): self = .dose(number)
    case .unit(let number): self = .unit(number)
    case .block, .response, nil: return nil
    }
  }

  /// The unit that a column's name states: in parentheses, or at its end, as `concdrug1.micro_M.` (R's way of writing
  /// `concdrug1[micro_M]`).
  static func unit(inName name: String) -> ConcentrationUnit? {
    ColumnRole.unit(inColumnName: name) ?? unitSuffix(name)?.unit
  }

  private static func unitSuffix(_ name: String) -> (stem: String, unit: ConcentrationUnit)? {
    // Each of the suffixes ends in m or r.
    guard name.utf8.count <= ColumnRole.longestName,
      let last = name.utf8.last(where: { !"._ -)]".utf8.contains($0) }), "mMrR".utf8.contains(last)
    else { return nil }
    var text = Substring(name.lowercased())
    while let last = text.last, "._ -)]".contains(last) { text.removeLast() }
    for (suffix, unit) in units where text.hasSuffix(suffix) {
      let stem = text.dropLast(suffix.count)
      guard let mark = stem.last, "._ -([".contains(mark) else { continue }
      return (String(stem.dropLast()), ConcentrationUnit(unit))
    }
    return nil
  }

  private static let units = [
    ("micro_m", "uM"), ("micro.m", "uM"), ("microm", "uM"), ("micromolar", "uM"), ("nano_m", "nM"), ("nano.m", "nM"),
    ("nanom", "nM"), ("nanomolar", "nM"), ("milli_m", "mM"), ("millimolar", "mM"), ("um", "uM"), ("µm", "uM"),
    ("μm", "uM"), ("nm", "nM"), ("mm", "mM"), ("pm", "pM"),
  ]

  private static let words: [String: LayoutColumn] = {
    var words: [String: LayoutColumn] = [:]
    func put(_ column: LayoutColumn, _ names: String...) { for name in names { words[name] = column } }
    put(.plate, "plate", "barcode", "platebarcode", "plateid", "platename", "assayplate", "destinationplatebarcode")
    put(.well, "well", "wellid", "wells", "position", "wellposition", "destinationwell")
    put(.row, "row", "wellrow", "rowletter", "platerow")
    put(.column, "column", "col", "wellcolumn", "wellcol", "platecolumn")
    put(
      .role, "role", "welltype", "type", "control", "content", "contents", "wellrole", "rolle", "welltyp", "probentyp",
      "rôle")
    put(.drug(1), "drug", "compound", "anchor", "drugname", "treatment")
    put(.drug(1), "gnumber")
    put(.drug(2), "partner", "gnumber2")
    put(.drug(3), "gnumber3")
    put(.dose(1), "conc", "dose", "concentration", "anchorconc", "anchordose")
    put(.dose(2), "partnerconc", "partnerdose")
    put(.replicate, "replicate", "rep", "repl", "replicatenumber")
    put(.day, "day", "timepoint", "time")
    return words
  }()
}

extension PlateLayout.Role {
  /// Reads a role in the words that labs use; `nil` when it is none of them.
  init?(word: String) {
    switch ColumnRole.fold(word) {
    case "probe", "substanz", "wirkstoff", "échantillon", "echantillon", "sample", "compound", "treatment", "treated",
      "test", "drug", "combination", "combo", "single", "unknown":
      self = .sample
    case "negative", "neg", "negativecontrol", "negcontrol", "negctrl", "vehicle", "vehiclecontrol", "dmso",
      "untreated", "unbehandelt", "kontrolle", "negativkontrolle", "negkontrolle", "vehikel", "vehikelkontrolle",
      "lösungsmittel", "lösungsmittelkontrolle", "témoin", "temoin", "témoinnégatif", "temoinnegatif",
      "contrôlenégatif",
      "controlenegatif", "nontraité", "nontraite", "nontreated", "untreatedcontrol", "nc", "solvent":
      self = .negative
    case "positive", "pos", "positivecontrol", "poscontrol", "posctrl", "kill", "killcontrol", "pc", "dead",
      "positivkontrolle", "poskontrolle", "témoinpositif", "temoinpositif", "contrôlepositif", "controlepositif":
      self = .positive
    case "blank", "background", "medium", "media", "mediaonly", "mediumonly", "nocells", "leerwert", "hintergrund",
      "nurmedium", "ohnezellen", "blanc", "bruitdefond", "sanscellules", "milieu":
      self = .blank
    case "empty", "unused", "none", "skip", "excluded", "leer", "vide": self = .empty
    default: return nil
    }
  }
}
