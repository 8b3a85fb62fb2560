import LeastSquares
import Statistics
import Synergy
import Synchronization

/// Tests every combination's scores against every annotation.
///
/// The linear model is score = intercept + annotation, unweighted: every sample counts as one, whatever its noise, so
/// that under the null scores can be exchanged between samples and the permutation test is exact. It is solved by
/// LAPACK's QR; p comes from permutations, intervals of coefficients from Student's t.
struct AssociationStudy: Sendable {
  let combinations: [CombinationAcrossSamples]
  let annotations: SampleAnnotations
  let models: [NullModel]
  let options: AcrossSamplesOptions
  let confidence: Double

  /// Random permutations that were drawn, by number of samples.
  private final class Drawn: Sendable {
    private let known = Mutex<[Int: Arrangements.Random]>([:])

    func permutations(of size: Int, options: AcrossSamplesOptions) -> Arrangements.Random {
      if let found = known.withLock({ $0[size] }) { return found }
      // Drawn outside of the lock: two threads may draw the same, which is the same.
      let random = Arrangements.Random(size: size, count: options.permutations, seed: options.seed)
      known.withLock { $0[size] = random }
      return random
    }
  }

  /// Makes all tests; the surest first, those that could not be made last.
  func run(threads: Int) async -> [Association] {
    let drawn = Drawn()
    var all = await Parallel.map(combinations.count, chunk: 4, threads: threads) { range in
      range.flatMap { combination in
        annotations.annotations.flatMap { annotation in
          models.compactMap { test(combination, annotation, $0, drawn) }
        }
      }
    }
    let q = FalseDiscovery.q(all.map { $0.test?.p ?? .nan })
    for place in all.indices { all[place].test?.q = q[place] }
    let order = all.indices.sorted { one, other in
      let (first, second) = (all[one].test, all[other].test)
      guard let first, let second else { return first == nil && second == nil ? one < other : first != nil }
      if first.p != second.p { return first.p < second.p }
      return first.f != second.f ? first.f > second.f : one < other
    }
    return order.map { all[$0] }
  }

  private func test(
    _ place: Int, _ annotation: SampleAnnotations.Annotation, _ model: NullModel, _ drawn: Drawn
  ) -> Association? {
    let combination = combinations[place]
    var scores: [String: Double] = [:]
    for sample in combination.samples { scores[sample.name] = sample.scores[model]?.value }
    let known = annotation.known.filter { scores[annotations.samples[$0]] != nil }
    guard combination.samples.count > 1 else { return nil }
    var association = Association(
      combination: place, model: model, annotation: annotation.name, points: [], leftOut: [])
    var predictor = Predictor()
    let y: [Double]
    switch annotation.kind {
    case .covariate(let values):
      y = known.compactMap { scores[annotations.samples[$0]] }
      let x = known.map { values[$0] }
      association.points = zip(known, zip(x, y)).map { .init(sample: annotations.samples[$0], x: $1.0, y: $1.1) }
      predictor = Predictor(covariate: x)
    case .factor(let names, let level):
      let counts = Dictionary(grouping: known) { level[$0] }.mapValues(\.count)
      let kept = counts.keys.filter { counts[$0, default: 0] >= options.minimumPerLevel }
        .sorted { (counts[$1, default: 0], $0) < (counts[$0, default: 0], $1) }
      let used = known.filter { kept.contains(level[$0]) }
      association.leftOut = known.filter { !kept.contains(level[$0]) }
        .map { (annotations.samples[$0], names[level[$0]]) }
      y = used.compactMap { scores[annotations.samples[$0]] }
      let labels = used.map { kept.firstIndex(of: level[$0]) ?? 0 }
      association.points = zip(used, zip(labels, y)).map {
        .init(sample: annotations.samples[$0], x: Double($1.0), y: $1.1)
      }
      predictor = Predictor(labels: labels, levels: kept.map { names[$0] })
    }
    if let refusal = refusal(predictor, y, left: association.leftOut.count) {
      association.refusal = refusal
      return association
    }
    association.test = result(predictor, y, drawn)
    if association.test == nil { association.refusal = "the linear model has no unique solution" }
    return association
  }

