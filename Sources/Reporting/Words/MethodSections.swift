import DoseTables
import Screening
import Synergy

/// How the numbers were made, so that a reader can make them again: formulas, tests, plates, every option, the files.
struct MethodSections {
  let source: ReportSource

  private var options: ScreenOptions { source.options }

  /// Every section, in the order in which the numbers come about.
  var all: [ReportSection] {
    var sections = [ReportSection(title: "Methods", terms: responses + models + block + inference)]
    if source.plates != nil, !plates.isEmpty { sections.append(ReportSection(title: "Plates", terms: plates)) }
    sections.append(settings)
    if !source.inputs.isEmpty { sections.append(files) }
    return sections
  }

  private var settings: ReportSection {
    ReportSection(
      title: "Options and version",
      columns: [.init(title: "Option", kind: .option, share: 0.43), .init(title: "Value", share: 0.57)],
      rows: [["isobole", source.version]]
        + OptionTree(results: options).leaves.map { [$0.name, $0.summary.isEmpty ? "none" : $0.summary] })
  }

  private var files: ReportSection {
    ReportSection(
      title: "Files",
      columns: [
        .init(title: "File", kind: .name, share: 0.28), .init(title: "Format", share: 0.13),
        .init(title: "Responses", share: 0.11), .init(title: "Blocks", kind: .number, share: 0.08),
        .init(title: "Bytes", kind: .number, share: 0.12), .init(title: "SHA-256", kind: .checksum, share: 0.28),
      ],
      rows: source.inputs.map { input in
        [
          input.path, input.format ?? "", input.response ?? "", FigureText.grouped(input.blocks),
          FigureText.grouped(input.bytes), input.sha256 ?? "",
        ]
      },
      cut: source.inputCount > source.inputs.count
        ? "The first \(FigureText.grouped(source.inputs.count)) of \(FigureText.count(source.inputCount, "file")); "
          + "results.sqlite lists all."
        : nil)
  }

  private var responses: [(term: String, meaning: String)] {
    [
      (
        "Response",
        "% inhibition: 0 = untreated, 100 = full kill; never clamped. Replicate wells of a dose pair are averaged."
      ),
      ("Untreated level", BaselineWords(source.outlines, options: options.synergy.baseline).method),
      ("Shared drug alone", AnchorWords(source.outlines, options: options.synergy).method),
      (
        "Synergy",
        "Response (for ZIP its fit) minus what the reference model expects, in percentage points: above 0 is synergy, below 0 antagonism."
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
          + "contributes 0. A dose pair without a solution is excluded and counted (Loewe 1953)."
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
    let isTested = source.isTested
    return [
      ("Score", "Mean synergy over the dose pairs in which every drug is above 0."),
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
    guard source.isTested else { return [("Intervals, p, q", "Not computed (--resamples 0).")] }
    return [
      (
        "Noise",
        "Standard deviation of a well: constant, or linear in the response from one value at 0 % inhibition to another at 100 %, "
          + "selected by likelihood; a combination that stands alone without replicates takes the average of what it allows. "
          + "Estimated from replicate wells; where these are too few, from the residuals of a smooth surface (a matrix of low rank, or "
          + "the Loewe or HSA surface of two curves, whichever leaves least), moderated across the screen (empirical Bayes, Smyth "
          + "2004). Where dose pairs are further from that surface than replicates from each other (F test of lack of fit, "
          + "p < \(AxisText.significant(options.lackOfFitSignificance, digits: 2))), the larger noise is used."
      ),
      (
        "Single wells",
        "A well is reported as an outlier where the others make its value all but impossible (p < 0.0001) even if the drugs "
          + "interact in any smooth way: response − Bliss is modelled as a Gaussian process over the doses, its size and length "
          + "unknown. The untreated well is an outlier where the lowest doses of both drugs agree on another level. A call that "
          + "would change without such wells is inconclusive."
      ),
      (
        "Intervals",
        "\(FigureText.count(options.resamples, "bootstrap resample")) per combination, seed \(options.seed): every well is "
          + "drawn anew from the noise around fitted surfaces, and every curve and line is refitted. The "
          + "\(FigureText.share(options.confidence)) interval is the bias-corrected (basic) percentile interval, widened from "
          + "normal to Student’s t because the noise is itself estimated. Bias: what the score would be without interaction; the "
          + "largest of two noisy responses, for example, is too large. IC50 and Emax: plain percentiles; CSS: percentiles about "
          + "its measured value. The lower limit of a peak (the upper of a trough) holds for all windows at once, since the peak "
          + "was chosen among them."
      ),
      (
        "p and q",
        "p: two-sided, that the true mean synergy is 0. Loewe and HSA are tested on resamples drawn around their own reference "
          + "surface fitted to the whole combination. Dose pairs: against the largest |t| of the combination, so that all of its dose "
          + "pairs hold together (Westfall & Young 1993). q: Benjamini & Hochberg (1995) over the screen’s combinations, model by "
          + "model."
      ),
      ("Calls", CallRule(options: options, models: source.options.synergy.models).sentences),
    ]
  }

  private var plates: [(term: String, meaning: String)] {
    guard let options = options.plates else { return [] }
    let (centre, limits) = (options.normalisation.centre.rawValue, options.thresholds)
    return [
      (
        "Normalisation",
        "x is a well’s signal minus the blank, N and P the \(centre) of the plate’s negative and positive controls. npi: "
          + "100 (N − x) / (N − P) (Malo 2006). poc: 100 (1 − x/N). gr: 100 (1 − GR), GR = 2^(log₂(x/x₀) / log₂(N/x₀)) − 1, "
          + "x₀ the untreated signal of the day-0 plate (Hafner 2016); 100 is no growth."
      ),
      (
        "Positions",
        "polish: row and column effects of the wells’ deviations from their replicates, by Tukey’s median polish, divided "
          + "out. b-score: the same of the signals themselves, subtracted (Brideau 2003); it assumes that most wells are "
          + "inactive. Edge, row, column and drift count "
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
          + "\(AxisText.significant(limits.outlierPoints, digits: 2)) percentage points from the median of their replicates; with one "
          + "replicate also from their neighbours in dose. Outliers are \(options.masksOutliers ? "excluded" : "kept")."
      ),
    ]
  }
}
