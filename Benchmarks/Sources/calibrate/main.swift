import Foundation
import Simulation
import Synergy

// False positives and coverage on screens with a known truth; with --power POINTS the power for hits of that size,
// beside that of a one-sample t test over the cells whose threshold is set to the same share of false positives, and the
// share of the hits that is called and that has a flag that doubts it. With
// --levels the same for screens whose untreated wells read so many per cent, under each --baseline; --spread is the
// levels' standard deviation from block to block. With --fault the same where wells are wrong in a way of `Fault`: then
// also the share of blocks that would be called, of those with a flag that doubts them, and of those with p < 0.05 but no flag.
// With --css 1 the coverage of CSS is shown too.
// With --anchor-blocks N, screens of N blocks share their first drug, whose ln EC50 differs from block to block with a
// standard deviation of --anchor-spread; --anchor says what is made of that.
var blocks = 2000
var resamples = 1000
var designs = [4, 6, 10]
var replicates = [1, 2, 3, 4]
var models: [NullModel] = [.bliss, .loewe, .hsa]
var noises: [(String, WellNoise)] = [
  ("3", .constant(3)), ("10", .constant(10)), ("10 to 2.5", .init(sdAt0: 10, sdAt100: 2.5)),
  ("2.5 to 10", .init(sdAt0: 2.5, sdAt100: 10)),
]
var seed: UInt64 = 1
var shapeSignificance = InferenceOptions().shapeSignificance
var effect: Double?
var hits = 0.0
var bigl: Int?
var biglRefits: Int?
var levels = [0.0]
var spread = 0.0
var baselines = [BaselineOptions.Method.asRead]
var faults = [Fault.none]
var anchors = [AnchorOptions.Method.own]
var anchorBlocks: Int?
var anchorSpread = 0.0
var sensitivity = false
var arguments = CommandLine.arguments.dropFirst().makeIterator()
while let argument = arguments.next() {
  guard let value = arguments.next() else { exit(2) }
  let parts = value.split(separator: ",").map(String.init)
  switch argument {
  case "--blocks": blocks = Int(value) ?? blocks
  case "--resamples": resamples = Int(value) ?? resamples
  case "--seed": seed = UInt64(value) ?? seed
  case "--designs": designs = parts.compactMap { Int($0) }
  case "--replicates": replicates = parts.compactMap { Int($0) }
  case "--models": models = parts.compactMap { NullModel(rawValue: $0) }
  case "--shape": shapeSignificance = Double(value) ?? shapeSignificance
  case "--levels": levels = parts.compactMap { Double($0) }
  case "--spread": spread = Double(value) ?? spread
  case "--baseline": baselines = parts.compactMap { BaselineOptions.Method(rawValue: $0) }
  case "--fault": faults = parts.compactMap { Fault(rawValue: $0) }
  case "--anchor": anchors = parts.compactMap { AnchorOptions.Method(rawValue: $0) }
  case "--anchor-blocks": anchorBlocks = Int(value)
  case "--anchor-spread": anchorSpread = Double(value) ?? anchorSpread
  case "--bigl-refits": biglRefits = Int(value)
  case "--bigl": bigl = Int(value)
  case "--hits": hits = Double(value) ?? hits
  case "--css": sensitivity = value != "0"
  case "--power": effect = Double(value)
  case "--noise": noises = noises.filter { parts.contains($0.0) }
  default: exit(2)
  }
}
/// The study of one design and noise.
@MainActor func study(
  _ model: NullModel, _ design: Int, _ wells: Int, _ noise: WellNoise, level: Double, baseline: BaselineOptions.Method,
  fault: Fault, anchor: AnchorOptions.Method
) -> Study {
  var study = Study(
    truth: model == .loewe ? .loeweNull : model == .hsa ? .hsaNull : .blissNull, model: model, doses: design,
    replicates: wells, noise: noise, blocks: blocks, resamples: resamples, seed: seed,
    shapeSignificance: shapeSignificance)
  (study.level, study.levelSpread, study.baseline, study.fault) = (level, spread, baseline, fault)
  (study.anchor, study.anchorBlocks, study.anchorSpread) = (anchor, anchorBlocks, anchorSpread)
  (study.bigl, study.biglRefits, study.sensitivity) = (bigl, biglRefits, sensitivity)
  if hits != 0 { (study.hits, study.effect) = (1, hits) }
  return study
}

print(
  effect == nil
    ? "model grid wells noise        fault    level baseline anchor    p<0.05 p<.005 covered   bias  se/sd  t test  sd   none  seconds  corrected called flagged unflagged cells  peak trough  peak +  bigl   css css all"
    : "model grid wells noise        fault    level baseline anchor    false +   power   t test   called flagged")
for model in models {
  for design in designs {
    for wells in replicates {
      for ((name, noise), fault, level, baseline, anchor) in noises.flatMap({ noise in
        faults.flatMap { fault in
          levels.flatMap { level in
            baselines.flatMap { baseline in anchors.map { (noise, fault, level, baseline, $0) } }
          }
        }
      }) {
        let begin = Date()
        let null = study(model, design, wells, noise, level: level, baseline: baseline, fault: fault, anchor: anchor)
        let outcome = try await null.run()
        let heading =
          "\(model.rawValue) \(design)x\(design) \(wells) \(name.padding(toLength: 12, withPad: " ", startingAt: 0)) "
          + fault.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0) + String(format: "%5.0f ", level)
          + baseline.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
          + anchor.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
        guard let effect else {
          print(
            heading,
            String(
              format:
                "  %6.1f  %5.2f %6.1f  %+6.2f %6.2f  %6.1f  %@ %4d %6.1f %6.0f %6.1f %6.1f %6.1f %6.1f %6.1f %6.1f %+6.2f %6.1f %6.1f %6.1f",
              outcome.positive * 100,
              Double(outcome.p.count { $0 < 0.005 }) / Double(outcome.p.count) * 100,
              outcome.covered * 100, outcome.offset, outcome.errorRatio, outcome.tTest * 100, outcome.noise,
              outcome.without, Date().timeIntervalSince(begin), outcome.corrected * 100,
              outcome.called * 100, outcome.flagged * 100, outcome.unflagged * 100, outcome.cells * 100,
              outcome.peak * 100, outcome.trough * 100, outcome.peakOffset, outcome.bigl * 100, outcome.css * 100,
              outcome.everyCSS * 100))
          continue
        }
        var hits = null
        hits.hits = 1
        hits.effect = effect
        hits.seed += 1000
        let found = try await hits.run()
        // The t test's own p are too small; its threshold is the one that gives as many false positives as ours.
        let sorted = outcome.tTestP.sorted()
        let threshold = sorted[min(sorted.count - 1, Int(outcome.positive * Double(sorted.count)))]
        let theirs = Double(found.tTestP.count { $0 < threshold }) / Double(found.tTestP.count)
        print(
          heading,
          String(
            format: "%6.1f  %6.1f  %6.1f  %6.1f  %6.1f", outcome.positive * 100, found.positive * 100, theirs * 100,
            found.called * 100, found.flagged * 100))
      }
    }
  }
}
