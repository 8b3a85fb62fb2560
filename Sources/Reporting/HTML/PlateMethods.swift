import Plates

/// How plates were normalised and judged, for the methods of the report.
enum PlateMethods {
  /// The formulas; every limit is among the options below them.
  static func text(_ options: PlateOptions) -> String {
    let centre = options.normalisation.centre.rawValue
    return """
      <h3>Plates</h3><dl class="me">
      <dt>Normalisation</dt><dd><i>x</i> is a well’s signal less the blank, <i>N</i> and <i>P</i> the \(centre) of the plate’s negative and \
      positive controls. <b>npi</b>: 100 (<i>N</i> − <i>x</i>) / (<i>N</i> − <i>P</i>) (Malo 2006). <b>poc</b>: 100 (1 − <i>x</i>/<i>N</i>). \
      <b>gr</b>: 100 (1 − GR), GR = 2<sup>log₂(<i>x</i>/<i>x</i>₀) / log₂(<i>N</i>/<i>x</i>₀)</sup> − 1, <i>x</i>₀ the untreated signal of \
      the day-0 plate (Hafner 2016); 100 is no growth.</dd>
      <dt>Positional correction</dt><dd><b>polish</b>: row and column effects of the wells’ deviations from their replicates, by Tukey’s \
      median polish, divided out. <b>b-score</b>: the same of the signals themselves, subtracted (Brideau 2003); it takes most wells to \
      be inactive.</dd>
      <dt>Controls</dt><dd>Z′ = 1 − 3 (<i>s</i>₊ + <i>s</i>₋) / |<i>m</i>₊ − <i>m</i>₋| of means and SDs, robust Z′ of medians and MADs × \
      1.4826 (Zhang 1999); SSMD = |<i>m</i>₋ − <i>m</i>₊| / √(<i>s</i>₋² + <i>s</i>₊²) (Zhang 2007); S/B the ratio of the centres.</dd>
      <dt>Positions</dt><dd>Edge, row, column and drift are medians (drift: a slope) of the wells’ signals relative to their replicates, and \
      count only where they are \(AxisText.significant(options.thresholds.significance, digits: 2)) standard errors off 0.</dd>
      <dt>Outliers</dt><dd>Wells more than \(AxisText.significant(options.thresholds.outlierDeviation, digits: 2)) robust standard deviations \
      and \(AxisText.significant(options.thresholds.outlierPoints, digits: 2)) points from the median of their replicates; with one \
      replicate also from their neighbours in dose, without any from these alone. Left \(options.masksOutliers ? "out" : "in").</dd>
      </dl>
      """
  }
}
