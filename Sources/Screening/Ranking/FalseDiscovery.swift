import Statistics
import Synergy

extension FalseDiscovery {
  /// Gives every score of a screen its q, model by model, and its call, and every block its verdict.
  public static func judge(_ blocks: inout [BlockSummary], options: InferenceOptions) {
    var resting: Set<Int> = []
    let models = Set(blocks.flatMap { $0.scores.map(\.model) })
    for model in models {
      var places: [(block: Int, score: Int)] = []
      for block in blocks.indices {
        // A drug with itself has no part in the models that it says nothing about.
        guard CallRule.says(blocks[block], of: model) else { continue }
        if let score = blocks[block].scores.firstIndex(where: { $0.model == model && $0.p != nil }) {
          places.append((block, score))
        }
      }
      let p = places.map { blocks[$0.block].scores[$0.score].p ?? .nan }
      // A block whose wells are in doubt makes no other's discovery: it has the q of the sound ones about it.
      let isSound = places.map { BlockNote.withoutCall.isDisjoint(with: blocks[$0.block].flags) }
      let values = q(zip(p, isSound).map { $1 ? $0 : .nan })
      let sound = zip(p, values).filter { !$1.isNaN }.sorted { $0.0 < $1.0 }
      for (number, place) in places.enumerated() {
        let value = isSound[number] ? values[number] : borrowed(p[number], sound)
        blocks[place.block].scores[place.score].q = value
        blocks[place.block].scores[place.score].call = Call(blocks[place.block].scores[place.score], options: options)
      }
      let judged = places.map { blocks[$0.block].scores[$0.score] }
      for place in places where blocks[place.block].flags.contains(BlockNote.outlier) {
        guard CallRule.callModels(of: blocks[place.block], options: options).contains(model) else { continue }
        let score = blocks[place.block].scores[place.score]
        if score.call != .inconclusive,
          callWithoutOutliers(score, blocks[place.block].noise, judged, options: options) != score.call
        {
          resting.insert(place.block)
        }
      }
    }
    for block in blocks.indices {
      let summary = blocks[block]
      let callModels = CallRule.callModels(of: summary, options: options)
      blocks[block].verdict = Verdict(
        summary.scores.compactMap { score in score.call.map { (score.model, $0) } }, callModels: callModels,
        flags: summary.flags, restsOnOutliers: resting.contains(block))
    }
  }

  /// The q of the next larger p of sorted ones; p itself, where there is none.
  private static func borrowed(_ p: Double, _ sound: [(Double, Double)]) -> Double {
    var low = 0
    var high = sound.count
    while low < high {
      let middle = (low + high) / 2
      if sound[middle].0 < p { low = middle + 1 } else { high = middle }
    }
    return low < sound.count && !p.isNaN ? sound[low].1 : p
  }

  /// The call that a score would have without the wells that do not fit the others, in the same screen: its p from the same
  /// error, its q that of the next larger p.
  private static func callWithoutOutliers(
    _ score: BlockSummary.Score, _ noise: NoiseModel?, _ judged: [BlockSummary.Score], options: InferenceOptions
  ) -> Call? {
    guard let mean = score.mean, let without = score.meanWithoutOutliers, let bias = score.bias,
      let error = score.standardError, let noise
    else { return nil }
    let p = StudentT.twoSided((without - bias) / error, degrees: noise.degrees)
    var again = score
    again.mean = without
    again.p = p
    again.q = judged.filter { $0.p ?? 0 >= p }.compactMap(\.q).min() ?? p
    again.equivalence = score.equivalence.map { Interval(low: $0.low + without - mean, high: $0.high + without - mean) }
    return Call(again, options: options)
  }
}
