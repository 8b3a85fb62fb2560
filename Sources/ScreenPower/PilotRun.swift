import Foundation
import Simulation
import Synergy

/// A lab's own curves and noise, taken from the fits of a finished run, for simulated screens like it.
public struct PilotRun: Sendable {
  /// Curves of each kind that are needed at least: fewer do not tell how drugs differ.
  public static let minimumCurves = 3

  /// Why nothing can be simulated like a run.
  public enum Problem: Error, Equatable, CustomStringConvertible {
    /// No block has exactly two drugs.
    case noPairs(blocks: Int)
    /// Too few curves are usable.
    case fewCurves(anchor: String?, anchors: Int, partners: Int, excluded: String)

    /// What is there, and what was expected.
    public var description: String {
      switch self {
      case .noPairs(let blocks):
        "none of its \(blocks) blocks combines exactly two drugs"
      case .fewCurves(let anchor, let anchors, let partners, let excluded):
        "it has too few usable curves: "
          + (anchor.map { "\(anchors) of \($0) and \(partners) of other drugs" } ?? "\(anchors)")
          + ", expected at least \(PilotRun.minimumCurves)\(anchor == nil ? "" : " each"). \(excluded)"
      }
    }
  }

  /// The drug in more than half of the blocks; `nil` where there is none, and anchors are any of the drugs.
  public let anchor: String?
  /// The usable curves.
  public let pool: DrugPool
  /// Different drugs among the partners.
  public let partnerDrugs: Int
  /// How many curves were excluded, and why.
  public let excluded: [PilotBlock.Exclusion: Int]
  /// Noise of a typical block; `nil` where nothing tells.
  public let noise: WellNoise?
  /// The most frequent number of doses of anchor and partner.
  public let doses: (first: Int, second: Int)
  /// Blocks of two drugs.
  public let blocks: Int

  /// Takes the blocks of a run, in the order in which they were read.
  public init(_ all: [PilotBlock], options: InferenceOptions) throws(Problem) {
    let pairs = all.filter { $0.shape.count == 2 && $0.curves.count == 2 }
    guard !pairs.isEmpty else { throw .noPairs(blocks: all.count) }
    let shared = Self.anchor(pairs)
    var anchors: [SimulatedDrug] = []
    var partners: [SimulatedDrug] = []
    var excluded: [PilotBlock.Exclusion: Int] = [:]
    for curve in pairs.flatMap(\.curves) {
      switch curve.result {
      case .failure(let reason): excluded[reason, default: 0] += 1
      case .success(let drug):
        if shared == nil || curve.drug == shared { anchors.append(drug) }
        if curve.drug != shared { partners.append(drug) }
      }
    }
    guard anchors.count >= Self.minimumCurves, partners.count >= Self.minimumCurves else {
      throw .fewCurves(
        anchor: shared, anchors: anchors.count, partners: partners.count, excluded: Self.words(excluded))
    }
    anchor = shared
    pool = DrugPool(anchors: anchors, partners: partners)
    partnerDrugs = Set(partners.map(\.name)).count
    self.excluded = excluded
    noise = Self.noise(pairs, options: options)
    doses = Self.doses(pairs, anchor: shared)
    blocks = pairs.count
  }

  /// The excluded curves in a sentence.
  public var exclusions: String { Self.words(excluded) }

  private static func words(_ excluded: [PilotBlock.Exclusion: Int]) -> String {
    let parts = PilotBlock.Exclusion.allCases.compactMap { reason in
      excluded[reason].map { "\($0) \(reason.rawValue)" }
    }
    let count = excluded.values.reduce(0, +)
    guard count > 0 else { return "No curve was excluded." }
    return "\(count) curve\(count == 1 ? " was" : "s were") excluded: \(parts.joined(separator: ", "))."
  }

  /// The drug of most blocks, where it is in more than half of them; of two drugs that are always together the first.
  private static func anchor(_ pairs: [PilotBlock]) -> String? {
    var counts: [String: (blocks: Int, first: Int)] = [:]
    for pair in pairs {
      for (place, name) in Set(pair.curves.map(\.drug)).map({ ($0 == pair.curves[0].drug ? 1 : 0, $0) }) {
        counts[name, default: (0, 0)].blocks += 1
        counts[name, default: (0, 0)].first += place
      }
    }
    let most = counts.max { ($0.value.blocks, $0.value.first, $1.key) < ($1.value.blocks, $1.value.first, $0.key) }
    return most.flatMap { $0.value.blocks * 2 > pairs.count ? $0.key : nil }
  }

  /// The noise that the engine pools from the blocks; of too few blocks to pool, the root of the mean variance.
  private static func noise(_ pairs: [PilotBlock], options: InferenceOptions) -> WellNoise? {
    if let pooled = ScreenNoise(pairs.map(\.share), options: options), pooled.variance > 0 {
      let sd = pooled.variance.squareRoot()
      return WellNoise(sdAt0: sd, sdAt100: sd * exp(pooled.shape.logRatio))
    }
    let known = pairs.compactMap(\.noise).map { (model: $0, weight: min($0.degrees, 1000)) }
    let total = known.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return nil }
    func sd(_ at: (NoiseModel) -> Double) -> Double {
      (known.reduce(0) { $0 + $1.weight * at($1.model) * at($1.model) } / total).squareRoot()
    }
    return WellNoise(sdAt0: sd(\.sdAt0), sdAt100: sd(\.sdAt100))
  }

  private static func doses(_ pairs: [PilotBlock], anchor: String?) -> (first: Int, second: Int) {
    var counts: [[Int]: Int] = [:]
    for pair in pairs {
      let isTransposed = anchor != nil && pair.curves[0].drug != anchor && pair.curves[1].drug == anchor
      counts[isTransposed ? pair.shape.reversed() : pair.shape, default: 0] += 1
    }
    let most = counts.max { ($0.value, $0.key[0], $0.key[1]) < ($1.value, $1.key[0], $1.key[1]) }
    return (most?.key[0] ?? 0, most?.key[1] ?? 0)
  }
}
