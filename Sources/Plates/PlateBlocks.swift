import Assay
import DoseTables
import Statistics

/// One block of a plate screen, and the wells that it is made of.
public struct PlateBlock: Sendable {
  /// The block.
  public var matrix: DoseMatrix
  /// The layout file in which it begins, and the line.
  public var file: String
  /// The line of its first well.
  public var line: Int?
  /// The plates on which its wells stand, by name.
  public var plates: [String]
  /// What it is worth.
  public var quality: QualityFigures
}

/// Gathers the wells of plates into blocks: a set of drugs in a sample, over wells and plates.
///
/// A block is made by every set of two or more drugs that some sample well names, a dose of 0 included. A well is of
/// each block whose drugs include all those that it names, so that a drug's wells alone serve every block of the drug,
/// while a well that names a partner at dose 0 serves the blocks with that partner. The negative controls of the
/// plates on which a block stands are its wells without a drug.
struct PlateBlocks {
  let plates: [ScreenPlate]
  let deviations: ReplicateDeviations
  let options: PlateOptions
  /// What two names of one drug have in common.
  let drugKey: @Sendable (String) -> String
  /// Outliers by plate and well.
  let outliers: [[Bool]]
  private(set) var problems: [InputProblem] = []
  private(set) var blocks: [PlateBlock] = []

  private struct Identity: Hashable {
    var sample: String?
    var drugs: Set<String>
  }

  private struct Place {
    var plate: Int
    var well: Int
  }

  private struct Draft {
    var identity: Identity
    var names: [String]
    var file: String
    var line: Int
    var wells: [Place] = []
  }

  init(
    plates: [ScreenPlate], deviations: ReplicateDeviations, options: PlateOptions, outliers: OutlierWells,
    drugKey: @escaping @Sendable (String) -> String
  ) {
    self.plates = plates
    self.deviations = deviations
    self.options = options
    self.drugKey = drugKey
    var marks = plates.map { [Bool](repeating: false, count: $0.wells.count) }
    for outlier in outliers.found { marks[outlier.plate][outlier.well] = true }
    self.outliers = marks
    for (number, draft) in drafts().enumerated() { build(draft, id: "\(number + 1)") }
  }

  private mutating func drafts() -> [Draft] {
    var drafts: [Draft] = []
    var known: [Identity: Int] = [:]
    for plate in plates where !plate.isDayZero {
      let samples = plate.wells.filter {
        $0.design.role == .sample && $0.design.treatments.count > 1 && $0.design.alsoOf == nil
      }
      for well in samples.sorted(by: { ($0.design.line ?? 0) < ($1.design.line ?? 0) }) {
        let names = well.design.treatments.map(\.drug)
        let identity = Identity(sample: well.design.sample, drugs: Set(names.map { drugKey($0) }))
        guard known[identity] == nil else { continue }
        known[identity] = drafts.count
        drafts.append(
          Draft(identity: identity, names: names, file: plate.layoutFile, line: well.design.line ?? 0))
      }
    }
    // A well's blocks are among those of its sample and of any of its drugs.
    var members: [Identity: [Int]] = [:]
    for (index, draft) in drafts.enumerated() {
      for drugs in draft.identity.drugs.map({ [$0] }) + [[]] {
        members[Identity(sample: draft.identity.sample, drugs: Set(drugs)), default: []].append(index)
      }
    }
    var found = PlateProblems()
    defer { problems += found.all }
    for (number, plate) in plates.enumerated() where !plate.isDayZero {
      var here: Set<Int> = []
      var alone: [(drugs: [String], wells: [String], line: Int?)] = []
      for (place, well) in plate.wells.enumerated() where well.design.role == .sample {
        let names = Set(well.design.treatments.map { drugKey($0.drug) })
        var isUsed = names.isEmpty
        for sample in [well.design.sample] + (well.design.alsoOf ?? []) {
          let among = Identity(sample: sample, drugs: Set(names.prefix(1)))
          for index in members[among, default: []] where drafts[index].identity.drugs.isSuperset(of: names) {
            drafts[index].wells.append(Place(plate: number, well: place))
            if !names.isEmpty { here.insert(index) }
            isUsed = true
          }
        }
        guard !isUsed else { continue }
        let drugs = well.design.treatments.map(\.drug)
        if let known = alone.firstIndex(where: { $0.drugs == drugs }) {
          alone[known].wells.append(well.design.position.description)
        } else {
          alone.append((drugs, [well.design.position.description], well.design.line))
        }
      }
      for group in alone where !drafts.isEmpty {
        found.add(
          .singleAlone(plate: plate.plate, drugs: group.drugs, wells: group.wells), .info, file: plate.layoutFile,
          line: group.line)
      }
      for (place, well) in plate.wells.enumerated() where well.design.role == .negative {
        for index in here.sorted() {
          let sample = drafts[index].identity.sample
          guard well.design.isOf(sample) || well.design.sample == nil || sample == nil else { continue }
          drafts[index].wells.append(Place(plate: number, well: place))
        }
      }
    }
    noteSinglesOfOtherPlates(drafts, &found)
    notePooledPlates(drafts, &found)
    return drafts
  }

