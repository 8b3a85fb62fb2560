import Assay

/// Which columns of a long table hold what.
package struct TableColumns {
  /// One drug's columns.
  package struct Drug: Hashable {
    package var name: Int?
    /// The drug's name where it stands in the dose column's name.
    var nameInHeader: String?
    var dose: Int
    var unit: Int?
    /// What stands before a number that is the drug's name: `NSC ` in a column of NSC numbers.
    var prefix = ""
    /// The unit that the dose column's own name states.
    package var unitInHeader: ConcentrationUnit?
  }

  /// The header's names without empty ones at the end.
  package var names: [String]
  package var block: Int?
  package var sample: Int?
  package var drugs: [Drug]
  /// The response's columns: more than one where replicates stand side by side.
  package var responses: [Int]
  /// The first of them.
  package var response: Int { responses[0] }
  package var responseWord: ColumnRole.ResponseWord
  /// Columns that also had a role that another column was taken for.
  package var unread: [(name: String, read: String)] = []
  /// Columns whose name says nothing that is needed.
  package var others: [Int] = []
  /// Of these, those of which a person said that rows which differ in them are replicates.
  package var replicates: Set<Int> = []
  /// And those of which a person said that they are conditions.
  var conditions: Set<Int> = []
  /// Columns whose name is one for responses, beside those that are read: words in them tell wells apart.
  var responsesUnread: Set<Int> = []
  /// The samples of the responses' columns, where a person said that each is of its own.
  var samples: [String]?
  /// The columns of what each drug does alone, beside the response of both.
  var alone: [Int] = []
  /// Whether the dose columns are called after drugs and nothing says that they hold doses.
  var areDosesBare = false
  /// Columns that by their names hold the signal that is read after a correction.
  var corrected: [String] = []
  /// A column of growth since time zero beside one of growth in percent of the untreated, which is read.
  var growth: (unread: String, read: String)?

  /// The number of needed columns that a header has; tells which separator a file uses.
  package static func score(_ names: [String]) -> Int {
    names.reduce(0) {
      $0 + (ColumnRole(columnName: $1) == nil && ColumnRole.endingInUnit($1) == nil ? 0 : 1)
    }
  }

  /// Finds the columns.
  ///
  /// - Throws: `notADoseMatrix` saying what is missing, `columnNotFound` for a choice that names no column.
  package init(names: [String], line: Int, choices: ColumnChoices = ColumnChoices()) throws(PlateReadingError) {
    let names = Self.numbered(names)
    let chosen = try Self.chosen(names, line, choices)
    let chosenRoles = Set(chosen.values.compactMap { if case .role(let role) = $0 { role } else { nil } })
    let isResponseChosen =
      chosen.values.contains(.samples) || chosenRoles.contains { if case .response = $0 { true } else { false } }
    var found: [ColumnRole: Int] = [:]
    var responses: [(column: Int, word: ColumnRole.ResponseWord)] = []
    var unread: [(name: String, read: String)] = []
    var replicates: [(column: Int, word: ColumnRole.ResponseWord, stem: String)] = []
    var others: [Int] = []
    let beside = chosen.isEmpty ? AloneColumns(names) : nil
    alone = beside?.alone ?? []
    let isWide = chosen.values.contains(.samples)
    // NCI-ALMANAC states growth since time zero, down to −100, beside the percentage of the untreated cells.
    let growth = names.firstIndex { ColumnRole.fold($0) == "percentgrowth" }
    let untreated = names.first { ColumnRole.fold($0) == "percentgrowthnotz" }
    if let growth, let untreated, chosen[growth] == nil, !isResponseChosen, !isWide {
      self.growth = (names[growth], untreated)
    }
    for (column, name) in names.enumerated() {
      if self.growth?.unread == name || beside?.alone.contains(column) == true { continue }
      if let beside, beside.together == column {
        responses.append((column, beside.word))
        continue
      }
      switch chosen[column] {
      case .samples?:
        responses.append((column, Self.sample(inColumnName: name).word))
        continue
      case .ignore?: continue
      case .replicate?:
        others.append(column)
        self.replicates.insert(column)
        continue
      case .condition?:
        others.append(column)
        self.conditions.insert(column)
        continue
      case .role(.response)?:
        let word: ColumnRole.ResponseWord =
          if case .response(let word)? = ColumnRole(columnName: name) { word } else { .unspecified }
        responses.append((column, word))
        continue
      case .role(let role)?:
        found[role] = column
        if case .dose = role, ColumnRole.isLogarithm(name) { throw .logarithms(line: line, column: name) }
        continue
      case nil: break
      }
      if !isResponseChosen, let (word, stem) = ColumnRole.replicate(name) { replicates.append((column, word, stem)) }
      guard
        var role = ColumnRole(columnName: name) ?? ColumnRole.endingInUnit(name)?.role
          ?? ColumnRole.doseOfLetter(name).map({ .dose($0) })
      else {
        others.append(column)
        continue
      }
      if case .dose = role, ColumnRole.isLogarithm(name) { throw .logarithms(line: line, column: name) }
      if case .response(let word) = role {
        if isResponseChosen { others.append(column) } else { responses.append((column, word)) }
        continue
      }
      // `ConcC` is the column drug's dose, but the third drug's beside ConcA and ConcB.
      if let first = found[role], let third = role.third, names[first].lowercased().last == "b" { role = third }
      if chosenRoles.contains(role) {
        others.append(column)
      } else if let first = found[role] {
        // A second sample or experiment may tell wells apart.
        if role == .sample || role == .block { others.append(column) } else { unread.append((name, names[first])) }
      } else {
        found[role] = column
      }
    }
    Self.addFirst(names, &found, &others)
    var response = isResponseChosen ? responses.first : Self.response(responses, replicates)
    var sideBySide: [Int]
    if isResponseChosen {
      sideBySide = responses.map(\.column)
    } else {
      let stem = response.flatMap { chosen in replicates.first { $0.column == chosen.column }?.stem }
      let alike = replicates.filter { $0.stem == stem }
      sideBySide = Self.areReplicates(alike.map { names[$0.column] }) ? alike.map(\.column) : []
      // `viability_24` and `viability_48` are times, and which is meant is not for us to say.
      if sideBySide.isEmpty, alike.count > 1, let chosen = response, ColumnRole.fold(names[chosen.column]) != stem {
        response = nil
        others += alike.map(\.column)
      } else if sideBySide.isEmpty, alike.count > 1 {
        others += alike.map(\.column).filter { $0 != response?.column }
      }
    }
    // Two columns of one name are replicates.
    if let response, !isResponseChosen, sideBySide.isEmpty {
      let twins = responses.filter { names[$0.column].lowercased() == names[response.column].lowercased() }
      if twins.count > 1 { sideBySide = twins.map(\.column) }
    }
    others.removeAll { sideBySide.contains($0) }
    var drugs = Self.drugs(found, names)
    for drug in drugs.indices {
      if let name = drugs[drug].name, ColumnRole.fold(names[name]) == "nsc\(drug + 1)" { drugs[drug].prefix = "NSC " }
    }
    // A dose column that was chosen, and whose name is no word for a dose, is called after its drug.
    for drug in drugs.indices where drugs[drug].name == nil && chosen[drugs[drug].dose] != nil {
      let name = names[drugs[drug].dose]
      if ColumnRole(columnName: name) == nil, ColumnRole.endingInUnit(name) == nil {
        drugs[drug].nameInHeader = ColumnRole.doseOfNamedDrug(name)?.drug ?? name
      }
    }
    // Where columns name the drugs, no column of doses is called after one.
    let areNamed = found.keys.contains { if case .drug = $0 { true } else { false } }
    if drugs.isEmpty, !areNamed { drugs = Self.namedDrugs(names, &others) }
    if drugs.isEmpty, !areNamed, let bare = Self.bareDrugs(names, others, response?.word) {
      (drugs, areDosesBare) = (bare, true)
      others = []
    }
    let named = drugs.count { $0.name != nil }
    let namesAreMissing = named > 0 && named < drugs.count
    guard let response, drugs.count >= 2, !namesAreMissing else {
      throw .notADoseMatrix(
        line: line, columns: names,
        missing: Self.missing(drugs, namesAreMissing: namesAreMissing, hasResponse: response != nil))
    }
    for other in responses where other.column != response.column && !sideBySide.contains(other.column) {
      // A signal beside the responses made of it is another quantity.
      if other.word == .signal, response.word != .signal {
        others.append(other.column)
      } else {
        unread.append((names[other.column], names[response.column]))
        others.append(other.column)
        responsesUnread.insert(other.column)
      }
    }
    corrected =
      response.word == .signal && !isResponseChosen ? others.map { names[$0] }.filter(ColumnRole.isCorrected) : []
    // A drug without a dose tells wells apart.
    for (role, column) in found {
      if case .drug(let number) = role, number > drugs.count { others.append(column) }
    }
    if drugs.count != 2 { alone = [] }
    self.names = names
    self.block = found[.block]
    self.sample = found[.sample]
    self.drugs = drugs
    self.responses = sideBySide.isEmpty ? [response.column] : sideBySide
    if isWide { samples = self.responses.map { Self.sample(inColumnName: names[$0]).name } }
    self.others = others.sorted()
    self.responseWord = response.word
    self.unread = unread
  }

  /// Finds the first drug's columns where only further ones are numbered, as in `agent, concentration, agent2, concentration2`
  /// and gDR's `Gnumber, Concentration, Gnumber_2, Concentration_2`: the second's name without its number.
  ///
  /// Also the names of an anchor and a drug of a library, where the two are called so.
  private static func addFirst(_ names: [String], _ found: inout [ColumnRole: Int], _ others: inout [Int]) {
    let pair = ["anchor", "library"].map { word in others.first { ColumnRole.fold(names[$0]) == word } }
    if let anchor = pair[0], let library = pair[1], found[.drug(1)] == nil, found[.drug(2)] == nil {
      (found[.drug(1)], found[.drug(2)]) = (anchor, library)
      others.removeAll { $0 == anchor || $0 == library }
    }
    for (first, second) in [(ColumnRole.drug(1), ColumnRole.drug(2)), (.dose(1), .dose(2)), (.unit(1), .unit(2))] {
      guard found[first] == nil, let column = found[second] else { continue }
      let stem = ColumnRole.fold(names[column])
      guard stem.hasSuffix("2"),
        let plain = others.first(where: { ColumnRole.fold(names[$0]) == stem.dropLast() })
      else { continue }
      found[first] = plain
      others.removeAll { $0 == plain }
    }
  }

  /// The sample that a column of its responses is called after, and what the name says of them: `viability_MM1S` is the
  /// viability of MM1S.
  private static func sample(inColumnName name: String) -> (name: String, word: ColumnRole.ResponseWord) {
    func word(_ text: Substring) -> ColumnRole.ResponseWord? {
      if case .response(let word)? = ColumnRole(columnName: String(text)), text.count > 1 { word } else { nil }
    }
    let marks: Set<Character> = ["_", " ", ":"]
    if let cut = name.firstIndex(where: marks.contains), let word = word(name[..<cut]) {
      let rest = String(trimming: name[name.index(after: cut)...].utf8)
      if !rest.isEmpty { return (rest, word) }
    }
    if let cut = name.lastIndex(where: marks.contains), let word = word(name[name.index(after: cut)...]) {
      let rest = String(trimming: name[..<cut].utf8)
      if !rest.isEmpty { return (rest, word) }
    }
    return (name, .unspecified)
  }

  /// The column of each choice.
  private static func chosen(
    _ names: [String], _ line: Int, _ choices: ColumnChoices
  ) throws(PlateReadingError) -> [Int: ColumnChoices.Role] {
    var chosen: [Int: ColumnChoices.Role] = [:]
    for choice in choices.choices {
      let equal = names.indices.filter { names[$0] == choice.column }
      let alike = names.indices.filter { names[$0].lowercased() == choice.column.lowercased() }
      guard let column = equal.first ?? alike.first else {
        throw .columnNotFound(line: line, wanted: choice.column, columns: names)
      }
      chosen[column] = choice.role
    }
    return chosen
  }

  /// Inhibition or viability by name say more than `response` does, and that more than a signal.
  private static func response(
    _ responses: [(column: Int, word: ColumnRole.ResponseWord)],
    _ replicates: [(column: Int, word: ColumnRole.ResponseWord, stem: String)]
  ) -> (column: Int, word: ColumnRole.ResponseWord)? {
    responses.first { $0.word == .inhibition || $0.word == .viability } ?? responses.first { $0.word != .signal }
      ?? responses.first ?? replicates.first.map { ($0.column, $0.word) }
  }

  /// Whether columns are replicates by their numbers: 1, 2, …, or pandas' `response, response.1, response.2`.
  private static func areReplicates(_ names: [String]) -> Bool {
    let numbers = names.map { name in Int(String(ColumnRole.fold(name).reversed().prefix { $0.isNumber }.reversed())) }
    let stated = numbers.compactMap(\.self).sorted()
    guard stated == Array(1..<(stated.count + 1)), stated.count >= 1 else { return names.count == 1 }
    // A column without a number beside 1, 2, 3 is their mean, but for pandas' first.
    return stated.count == names.count || zip(names, numbers).allSatisfy { $1 == nil || $0.contains(".") }
  }

  private static func drugs(_ found: [ColumnRole: Int], _ names: [String]) -> [Drug] {
    var drugs: [Drug] = []
    while let dose = found[.dose(drugs.count + 1)] {
      let number = drugs.count + 1
      drugs.append(
        Drug(
          name: found[.drug(number)], dose: dose, unit: found[.unit(number)] ?? found[.unit(nil)],
          unitInHeader: ColumnRole.unit(inColumnName: names[dose]) ?? ColumnRole.endingInUnit(names[dose])?.unit
            ?? ColumnRole.doseOfNamedDrug(names[dose])?.unit))
    }
    return drugs
  }

  /// Dose columns that are called after their drugs: two or three of them make a table of one combination.
  private static func namedDrugs(_ names: [String], _ others: inout [Int]) -> [Drug] {
    let drugs = others.compactMap { column in
      ColumnRole.doseOfNamedDrug(names[column]).map {
        Drug(name: nil, nameInHeader: $0.drug, dose: column, unit: nil, unitInHeader: $0.unit)
      }
    }
    guard (2...3).contains(drugs.count), Set(drugs.compactMap(\.nameInHeader)).count == drugs.count else { return [] }
    others.removeAll { column in drugs.contains { $0.dose == column } }
    return drugs
  }

  /// Two columns with names of their own beside one response, and nothing else: the doses of drugs of these names.
  private static func bareDrugs(_ names: [String], _ others: [Int], _ word: ColumnRole.ResponseWord?) -> [Drug]? {
    let generic: Set<String> = [
      "dose", "doses", "conc", "concs", "concentration", "pct", "percent", "share", "fraction", "ratio", "total",
      "amount",
      "level", "row", "col", "column", "value", "mean", "sd", "n", "id", "index", "name", "group", "type", "condition",
      "rank",
      "x", "y", "number", "ratios", "score", "weight", "age", "od", "count",
    ]
    guard names.count == 3, others.count == 2, RayTable.columns(names) == nil,
      word == .viability || word == .inhibition,
      others.allSatisfy({ place in
        let name = names[place]
        return name.contains(where: \.isLetter)
          && ColumnRole.doseOfNamedDrug(name) == nil
          && generic.isDisjoint(with: name.lowercased().split { !$0.isLetter }.map(String.init)) && name.count <= 40
          && !TimeWords.isAxis(name)
          && !TimeWords.isTime(name)
          && !ColumnRole.isReplicateName(name) && !ColumnRole.isMeasurementName(name) && !ColumnRole.isSpreadName(name)
          && !TreatmentColumn.isName(name)
      })
    else { return nil }
    return others.map { Drug(name: nil, nameInHeader: names[$0], dose: $0, unit: nil, unitInHeader: nil) }
  }

  private static func missing(_ drugs: [Drug], namesAreMissing: Bool, hasResponse: Bool) -> [String] {
    var missing: [String] = []
    for number in 1...2 where drugs.count < number { missing.append("the dose of drug \(number) (conc\(number))") }
    if namesAreMissing {
      for number in drugs.indices where drugs[number].name == nil {
        missing.append("the name of drug \(number + 1) (drug\(number + 1))")
      }
    }
    if !hasResponse { missing.append("the measured response (response, inhibition or viability)") }
    return missing
  }

  /// What each column was taken for.
  package var roles: [ColumnUse] {
    var roles: [(String, Int?)] = [("block", block), ("sample", sample)]
    for (place, drug) in drugs.enumerated() {
      roles += [("drug\(place + 1)", drug.name), ("conc\(place + 1)", drug.dose)]
    }
    let units = Set(drugs.compactMap(\.unit))
    if units.count == 1, drugs.allSatisfy({ $0.unit != nil }) {
      roles.append(("unit", units.first))
    } else {
      roles += drugs.enumerated().map { ("unit\($0 + 1)", $1.unit) }
    }
    roles +=
      responses.map { (samples == nil ? "response" : "samples", $0) } + replicates.sorted().map { ("replicate", $0) }
    roles += conditions.sorted().map { ("condition", $0) }
    return roles.compactMap { role, column in column.map { ColumnUse(role: role, column: names[$0]) } }
  }

  /// The format in words.
  package var format: String {
    let folded = names.map(ColumnRole.fold)
    if drugs.contains(where: { $0.nameInHeader != nil }) {
      return "long table, doses in columns called after the drugs"
    }
    if drugs.contains(where: { $0.name == nil }) { return "long table of doses and effects (Python synergy)" }
    if folded.contains("rowconcs") { return "NCATS long table" }
    if folded.contains("nsc1"), folded.contains("percentgrowthnotz") { return "NCI-ALMANAC table" }
    if folded.contains("drugrow"), folded.contains("inhibition") { return "DrugComb table" }
    return "SynergyFinder table"
  }
}

extension ColumnRole {
  /// The third drug's role where this is the second's.
  fileprivate var third: ColumnRole? {
    switch self {
    case .drug(2): .drug(3)
    case .dose(2): .dose(3)
    case .unit(2): .unit(3)
    default: nil
    }
  }
}
