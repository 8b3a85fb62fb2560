import Foundation
import Reporting
import Screening
import Synergy

/// A whole screen, from the file to the report, on all cores.
struct ScreenBenchmarks {
  static let group = "Screen, end to end"
  var settings: Settings

  func run() async throws -> [Result] {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let task = "NCATS, 466 blocks of 6 × 6, everything written"
    guard settings.hasScreen else { return [Result(Self.group, task, skipped: settings.absence)] }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isobole-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var results: [Result] = []
    for (threads, resamples) in Set([1, cores]).sorted().flatMap({ [($0, 0), ($0, 1000)] }) {
      var times: [Double] = []
      for _ in 0..<(resamples > 0 ? 2 : max(3, settings.repeats / 2)) {
        let start = ContinuousClock.now
        try await analyze(into: folder, threads: threads, resamples: resamples)
        times.append((ContinuousClock.now - start) / .seconds(1))
      }
      times.sort()
      results.append(
        Result(
          Self.group,
          "\(task), \(threads) thread\(threads == 1 ? "" : "s")"
            + (resamples > 0 ? ", \(resamples) resamples, CSS too" : ""),
          time: .init(minimum: times[0], median: times[times.count / 2]), in: .seconds,
          target: threads == 2 ? (resamples > 0 ? 10 : 1) : nil,
          check: check(folder)))
    }
    if let tool = settings.tool { results.append(try command(tool, task: task, folder: folder)) }
    return results
  }

  private func analyze(into folder: String, threads: Int, resamples: Int) async throws {
    var options = ScreenOptions(synergy: .scoresOnly, threads: threads)
    options.synergy.inference.resamples = resamples
    options.reading.response = .viability
    let writer = try ReportWriter(directory: folder, title: "NCATS", options: options, version: "benchmark")
    _ = try await ScreenRun(options: options).run(FileDiscovery(paths: [settings.screen.path]), into: writer)
  }

  /// `isobole analyze`, the process's start included.
  private func command(_ tool: String, task: String, folder: String) throws -> Result {
    var status: Int32 = 0
    let time = try Stopwatch.time(repeats: max(3, settings.repeats / 2)) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: tool)
      process.arguments = [
        "analyze", settings.screen.path, "--response", "viability", "--out", folder, "--quiet", "--resamples", "0",
      ]
      try process.run()
      process.waitUntilExit()
      status = process.terminationStatus
    }
    return Result(
      Self.group, "\(task), the command, all cores, no resamples", time: time, in: .seconds, target: 1,
      check: Check(status == 0 || status == 3, "status \(status)") && check(folder))
  }

  private func check(_ folder: String) -> Check {
    let ranking = (try? String(contentsOfFile: folder + "/ranking.csv", encoding: .utf8)) ?? ""
    let rows = ranking.split(whereSeparator: \.isNewline).count - 1
    let absent = ReportWriter.fileNames.filter { !FileManager.default.fileExists(atPath: folder + "/" + $0) }
    return Check(rows == 466 && absent.isEmpty, "\(rows) ranked" + (absent.isEmpty ? "" : ", no \(absent)"))
  }
}
