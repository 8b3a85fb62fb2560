import Assay
import DoseTables
import Foundation
import ReferenceData
import Screening
import Synergy

@testable import Reporting

/// A directory with the results of a screen of several samples, analysed as a run does.
enum StoredScreen {
  /// Wells of a block as rows of a table: two Hill curves, independent action, a bump, and noise from a seed.
  static func rows(_ id: Int, _ drugs: [String], _ sample: String, bump: Double, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    func alone(_ dose: Double, _ middle: Double) -> Double { dose == 0 ? 0 : 80 / (1 + pow(middle / dose, 1.2)) }
    var rows = ""
    for first in [0.0, 10, 30, 100, 300] {
      for second in [0.0, 1, 3, 10, 30] {
        let (one, other) = (alone(first, 90), alone(second, 8))
        let response = one + other - one * other / 100 + (first > 0 && second > 0 ? bump : 0) + 2 * random.normal()
        rows += "\(id),\(drugs[0]),\(drugs[1]),\(sample),\(first),\(second),\((response * 64).rounded() / 64),nM\n"
      }
    }
    return rows
  }

  static let samples = ["A", "B", "C", "D", "E", "F", "G"]
  static let header = "block_id,drug1,drug2,cell_line,conc1,conc2,inhibition,conc_unit\n"

  /// Three partners in seven samples; venetoclax is synergistic in the first four. `change` is added to ibrutinib.
  static func table(change: Double = 0, leavingOut: Set<Int> = []) -> String {
    var text = header
    for (number, sample) in samples.enumerated() {
      for (partner, drug) in ["venetoclax", "ibrutinib", "=cmd|' /C calc'!A0"].enumerated() {
        let id = number * 3 + partner
        guard !leavingOut.contains(id) else { continue }
        text += rows(
          id, ["selinexor", drug], sample, bump: partner == 0 && number < 4 ? 14 : partner == 1 ? change : 0,
          seed: UInt64(id + 1))
      }
    }
    return text
  }

  static let annotations =
    "sample,TP53,MYC\n"
    + samples.enumerated().map { "\($1),\($0 < 4 ? "<mut>" : "wt"),\($0 * $0)\n" }.joined()

  static func options(threads: Int = 2) -> ScreenOptions {
    var options = ScreenOptions(threads: threads)
    options.synergy.inference.resamples = 100
    options.synergy.baseline.method = .asRead
    options.synergy.bigl.nulls = [.hsa]
    return options
  }

  /// Analyses tables into `directory`/results, as the command does.
  @discardableResult
  static func analyze(
    _ text: String = table(), annotations: String? = annotations, in directory: TemporaryDirectory,
    options: ScreenOptions = options()
  ) async throws -> String {
    let results = directory.path + "/results"
    try text.write(toFile: directory.path + "/screen.csv", atomically: true, encoding: .utf8)
    var samples: SamplesFile?
    if let annotations {
      try annotations.write(toFile: directory.path + "/samples.csv", atomically: true, encoding: .utf8)
      samples = SamplesFile(path: directory.path + "/samples.csv")
    }
    let writer = try ReportWriter(
      directory: results, title: "a <screen>", options: options, version: "0.1.0", reportBlocks: 500)
    _ = try await ScreenRun(options: options).run(
      FileDiscovery(paths: [directory.path + "/screen.csv"]), samples: samples, classes: DrugClasses(.builtIn),
      into: writer)
    return results
  }
}
