import Foundation
import ScreenPower
import Simulation

/// What stands above the table of designs: what is simulated, what is averaged, what the figures mean.
struct PowerCaption {
  var study: PowerStudy
  var pilot: PilotRun?
  var like: String?
  var isNoiseGiven: Bool

  var text: String {
    let design = study.design
    let hits = design.planted
    let part = hits == 1 ? "1 is a hit" : "\(hits) are hits"
    var lines = [
      "\(study.model.name) · noise sd \(noise) · hits have a mean synergy of \(String(format: "%+g", design.effect)) pp"
    ]
    lines += source
    lines += [
      "Each row is the average of \(study.screens) simulated screens of \(design.blocks) combinations, of which \(part): "
        + "\(study.screens * hits) hits in all.",
      "Each screen has its own anchor drug and partners, and is analysed by itself, as a real screen is (--anchor own).",
      "  ± : standard error of the average. The average over any number of screens lies within twice this, 19 times of 20.",
      "  range : power of single screens, the middle 80 % of them. They differ by their anchor drug, and by chance where",
      "    hits are few: your screen is one of these. More simulated screens (--screens) make ± smaller, not the range.",
      "  false + : p < \(PowerRow.number(PowerStudy.significance)) among combinations without interaction · "
        + "power : p < \(PowerRow.number(PowerStudy.significance)) among hits",
      "  found : q ≤ \(rate) among hits · FDR : share of non-hits in all with q ≤ \(rate) (too few: of calls)",
      "  CI : half width of the \(PowerRow.number(study.inference.confidence * 100)) % confidence interval · "
        + "rank : mean rank of a screen's hits (best possible)",
      "", PowerRow.heading,
    ]
    return lines.joined(separator: "\n")
  }

  private var rate: String { "\(PowerRow.number(study.inference.falseDiscoveryRate * 100)) %" }

  private var noise: String {
    let noise = study.design.noise
    return noise.sdAt0 == noise.sdAt100
      ? "\(PowerRow.number(noise.sdAt0)) pp"
      : "\(PowerRow.number(noise.sdAt0)) pp at 0 % and \(PowerRow.number(noise.sdAt100)) pp at 100 % inhibition"
  }

  private var source: [String] {
    guard let pilot, let like else { return [] }
    let (anchors, partners) = (pilot.pool.anchors.count, pilot.pool.partners.count)
    let curves =
      pilot.anchor.map {
        "anchors are drawn from \(anchors) fitted curves of \($0), partners from \(partners) of \(pilot.partnerDrugs) other drugs"
      }
      ?? "no drug is in most of its combinations, so that anchors and partners are drawn from all its \(anchors) fitted curves"
    let kept =
      isNoiseGiven
      ? "The noise is that of --noise" + (measured.map { ", not the run's own \($0)" } ?? "")
      : "The noise is the run's own"
    return ["Like \(like): \(curves), with their doses.", pilot.exclusions, "\(kept)."]
  }

  private var measured: String? {
    pilot?.noise.map { noise in
      noise.sdAt0 == noise.sdAt100
        ? PowerRow.number(noise.sdAt0) : "\(PowerRow.number(noise.sdAt0)),\(PowerRow.number(noise.sdAt100))"
    }
  }
}
