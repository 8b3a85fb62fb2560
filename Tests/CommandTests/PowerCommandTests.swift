import Foundation
import ReferenceData
import Testing

@Suite("isobole simulate --power")
struct PowerCommandTests {
  private static let small = [
    "simulate", "--power", "--screens", "6", "--blocks", "20", "--hits", "0.2", "--effect", "8", "--resamples", "100",
    "--grid", "4x4", "--replicates", "1,2",
  ]

  /// Directory with the results of a simulated pilot screen in `run`.
  private func pilot(blocks: Int = 24) async throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    for arguments in [
      ["simulate", "--blocks", "\(blocks)", "--grid", "5x6", "--replicates", "2", "--noise", "9,3", "--out", "pilot"],
      ["analyze", "pilot/screen.csv", "--resamples", "100", "--models", "bliss", "--formats", "md", "--out", "run"],
    ] {
      let outcome = try await Tool.run(arguments, in: directory)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    return directory
  }

  private func rows(_ output: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
  }

  @Test("every figure has its error; threads change nothing, another seed does")
  func table() async throws {
    let directory = try TemporaryDirectory()
    let one = try await Tool.run(Self.small + ["--threads", "1"], in: directory)
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output == (try await Tool.run(Self.small + ["--threads", "3"], in: directory)).output)
    #expect(one.output != (try await Tool.run(Self.small + ["--seed", "2"], in: directory)).output)
    #expect(one.output.contains("6 simulated screens of 20 combinations, of which 4 are hits: 24 hits in all"))
    let lines = one.output.split(separator: "\n").filter { $0.hasPrefix("4x4") }
    #expect(lines.count == 2)
    for line in lines { #expect(line.split(separator: "±").count == (line.contains("too few") ? 6 : 7), "\(line)") }

    let json = try rows(try await Tool.run(Self.small + ["--json"], in: directory).output)
    #expect(json.count == 2)
    for row in json {
      for name in ["false_positive_rate", "power", "found", "mean_rank_of_hits", "half_width", "mean_effect"] {
        #expect(row[name] is Double && (row[name + "_error"] as? Double ?? -1) >= 0, "\(name)")
      }
      let (low, high) = (row["power_low"] as? Double ?? 2, row["power_high"] as? Double ?? -1)
      #expect(0 <= low && low <= high && high <= 1)
      #expect(row["screens"] as? Int == 6 && row["combinations"] as? Int == 120 && row["hits"] as? Int == 24)
    }
  }

  @Test("a pilot run gives curves, grid and noise, by its directory or its results.sqlite; an option wins")
  func like() async throws {
    let directory = try await pilot()
    let plain = ["simulate", "--power", "--screens", "4", "--blocks", "10", "--replicates", "1", "--resamples", "100"]
    let outcome = try await Tool.run(plain + ["--like", "run"], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("fitted curves of selinexor, partners from"))
    #expect(outcome.output.contains("The noise is the run's own."))
    #expect(outcome.output.contains("\n5x6 "))
    let file = try await Tool.run(plain + ["--like", "run/results.sqlite"], in: directory)
    #expect(file.output == outcome.output.replacingOccurrences(of: "Like run:", with: "Like run/results.sqlite:"))

    let json = try rows(try await Tool.run(plain + ["--like", "run", "--json"], in: directory).output)
    let row = try #require(json.first)
    #expect(abs((row["noise_sd_0"] as? Double ?? 0) - 9) < 1.5)
    #expect(abs((row["noise_sd_100"] as? Double ?? 0) - 3) < 1.5)
    let source = try #require(row["like"] as? [String: Any])
    #expect(source["anchor"] as? String == "selinexor" && source["anchor_curves"] as? Int ?? 0 > 3)

    let own = try await Tool.run(plain + ["--like", "run", "--noise", "5", "--grid", "8x8"], in: directory)
    #expect(own.status == 0, "\(own.errors)")
    #expect(own.output.contains("noise sd 5 pp"))
    #expect(own.output.contains("The noise is that of --noise, not the run's own "))
    #expect(own.output.contains("\n8x8 "))
  }

  @Test(
    "what cannot be simulated ends with status 2 and says what to do",
    arguments: [
      (["--power", "--like", "nowhere"], "--like: there is no directory nowhere; name one that isobole analyze has"),
      (["--power", "--like", "."], "there is no results.sqlite in ."),
      (["--power", "--like", ""], "--like: the name is empty"),
      (["--like", "run"], "--like: only for --power; add --power, or remove it"),
      (["--screens", "40"], "--screens: only --power simulates several screens"),
      (["--power", "--screens", "1"], "--screens 1: expected 2 to 10000"),
      (["--power", "--blocks", "20000"], "--blocks 20000: expected 1 to 10000 combinations of each screen"),
    ])
  func errors(arguments: [String], message: String) async throws {
    let outcome = try await Tool.run(["simulate"] + arguments, in: try TemporaryDirectory())
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test("a run with too few curves is refused with their number")
  func fewCurves() async throws {
    let outcome = try await Tool.run(
      ["simulate", "--power", "--like", "run"], in: try await pilot(blocks: 2))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--like run: it has too few usable curves: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("Name the results of a larger screen, or omit --like"))
  }
}
