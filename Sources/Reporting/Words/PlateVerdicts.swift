import Screening

extension PlateReport {
  /// How many plates have each verdict, those that none has left out.
  var verdicts: [(verdict: String, count: Int)] {
    let all = plates.map(PlateReport.verdict)
    return ["pass", "warn", "fail", "day 0"].map { verdict in (verdict, all.count { $0 == verdict }) }
      .filter { $0.1 > 0 }
  }

  /// The same in words: `12 pass, 3 warn`.
  var verdictWords: String { verdicts.map { "\(FigureText.grouped($0.count)) \($0.verdict)" }.joined(separator: ", ") }

  /// Wells that were detected as outliers.
  var outliers: Int { plates.reduce(0) { $0 + $1.quality.outlierCount } }
}
