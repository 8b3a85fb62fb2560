import Assay
import DoseTables
import Statistics
import Synergy

/// What a screen says of combinations that were tested in several samples: how consistent their synergy is, in which
/// samples it stands out, and with which annotations of the samples it goes.
///
/// Everything follows from the ranked blocks, so that a run and stored results give the same, bit for bit, on any number
/// of threads.
public struct AcrossSamples: Sendable {
  /// The choices.
  public var options: AcrossSamplesOptions
  /// The model that stands first.
  public var primary: NullModel
  /// The models that were scored, in the order of the analysis.
  public var models: [NullModel]
  /// Coverage of the intervals.
  public var confidence: Double
  /// The false discovery rate at which something counts as found.
  public var falseDiscoveryRate: Double
  /// Combinations in the order of their best-ranked block. Those tested in one sample are here too: the map shows them.
  public var combinations: [CombinationAcrossSamples]
  /// Partners by class; empty when nothing is known of the drugs.
  public var classes: [ClassSummary]
  /// What is known of the samples, as it was read; `nil` when no table was given.
  public var table: SampleTable?
  /// Tests of annotations, the surest first.
  public var associations: [Association]
  /// What was doubted about the samples' table.
  public var problems: [InputProblem]

  /// What is said of some combinations alone, each by its drugs in the order of their names; `nil` when none of them was
  /// tested in two samples. Its q values stay those of the whole screen.
  public func restricted(to chosen: Set<[String]>) -> AcrossSamples? {
    let kept = combinations.indices.filter { chosen.contains(combinations[$0].drugs.sorted()) }
    guard kept.contains(where: { combinations[$0].samples.count > 1 }) else { return nil }
    var across = self
    across.combinations = kept.map { combinations[$0] }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    across.associations = associations.compactMap { association in
      guard let place = places[association.combination] else { return nil }
      var association = association
      association.combination = place
      return association
    }
    across.classes = classes.compactMap { group in
      guard let place = places[group.best] else { return nil }
      var group = group
      group.best = place
      return group
    }
    return across
  }

  /// The map of some combinations, places in `combinations`, clustered anew.
  public func map(of chosen: [Int]) -> SampleMatrix {
    SampleMatrix(
      combinations, chosen: chosen, models: models, primary: primary, mostClustered: options.mostClustered)
  }

  /// The map of all.
  public var matrix: SampleMatrix { map(of: Array(combinations.indices)) }

  /// Combinations tested in two samples or more, places in `combinations`.
  public var repeated: [Int] { combinations.indices.filter { combinations[$0].samples.count > 1 } }

  /// Analyses a screen.
  ///
  /// - Parameters:
  ///   - ranked: Every block, best first.
  ///   - table: Annotations of the samples; `nil` for none.
  ///   - classes: What is known of the drugs; `nil` for nothing.
  ///   - inference: Coverage of the intervals, false discovery rate.
  ///   - threads: Worker threads; they never change a number.
  /// - Returns: `nil` when no combination was tested in two samples.
  public static func analyze(
    _ ranked: [BlockOutline], table: SampleTable?, classes: DrugClasses?, options: AcrossSamplesOptions,
    inference: InferenceOptions, threads: Int
  ) async -> AcrossSamples? {
    var models: [NullModel] = []
    for model in ranked.lazy.flatMap({ $0.scores.map(\.model) }) where !models.contains(model) {
      models.append(model)
      if models.count == NullModel.allCases.count { break }
    }
    let confidence = inference.confidence
    guard let primary = options.primary(of: models) else { return nil }
    var groups: [[Int]] = []
    var numbers: [[String]: Int] = [:]
    for place in ranked.indices where ranked[place].sample != nil {
      let own = ranked[place].drugs
      let drugs = own.count == 2 && own[0] <= own[1] ? own : own.sorted()
      let number = numbers[drugs, default: groups.count]
      if number == groups.count {
        numbers[drugs] = number
        groups.append([])
      }
      groups[number].append(place)
    }
    var combinations = await Parallel.map(groups.count, chunk: 64, threads: threads) { [groups, models] places in
      places.map {
        CombinationAcrossSamples(groups[$0], of: ranked, models: models, confidence: confidence)
      }
    }
    guard combinations.contains(where: { $0.samples.count > 1 }) else { return nil }
    for model in models { control(&combinations, model: model) }
    var across = AcrossSamples(
      options: options, primary: primary, models: models, confidence: confidence,
      falseDiscoveryRate: inference.falseDiscoveryRate, combinations: combinations,
      classes: classes.map { ClassSummary.all(combinations, classes: $0, primary: primary) } ?? [], table: table,
      associations: [], problems: [])
    if let table {
      let annotations = SampleAnnotations(
        table, screen: Set(combinations.flatMap { $0.samples.map(\.name) }), options: options)
      across.problems = annotations.problems
      across.associations = await AssociationStudy(
        combinations: combinations, annotations: annotations, models: models, options: options, confidence: confidence
      ).run(threads: threads)
    }
    return across
  }

  /// What is to be told of a table of annotations when a screen was analysed with it.
  public static func problems(_ across: AcrossSamples?, of samples: SamplesFile) -> [InputProblem] {
    if let across { return across.problems }
    guard samples.table != nil else { return [] }
    return [
      InputProblem(
        file: samples.input.path, severity: .warning,
        message: "no combination was tested in two samples, so nothing is associated with this table")
    ]
  }

  /// Gives every sample's difference its q, over all samples of all combinations.
  private static func control(_ combinations: inout [CombinationAcrossSamples], model: NullModel) {
    var places: [(combination: Int, model: Int, sample: Int)] = []
    for combination in combinations.indices {
      guard let number = combinations[combination].models.firstIndex(where: { $0.model == model }) else { continue }
      places += combinations[combination].models[number].selective.indices.map { (combination, number, $0) }
    }
    let q = FalseDiscovery.q(places.map { combinations[$0.combination].models[$0.model].selective[$0.sample].p })
    for (place, value) in zip(places, q) {
      combinations[place.combination].models[place.model].selective[place.sample].q = value
    }
  }
}