  /// Says which plates' combinations are replicates of one another because the layout names no sample.
  private func notePooledPlates(_ drafts: [Draft], _ found: inout PlateProblems) {
    var told: Set<[Int]> = []
    for draft in drafts where draft.identity.sample == nil {
      let combined = draft.wells.filter {
        plates[$0.plate].wells[$0.well].design.treatments.count { $0.dose > 0 } > 1
      }
      var seen: [TreatmentKey: Set<Int>] = [:]
      for place in combined {
        seen[TreatmentKey(plates[place.plate].wells[place.well].design), default: []].insert(place.plate)
      }
      let pooled = seen.values.filter { $0.count > 1 }.reduce(into: Set<Int>()) { $0.formUnion($1) }.sorted()
      guard pooled.count > 1, told.insert(pooled).inserted else { continue }
      found.add(.platesPooled(plates: pooled.map { plates[$0].plate }), .info, file: draft.file)
    }
  }

  /// Says which drugs' wells alone serve a block from plates on which nothing of it is combined.
  private func noteSinglesOfOtherPlates(_ drafts: [Draft], _ found: inout PlateProblems) {
    struct Group {
      var plates: Set<Int> = []
      var wells: Set<[Int]> = []
      var blocks: Set<Int> = []
      var hasOwn = false
      var line: Int?
    }
    var groups: [String: Group] = [:]
    for (index, draft) in drafts.enumerated() {
      func names(_ place: Place) -> [String] { plates[place.plate].wells[place.well].design.treatments.map(\.drug) }
      let home = Set(draft.wells.filter { names($0).count > 1 }.map(\.plate))
      let alone = draft.wells.filter { names($0).count == 1 }
      for place in alone where !home.contains(place.plate) {
        let drug = names(place)[0]
        var group = groups[drug] ?? Group()
        group.plates.insert(place.plate)
        group.wells.insert([place.plate, place.well])
        group.blocks.insert(index)
        group.hasOwn =
          group.hasOwn || alone.contains { home.contains($0.plate) && drugKey(names($0)[0]) == drugKey(drug) }
        group.line = group.line ?? plates[place.plate].wells[place.well].design.line
        groups[drug] = group
      }
    }
    for (drug, group) in groups.sorted(by: { $0.key < $1.key }) {
      let own = group.plates.sorted().map { plates[$0].plate }
      found.add(
        .singlesOfOtherPlates(
          drug: drug, wells: group.wells.count, plates: own, blocks: group.blocks.sorted().map { "\($0 + 1)" },
          hasOwn: group.hasOwn), .info, file: plates[group.plates.min() ?? 0].layoutFile, line: group.line)
    }
  }

  private mutating func build(_ draft: Draft, id: String) {
    var raw = RawBlock(
      label: id, line: draft.line, sample: draft.identity.sample, drugs: draft.names,
      units: draft.names.map { name in unit(of: name, in: draft) })
    for place in draft.wells {
      let well = plates[place.plate].wells[place.well]
      // A well that the export does not have was not read badly: the plate's problems tell it.
      if well.exclusion == .absent || well.exclusion == .otherControl { continue }
      guard let response = well.response, well.exclusion == nil else {
        raw.leftOut += 1
        continue
      }
      let line = well.design.line ?? draft.line
      var doses = [Double](repeating: 0, count: draft.names.count)
      if well.design.role == .sample {
        for (drug, name) in draft.names.enumerated() {
          guard let treatment = well.design.treatments.first(where: { drugKey($0.drug) == drugKey(name) }),
            treatment.dose > 0
          else { continue }
          let factor = raw.factor(from: treatment.unit, of: drug, line: line)
          doses[drug] = factor == 1 ? treatment.dose : TransferDosing.rounded(treatment.dose * factor)
        }
      }
      raw.append(doses: doses, value: response, line: line)
    }
    var reading = ReadingOptions()
    reading.response = .inhibition
    let builder = BlockBuilder(
      reading: ResponseReading(isViability: false, isFraction: false), options: reading, checksResponses: true)
    let (matrix, findings) = builder.build(&raw, id: id)
    // Wells of a plate are no copies of each other however alike whole counts are, and a layout says how often each
    // treatment was meant.
    let telling = findings.filter { finding in
      switch finding.error {
      case .copies, .extraWells: false
      case .more(_, let kind, _, _): kind != .extraWells
      default: true
      }
    }
    problems += telling.map { $0.problem(file: draft.file, blockID: id) }
    guard let matrix else { return }
    if let problem = rising(raw, of: draft) {
      let isSaid = options.normalisation.isDirectionStated == true
      problems.append(problem.problem(isSaid ? .warning : .error, file: draft.file, line: draft.line, block: id))
      guard isSaid else { return }
    }
    let names = Set(draft.wells.map(\.plate)).sorted().map { plates[$0].plate }
    blocks.append(
      PlateBlock(matrix: matrix, file: draft.file, line: draft.line, plates: names, quality: figures(of: draft)))
  }

