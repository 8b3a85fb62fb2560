import Assay
import Results
import Plates
import Screening

/// The plates in the report: how they were normalised, what they are worth, and their maps.
struct PlateSection {
  let report: PlateReport
  /// The most plates that have maps here.
  var most = Self.mostPlates
  /// Whether maps tell their boxes to a page's script.
  var isLive = false

  /// The most plates that have maps, the worst first; `qc.csv` has all.
  static let mostPlates = 150

  /// Writes the section.
  func write(to file: OutputFile) throws(ResultsError) {
    var out = ByteWriter()
    try write(to: &out) { (out: inout ByteWriter) throws(ResultsError) in try file.append(&out) }
  }

  /// Writes the section; `flush` is called after each part and may empty the text.
  func write(
    to out: inout ByteWriter, flush: (inout ByteWriter) throws(ResultsError) -> Void
  ) throws(ResultsError) {
    out.text("<section id=\"plates\" aria-labelledby=\"hq\"><h2 id=\"hq\">Plates</h2>")
    summary(to: &out)
    table(to: &out)
    legend(to: &out)
    try flush(&out)
    let shown = self.shown
    if shown.count < report.plates.count {
      out.text("<p class=\"cut\">The worst \(shown.count) of \(report.plates.count) plates have maps here.</p>")
    }
    for number in shown {
      plate(report.plates[number], number, to: &out)
      try flush(&out)
    }
    out.text("</section>")
    try flush(&out)
  }

  /// The plates with maps: all in their order, or the worst where there are too many.
  private var shown: [Int] {
    let plates = report.plates
    guard plates.count > most else { return Array(plates.indices) }
    return plates.indices.sorted { (plates[$1].quality.verdict, $0) < (plates[$0].quality.verdict, $1) }
      .prefix(most).sorted()
  }

  private func summary(to out: inout ByteWriter) {
    out.text("<p>\(report.plates.count) \(report.plates.count == 1 ? "plate" : "plates"): ")
    let parts = report.verdicts.map { "<b class=\"\($0.verdict)\">\($0.count) \($0.verdict)</b>" }
    out.text(parts.joined(separator: ", "))
    let outliers = report.outliers
    out.text(". \(outliers) outlier \(outliers == 1 ? "well" : "wells"), ")
    let masked = report.plates.reduce(0) { $0 + $1.wells.count { $0.exclusion == .outlier } }
    out.text(masked > 0 ? "\(masked) excluded" : "none excluded")
    out.text(isLive ? ".</p>" : ". Limits and every figure: <code>qc.csv</code> and the methods below.</p>")
  }

  private static let figures: [(check: QualityCheck, name: String)] = [
    (.zPrime, "Z′"), (.robustZPrime, "robust Z′"), (.ssmd, "SSMD"), (.signalToBackground, "S/B"),
    (.controlCV, "control CV, %"), (.replicateCorrelation, "replicate r"), (.edgeEffect, "edge, %"),
    (.lineEffect, "line, %"),
    (.drift, "drift, %"),
  ]

  private func table(to out: inout ByteWriter) {
    out.text("<div class=\"t\" role=\"region\" aria-label=\"Quality of the plates\" tabindex=\"0\">")
    out.text("<table class=\"q\"><thead><tr><th scope=\"col\">Plate<th scope=\"col\">Verdict")
    for figure in Self.figures { out.text("<th scope=\"col\">\(figure.name)") }
    out.text("<th scope=\"col\">Outliers<th scope=\"col\">Why</tr></thead><tbody>")
    let shown = Set(self.shown)
    for (number, plate) in report.plates.enumerated() {
      out.text("<tr><th scope=\"row\">")
      if shown.contains(number) { out.text("<a href=\"#p\(number)\">") }
      out.html(plate.plate)
      if shown.contains(number) { out.text("</a>") }
      let verdict = PlateReport.verdict(of: plate)
      out.text("<td><b class=\"v \(verdict)\">\(verdict)</b>")
      for figure in Self.figures {
        out.text("<td>")
        out.text(plate.quality.values[figure.check].map { AxisText.significant($0, digits: 2) } ?? "–")
      }
      out.text("<td>\(plate.quality.outlierCount)<td>")
      out.html(QualityTable.reasons(plate.quality, report.thresholds))
    }
    out.text("</tbody></table></div>")
  }

