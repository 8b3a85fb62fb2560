import Assay
import Screening
import Synergy

/// Keeps what a run passes on: every number by its bits, in the order of arrival.
final class RecordingSink: ScreenSink {
  /// A block's numbers.
  struct Fragment: Sendable, Equatable {
    var id: String
    var index: Int
    /// The bits of every number that was computed.
    var bits: [UInt64]
    var analysis: BlockAnalysis

    static func == (one: Fragment, other: Fragment) -> Bool {
      (one.id, one.index, one.bits) == (other.id, other.index, other.bits)
    }
  }

  private(set) var fragments: [Fragment] = []
  private(set) var problems: [InputProblem] = []
  private(set) var inputs: [ScreenInput] = []
  private(set) var ranked: [BlockSummary]?
  /// What arrived, in its order: `block`, `problem`, `input`, `finish`.
  private(set) var events: [String] = []

  static func encode(_ analysis: BlockAnalysis, index: Int, options: ScreenOptions) -> Fragment {
    Fragment(id: analysis.matrix.id, index: index, bits: bits(of: analysis), analysis: analysis)
  }

  func append(_ fragment: Fragment, of summary: BlockSummary) {
    fragments.append(fragment)
    events.append("block \(summary.id)")
  }

  func append(_ problem: InputProblem) {
    problems.append(problem)
    events.append("problem \(problem.blockID ?? "-")")
  }

  func append(_ input: ScreenInput) {
    inputs.append(input)
    events.append("input \(input.blocks)")
  }

  func finish(ranked: [BlockSummary]) {
    self.ranked = ranked
    events.append("finish")
  }

  /// A block's numbers by the block's own name, without the file's.
  var bitsByBlock: [String: [UInt64]] {
    Dictionary(
      fragments.map { (String($0.id.split(separator: ":").last ?? ""), $0.bits) }, uniquingKeysWith: { $0 + $1 })
  }

  static func bits(of analysis: BlockAnalysis) -> [UInt64] {
    var numbers = analysis.matrix.mean
    for model in analysis.models {
      numbers += model.reference + model.synergy + (model.fit ?? []) + [model.mean ?? .nan, model.peak?.mean ?? .nan]
    }
    for monotherapy in analysis.monotherapies {
      let curve = monotherapy.fit.curve
      numbers += [curve.e0, curve.emax, curve.hill, curve.ec50, monotherapy.fit.rss]
      numbers += [monotherapy.relativeIC50 ?? .nan, monotherapy.relativeInhibition ?? .nan]
    }
    numbers.append(analysis.css ?? .nan)
    if let inference = analysis.inference {
      numbers += [inference.noise.sdAt0, inference.noise.degrees, inference.noise.sdAt100]
      for score in inference.scores.compactMap(\.self) {
        numbers += [score.bias, score.standardError, score.interval.low, score.interval.high, score.p]
        numbers += [score.peak?.interval.low ?? .nan, score.peak?.interval.high ?? .nan] + score.cellP
        numbers += score.cells.flatMap { [$0.low, $0.high] }
      }
      numbers += (inference.ic50 + inference.emax + inference.curves.flatMap(\.self)).flatMap { [$0.low, $0.high] }
      numbers += [inference.css?.low ?? .nan, inference.css?.high ?? .nan]
    }
    return numbers.map { $0.isNaN ? UInt64.max : $0.bitPattern }
  }
}
