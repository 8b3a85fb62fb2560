import Screening
import Synergy

/// How the numbers were made, so that a reader can make them again: formulas, options, versions, files and their
/// checksums.
struct ReportMethods {
  let page: ReportPage

  /// Writes the section.
  func write(to out: inout ByteWriter) {
    out.text("<section id=\"methods\" aria-labelledby=\"hm\"><h2 id=\"hm\">Methods</h2>")
    out.text(Self.formulas(page.source.options.synergy))
    out.text("<h3>Untreated level</h3><p>")
    out.html(BaselineWords(page.source.ranked, options: page.source.options.synergy.baseline).method)
    out.text("</p><h3>Shared drug alone</h3><p>")
    out.html(AnchorWords(page.source.ranked, options: page.source.options.synergy).method)
    out.text("</p>")
    if page.source.plates != nil, let options = page.source.options.plates { out.text(PlateMethods.text(options)) }
    out.text(
      "<h3>Options and version</h3><div class=\"t\"><table class=\"m o\"><thead><tr><th scope=\"col\">Option</th>")
    out.text("<th scope=\"col\">Value</th></tr></thead><tbody><tr><th scope=\"row\">Isobole</th>")
    out.element("td", page.source.version)
    out.text("</tr>")
    for option in OptionTree(results: page.source.options).leaves {
      out.text("<tr><th scope=\"row\">")
      out.html(option.name)
      out.text("</th>")
      out.element("td", option.summary)
      out.text("</tr>")
    }
    out.text("</tbody></table></div>")
    inputs(to: &out)
    out.text("</section>")
  }

  private func inputs(to out: inout ByteWriter) {
    guard !page.source.inputs.isEmpty else { return }
    out.text("<h3>Files</h3>")
    if page.source.inputCount > page.source.inputs.count {
      out.text(
        "<p class=\"cut\">The first \(page.source.inputs.count) of \(page.source.inputCount); all are in <code>results.sqlite</code>.</p>"
      )
    }
    out.text("<div class=\"t\" role=\"region\" aria-label=\"Files\" tabindex=\"0\"><table class=\"m\"><thead><tr>")
    for name in ["File", "Format", "Responses", "Blocks", "Bytes", "SHA-256"] {
      out.text("<th scope=\"col\">\(name)</th>")
    }
    out.text("</tr></thead><tbody>")
    for input in page.source.inputs {
      out.text("<tr>")
      out.element("td", input.path)
      out.element("td", input.format ?? "–")
      out.element("td", input.response ?? "–")
      out.text("<td>\(input.blocks)</td><td>\(input.bytes)</td><td class=\"sha\">")
      out.html(input.sha256 ?? "–")
      out.text("</td></tr>")
    }
    out.text("</tbody></table></div>")
  }

  private static func formulas(_ options: SynergyOptions) -> String {
    let start =
      options.zipBaseline == .observed ? "the line’s observed response at dose 0" : "the fitted curve’s value there"
    return """
      <p>Responses are % inhibition: 0 = untreated, 100 = full kill; they are never clamped, and a cell with several wells counts with \
      their mean. Synergy is the response (for ZIP its fit) less what the null model expects, in percentage points.</p>
      <dl class="me">
      <dt>Hill curve</dt><dd><i>f</i>(<i>d</i>) = E0 + (Emax − E0) / (1 + (EC50/<i>d</i>)<sup><i>h</i></sup>), <i>f</i>(0) = E0, fitted by \
      weighted least squares; the fit is the global minimum within the bounds below. <b>at bound</b>: a parameter is a limit, not an \
      estimate. <b>flat</b>: the response does not depend on dose. <b>underdetermined</b>: fewer doses than parameters.</dd>
      <dt>HSA</dt><dd>The largest of the drugs’ observed responses alone (Berenbaum 1989).</dd>
      <dt>Bliss</dt><dd>100 (1 − Π (1 − <i>y<sub>i</sub></i>/100)) over the drugs’ observed responses alone (Bliss 1939).</dd>
      <dt>Loewe</dt><dd>The effect <i>y</i> that solves Σ <i>d<sub>i</sub></i> / <i>D<sub>i</sub></i>(<i>y</i>) = 1, \
      <i>D<sub>i</sub></i> the inverse Hill curve; beyond a drug’s Emax it contributes 0. A cell without a solution is left out and \
      counted (Loewe 1953).</dd>
      <dt>ZIP</dt><dd>Reference: Bliss of the fitted curves. Fit: the mean over the drugs of the Hill curves through the well’s lines, \
      each with E0 fixed at \(start). Synergy: fit − reference (Yadav et al. 2015).</dd>
      <dt>Block mean</dt><dd>Mean synergy over the cells in which all drugs are above 0.</dd>
      \(consensus(options.inference))
      <dt>Peak, trough</dt><dd>The largest and the smallest mean over \(options.peakWindow) adjacent doses of each drug, corrected for \
      what chance adds to the most extreme of many windows.</dd>
      <dt>RI</dt><dd>Relative inhibition: the mean of the fitted curve over log dose between the lowest and the highest tested dose, %.</dd>
      <dt>CSS</dt><dd>Combination sensitivity score: the mean relative inhibition of each drug at the other’s relative IC50, %.</dd>
      <dt>IC50</dt><dd>Relative: EC50 kept within the tested doses. Absolute: the dose of 50 % inhibition, where the curve reaches it \
      within the tested doses.</dd>
      \(inference(options.inference))\(calls(options))</dl>
      """
  }