  private func legend(to out: inout ByteWriter) {
    out.text(
      "<div class=\"f\"><div class=\"legend\"><p id=\"lg\">Raw signal (reader units); colour scale per plate</p>"
    )
    out.ramp((0...SignalPalette.steps).map { "g\($0)" }, ticks: ["low", "high"], label: "lg")
    out.text("</div><div class=\"legend\"><p id=\"lq\">Normalised, % inhibition</p>")
    out.ramp(
      (0...SequentialPalette.steps).map { "r\($0)" }, ticks: ["≤ 0", "25", "50", "75", "≥ 100"], label: "lq")
    out.text(
      "</div></div><p class=\"k\">− negative control, + positive control, ○ blank, × excluded (masked, no value, not ")
    out.text("normalised); a frame is an outlier well, plain grey a well that is not used.</p>")
  }

  private func plate(_ plate: ScreenPlate, _ number: Int, to out: inout ByteWriter) {
    let verdict = PlateReport.verdict(of: plate)
    out.text("<section class=\"pl\" id=\"p\(number)\"><h3>")
    out.html(plate.plate)
    out.text(" <b class=\"v \(verdict)\">\(verdict)</b></h3><p class=\"k\">")
    out.html(plate.reader)
    if let channel = plate.channel { out.html(" · \(channel)") }
    out.text(" · \(plate.format.wells) wells · ")
    out.html(plate.file)
    out.text("<br>")
    out.html(Self.done(to: plate))
    out.text("</p>")
    if !plate.quality.reasons.isEmpty {
      out.text("<ul class=\"rs\">")
      for reason in plate.quality.reasons {
        out.text("<li><b class=\"\(reason.verdict.rawValue)\">\(reason.verdict.rawValue)</b> ")
        out.html(reason.description(report.thresholds))
      }
      out.text("</ul>")
    }
    out.text("<div class=\"f\">")
    out.plateFigure(plate, .raw, isLive: isLive)
    if plate.normalisation != nil { out.plateFigure(plate, .response, isLive: isLive) }
    out.text("</div></section>")
  }

  /// What was done to a plate's signals, in a sentence.
  private static func done(to plate: ScreenPlate) -> String {
    if plate.isDayZero { return "Read at the start: its untreated wells are the x₀ of the growth rates." }
    guard let record = plate.normalisation else { return "Not normalised: see the problems." }
    let number = { (value: Double) in AxisText.significant(value, digits: 3) }
    var text = ""
    switch record.method {
    case .npi, .auto: text = "Normalised percent inhibition by both controls"
    case .poc: text = "Percent of the negative control"
    case .gr: text = "Growth rates, 100 (1 − GR), start \(record.dayZeroPlate ?? "unknown")"
    }
    text += " (\(record.centre.rawValue)"
    for controls in record.controls.prefix(4) {
      text += "; \(controls.sample.map { "\($0): " } ?? "")negative \(number(controls.negative))"
      if let positive = controls.positive { text += ", positive \(number(positive))" }
    }
    text += ")"
    if let blank = record.blank { text += "; blank \(number(blank)) subtracted" }
    if let correction = record.correction {
      let change = { (before: Double?, after: Double?) in
        "\(before.map(number) ?? "–") → \(after.map(number) ?? "–")"
      }
      text += "; positions corrected (\(correction.kind.rawValue)): "
      text += "Z′ \(change(correction.zPrimeBefore, correction.zPrimeAfter)), "
      text += "edge effect \(change(correction.edgeBefore, correction.edgeAfter)) %"
    }
    return text + "."
  }
}
