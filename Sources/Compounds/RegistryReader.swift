import Assay

/// Reads a registry file's values by its schema and gathers everything that is wrong, not only the first fault.
struct RegistryReader {
  private(set) var compounds: [RegistryFile.Entry] = []
  private(set) var classes: [RegistryFile.ClassEntry] = []
  private(set) var trials: [RegistryFile.TrialEntry] = []
  private var fields = RegistryFields()

  /// The version of the schema that is understood.
  static let version = 1

  /// What is wrong, in the order of the file.
  var faults: [RegistryFault] { fields.faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) } }

  /// Reads the file's value.
  mutating func read(_ root: YAMLNode?) throws(RegistryFault) {
    guard let root else {
      throw RegistryFault(
        line: nil, .value(found: "an empty file", expected: "a registry that begins with \(Self.key): 1"))
    }
    guard
      let top = fields.members(
        of: root, "the registry", known: [Self.key, "sources", "compounds", "classes", "trials"], needed: [Self.key])
    else { return }
    if let version = top[Self.key], let text = fields.text(version), text != "\(Self.version)" {
      fields.add(version, .value(found: "“\(text)”", expected: "\(Self.version), the version of the schema"))
    }
    fields.readSources(top["sources"])
    for item in fields.items(top["compounds"]) { readCompound(item) }
    for item in fields.items(top["classes"]) { readClass(item) }
    for item in fields.items(top["trials"]) { readTrial(item) }
  }

  private static let key = "isobole_compounds"

  private mutating func readCompound(_ node: YAMLNode) {
    let known = [
      "name", "synonyms", "class", "target", "binding", "stage", "note", "cmax", "adverse_effects", "source",
      "citation",
    ]
    guard let own = fields.members(of: node, "a compound", known: known, needed: ["name"]),
      let name = own["name"].flatMap({ fields.name($0) })
    else { return }
    let citation = fields.citation(own, inheriting: nil)
    var compound = Compound(name: name)
    compound.synonyms = fields.items(own["synonyms"]).compactMap { item in
      fields.fact(item, key: "synonyms", inheriting: citation).flatMap { fact in
        fields.isName(fact.text, line: item.line, key: "synonyms") ? fact : nil
      }
    }
    func fact(_ key: String) -> CitedText? {
      own[key].flatMap { fields.fact($0.value, key: key, inheriting: citation) }
    }
    compound.drugClass = fact("class")
    compound.target = fact("target")
    compound.binding = fact("binding")
    compound.stage = fact("stage")
    compound.note = fact("note")
    compound.cmax = own["cmax"].flatMap { readConcentration($0, of: name, inheriting: citation) }
    compound.adverseEffects = effects(own["adverse_effects"], of: name, inheriting: citation)
    compounds.append(.init(compound: compound, line: node.line))
  }

  private mutating func readClass(_ node: YAMLNode) {
    guard
      let own = fields.members(
        of: node, "a class", known: ["name", "adverse_effects", "source", "citation"],
        needed: ["name", "adverse_effects"]),
      let name = own["name"].flatMap({ fields.name($0) })
    else { return }
    var effects = effects(own["adverse_effects"], of: name, inheriting: fields.citation(own, inheriting: nil))
    for place in effects.indices { effects[place].drugClass = name }
    classes.append(.init(name: name, adverseEffects: effects))
  }

  private mutating func readTrial(_ node: YAMLNode) {
    let known = ["id", "drugs", "regimen", "indication", "design", "status", "seen", "source", "citation"]
    guard
      let own = fields.members(of: node, "a trial", known: known, needed: ["id", "drugs", "indication", "status"]),
      let id = own["id"].flatMap({ fields.name($0) })
    else { return }
    let citation = fields.citation(own, inheriting: nil)
    if citation == nil { fields.add(line: node.line, .uncited(of: "trial \(id)")) }
    let drugs = fields.items(own["drugs"]).compactMap { fields.text($0, key: "drugs") }
    if let list = own["drugs"], drugs.isEmpty {
      fields.add(list, .value(found: "no drug", expected: "a list of names"))
    }
    let words = own["status"].flatMap { fields.text($0) } ?? ""
    let status = ClinicalTrial.Status(rawValue: words)
    if let member = own["status"], status == nil {
      let all = ClinicalTrial.Status.allCases.map(\.rawValue).joined(separator: ", ")
      fields.add(member, .value(found: "“\(words)”", expected: "one of \(all)"))
    }
    guard let citation, let status, let indication = own["indication"].flatMap({ fields.text($0) }) else { return }
    trials.append(
      .init(
        trial: ClinicalTrial(
          id: id, drugs: drugs, regimen: own["regimen"].flatMap { fields.text($0) }, indication: indication,
          design: own["design"].flatMap { fields.text($0) }, status: status,
          seen: own["seen"].flatMap { fields.text($0) }, citation: citation),
        line: node.line))
  }

  private mutating func readConcentration(
    _ member: YAMLNode.Member, of name: String, inheriting inherited: String?
  ) -> ClinicalConcentration? {
    guard
      let own = fields.members(
        of: member.value, "cmax", known: ["value", "unit", "source", "citation"], needed: ["value", "unit"])
    else { return nil }
    let citation = fields.citation(own, inheriting: inherited)
    if citation == nil { fields.add(member, .uncited(of: "Cmax of \(name)")) }
    let text = own["value"].flatMap { fields.text($0) } ?? ""
    let value = Double(text)
    if let stated = own["value"], !(value.map { DoseMatrix.plausible.contains($0) } ?? false) {
      fields.add(stated, .value(found: "“\(text)”", expected: "a number above 0, with a decimal point"))
      return nil
    }
    guard let value, let citation, let unit = own["unit"].flatMap({ fields.text($0) }) else { return nil }
    return ClinicalConcentration(value: value, unit: ConcentrationUnit(unit), citation: citation)
  }

  private mutating func effects(
    _ member: YAMLNode.Member?, of name: String, inheriting inherited: String?
  ) -> [AdverseEffect] {
    fields.items(member).compactMap { item in
      if case .scalar = item.content {
        guard let effect = fields.text(item, key: "adverse_effects") else { return nil }
        return cited(effect, detail: nil, inherited, of: name, line: item.line)
      }
      guard
        let own = fields.members(
          of: item, "an adverse effect", known: ["effect", "detail", "source", "citation"], needed: ["effect"]),
        let effect = own["effect"].flatMap({ fields.text($0) })
      else { return nil }
      return cited(
        effect, detail: own["detail"].flatMap { fields.text($0) }, fields.citation(own, inheriting: inherited),
        of: name,
        line: item.line)
    }
  }

  private mutating func cited(
    _ effect: String, detail: String?, _ citation: String?, of name: String, line: Int
  ) -> AdverseEffect? {
    guard let citation else {
      fields.add(line: line, .uncited(of: "\(effect) of \(name)"))
      return nil
    }
    return AdverseEffect(effect: effect, detail: detail, citation: citation)
  }
}
