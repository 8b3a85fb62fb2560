import Assay
import DoseTables
import Foundation
import Screening
import Synergy

/// What a person waits for who leaves a well out: one block scored again, with intervals.
struct ReanalysisBenchmarks {
  static let group = "Reanalysis without some wells"
  var settings: Settings

  /// The longest that a person should wait for a block, milliseconds.
  private static let target = 200.0

  func run() async throws -> [Result] {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let options = ScreenOptions(threads: cores)
    var results = [
      try await rescoring("10 × 10, in a screen of 50", BlockBenchmarks.blocks(size: 10, count: 50), options)
    ]
    let task = "NCATS, 466 blocks of 6 × 6"
    guard settings.hasScreen else { return results + [Result(Self.group, task, skipped: settings.absence)] }
    var reading = ReadingOptions()
    reading.response = .viability
    let screen = ScreenFile.read([UInt8](try Data(contentsOf: settings.screen)), name: "NCATS", options: reading).blocks
    var times: [Double] = []
    for _ in 0..<3 {
      let start = ContinuousClock.now
      keep(await BlockReanalysis(matrices: Self.numbered(screen), options: options, threads: cores))
      times.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    times.sort()
    results.append(
      Result(
        Self.group, "\(task), made ready once, \(cores) threads",
        time: .init(minimum: times[0] / 1e3, median: times[1] / 1e3),
        in: .milliseconds, check: Check(screen.count == 466, "\(screen.count) blocks")))
    results.append(try await rescoring("\(task), one of them", screen, options))
    return results
  }

  private static func numbered(_ blocks: [DoseMatrix]) -> [(index: Int, matrix: DoseMatrix)] {
    blocks.enumerated().map { (index: $0, matrix: $1) }
  }

  /// A well of one block left out, then the block scored: 1,000 resamples, all models.
  private func rescoring(_ task: String, _ blocks: [DoseMatrix], _ options: ScreenOptions) async throws -> Result {
    let again = await BlockReanalysis(matrices: Self.numbered(blocks), options: options, threads: options.threads)
    let cell = blocks[0].combinationCells[3]
    let wells = WellsLeftOut([
      .init(blockID: blocks[0].id, doses: blocks[0].doses(of: cell), response: nil, reason: "benchmark")
    ])
    var analysis: BlockAnalysis?
    let time = try Stopwatch.time(repeats: settings.repeats) {
      analysis = try again.analysis(of: 0, leavingOut: wells)
    }
    return Result(
      Self.group, "\(task), a well left out, \(options.synergy.inference.resamples) resamples", time: time,
      in: .milliseconds, target: Self.target, check: try await check(analysis, blocks, wells, options))
  }

  /// The interval must be that of a screen made without the well, analysed by the parts that a run is made of.
  private func check(
    _ analysis: BlockAnalysis?, _ blocks: [DoseMatrix], _ wells: WellsLeftOut, _ options: ScreenOptions
  ) async throws -> Check {
    let changed = blocks.compactMap { wells.applied(to: $0).matrix }
    var estimator = NoiseEstimator(options: options.synergy.inference)
    let noise = ScreenNoise(changed.map { estimator.share(of: $0) }, options: options.synergy.inference)
    let wanted = try BlockAnalyzer(options: options.synergy).analyze(
      changed[0], screen: ScreenEvidence(noise: noise, baseline: nil))
    let pairs = zip(analysis?.inference?.scores ?? [], wanted.inference?.scores ?? []).map {
      ($0?.interval, $1?.interval)
    }
    let isSame = pairs.count == NullModel.allCases.count && pairs.allSatisfy { $0.0 == $0.1 }
    return Check(isSame, "\(pairs.count) intervals as of the screen without the well, to the bit")
  }
}
