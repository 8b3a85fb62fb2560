import Assay
import Foundation

/// What a column of a long table holds, told by its name.
package enum ColumnRole: Hashable {
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
  package enum ResponseWord: Hashable {
    case viability
    case inhibition
    /// `E` of the Python package `synergy`: by its convention viability, usually as a fraction.
    case effect
    /// `response` and the like: nothing.
    case unspecified
    /// What an instrument counted or measured, on a scale of its own: cells, luminescence, optical density.
    case signal

    /// Whether it says which kind of response the values are.
    var isKind: Bool { self == .viability || self == .inhibition || self == .signal }
  }

  /// Tells a column's role; `nil` for a column that is not needed. Case, spaces, dots, dashes, underscores, `%`, colons
  /// and a final parenthesis (`conc1 (nM)`) do not matter, so that `conc_r`, `ConcR` and `Conc.R` are one name.
  package init?(columnName name: String) {
    guard name.utf8.count <= Self.longestName else { return nil }
    let folded = Self.fold(name)
    if let word = Self.words[folded] {
      self = word
      return
    }
    // What follows costs more than most names need.
    guard folded.utf8.contains(where: Self.isDigit) || Self.letteredWords.contains(where: folded.hasPrefix) else {
      return nil
    }
    let unitsFolded =
      folded.utf8.contains(UInt8(ascii: "u")) ? folded.replacingOccurrences(of: "units", with: "unit") : folded
    guard let (stem, number) = Self.numbered(unitsFolded) ?? Self.lettered(unitsFolded) else { return nil }
    switch stem {
    case "drug#", "drug#name", "antibiotic#", "cmpd#", "cmpd#name", "drugname#", "compound#", "compound#name",
      "compoundname#", "cpd#", "cpdname#", "fluid#",
      "agent#", "treatment#", "inhibitor#",
      "nsc#", "gnumber#", "perturbagen#", "molecule#", "wirkstoff#", "substanz#", "medikament#", "traitement#",
      "médicament#":
      self = .drug(number)
    case "conc#", "dose#", "d#", "drug#conc", "drug#dose", "concentration#", "drug#concentration", "concdrug#",
      "dosedrug#", "concentrationdrug#", "compound#conc", "compound#concentration", "compound#dose", "cpd#conc",
      "cpd#concentration", "agent#conc", "agent#dose", "agent#concentration", "inhibitor#conc", "inhibitor#dose",
      "treatment#conc", "treatment#dose", "conc#value", "konz#", "konzentration#", "dosis#", "konzwirkstoff#",
      "konzsubstanz#", "wirkstoff#konz", "substanz#konz", "wirkstoff#konzentration", "substanz#konzentration":
      self = .dose(number)
    case "concunit#", "unit#", "conc#unit", "drug#unit", "doseunit#", "dose#unit", "drug#concunit",
      "concentration#unit",
      "drug#doseunit", "compound#unit", "agent#unit", "einheit#", "konz#einheit", "konzeinheit#", "unité#", "unite#":
      self = .unit(number)
    default: return nil
    }
  }

  /// A text of more bytes is no column's name but a row that something else than the separator splits.
  package static let longestName = 1_000

  /// A name without what does not matter in it.
  package static func fold(_ name: String) -> String {
    if let folded = foldASCII(name) { return folded }
    var text = Substring(name.lowercased())
    if text.last == ")" || text.last == "]", let open = text.lastIndex(where: { $0 == "(" || $0 == "[" }),
      open > text.startIndex
    {
      text = text[..<open]
    }
    return String(text.filter { $0.isLetter || $0.isNumber })
  }

  /// The same for a name in ASCII, by its bytes; `nil` for another.
  private static func foldASCII(_ name: String) -> String? {
    let folded: String?? = name.utf8.withContiguousStorageIfAvailable { bytes -> String? in
      var end = bytes.count
      var all: UInt8 = 0
      for byte in bytes { all |= byte }
      guard all < 0x80 else { return nil }
      if end > 0, bytes[end - 1] == UInt8(ascii: ")") || bytes[end - 1] == UInt8(ascii: "]"),
        let open = bytes.lastIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }), open > 0
      {
        end = open
      }
      return String(unsafeUninitializedCapacity: end) { folded in
        var count = 0
        for place in 0..<end {
          let byte = bytes[place]
          if isDigit(byte) {
            folded[count] = byte
          } else if (0x61...0x7A).contains(byte | 0x20) {
            folded[count] = byte | 0x20
          } else {
            continue
          }
          count += 1
        }
        return count
      }
    }
    return folded ?? nil
  }

  /// Whether a text has a letter, so that it may name something: most rows of a table hold numbers.
  private static func hasLetter(_ text: String) -> Bool {
    text.utf8.contains { $0 >= 0x80 || (0x61...0x7A).contains($0 | 0x20) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// A dose column that has its unit behind its name, as `conc1_uM` has: what it holds without it, and the unit.
  package static func endingInUnit(_ name: String) -> (role: ColumnRole, unit: ConcentrationUnit)? {
    guard name.utf8.count <= longestName, hasLetter(name), name.utf8.contains(where: { "_. -".utf8.contains($0) }),
      let cut = name.lastIndex(where: { "_. -".contains($0) }), cut > name.startIndex
    else { return nil }
    let unit = ConcentrationUnit(String(name[name.index(after: cut)...]))
    // A lone M says too little.
    guard unit.molar != nil, unit.symbol != "M", let role = ColumnRole(columnName: String(name[..<cut])),
      case .dose = role
    else { return nil }
    return (role, unit)
  }

  /// What a response column's name says, and what the names of its replicates have in common: `response.1` and `response.2`
  /// are replicates of `response`, `rep1` and `rep2` of something that is not named.
  package static func replicate(_ name: String) -> (word: ResponseWord, stem: String)? {
    guard name.utf8.count <= longestName else { return nil }
    var stem = String(fold(name).reversed().drop { $0.isNumber }.reversed())
    for word in ["replicate", "repl", "rep"] where stem.hasSuffix(word) && stem != word && fold(name) != stem {
      stem = String(stem.dropLast(word.count))
      break
    }
    // E1 … E12 are wells.
    if case .response(let word)? = words[stem], stem.count > 1 { return (word, stem) }
    return ["rep", "replicate", "repl"].contains(stem) && stem != fold(name) ? (.unspecified, "replicate") : nil
  }

  /// Whether a column's name says that rows which differ in it are replicates or places, and not conditions.
  package static func isReplicateName(_ name: String) -> Bool {
    let folded = fold(name)
    let stem = String(folded.reversed().drop { $0.isNumber }.reversed())
    return folded.contains("replicate") || stem == "rep" || stem == "repl"
      || ["techrep", "biorep", "technicalrep", "biologicalrep"].contains(stem)
      || folded.hasPrefix("well") || folded.contains("wellid") || folded.hasSuffix("position") || isPlateName(name)
      || ["row", "rowid", "col", "column", "index", "id", "unnamed", "x", "position"].contains(stem)
  }

  /// Whether a column's name says that it holds another measurement of the well or of its plate, which is no condition.
  static func isMeasurementName(_ name: String) -> Bool {
    ["testvalue", "controlvalue", "tzvalue", "expectedgrowth", "score"].contains(fold(name))
  }

  /// Whether a column's name says that it holds the spread of the response, or what the response was counted from.
  static func isSpreadName(_ name: String) -> Bool {
    let folded = fold(name)
    return ["cellcount", "origcellcount", "ch2pos"].contains(folded)
      || ["95ci", "ci95", "95cilow", "95cihigh", "stderr", "standarderror"].contains(where: folded.hasSuffix)
      || ["viastd", "viabilitystd", "responsestd", "inhibitionstd", "viabilitysd", "responsesd", "inhibitionsd"]
        .contains(where: folded.hasSuffix)
  }

  /// Whether a name says that a raw signal was corrected: `RLU_bgsub`, `OD corrected`, `norm_luminescence`.
  static func isCorrected(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let marks: Set = [
      "corrected", "corr", "bgsub", "sub", "subtracted", "norm", "normalized", "normalised", "minus", "blanked",
      "adjusted",
    ]
    let isSignal = words.contains { word in
      if case .response(.signal)? = ColumnRole(columnName: word) {
        true
      } else {
        ["abs", "lum", "fluo", "signal"].contains(word)
      }
    }
    return isSignal && !marks.isDisjoint(with: words) || (isSignal && words.contains("blank"))
  }

  /// Whether a column's name says that people wrote down in it what they saw, or who they were.
  package static func isNote(_ name: String) -> Bool {
    let folded = fold(name)
    return ["note", "comment", "remark", "bemerkung", "kommentar", "flag", "operator", "initials", "checked"].contains(
      where: folded.contains) || ["user", "rerun", "repeated", "by"].contains(folded)
  }

  /// Whether a column's name says that it names plates.
  package static func isPlateName(_ name: String) -> Bool {
    let folded = fold(name)
    return (folded.contains("plate") && !folded.contains("platelet") && !folded.contains("template"))
      || folded.contains("platte") || folded.contains("barcode")
  }

  /// Whether a dose column's name says that it holds logarithms: `conc1 (log10 nM)`, `log10_conc1`.
  package static func isLogarithm(_ name: String) -> Bool {
    guard name.utf8.count <= longestName else { return false }
    return name.lowercased().split { !$0.isLetter && !$0.isNumber }.contains { word in
      ["log", "ln", "log10", "log2", "loge"].contains(word) || word.hasPrefix("log10") || word.hasPrefix("logconc")
        || word.hasPrefix("logdose")
    }
  }

  /// The unit in a name's final parenthesis: `conc1 (nM)`.
  package static func unit(inColumnName name: String) -> ConcentrationUnit? {
    guard name.last == ")" || name.last == "]", let open = name.lastIndex(where: { $0 == "(" || $0 == "[" }) else {
      return nil
    }
    let unit = ConcentrationUnit(String(name[name.index(after: open)...].dropLast()))
    return unit.molar == nil ? nil : unit
  }

  /// `conc12unit` → (`conc#unit`, 12), for numbers 1 to 99.
  private static func numbered(_ folded: String) -> (String, Int)? {
    guard let first = folded.utf8.firstIndex(where: isDigit) else { return nil }
    if folded.utf8.allSatisfy({ $0 < 0x80 }) {
      let end = folded.utf8[first...].firstIndex { !isDigit($0) } ?? folded.endIndex
      guard !folded.utf8[end...].contains(where: isDigit), let number = Int(folded[first..<end]),
        (1...99).contains(number)
      else { return nil }
      return (folded[..<first] + "#" + folded[end...], number)
    }
    let digits = folded.filter { ("0"..."9").contains($0) }
    guard let number = Int(digits), (1...99).contains(number), let range = folded.range(of: digits) else { return nil }
    return (folded.replacingCharacters(in: range, with: "#"), number)
  }

  private static let letteredWords = [
    "drug", "compound", "agent", "cpd", "inhibitor", "treatment", "concentration", "conc", "dose",
  ]

  /// `drugaconc` → (`drug#conc`, 1): drugs that are told apart by letters.
  private static func lettered(_ folded: String) -> (String, Int)? {
    for word in letteredWords {
      guard folded.hasPrefix(word) else { continue }
      let rest = folded.dropFirst(word.count)
      guard let letter = rest.first, let number = ["a": 1, "b": 2, "c": 3][letter] else { continue }
      let stem = word + "#" + rest.dropFirst()
      // `dosec…` may go on as a word.
      if rest.count == 1
        || ["conc", "dose", "unit", "name", "concentration"].contains(where: rest.dropFirst().hasPrefix)
      {
        return (stem, number)
      }
    }
    return nil
  }

  /// A dose column that is called after its drug: `CFZ Concentration`, `Selinexor (nM)`, `bortezomib_uM`. What is left of
  /// the name, and the unit.
  package static func doseOfNamedDrug(_ name: String) -> (drug: String, unit: ConcentrationUnit?)? {
    guard name.utf8.count <= longestName, hasLetter(name), ColumnRole(columnName: name) == nil,
      endingInUnit(name) == nil,
      !isLogarithm(name)
    else { return nil }
    var text = Substring(name)
    let unit = unit(inColumnName: name)
    var saysDose = unit != nil
    if unit != nil, let open = text.lastIndex(where: { $0 == "(" || $0 == "[" }) { text = text[..<open] }
    var words = text.split(whereSeparator: { " _.:".contains($0) }).map(String.init)
    let doseWords: Set = [
      "conc", "concs", "concentration", "concentrations", "dose", "doses", "konz", "konzentration", "dosis", "level",
      "final",
    ]
    let before = words.count
    words.removeAll { doseWords.contains($0.lowercased()) }
    saysDose = saysDose || words.count < before
    var trailing: ConcentrationUnit?
    if unit == nil, words.count > 1, let last = words.last {
      let read = ConcentrationUnit(last)
      if read.molar != nil, read.symbol != "M" || saysDose {
        trailing = read
        words.removeLast()
      }
    }
    guard saysDose || trailing != nil, !words.isEmpty, words.contains(where: { $0.contains(where: \.isLetter) }) else {
      return nil
    }
    var drug = words.joined(separator: " ")
    // `[selinexor] (uM)`
    if drug.first == "[", drug.last == "]", drug.count > 3 { drug = String(drug.dropFirst().dropLast()) }
    // `Final conc (nM)` names no drug.
    let plain: Set = [
      "drug", "compound", "total", "well", "stock", "test", "tested", "max", "min", "log", "wirkstoff", "substanz",
    ]
    return plain.contains(fold(drug)) ? nil : (drug, unit ?? trailing)
  }

  /// The number of the drug whose doses a column holds that is called by a letter or number alone: `[A] (uM)`, `Level B`.
  package static func doseOfLetter(_ name: String) -> Int? {
    guard let drug = doseOfNamedDrug(name)?.drug else { return nil }
    let words = drug.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0 != "drug" && $0 != "compound" }
    guard words.count == 1, let word = words.first else { return nil }
    return ["a": 1, "b": 2, "c": 3, "1": 1, "2": 2, "3": 3][word]
  }

  private static let words: [String: ColumnRole] = {
    var words: [String: ColumnRole] = [:]
    func put(_ role: ColumnRole, _ names: String...) { for name in names { words[name] = role } }
    put(
      .block, "blockid", "block", "blockindex", "pairindex", "pairid", "pair", "comboid", "combinationid", "experiment",
      "experimentid")
    put(
      .sample, "cellline", "celllinename", "celllineid", "cell", "cellname", "sample", "sampleid", "samplename",
      "patient", "patientid", "zelllinie", "zellinie", "lignée", "lignéecellulaire", "strain", "strainname", "isolate",
      "organoid", "clid")
    put(
      .drug(1), "drugrow", "rowdrug", "rowname", "rowdrugname", "druga", "drugrowname", "compounda", "anchorname",
      "anchordrug", "anchordrugname", "anchorcompound", "xpo1i", "xpo1inhibitor")
    put(
      .drug(2), "drugcol", "coldrug", "colname", "coldrugname", "drugb", "drugcolname", "compoundb", "libraryname",
      "librarydrug", "librarydrugname", "librarycompound", "partner", "partnerdrug", "partnername")
    put(
      .dose(1), "concr", "concrow", "rowconc", "rowconcs", "doserow", "rowdose", "conca", "dosea", "anchorconc",
      "anchordose", "anchorconcentration", "xpo1iconc", "xpo1idose", "xpo1iconcentration", "dosexpo1i", "concxpo1i",
      "rowconcentration", "rowdrugconc", "rowdrugconcentration")
    put(
      .dose(2), "concc", "conccol", "colconc", "colconcs", "dosecol", "coldose", "concb", "doseb", "libraryconc",
      "librarydose", "libraryconcentration", "partnerconc", "partnerdose", "partnerconcentration", "dosepartner",
      "concpartner", "columnconcentration", "colconcentration", "columndrugconc", "columndrugconcentration",
      "coldrugconc", "coldrugconcentration")
    put(
      .unit(nil), "concunit", "concunits", "unit", "units", "doseunit", "doseunits", "concentrationunit",
      "einheit", "einheiten", "konzeinheit", "unité", "unités", "unite", "unites")
    put(
      .unit(1), "concrunit", "rowconcunit", "concrowunit", "concunitr", "concunitrow", "concaunit", "unita",
      "anchorunit", "anchorconcunit")
    put(
      .unit(2), "conccunit", "colconcunit", "conccolunit", "concunitc", "concunitcol", "concbunit", "unitb",
      "libraryunit", "libraryconcunit")
    put(
      .response(.inhibition), "inhibition", "percentinhibition", "pctinhibition", "inhibitionpercent", "inhibitionpct",
      "relativeinhibition", "growthinhibition", "fractionaffected", "gia", "inhib", "pctinhib", "percentinhib",
      "inhibitionrate", "percentkilling", "killing", "fa", "celldeath", "percentcelldeath", "pctcelldeath", "apoptosis",
      "percentapoptosis", "percentinh", "pctinh", "viralpercentinh", "viralinhibition", "percentviralinhibition",
      "percentgrowthinhibition", "percentlysis", "specificlysis", "percentspecificlysis", "percentkill", "pctkill",
      "pctkilling", "hemmung", "prozenthemmung", "deadcells", "percentdead", "cytotoxicity", "percentcytotoxicity"
    )
    put(
      .response(.viability), "viability", "percentviability", "pctviability", "viabilitypercent", "viabilitypct",
      "cellviability",
      "relativeviability", "survival", "percentsurvival", "pervia", "relativeod", "relativeod600", "relod",
      "relativegrowth", "percentgrowth", "pctgrowth", "percentgrowthnotz", "normalizedviability", "normalisedviability",
      "normviability",
      "viab", "percentviab", "pctviab", "survivalfraction", "survivingfraction", "fractionsurvival", "percentcontrol",
      "percentofcontrol", "viabilityinpercentofcontrol", "viabilitat", "viabilität", "viabilité", "viabilite",
      "normalizedtodmso",
      "normalisedtodmso", "viabilitypercentofcontrol", "percentofuntreated", "pctcontrol", "pctofcontrol", "poc",
      "percentdmso", "percentofdmso", "relativesurvival")
    put(
      .response(.signal), "cellcount", "cellcounts", "cellnumber", "nuclei", "nucleicount", "confluence", "confluency",
      "od", "od600", "absorbance", "rlu", "rfu", "luminescence", "fluorescence", "rawsignal", "rawvalue", "rawdata",
      "rgr", "biomass", "rate", "growthrate", "dip", "diprate")
    put(.response(.effect), "e")
    put(
      .response(.unspecified), "resp", "response", "responses", "effect", "value", "readout", "signal",
      "readoutvalue", "normalizedmean", "normalisedmean")
    return words
  }()
}
