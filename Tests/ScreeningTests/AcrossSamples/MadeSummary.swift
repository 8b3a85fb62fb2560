import Assay
import DoseResponse
import Screening
import Synergy

/// Ranked blocks with scores as the test wants them: what is analysed over samples are scores and standard errors alone.
enum MadeSummary {
  /// A block of two drugs with one score a model.
  ///
  /// - Parameters:
  ///   - scores: The score of each model, its bias taken off.
  ///   - bias: What is added to the block mean and told as its bias.
  static func block(
    _ index: Int, _ drugs: [String], _ sample: String?, _ scores: [NullModel: Double], standardError: Double? = 2,
    bias: Double = 0, notes: [BlockNote] = []
  ) throws -> BlockSummary {
    let matrix = try DoseMatrix(
      id: "\(index)", sample: sample, drugs: drugs.map { ($0, ConcentrationUnit("nM")) },
      wells: [[0.0, 0.0], [0, 1], [1, 0], [1, 1]].map { .init(doses: $0, response: 10) })
    let models = NullModel.allCases.filter { scores[$0] != nil }
    var analysis = BlockAnalysis(
      asRead: matrix, monotherapies: [],
      models: models.map { model in
        ModelScore(
          model: model, reference: [0, 0, 0, 0], fit: nil, synergy: [0, 0, 0, 0],
          mean: (scores[model] ?? 0) + bias, peak: nil, trough: nil, scoredCells: 1, unscoredCells: 0)
      }, lines: [], css: nil, notes: notes)
    if let standardError {
      analysis.inference = BlockInference(
        noise: NoiseModel(source: .replicates, shape: .constant, sdAt0: 3, degrees: 10), resamples: 100,
        confidence: 0.95,
        scores: models.map { model in
          let score = scores[model] ?? 0
          return ScoreInference(
            bias: bias, standardError: standardError,
            interval: Interval(low: score - 2 * standardError, high: score + 2 * standardError), p: 0.5,
            equivalence: Interval(low: score - 1.7 * standardError, high: score + 1.7 * standardError),
            cells: [], cellP: [])
        }, ic50: [], emax: [], curves: [], css: nil)
    }
    return BlockSummary(index: index, analysis: analysis)
  }

  /// Blocks of combinations in samples: Bliss scores, a row a combination; NaN where it was not tested.
  static func screen(
    _ scores: [[Double]], samples: [String], standardError: Double? = 2
  ) throws -> [BlockSummary] {
    var blocks: [BlockSummary] = []
    for (row, values) in scores.enumerated() {
      for (column, value) in values.enumerated() where !value.isNaN {
        blocks.append(
          try block(
            blocks.count, ["selinexor", "partner \(row)"], samples[column], [.bliss: value],
            standardError: standardError))
      }
    }
    return blocks
  }
}