  /// Why a test is not made.
  private func refusal(_ predictor: Predictor, _ y: [Double], left: Int) -> String? {
    let out = left > 0 ? " (\(left) in levels of fewer than \(options.minimumPerLevel) excluded)" : ""
    if y.count < options.minimumSamples {
      return "\(y.count) samples\(out), expected \(options.minimumSamples) or more"
    }
    if predictor.labelCount < 2 {
      return predictor.levels.isEmpty
        ? "all \(y.count) samples have one value"
        : "one level with \(options.minimumPerLevel) samples or more\(out), expected two"
    }
    return y.allSatisfy { $0 == y[0] } ? "all \(y.count) scores are the same" : nil
  }

  private func result(_ predictor: Predictor, _ y: [Double], _ drawn: Drawn) -> Association.Test? {
    guard let design = predictor.design, let solution = try? LinearLeastSquares.solve(design, y),
      solution.status == .unique, let errors = solution.standardDeviations()
    else { return nil }
    let mean = y.reduce(0, +) / Double(y.count)
    let total = y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let degrees = (design.columns - 1, solution.degreesOfFreedom)
    let rest = solution.rss[0]
    let critical = StudentT.critical(1 - confidence, degrees: Double(degrees.1))
    let effects = (1..<design.columns).map { column -> Association.Effect in
      let value = solution.coefficients[column, 0]
      return Association.Effect(
        level: predictor.levels.isEmpty ? nil : predictor.levels[column], value: value, standardError: errors[column],
        interval: Interval(low: value - critical * errors[column], high: value + critical * errors[column]))
    }
    let outcome = PermutationTest(labels: predictor.labels, numbers: predictor.numbers)
      .p(of: y, most: options.permutations) { drawn.permutations(of: y.count, options: options) }
    return Association.Test(
      levels: predictor.levels.enumerated().map { level, name in
        let own = predictor.labels.indices.filter { predictor.labels[$0] == level }.map { y[$0] }
        let mean = own.reduce(0, +) / Double(own.count)
        let half = critical * (rest / Double(degrees.1) / Double(own.count)).squareRoot()
        return .init(name: name, count: own.count, mean: mean, interval: Interval(low: mean - half, high: mean + half))
      },
      effects: effects, rSquared: 1 - rest / total,
      f: ((total - rest) / Double(degrees.0)) / (rest / Double(degrees.1)),
      degrees: degrees, p: outcome.p, arrangements: outcome.arrangements, isExact: outcome.isExact, q: .nan)
  }
}

/// An annotation of the samples of one test.
private struct Predictor {
  /// Each sample's level, or the place of its value in `numbers`.
  var labels: [Int] = []
  /// The levels, the reference first; empty for a covariate.
  var levels: [String] = []
  /// The covariate's different values, ascending; `nil` for levels.
  var numbers: [Double]?

  init() {}

  init(labels: [Int], levels: [String]) {
    self.labels = labels
    self.levels = levels
  }

  init(covariate x: [Double]) {
    let values = Set(x).sorted()
    let places = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
    labels = x.map { places[$0] ?? 0 }
    numbers = values
  }

  /// Levels, or different values.
  var labelCount: Int { numbers?.count ?? levels.count }

  /// The design matrix: ones, then a column a level but the reference, or the covariate about its mean.
  var design: Matrix? {
    let count = labels.count
    let ones = [Double](repeating: 1, count: count)
    if let numbers {
      let mean = labels.reduce(0) { $0 + numbers[$1] } / Double(count)
      return try? Matrix(rows: count, columns: 2, elements: ones + labels.map { numbers[$0] - mean })
    }
    let columns = (1..<levels.count).flatMap { level in labels.map { $0 == level ? 1.0 : 0 } }
    return try? Matrix(rows: count, columns: levels.count, elements: ones + columns)
  }
}