  /// That a block's signal is higher where every drug has high doses than in the negative controls, as one of dead cells is; `nil`
  /// where it is not, and where positive controls show which way it goes.
  private func rising(_ raw: RawBlock, of draft: Draft) -> PlateProblem? {
    let own = Set(draft.wells.map(\.plate)).map { plates[$0] }
    let isPercent = own.allSatisfy { plate in
      plate.normalisation?.method == .poc && plate.wells(.positive).isEmpty
    }
    guard isPercent, options.normalisation.positiveIs == .lower else { return nil }
    func signal(_ responses: [Double]) -> [Double] { responses.map { 100 - $0 } }
    let wells = raw.wells
    guard let top = ResponseChecks.rise(of: wells.highDoseValues.map(signal), lowDoses: signal(wells.lowDoseValues))
    else {
      return nil
    }
    return .blockRises(top: top, channel: own.lazy.compactMap(\.channel).first)
  }

  /// The unit of a drug's first well.
  private func unit(of name: String, in draft: Draft) -> ConcentrationUnit {
    for place in draft.wells {
      let treatments = plates[place.plate].wells[place.well].design.treatments
      if let treatment = treatments.first(where: { drugKey($0.drug) == drugKey(name) }) {
        return treatment.unit
      }
    }
    return .unstated
  }

  private func figures(of draft: Draft) -> QualityFigures {
    var figures = QualityFigures()
    let wells = draft.wells.filter { plates[$0.plate].wells[$0.well].design.role == .sample }
    var groups: [TreatmentKey: [(plate: Int, response: Double)]] = [:]
    var order: [TreatmentKey] = []
    for place in wells {
      let well = plates[place.plate].wells[place.well]
      guard let response = well.response, well.exclusion == nil else { continue }
      let key = TreatmentKey(well.design)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append((place.plate, response))
    }
    var (squares, freedom) = (0.0, 0)
    var pairs: [(Double, Double)] = []
    var gaps: [Double] = []
    for key in order {
      guard let own = groups[key], own.count > 1 else { continue }
      let total = own.reduce(0) { $0 + $1.response }
      let mean = total / Double(own.count)
      for well in own {
        squares += (well.response - mean) * (well.response - mean)
        pairs.append((well.response, (total - well.response) / Double(own.count - 1)))
      }
      freedom += own.count - 1
      let byPlate = Dictionary(grouping: own, by: \.plate).values.map { median($0.map(\.response)) }
      if key.treatments.count == 1, byPlate.count > 1, let low = byPlate.min(), let high = byPlate.max() {
        gaps.append(high - low)
      }
    }
    if freedom > 0 { figures.values[.replicateSD] = (squares / Double(freedom)).squareRoot() }
    if groups.values.count(where: { $0.count > 1 }) >= 3 {
      figures.values[.replicateCorrelation] = SampleStatistics.correlation(pairs)
    }
    if !gaps.isEmpty { figures.values[.monotherapyAgreement] = median(gaps) }
    let missing = wells.count { plates[$0.plate].wells[$0.well].response == nil }
    if !wells.isEmpty { figures.values[.missingWells] = 100 * Double(missing) / Double(wells.count) }
    figures.outlierCount = wells.count { outliers[$0.plate][$0.well] }
    if !wells.isEmpty { figures.values[.outliers] = 100 * Double(figures.outlierCount) / Double(wells.count) }
    figures.judge(options.thresholds)
    return figures
  }
}
