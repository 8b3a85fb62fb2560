import Screening
import Synergy

/// The rows of `across_samples.csv`: one combination under one model each, combinations tested in two samples or more,
/// as ranked.
struct AcrossSamplesTable {
  /// The most drugs of any combination.
  private let drugs: Int
  private let across: AcrossSamples

  /// A table of an analysis.
  init(_ across: AcrossSamples) {
    self.across = across
    drugs = max(2, across.repeated.map { across.combinations[$0].drugs.count }.max() ?? 2)
  }

  /// The columns.
  var columns: [TableColumn] {
    (1...drugs).map { .text("drug\($0)", "drug \($0)") } + [
      .text("model", "the reference model"), .integer("samples", "samples in which the combination was tested"),
      .integer("scored_samples", "samples with a score"),
      .integer("doubted_samples", "samples whose input has a warning"),
    ] + Call.allCases.map { .integer($0.rawValue, "samples in which the block is called \($0.rawValue)") } + [
      .points("mean", "mean of the samples' scores: each less its bias, those of several blocks averaged"),
      .points("sd", "their standard deviation"),
      .points("lowest", "the smallest of these scores"), .text("lowest_sample", "the sample that has it"),
      .points("highest", "the largest of these scores"), .text("highest_sample", "the sample that has it"),
      .points("random_mean", "random-effects mean"), .points("random_low", "lower end of its interval"),
      .points("random_high", "upper end of it"), .points("tau", "standard deviation between samples"),
      .number("heterogeneity_q", "", "Cochran's Q"), .integer("heterogeneity_df", "its degrees of freedom"),
      .number("heterogeneity_p", "", "its p value"),
      .number("i2", "%", "share of the variation that lies between samples"),
      .text("selective_sample", "the sample that stands out most above the mean of the others"),
      .points("selective_difference", "by how much"), .points("selective_se", "the standard error of that"),
      .number("selective_p", "", "its p value"), .number("selective_q", "", "its false discovery rate"),
    ]
  }

  /// All rows, in the order of `columns`.
  var rows: [[Field]] {
    across.repeated.flatMap { place in
      across.combinations[place].models.map { row(across.combinations[place], $0) }
    }
  }

  private func row(_ combination: CombinationAcrossSamples, _ model: CombinationAcrossSamples.Model) -> [Field] {
    var row: [Field] = (0..<drugs).map { .text(combination.drugs.at($0)) }
    row += [
      .text(model.model.rawValue), .integer(combination.samples.count), .integer(model.scored.count),
      .integer(combination.samples.count { $0.isDoubted }),
    ]
    row += Call.allCases.map { .integer(combination.count($0)) }
    row += [.number(model.mean), .number(model.sd)]
    let scores = model.scored.map { combination.samples[$0] }.map { ($0.name, $0.scores[model.model]?.value ?? .nan) }
    for extreme in [scores.min { $0.1 < $1.1 }, scores.max { $0.1 < $1.1 }] {
      row += [.number(extreme?.1), .text(extreme?.0)]
    }
    let pooled = model.pooled
    row += [.number(pooled?.mean), .number(pooled?.interval.low), .number(pooled?.interval.high), .number(pooled?.tau)]
    row += [
      .number(pooled?.q), pooled.map { .integer($0.count - 1) } ?? .text(nil), .number(pooled?.p),
      .number(pooled?.iSquared),
    ]
    let selective = model.mostSelective
    row += [
      .text(selective.map { combination.samples[$0.sample].name }), .number(selective?.difference),
      .number(selective?.standardError), .number(selective?.p), .number(selective?.q),
    ]
    return row
  }

  /// The whole file.
  var text: [UInt8] {
    var out = ByteWriter()
    out.text(columns.header)
    for row in rows { out.csv(row) }
    return out.bytes
  }
}
