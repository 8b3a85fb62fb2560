import Synergy

/// Combinations × samples, with the order in which rows and columns are shown: those alike stand together.
public struct SampleMatrix: Sendable {
  /// The combinations, places in `AcrossSamples.combinations`, as ranked.
  public var combinations: [Int]
  /// The samples by name.
  public var samples: [String]
  /// Consensus, percentage points: a row a combination, a column a sample; `nil` where it was not tested.
  public var consensus: [[Double?]]
  /// Each model's score, its bias taken off, likewise.
  public var scores: [NullModel: [[Double?]]]
  /// The model by whose scores rows and columns were clustered.
  public var primary: NullModel
  /// The clustering of the rows; `nil` when there are too many.
  public var rows: AverageLinkage?
  /// The clustering of the columns; `nil` when there are too many.
  public var columns: AverageLinkage?

  /// Rows in the order in which they are shown.
  public var rowOrder: [Int] { rows?.order ?? Array(combinations.indices) }
  /// Columns in the order in which they are shown.
  public var columnOrder: [Int] { columns?.order ?? Array(samples.indices) }

  init(
    _ all: [CombinationAcrossSamples], chosen combinations: [Int], models: [NullModel], primary: NullModel,
    mostClustered: Int
  ) {
    self.combinations = combinations
    self.primary = primary
    samples = Set(combinations.flatMap { all[$0].samples.map(\.name) }).sorted()
    let places = Dictionary(uniqueKeysWithValues: samples.enumerated().map { ($1, $0) })
    let width = samples.count
    func table(_ value: (CombinationAcrossSamples.Sample) -> Double?) -> [[Double?]] {
      combinations.map { combination in
        var row = [Double?](repeating: nil, count: width)
        for sample in all[combination].samples {
          if let place = places[sample.name] { row[place] = value(sample) }
        }
        return row
      }
    }
    consensus = table(\.consensus)
    scores = [:]
    for model in models { scores[model] = table { $0.scores[model]?.value } }
    let values = scores[primary] ?? consensus
    if values.count <= mostClustered { rows = AverageLinkage(values) }
    if width <= mostClustered { columns = AverageLinkage((0..<width).map { column in values.map { $0[column] } }) }
  }
}
