import Assay
import Foundation

/// What a column of a long table holds, told by its name.
enum ColumnRole: Hashable {
  case block
  case sample
  /// The name of drug 1, 2, …
  case drug(Int)
  /// The dose of drug 1, 2, …
  case dose(Int)
  /// The unit of one drug's dose, or of all (`nil`).
  case unit(Int?)
  case response(ResponseWord)

  /// What a response column's name says about its values.
  enum ResponseWord: Hashable {
    case viability
    case inhibition
    /// `E` of the Python package `synergy`: by its convention viability, usually as a fraction.
    case effect
    /// `response` and the like: nothing.
    case unspecified
  }

  /// Tells a column's role; `nil` for a column that is not needed. Case, spaces, dots, dashes, underscores, `%`, colons
  /// and a final parenthesis (`conc1 (nM)`) do not matter, so that `conc_r`, `ConcR` and `Conc.R` are one name.
  init?(columnName name: String) {
    let folded = Self.fold(name)
    if let word = Self.words[folded] {
      self = word
      return
    }
    guard let (stem, number) = Self.numbered(folded.replacingOccurrences(of: "units", with: "unit")) else { return nil }
    switch stem {
    case "drug#", "drug#name", "drugname#", "compound#", "compound#name", "cpd#", "agent#", "treatment#", "inhibitor#":
      self = .drug(number)
    case "conc#", "dose#", "d#", "drug#conc", "drug#dose", "concentration#", "drug#concentration", "concdrug#",
      "dosedrug#", "compound#conc", "cpd#conc", "agent#conc", "agent#dose", "conc#value":
      self = .dose(number)
    case "concunit#", "unit#", "conc#unit", "drug#unit", "doseunit#", "dose#unit", "drug#concunit",
      "concentration#unit",
      "drug#doseunit", "compound#unit", "agent#unit":
      self = .unit(number)
    default: return nil
    }
  }

  /// A name without what does not matter in it.
  static func fold(_ name: String) -> String {
    var text = Substring(name.lowercased())
    if text.last == ")" || text.last == "]", let open = text.lastIndex(where: { $0 == "(" || $0 == "[" }),
      open > text.startIndex
    {
      text = text[..<open]
    }
    return String(text.filter { $0.isLetter || $0.isNumber })
  }

  /// A dose column that has its unit behind its name, as `conc1_uM` has: what it holds without it, and the unit.
  static func endingInUnit(_ name: String) -> (role: ColumnRole, unit: ConcentrationUnit)? {
    guard let cut = name.lastIndex(where: { "_. -".contains($0) }), cut > name.startIndex else { return nil }
    let unit = ConcentrationUnit(String(name[name.index(after: cut)...]))
    // A lone M says too little.
    guard unit.molar != nil, unit.symbol != "M", let role = ColumnRole(columnName: String(name[..<cut])),
      case .dose = role
    else { return nil }
    return (role, unit)
  }

  /// What a response column's name says, and what the names of its replicates have in common: `response.1` and `response.2`
  /// are replicates of `response`, `rep1` and `rep2` of something that is not named.
  static func replicate(_ name: String) -> (word: ResponseWord, stem: String)? {
    let stem = String(fold(name).reversed().drop { $0.isNumber }.reversed())
    // E1 … E12 are wells.
    if case .response(let word)? = words[stem], stem.count > 1 { return (word, stem) }
    return ["rep", "replicate", "repl"].contains(stem) && stem != fold(name) ? (.unspecified, "replicate") : nil
  }

  /// Whether a column's name says that rows which differ in it are replicates or places, and not conditions.
  static func isReplicateName(_ name: String) -> Bool {
    let folded = fold(name)
    let stem = String(folded.reversed().drop { $0.isNumber }.reversed())
    return folded.contains("replicate") || stem == "rep" || stem == "repl" || folded.hasSuffix("rep")
      || folded.contains("well") || folded.contains("plate") || folded.contains("barcode")
      || ["row", "rowid", "col", "column", "index", "id", "unnamed", "x", "position"].contains(stem)
  }

  /// Whether a dose column's name says that it holds logarithms: `conc1 (log10 nM)`, `log10_conc1`.
  static func isLogarithm(_ name: String) -> Bool {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.contains { word in
      ["log", "ln", "log10", "log2", "loge"].contains(word) || word.hasPrefix("log10") || word.hasPrefix("logconc")
        || word.hasPrefix("logdose")
    }
  }

  /// The unit in a name's final parenthesis: `conc1 (nM)`.
  static func unit(inColumnName name: String) -> ConcentrationUnit? {
    guard name.last == ")" || name.last == "]", let open = name.lastIndex(where: { $0 == "(" || $0 == "[" }) else {
      return nil
    }
    let unit = ConcentrationUnit(String(name[name.index(after: open)...].dropLast()))
    return unit.molar == nil ? nil : unit
  }

  /// `conc12unit` → (`conc#unit`, 12), for numbers 1 to 99.
  private static func numbered(_ folded: String) -> (String, Int)? {
    let digits = folded.filter { ("0"..."9").contains($0) }
    guard let number = Int(digits), (1...99).contains(number), let range = folded.range(of: digits) else { return nil }
    return (folded.replacingCharacters(in: range, with: "#"), number)
  }

  private static let words: [String: ColumnRole] = {
    var words: [String: ColumnRole] = [:]
    func put(_ role: ColumnRole, _ names: String...) { for name in names { words[name] = role } }
    put(
      .block, "blockid", "block", "blockindex", "pairindex", "pairid", "pair", "comboid", "combinationid", "experiment",
      "experimentid")
    put(
      .sample, "cellline", "celllinename", "celllineid", "cell", "cellname", "sample", "sampleid", "samplename",
      "patient",
      "patientid")
    put(.drug(1), "drugrow", "rowdrug", "rowname", "rowdrugname", "druga", "drugrowname", "compounda")
    put(.drug(2), "drugcol", "coldrug", "colname", "coldrugname", "drugb", "drugcolname", "compoundb")
    put(.dose(1), "concr", "concrow", "rowconc", "rowconcs", "doserow", "rowdose", "conca", "dosea")
    put(.dose(2), "concc", "conccol", "colconc", "colconcs", "dosecol", "coldose", "concb", "doseb")
    put(.unit(nil), "concunit", "concunits", "unit", "units", "doseunit", "doseunits", "concentrationunit")
    put(.unit(1), "concrunit", "rowconcunit", "concrowunit", "concunitr", "concunitrow", "concaunit", "unita")
    put(.unit(2), "conccunit", "colconcunit", "conccolunit", "concunitc", "concunitcol", "concbunit", "unitb")
    put(
      .response(.inhibition), "inhibition", "percentinhibition", "pctinhibition", "inhibitionpercent", "inhibitionpct",
      "relativeinhibition", "growthinhibition", "fractionaffected")
    put(
      .response(.viability), "viability", "percentviability", "pctviability", "viabilitypercent", "viabilitypct",
      "cellviability",
      "relativeviability", "survival", "percentsurvival")
    put(.response(.effect), "e")
    put(.response(.unspecified), "response", "responses", "effect", "value", "readout", "signal")
    return words
  }()
}
