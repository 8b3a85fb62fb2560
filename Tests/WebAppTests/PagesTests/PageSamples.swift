import Assay
import DoseTables
import Foundation
import PlateSimulation
import Plates
import ReferenceData
import Reporting
import Screening
import Synergy

@testable import WebApp

/// Page models filled from a real run: the example screen and blocks whose names try to break a page.
struct PageSamples: Sendable {
  /// The run's results.
  let source: ReportSource
  /// The same files run with other options.
  let other: RunComparison
  /// What is said of the run as a whole.
  let overview: RunOverview
  /// The plates of the simulated exports, one of them without a partner.
  let plates: PlateReport
  /// Problems of joining them.
  let plateProblems: [InputProblem]
  /// A reader's export.
  let export: PlateExport
  /// A file of dose matrices.
  let matrices: ScreenFile
  private let directory: TemporaryDirectory

  static let hostile = "<script>alert('x')</script>"
  static let long = String(repeating: "methylethylpropylbutyl-", count: 9).prefix(199) + "!"
  static let now = Date(timeIntervalSince1970: 1_795_662_000)
  static let screen = ScreenHeading(
    id: "7", name: "XPO1 in AML, November", owner: "Ada", isPrivate: false, isArchived: false, created: now)
  static let frame = PageFrame(
    user: "Ada", role: .editor, canEdit: true, canSignOut: true, csrf: "c5rf\"<&", version: "0.1.0")
  static let reading = PageFrame(
    user: "Rita", role: .reader, canEdit: false, canSignOut: true, csrf: "token", version: "0.1.0")
  static let run = RunRow(
    number: 2, state: .finished, fraction: 1, filesRead: 2, blocks: 27, created: now, started: now,
    finished: now + 4.2, by: "Ada", options: [("resamples", "200")], warnings: 1, leftOut: 2,
    command: "isobole analyze --resamples 200 -- screen.csv '<script>.csv'")

  /// The checkout: the nearest directory above this file that has a Package.swift.
  private static let repository: String = {
    var directory = URL(fileURLWithPath: #filePath)
    repeat {
      directory.deleteLastPathComponent()
    } while directory.path != "/" && !FileManager.default.fileExists(atPath: directory.path + "/Package.swift")
    return directory.path
  }()

  /// Rows of a block of hostile names: 4 × 4 doses, two wells each.
  static func rows(_ id: String, _ drugs: [String], _ sample: String) -> String {
    var text = ""
    for (place, first) in [0.0, 1, 10, 100].enumerated() {
      for (other, second) in [0.0, 2, 20, 200].enumerated() {
        for well in [0.0, 1.5] {
          let response = Double(place) * 14 + Double(other) * 12 + (place * other > 1 ? 9 : 0) + well
          text += "\(id),\"\(drugs[0])\",\"\(drugs[1])\",\"\(sample)\",\(first),\(second),\(response),nM\n"
        }
      }
    }
    return text
  }

  static let hostileTable =
    "block_id,drug1,drug2,cell_line,conc1,conc2,inhibition,conc_unit\n"
    + rows("h1", [hostile, "venetoclax"], "\(hostile)") + rows("h2", ["selinexor", String(long)], "SIM-AML-1")
    + rows("h3", [String(long), String(long.reversed())], String(long))

  /// Runs everything; a second or two.
  init() async throws {
    directory = try TemporaryDirectory()
    let table = directory.path + "/<b>names.csv"
    try Self.hostileTable.write(toFile: table, atomically: true, encoding: .utf8)
    let example = Self.repository + "/Plates/simulated-xpo1-screen.csv"
    let first = try await Self.analyze([example, table], resamples: 200, seed: 1, into: directory.path + "/first")
    let second = try await Self.analyze([example], resamples: 200, seed: 2, into: directory.path + "/second")
    source = try await first.report()
    overview = RunOverview(of: try await first.overview())
    other = try await RunComparison.compare(first, with: second, threads: 2)
    let exports = Self.repository + "/Plates/simulated-reader-exports"
    let names = try FileManager.default.contentsOfDirectory(atPath: exports).filter { $0.hasPrefix("simulated") }
    let plateScreen = await PlateScreen(
      FileDiscovery(paths: names.sorted().map { exports + "/" + $0 }), layouts: [exports + "/layout.csv"],
      options: PlateOptions(), threads: 2)
    plates = plateScreen.report
    plateProblems = [
      InputProblem(file: "export.csv", severity: .error, line: 12, message: "plate P9: no layout names it.")
    ]
    export = PlateExport.read(
      try FileDiscovery.contents(of: exports + "/" + (names.sorted().first ?? "")), name: "envision.csv")
    matrices = ScreenFile.read(Array(Self.hostileTable.utf8), name: "<b>names.csv", options: .init())
  }

  private static func analyze(
    _ paths: [String], resamples: Int, seed: UInt64, into results: String
  ) async throws -> ResultsFile {
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = resamples
    options.synergy.inference.seed = seed
    let writer = try ReportWriter(directory: results, title: "run", options: options, version: "0.1.0")
    _ = try await ScreenRun(options: options).run(
      FileDiscovery(paths: paths), samples: nil, classes: DrugClasses(.builtIn), into: writer)
    return try await ResultsFile.open(results, threads: 2)
  }

  /// The block at a place of the ranking.
  func analysis(_ place: Int) throws -> BlockAnalysis {
    try source.blocks.analysis(of: source.ranked[place].index)
  }

  /// The place of the block that most pages show.
  var shown: Int {
    source.ranked.firstIndex { $0.drugs == ["selinexor", "venetoclax"] && $0.sample == "SIM-MM-1" } ?? 0
  }

  /// The place of the block of that name.
  func place(of id: String) -> Int { source.ranked.firstIndex { $0.id.hasSuffix(id) } ?? 0 }

  static let files = [
    FileRow(
      name: "simulated-xpo1-screen.csv", bytes: 41_220, sha256: String(repeating: "0f3a", count: 16), uploaded: now,
      by: "Ada", role: .matrix, summary: "SynergyFinder table · 24 blocks · inhibition, %", infos: 1),
    FileRow(
      name: "<b>names.csv", bytes: 4212, sha256: String(repeating: "77aa", count: 16), uploaded: now, by: "Bo",
      role: .matrix, summary: "SynergyFinder table · 3 blocks · inhibition, %", warnings: 2, corrections: 1,
      sameAs: ["old-names.csv in Pilot"]),
    FileRow(
      name: "SIM-P1-envision.csv", bytes: 3_204_000, sha256: String(repeating: "beef", count: 16), uploaded: now,
      by: "Ada", role: .export, summary: "PerkinElmer EnVision · 1 plate of 384 wells"),
    FileRow(
      name: "notes from the robot.txt", bytes: 812, sha256: String(repeating: "dead", count: 16), uploaded: now,
      by: "Ada", role: .unknown, summary: "", errors: 1),
  ]

  static let runs = [
    RunRow(
      number: 3, state: .running, fraction: 0.42, filesRead: 2, blocks: 11, created: now + 600, started: now + 601,
      by: "Bo"), run,
    RunRow(
      number: 1, state: .failed, created: now - 4000, by: "Ada", message: "Nothing could be analysed: see the problems."
    ),
  ]
}
