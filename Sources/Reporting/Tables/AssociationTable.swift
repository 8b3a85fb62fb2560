import Screening
import Synergy

/// The rows of `associations.csv`: one coefficient each, the surest test first. A test of an annotation with more than
/// two levels has a row for each level but the reference, with the p and q of the whole; one that was not made has a row
/// that says why.
struct AssociationTable {
  private let drugs: Int
  private let across: AcrossSamples

  /// A table of an analysis.
  init(_ across: AcrossSamples) {
    self.across = across
    drugs = max(2, across.associations.map { across.combinations[$0.combination].drugs.count }.max() ?? 2)
  }

  /// The columns.
  var columns: [TableColumn] {
    (1...drugs).map { .text("drug\($0)", "drug \($0)") } + [
      .text("model", "the reference model"), .text("annotation", "the annotation of the samples"),
      .text("level", "the level that is compared"), .text("reference", "the level that it is compared with"),
      .integer("n", "samples"), .integer("n_level", "samples of the level"),
      .integer("n_reference", "samples of the reference"), .points("mean_level", "mean score of the level"),
      .points("mean_reference", "mean score of the reference"),
      .points("effect", "the difference; for a covariate the change with one unit of it"),
      .points("effect_low", "lower end of its interval"), .points("effect_high", "upper end of it"),
      .number("r2", "", "coefficient of determination"), .number("f", "", "F of the whole annotation"),
      .integer("df1", "degrees of freedom of the numerator"), .integer("df2", "of the denominator"),
      .number("p", "", "p value of the whole annotation, by permutation"), .number("q", "", "its false discovery rate"),
      .integer("arrangements", "arrangements that p is counted over"),
      .text("exact", "whether these are all there are"),
      .text("left_out", "samples of levels that are too small"), .text("not_tested", "why nothing was tested"),
    ]
  }

  /// All rows, in the order of `columns`.
  var rows: [[Field]] {
    across.associations.flatMap { association -> [[Field]] in
      guard let test = association.test else { return [row(association, nil, nil)] }
      return test.effects.map { row(association, test, $0) }
    }
  }

  private func row(_ association: Association, _ test: Association.Test?, _ effect: Association.Effect?) -> [Field] {
    let combination = across.combinations[association.combination]
    let level = test?.levels.first { $0.name == effect?.level }
    let reference = test?.levels.first
    func whole(_ number: Int?) -> Field { number.map { .integer($0) } ?? .text(nil) }
    var row: [Field] = (0..<drugs).map { .text(combination.drugs.at($0)) }
    row += [
      .text(association.model.rawValue), .text(association.annotation), .text(effect?.level), .text(reference?.name),
      .integer(association.points.count), whole(level?.count), whole(reference?.count), .number(level?.mean),
      .number(reference?.mean), .number(effect?.value), .number(effect?.interval.low), .number(effect?.interval.high),
      .number(test?.rSquared), .number(test?.f), whole(test?.degrees.0), whole(test?.degrees.1), .number(test?.p),
      .number(test?.q), whole(test?.arrangements), .text(test.map { $0.isExact ? "yes" : "no" }),
      .text(association.leftOut.map { "\($0.sample) (\($0.level))" }.joined(separator: "; ")),
      .text(association.refusal),
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
