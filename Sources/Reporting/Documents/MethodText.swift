import DoseTables
import Screening
import Synergy

/// How the numbers were made, as terms and sentences for documents without markup: formulas, the tests, the plates.
/// The options with their values are `OptionTree.leaves`.
struct MethodText {
  let options: ScreenOptions

  /// Terms and what they mean, in the order in which the numbers come about.
  var terms: [(term: String, meaning: String)] { responses + models + block + inference + plates }

  private var responses: [(term: String, meaning: String)] {
    [
      (
        "Response",
        "% inhibition: 0 = untreated, 100 = full kill; never clamped. A cell with several wells counts with their mean."
      ),
      ("Untreated level", BaselineWords([], options: options.synergy.baseline).method),
      ("Shared drug alone", AnchorWords([], options: options.synergy).method),
      (
        "Synergy",
        "Response (for ZIP its fit) less what the null model expects, in percentage points: above 0 synergy, below antagonism."
      ),
      (
        "Hill curve",
        "f(d) = E0 + (Emax − E0) / (1 + (EC50/d)^h), f(0) = E0, fitted by weighted least squares; the fit is the global "
          + "minimum within the bounds below. At bound: a parameter is a limit, not an estimate. Flat: the response does "
          + "not depend on dose. Underdetermined: fewer doses than parameters."
      ),
    ]
  }

  private var models: [(term: String, meaning: String)] {
    let start =
      options.synergy.zipBaseline == .observed
      ? "the line’s observed response at dose 0" : "the fitted curve’s value there"
    let known: [(NullModel, String)] = [
      (.hsa, "Reference: the largest of the drugs’ observed responses alone (Berenbaum 1989)."),
      (.bliss, "Reference: 100 (1 − Π (1 − yᵢ/100)) over the drugs’ observed responses alone (Bliss 1939)."),
      (
        .loewe,
        "Reference: the effect y that solves Σ dᵢ / Dᵢ(y) = 1, Dᵢ the inverse Hill curve; beyond a drug’s Emax it "
          + "contributes 0. A cell without a solution is left out and counted (Loewe 1953)."
      ),
      (
        .zip,
        "Reference: Bliss of the fitted curves. Fit: the mean over the drugs of the Hill curves through the well’s lines, "
          + "each with E0 fixed at \(start). Synergy: fit − reference (Yadav et al. 2015)."
      ),
    ]
    return known.filter { options.synergy.models.contains($0.0) }.map { ($0.0.name, $0.1) }
  }

  private var block: [(term: String, meaning: String)] {
    let isTested = options.synergy.inference.resamples > 0
    return [
      ("Score of a block", "Mean synergy over the cells in which all drugs are above 0."),
      (
        "Consensus",
        isTested
          ? "The smallest of the models’ lower confidence bounds. Combinations are ranked by it, ties by CSS."
          : "The smallest of the models’ means. Combinations are ranked by it, ties by CSS."
      ),
      (
        "Peak, trough",
        "The largest and the smallest mean over \(options.synergy.peakWindow) adjacent doses of each drug, corrected for what "
          + "chance adds to the most extreme of many windows."
      ),
      (
        "RI",
        "Relative inhibition: the mean of the fitted curve over log dose between the lowest and the highest tested dose, %."
      ),
      ("CSS", "Combination sensitivity score: the mean RI of each drug at the other’s relative IC50, %."),
      (
        "IC50",
        "Relative: EC50 kept within the tested doses. Absolute: the dose of 50 % inhibition, where the curve reaches it "
          + "within the tested doses."
      ),
    ]
  }

  private var inference: [(term: String, meaning: String)] {
    let options = options.synergy.inference
    guard options.resamples > 0 else { return [("Intervals, p, q", "Not asked for (--resamples 0).")] }
    return [
      (
        "Noise",
        "Standard deviation of a well, the same everywhere or running straight from one value at 0 % inhibition to another "
          + "at 100 %, as the data choose; a block that stands alone without replicates takes the average of what it allows. From the block’s replicate wells; where these are too few, from what the block "
          + "leaves over a smooth surface, steadied by the screen’s other blocks (Smyth 2004). Where dose pairs are further from that "
          + "surface than replicates from each other (F test of lack of fit, p < \(AxisText.significant(options.lackOfFitSignificance, digits: 2))), the larger noise is used."
      ),
      (
        "Single wells",
        "A well is reported where the others make its reading all but impossible (p < 0.0001) even if the drugs interact in any "
          + "smooth way: response − Bliss as a Gaussian process over the doses, its size and length unknown; the untreated well "
          + "where the lowest doses of both drugs agree on another level. A call that would be another without such wells is inconclusive."
      ),
      (
        "Intervals",
        "\(options.resamples) copies of the block, seed \(options.seed): every well drawn anew from the noise around fitted "
          + "surfaces, every curve and line refitted in every copy. The \(FigureText.share(options.confidence)) interval is "
          + "the bias-corrected (basic) percentile interval, widened from normal to Student’s t because the noise is itself "
          + "estimated. IC50 and Emax: plain percentiles; CSS: percentiles about its measured value. The lower limit of a peak (the "
          + "upper of a trough) holds for all windows at once, since the peak was chosen among them."
      ),
      (
        "p and q",
        "p: two-sided, that the true block mean is 0; Loewe and HSA are tested on copies drawn around their own null surface "
          + "fitted to the whole block. Cells: against the block’s largest |t|, so that all cells of a block are right "
          + "together (Westfall & Young 1993). q: Benjamini & Hochberg (1995) over the screen’s blocks, model by model."
      ),
      ("Calls", CallRule(options: options, models: self.options.synergy.models).sentences),
    ]
  }

  private var plates: [(term: String, meaning: String)] {
    guard let options = options.plates else { return [] }
    let (centre, limits) = (options.normalisation.centre.rawValue, options.thresholds)
    return [
      (
        "Normalisation",
        "x is a well’s signal less the blank, N and P the \(centre) of the plate’s negative and positive controls. npi: "
          + "100 (N − x) / (N − P) (Malo 2006). poc: 100 (1 − x/N). gr: 100 (1 − GR), GR = 2^(log₂(x/x₀) / log₂(N/x₀)) − 1, "
          + "x₀ the untreated signal of the day-0 plate (Hafner 2016); 100 is no growth."
      ),
      (
        "Positions",
        "polish: row and column effects of the wells’ deviations from their replicates, by Tukey’s median polish, divided "
          + "out. b-score: the same of the signals themselves, subtracted (Brideau 2003). Edge, row, column and drift count "
          + "only where they are \(AxisText.significant(limits.significance, digits: 2)) standard errors off 0."
      ),
      (
        "Controls",
        "Z′ = 1 − 3 (s₊ + s₋) / |m₊ − m₋| of means and SDs, robust Z′ of medians and MADs × 1.4826 (Zhang 1999); SSMD = "
          + "|m₋ − m₊| / √(s₋² + s₊²) (Zhang 2007); S/B the ratio of the centres."
      ),
      (
        "Outliers",
        "Wells more than \(AxisText.significant(limits.outlierDeviation, digits: 2)) robust standard deviations and "
          + "\(AxisText.significant(limits.outlierPoints, digits: 2)) points from the median of their replicates; with one "
          + "replicate also from their neighbours in dose. Left \(options.masksOutliers ? "out" : "in")."
      ),
    ]
  }
}
