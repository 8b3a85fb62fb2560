/// What is known of drugs: the built-in registry, and what a lab added to it.
///
/// Files are taken in order. An entry whose name or synonym is known extends that compound: its names are added, its
/// effects and trials are added, and the facts that it states (class, target, binding, stage, note, Cmax) stand in
/// place of the earlier ones. The preferred name stays the first file's.
public struct CompoundRegistry: Sendable {
  /// Every compound, in the order of the files.
  public private(set) var compounds: [Compound] = []
  /// Every trial, its drugs by their preferred names.
  public private(set) var trials: [ClinicalTrial] = []
  /// The files, in their order.
  public let files: [RegistryFile]

  private var places: [CompoundName: Int] = [:]
  /// Trials by the drugs that were given.
  private var trialsByDrug: [String: [Int]] = [:]

  /// Puts files together, the first first.
  ///
  /// - Throws: `CompoundsError.faulty` when a name would belong to two compounds, or a trial names an unknown drug.
  public init(_ files: [RegistryFile]) throws(CompoundsError) {
    self.files = files
    var classEffects: [CompoundName: [AdverseEffect]] = [:]
    for file in files {
      var faults: [RegistryFault] = []
      for entry in file.compounds { add(entry, faults: &faults) }
      for entry in file.classes { classEffects[CompoundName(entry.name), default: []] += entry.adverseEffects }
      for entry in file.trials { add(entry, faults: &faults) }
      guard faults.isEmpty else { throw .faulty(file: file.name, faults) }
    }
    for place in compounds.indices {
      guard let own = compounds[place].drugClass else { continue }
      var known = Set(compounds[place].adverseEffects.map(\.key))
      for effect in classEffects[CompoundName(own.text), default: []] where known.insert(effect.key).inserted {
        compounds[place].adverseEffects.append(effect)
      }
    }
    for (place, trial) in trials.enumerated() {
      for drug in trial.drugs { trialsByDrug[drug, default: []].append(place) }
    }
  }

  /// The compound of a name in any spelling; `nil` when it is in no file.
  public func compound(named name: String) -> Compound? { places[CompoundName(name)].map { compounds[$0] } }

  /// The trials in which a compound was given.
  public func trials(of compound: Compound) -> [ClinicalTrial] {
    trialsByDrug[compound.name, default: []].map { trials[$0] }
  }

  /// Every class with its compounds, both in the order of the files; compounds without a class are not among them.
  public var classes: [(name: String, compounds: [Compound])] {
    var order: [CompoundName] = []
    var groups: [CompoundName: (name: String, compounds: [Compound])] = [:]
    for compound in compounds {
      guard let own = compound.drugClass else { continue }
      let key = CompoundName(own.text)
      if groups[key] == nil { order.append(key) }
      groups[key, default: (own.text, [])].compounds.append(compound)
    }
    return order.compactMap { groups[$0] }
  }

  private mutating func add(_ entry: RegistryFile.Entry, faults: inout [RegistryFault]) {
    let stated = entry.compound
    let names = [stated.name] + stated.synonyms.map(\.text)
    let owners = names.compactMap { name in places[CompoundName(name)].map { (name, $0) } }
    let place = owners.first?.1 ?? compounds.count
    if let (name, other) = owners.first(where: { $0.1 != place }) {
      let first = compounds[place].name
      let own = stated.name == first ? first : "\(first) (which “\(owners[0].0)” names)"
      faults.append(
        RegistryFault(
          line: entry.line, key: stated.name, .ambiguousName(name, first: own, second: compounds[other].name)))
      return
    }
    if place == compounds.count { compounds.append(Compound(name: stated.name)) }
    for name in names { places[CompoundName(name)] = place }
    compounds[place].extend(by: stated)
  }

  private mutating func add(_ entry: RegistryFile.TrialEntry, faults: inout [RegistryFault]) {
    var trial = entry.trial
    trial.drugs = []
    for drug in entry.trial.drugs {
      guard let known = compound(named: drug) else {
        faults.append(RegistryFault(line: entry.line, key: "drugs", .unknownDrug(drug, trial: trial.id)))
        continue
      }
      if !trial.drugs.contains(known.name) { trial.drugs.append(known.name) }
    }
    if !trials.contains(trial) { trials.append(trial) }
  }
}

extension Compound {
  /// Adds what another file says.
  fileprivate mutating func extend(by other: Compound) {
    var known = Set(([name] + synonyms.map(\.text)).map(CompoundName.init))
    for synonym in [CitedText(other.name)] + other.synonyms where known.insert(CompoundName(synonym.text)).inserted {
      synonyms.append(synonym)
    }
    drugClass = other.drugClass ?? drugClass
    target = other.target ?? target
    binding = other.binding ?? binding
    stage = other.stage ?? stage
    note = other.note ?? note
    cmax = other.cmax ?? cmax
    adverseEffects += other.adverseEffects.filter { !adverseEffects.contains($0) }
  }
}
