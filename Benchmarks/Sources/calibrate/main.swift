import Foundation
import Simulation
import Synergy

// isobole calibration: false positives and coverage on screens with a known truth.
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
  case "--noise": noises = noises.filter { parts.contains($0.0) }
  default: exit(2)
  }
}
print("model grid wells noise            p<0.05 covered   bias  se/sd  t test  sd   none  seconds")
for model in models {
  for design in designs {
    for wells in replicates {
      for (name, noise) in noises {
        let truth: Interaction = model == .loewe ? .loeweNull : model == .hsa ? .hsaNull : .blissNull
        let begin = Date()
        let outcome = try await Study(
          truth: truth, model: model, doses: design, replicates: wells, noise: noise, blocks: blocks,
          resamples: resamples, seed: seed
        ).run()
        print(
          model.rawValue, "\(design)x\(design)", wells, name.padding(toLength: 12, withPad: " ", startingAt: 0),
          String(
            format: "  %6.1f  %6.1f  %+6.2f %6.2f  %6.1f  %@ %4d %6.1f", outcome.positive * 100, outcome.covered * 100,
            outcome.offset, outcome.errorRatio, outcome.tTest * 100, outcome.noise, outcome.without,
            Date().timeIntervalSince(begin)))
      }
    }
  }
}
