import Assay
import DoseResponse
import Screening
import Synergy

/// A row of `blocks`.
struct StoredHead {
  let number: Int
  let key: BlockKey
  let id: String
  let sample: String?
  let replicates: Int
  let consensus: Double?
  let consensusUpper: Double?
  let css: Double?
  let cssInterval: Interval?
  let baseline: BlockBaseline
  private let anchorDrug: Int?
  private let anchorBlocks: Int?
  private let isShared: Bool
  let noise: NoiseModel?
  let reachableCells: Int?
  let flags: [String]

  init(_ row: inout Statement.Row) throws(ResultsError) {
    number = try row.requiredInteger()
    guard let key = BlockKey(try row.requiredText()) else { throw row.wrong("16 hexadecimal digits") }
    self.key = key
    id = try row.requiredText()
    sample = row.text()
    replicates = try row.requiredInteger()
    consensus = row.real()
    consensusUpper = row.real()
    css = row.real()
    cssInterval = row.interval()
    baseline = row.baseline()
    anchorDrug = row.integer()
    anchorBlocks = row.integer()
    isShared = row.integer() == 1
    noise = try row.noise()
    reachableCells = row.integer()
    flags = try row.requiredText().split(separator: ";").map(String.init)
  }

  /// How the drug is read that other blocks measured alone too.
  func anchor(of drugs: [String]) -> AnchorReading? {
    guard let anchorDrug, drugs.indices.contains(anchorDrug) else { return nil }
    return AnchorReading(drug: anchorDrug, name: drugs[anchorDrug], blocks: anchorBlocks ?? 0, isShared: isShared)
  }
}

/// A row of `drugs`.
struct StoredDrug {
  let axis: DoseAxis
  let fit: HillFit
  let relativeIC50: Double?
  let absoluteIC50: Double?
  let relativeInhibition: Double?
  let ic50: Interval?
  let emax: Interval?
  let band: [Interval]?

  /// The columns that it reads, those after the block's number and the drug's place.
  static let columns = StoreSchema.drugs.columns.dropFirst(2).map(\.name)

  init(_ row: inout Statement.Row) throws(ResultsError) {
    let (name, written) = (try row.requiredText(), try row.requiredText())
    let (position, unit) = (try row.requiredInteger(), ConcentrationUnit(try row.requiredText()))
    let doses = try row.reals() ?? []
    guard zip(doses, doses.dropFirst()).allSatisfy({ $0 < $1 }) else { throw row.wrong("ascending doses") }
    axis = DoseAxis(drug: name, writtenName: written, writtenPosition: position, unit: unit, doses: doses)
    let curve = HillCurve(e0: row.number(), emax: row.number(), hill: row.number(), ec50: row.number())
    let (rss, r2) = (row.number(), row.number())
    fit = HillFit(curve: curve, rss: rss, r2: r2, points: try row.requiredInteger(), status: try row.word())
    (relativeIC50, absoluteIC50, relativeInhibition) = (row.real(), row.real(), row.real())
    (ic50, emax) = (row.interval(), row.interval())
    let (low, high) = (try row.reals(), try row.reals())
    band = low.flatMap { low in high.map { zip(low, $0).map { Interval(low: $0, high: $1) } } }
  }
}

/// A row of `scores`.
struct StoredScore {
  let score: BlockSummary.Score
  let scoredCells: Int
  let unscoredCells: Int
  let isTested: Bool
  let reachable: (mean: Double?, cells: Int)

  init(_ row: inout Statement.Row) throws(ResultsError) {
    var score = BlockSummary.Score(model: try row.word())
    score.mean = row.real()
    score.meanWithoutOutliers = row.real()
    scoredCells = try row.requiredInteger()
    unscoredCells = try row.requiredInteger()
    score.peak = try row.window()
    score.trough = try row.window()
    isTested = row.integer() == 1
    let (bias, error) = (row.number(), row.number())
    let (interval, p, equivalence) = (row.interval(), row.number(), row.interval())
    if isTested {
      score.bias = bias
      score.standardError = error
      score.interval = interval ?? .unknown
      score.p = p
      score.equivalence = equivalence ?? .unknown
    }
    reachable = (row.real(), row.integer() ?? 0)
    self.score = score
  }
}

extension Interval {
  /// Neither end is a number.
  static let unknown = Interval(low: .nan, high: .nan)
}

extension Statement.Row {
  /// The untreated level.
  mutating func baseline() -> BlockBaseline {
    let (level, error) = (number(), number())
    return BlockBaseline(level: level, error: error, estimate: ends().map { (level: $0.low, error: $0.high) })
  }

  /// The noise, where there is one.
  mutating func noise() throws(ResultsError) -> NoiseModel? {
    let word = text()
    guard let source = word.map(NoiseModel.Source.init(rawValue:)) ?? .replicates else {
      throw wrong("a source of noise")
    }
    let sd = number()
    let noise = NoiseModel(source: source, shape: NoiseShape(logRatio: number()), sdAt0: sd, degrees: number())
    return word == nil ? nil : noise
  }

  /// A call, where there is one.
  mutating func call() throws(ResultsError) -> Call? {
    guard let word = text() else { return nil }
    guard let call = Call(rawValue: word) else { throw wrong("a call: \(word)") }
    return call
  }

  /// Both ends of an interval, where it has one.
  mutating func interval() -> Interval? { ends().map { Interval(low: $0.low, high: $0.high) } }

  /// An extreme window, where there is one.
  mutating func window() throws(ResultsError) -> BlockSummary.Window? {
    let (mean, ends, corrected) = (real(), try reals(), real())
    let interval = interval()
    guard let mean, let ends else { return nil }
    guard ends.count % 2 == 0, stride(from: 0, to: ends.count, by: 2).allSatisfy({ ends[$0] <= ends[$0 + 1] }) else {
      throw wrong("two doses of each drug")
    }
    let doses = stride(from: 0, to: ends.count, by: 2).map { ends[$0]...ends[$0 + 1] }
    let inference =
      corrected == nil && interval == nil
      ? nil : WindowInference(corrected: corrected ?? .nan, interval: interval ?? .unknown)
    return BlockSummary.Window(measured: PeakWindow(mean: mean, doses: doses), inference: inference)
  }
}
