import ArgumentParser
import Foundation
import Programs
import Reporting
import Results
import ScreenPower
import Screening
import Simulation
import Synergy

extension Simulate {
  /// Prints what designs find, a row as soon as its screens are analysed.
  func tabulate() async throws {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    var inference = InferenceOptions()
    inference.resamples = resamples
    var pilot: PilotRun?
    if let like { pilot = try await Self.pilot(like, hasGrid: grid != nil, hasNoise: noise != nil, threads: threads) }
    var rows: [PowerRow] = []
    for doses in grid?.grids ?? pilot.map({ [$0.doses] }) ?? [(4, 4), (6, 6), (8, 8), (10, 10)] {
      for wells in replicates?.counts ?? [1, 2, 3, 4] {
        var design = design(doses, replicates: wells)
        design.pool = pilot?.pool
        if noise == nil, let own = pilot?.noise { design.noise = own }
        let study = PowerStudy(
          design: design, screens: screens ?? PowerStudy.defaultScreens, model: model.model, inference: inference,
          threads: threads)
        if !json, rows.isEmpty {
          try StandardOutput.print(
            PowerCaption(study: study, pilot: pilot, like: like, isNoiseGiven: noise != nil).text)
        }
        let outcome = try await study.run()
        if !json { try StandardOutput.print(PowerRow.line(design, outcome)) }
        rows.append(PowerRow(design, outcome, like: like, pilot: pilot))
      }
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try StandardOutput.print(String(decoding: try encoder.encode(rows), as: UTF8.self))
    } else if let note = PowerRow.shortfall(rows, asked: effect) {
      try StandardOutput.print("\n" + note)
    }
  }

  /// The curves and the noise of a finished run, from its directory or the store in it.
  private static func pilot(
    _ path: String, hasGrid: Bool, hasNoise: Bool, threads: Int
  ) async throws(CommandFailure) -> PilotRun {
    func wrong(_ reason: String) -> CommandFailure {
      CommandFailure(message: "--like \(path): \(reason)", status: .wrongCommand)
    }
    let pilot: PilotRun
    do {
      let file = try await ResultsFile.open(path, threads: threads)
      let indices = file.places.map(\.block).sorted()
      let inference = file.head.options.synergy.inference
      let blocks = await Parallel.map(indices.count, chunk: 8, threads: threads) { range in
        var estimator = NoiseEstimator(options: inference)
        return range.map { place in
          Result { () throws(ResultsError) in
            PilotBlock(try file.store.analysis(of: indices[place]), estimator: &estimator)
          }
        }
      }
      pilot = try PilotRun(blocks.map { try $0.get() }, options: inference)
    } catch let error as ResultsError {
      throw CommandFailure(
        message: "--like: \(error)", status: error.isWrongCommand ? .wrongCommand : .nothingAnalysed)
    } catch {
      throw wrong("\(error) Name the results of a larger screen, or omit --like")
    }
    guard hasNoise || pilot.noise != nil else {
      throw wrong("its results do not tell how noisy its wells are; add --noise")
    }
    guard hasGrid || [pilot.doses.first, pilot.doses.second].allSatisfy((3...48).contains) else {
      throw wrong(
        "most of its combinations have \(pilot.doses.first) x \(pilot.doses.second) doses, expected 3 to 48 of each "
          + "drug; add --grid")
    }
    return pilot
  }
}