  private static func calls(_ options: SynergyOptions) -> String {
    guard options.inference.resamples > 0 else { return "" }
    var out = ByteWriter()
    out.text("<dt>Calls</dt><dd>")
    out.html(CallRule(options: options.inference, models: options.models).sentences)
    out.text("</dd>")
    return out.string
  }

  private static func consensus(_ options: InferenceOptions) -> String {
    options.resamples > 0
      ? "<dt>Consensus</dt><dd>The smallest of the models’ lower confidence bounds. Combinations are ranked by it, ties by CSS.</dd>"
      : "<dt>Consensus</dt><dd>The smallest of the models’ means. Combinations are ranked by it, ties by CSS.</dd>"
  }

  private static func inference(_ options: InferenceOptions) -> String {
    guard options.resamples > 0 else {
      return "<dt>Intervals, p, q</dt><dd>Not asked for (<code>--resamples 0</code>).</dd>"
    }
    return """
      <dt>Noise</dt><dd>Standard deviation of a well, the same everywhere or running straight from one value at 0 % inhibition to \
      another at 100 %, as the data choose. From the block’s replicate wells; where these are too few, from what the block leaves over a \
      smooth surface (a matrix of low rank, or the Loewe or HSA surface of two curves, whichever leaves least), steadied by the screen’s \
      other blocks (Smyth 2004). Where dose pairs are further from that surface than replicates from each other (F test of lack of fit, \
      p &lt; \(AxisText.significant(options.lackOfFitSignificance, digits: 2))), the larger noise is used.</dd>
      <dt>Single wells</dt><dd>A dose pair that does not fit the smooth surface through the others (largest studentised residual, 1 % a \
      block) is reported. A call that would be another without such wells is inconclusive.</dd>
      <dt>Intervals</dt><dd>\(options.resamples) copies of the block, seed \(options.seed): every well drawn anew from the noise around \
      fitted surfaces, every curve and line refitted in every copy. The interval is the bias-corrected (basic) percentile interval, \
      widened from normal to Student’s t because the noise is itself estimated. Bias: what the score would be without interaction; the \
      largest of two noisy responses, for one, is too large. IC50 and Emax: plain percentiles; CSS: percentiles about its \
      measured value. The lower limit of a peak (the upper of a trough) holds for all windows at once, since the peak was chosen \
      among them.</dd>
      <dt>p and q</dt><dd>p: two-sided, that the true block mean is 0; 0 lies outside of a 95 % interval exactly when p &lt; 0.05. Loewe \
      and HSA are tested on copies drawn around their own null surface fitted to the whole block. Cells: against the block’s largest \
      |t|, so that all cells of a block are right together (Westfall &amp; Young 1993). q: Benjamini &amp; Hochberg (1995) over the \
      screen’s blocks, model by model.</dd>
      """
  }
}
