import Assay
import Foundation
import Reporting
import Results
import Screening
import Simulation
import Synergy

/// What a run leaves, beside reading and scoring alone: on all cores, no resamples, responses as read.
struct OutputBenchmarks {
  static let group = "Outputs, on all cores"
  var settings: Settings

  /// A screen and what it is read with.
  private struct Screen {
    var name: String
    var path: String
    var blocks: Int
    var options: ScreenOptions
  }

  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("isobole-\(UUID().uuidString)").path

  func run() async throws -> [Result] {
    try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: Self.folder) }
    var options = ScreenOptions(synergy: .scoresOnly, threads: ProcessInfo.processInfo.activeProcessorCount)
    options.synergy.baseline.method = .asRead
    var screens = [
      Screen(name: "2,000 blocks of 10 × 10", path: Self.folder + "/2000.csv", blocks: 2000, options: options)
    ]
    try Self.table(blocks: 2000, doses: 10).write(toFile: screens[0].path, atomically: false, encoding: .utf8)
    var results: [Result] = []
    if settings.hasScreen {
      options.reading.response = .viability
      screens.append(
        Screen(name: "NCATS, 466 blocks of 6 × 6", path: settings.screen.path, blocks: 466, options: options))
    } else {
      results.append(Result(Self.group, "NCATS", skipped: settings.absence))
    }
    for screen in screens { results += try await outputs(of: screen) }
    return results + (try await largeRun())
  }

  /// Scoring alone, then what each kind of output adds.
  private func outputs(of screen: Screen) async throws -> [Result] {
    let (scoring, scored) = try await time(screen) { Discard() }
    var results = [
      Result(
        Self.group, screen.name + ", read and scored", time: scoring, in: .seconds,
        check: Check(scored == screen.blocks, "\(scored) blocks"))
    ]
    let (store, stored) = try await time(screen) { try StoreOnly(options: screen.options) }
    results.append(
      Result(
        Self.group, "  and the store, in terms of that", time: store, in: .times(scoring.minimum), target: 2,
        check: Check(stored == screen.blocks, "\(stored) blocks")))
    for formats in [[ReportFormat.markdown], ReportFormat.allCases] {
      var documents = DocumentOptions()
      documents.formats = formats
      Self.forgetPeak()
      let directory = Self.folder + "/run"
      let (all, ranked) = try await time(screen) {
        try ReportWriter(
          directory: directory, title: "benchmark", options: screen.options, version: "benchmark", documents: documents)
      }
      let isAll = formats.count > 1
      let check = Check(ranked == screen.blocks, "\(ranked) blocks") && Self.check(directory, blocks: screen.blocks)
      let what = "  and the store, every table, \(isAll ? "all reports" : "report.md")"
      if screen.blocks == 466 {
        let beyond = Stopwatch.Time(
          minimum: all.minimum - scoring.minimum, median: all.median - scoring.median)
        results.append(
          Result(
            Self.group, what + ", beyond that", time: beyond, in: .seconds, target: isAll ? 0.6 : nil, check: check))
      } else {
        results.append(
          Result(
            Self.group, what + ", in terms of that", time: all, in: .times(scoring.minimum), target: isAll ? 3 : nil,
            check: check))
        let peak = Self.peakMegabytes()
        results.append(
          Result(
            Self.group, "  their memory at most", time: .init(minimum: peak, median: peak), in: .megabytes, target: 300,
            check: check))
      }
    }
    return results
  }

  /// Opening and reporting a run of 100,000 blocks.
  private func largeRun() async throws -> [Result] {
    var options = ScreenOptions(synergy: .scoresOnly, threads: ProcessInfo.processInfo.activeProcessorCount)
    options.synergy.baseline.method = .asRead
    let screen = Screen(
      name: "100,000 blocks of 4 × 4", path: Self.folder + "/100000.csv", blocks: 100_000, options: options)
    try Self.table(blocks: screen.blocks, doses: 4).write(toFile: screen.path, atomically: false, encoding: .utf8)
    _ = try await ScreenRun(options: options).run(
      FileDiscovery(paths: [screen.path]), into: try StoreOnly(options: options))
    let directory = Self.folder + "/store"
    var found = 0
    var (opening, outlining, reporting): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<3 {
      let start = ContinuousClock.now
      let opened = try await ResultsFile.open(directory, threads: options.threads, checksDigest: false)
      _ = try opened.store.summaries(at: opened.places.prefix(100))
      opening.append((ContinuousClock.now - start) / .seconds(1))
      _ = try await opened.overview()
      outlining.append((ContinuousClock.now - start) / .seconds(1))
      let other = ContinuousClock.now
      var selection = ReportSelection()
      selection.top = 20
      let file = try await ResultsFile.open(directory, threads: options.threads)
      _ = try await StoredReport.write(
        file.report(of: selection), into: Self.folder + "/report", documents: DocumentOptions(), blockLimit: 20)
      reporting.append((ContinuousClock.now - other) / .seconds(1))
      found = file.places.count
    }
    let check = Check(found == screen.blocks, "\(found) blocks")
    let measured: [([Double], String, Double?)] = [
      (opening, "opened, and the best 100 read", 0.3), (outlining, "opened, and every block in outline", nil),
      (reporting, "opened, and a report of the best 20", 1),
    ]
    return measured.map { times, what, target in
      Result(
        Self.group, "\(screen.name), \(what)",
        time: .init(minimum: times.min() ?? .nan, median: times.sorted()[times.count / 2]), in: .seconds,
        target: target, check: check)
    }
  }

  private func time<Sink: ScreenSink>(
    _ screen: Screen, _ sink: () throws -> Sink
  ) async throws -> (time: Stopwatch.Time, ranked: Int) {
    var times: [Double] = []
    var ranked = 0
    for _ in 0..<max(3, settings.repeats / 2) {
      let start = ContinuousClock.now
      let outcome = try await ScreenRun(options: screen.options).run(
        FileDiscovery(paths: [screen.path]), into: try sink())
      times.append((ContinuousClock.now - start) / .seconds(1))
      ranked = outcome.ranked.count
    }
    times.sort()
    return (.init(minimum: times[0], median: times[times.count / 2]), ranked)
  }

  private static func check(_ directory: String, blocks: Int) -> Check {
    let ranking = (try? String(contentsOfFile: directory + "/ranking.csv", encoding: .utf8)) ?? ""
    let rows = ranking.split(whereSeparator: \.isNewline).count - 1
    return Check(rows == blocks, "\(rows) rows in ranking.csv")
  }

  // MARK: Memory

  /// Lets the system begin anew with the process's largest size.
  private static func forgetPeak() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  private static func peakMegabytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? .nan) / 1024
  }

  // MARK: Screens

  /// Pairs that act independently, with noise.
  private static func table(blocks: Int, doses: Int) -> String {
    var random = SplitMix64(seed: 11)
    var text = "block_id,drug1,drug2,cell_line,conc1,conc2,conc_unit,inhibition\n"
    text.reserveCapacity(blocks * doses * doses * 45)
    let tested = (0..<doses).map { $0 == 0 ? 0 : 1000 / (1 << (doses - $0)) }
    for block in 0..<blocks {
      let (half, other) = (random.uniform(20...400), random.uniform(20...400))
      for first in tested {
        for second in tested {
          let survival =
            (1 - 0.9 * Double(first) / (Double(first) + half))
            * (1 - 0.7 * Double(second) / (Double(second) + other))
          let noise = (0..<4).reduce(0) { sum, _ in sum + random.uniform(-3...3) }
          let hundredths = Int((100 * (1 - survival) + noise) * 100)
          text += "\(block),selinexor,partner \(block / 20),S\(block % 20),\(first),\(second),nM,"
          text += "\(Double(hundredths) / 100)\n"
        }
      }
    }
    return text
  }

  // MARK: Sinks

  /// Takes results and keeps nothing.
  private final class Discard: ScreenSink {
    typealias Fragment = Void
    static func encode(_ analysis: BlockAnalysis, index: Int, options: ScreenOptions) {}
    func append(_ fragment: Void, of summary: BlockSummary) {}
    func append(_ problem: InputProblem) {}
    func append(_ input: ScreenInput) {}
    func finish(ranked: [BlockSummary]) async {}
  }

  /// Writes the store and nothing else.
  private final class StoreOnly: ScreenSink {
    typealias Fragment = BlockAnalysis
    let store: RunStoreWriter

    init(options: ScreenOptions) throws {
      let directory = OutputBenchmarks.folder + "/store"
      try? FileManager.default.removeItem(atPath: directory)
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      store = try RunStoreWriter(
        path: directory + "/" + RunStoreWriter.name, title: "benchmark", options: options, version: "benchmark")
    }

    static func encode(_ analysis: BlockAnalysis, index: Int, options: ScreenOptions) -> Fragment {
      analysis
    }
    func append(_ fragment: Fragment, of summary: BlockSummary) throws {
      try store.append(fragment, of: summary)
    }
    func append(_ problem: InputProblem) throws { try store.append(problem) }
    func append(_ input: ScreenInput) throws { try store.append(input) }
    func finish(ranked: [BlockSummary]) async throws { try store.finish(ranked: ranked) }
  }
}
