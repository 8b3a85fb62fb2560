import Foundation
import ReferenceData
import Statistics
import Testing

/// Where the real files are.
private enum RealFiles {
  static let folder = ReferenceData.folder.appendingPathComponent("real")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
}

/// Responses, Bliss and HSA of real plates and rays, worked out again from the raw files, without the product's readers and
/// models.
@Suite("Real data, recomputed", .enabled(if: RealFiles.isPresent, "no folder real beside the reference"))
struct RecomputedTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// One well, with its drugs and doses above 0, and its % inhibition.
  private struct Well {
    var sample: String
    var doses: [String: Double]
    var response: Double
  }

  private func url(_ file: String) -> URL { RealFiles.folder.appendingPathComponent(file) }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  private static func key(_ dose: Double) -> String { String(format: "%.4g", dose) }

  /// Compares every cell and both scores of every block that a run wrote.
  private func compare(with wells: [Well], blocks: Int, cellsOfBlock: Int) throws {
    let ranking = try CSVText.rows(directory.text("out/ranking.csv"))
    let cells = Dictionary(grouping: try CSVText.rows(directory.text("out/cells.csv"))) { $0["block_id"] ?? "" }
    #expect(ranking.count == blocks)
    for row in ranking {
      let drugs = ["drug1", "drug2"].map { row[$0] ?? "" }
      let own = wells.filter { $0.sample == row["sample"] && Set($0.doses.keys).isSubset(of: drugs) }
      let byDose = Dictionary(grouping: own) { well in drugs.map { Self.key(well.doses[$0] ?? 0) } }
      let means = byDose.mapValues { group in group.reduce(0) { $0 + $1.response } / Double(group.count) }
      #expect(means.count == cellsOfBlock, "\(drugs)")
      let written = cells[row["block_id"] ?? "", default: []].filter { $0["response"] != "" }
      #expect(written.count == cellsOfBlock, "\(drugs)")
      for cell in written {
        let doses = try ["conc1", "conc2"].map { Self.key(try #require(Double(cell[$0] ?? ""))) }
        let mean = try #require(means[doses], "\(drugs) \(doses)")
        let response = try #require(Double(cell["response"] ?? ""))
        #expect(abs(response - mean) < 1e-8, "\(drugs) \(doses)")
        #expect(cell["replicates"] == "\(byDose[doses, default: []].count)", "\(drugs) \(doses)")
      }
      var (bliss, hsa): ([Double], [Double]) = ([], [])
      for (doses, mean) in means where doses[0] != "0" && doses[1] != "0" {
        // Rays have doses that were not measured alone.
        guard let one = means[[doses[0], "0"]], let other = means[["0", doses[1]]] else { continue }
        bliss.append(mean - (one + other - one * other / 100))
        hsa.append(mean - max(one, other))
      }
      for (model, excess) in [("bliss", bliss), ("hsa", hsa)] {
        guard !excess.isEmpty else {
          #expect(row[model] == "", "\(drugs) \(model)")
          continue
        }
        let expected = excess.reduce(0, +) / Double(excess.count)
        let found = try #require(Double(row[model] ?? ""))
        #expect(abs(found - expected) < 1e-8, "\(drugs) \(row["sample"] ?? "") \(model): \(found), \(expected)")
      }
    }
  }

  private func analyze(_ files: [String], _ more: [String]) async throws -> Tool.Outcome {
    try await Tool.run(
      ["analyze"] + files.map { url($0).path } + more
        + ["--out", "out", "--baseline", "as-read", "--resamples", "0", "--formats", "md", "--keep-names"],
      in: directory)
  }

  @Test("gDR's templates and readings: percent of the vehicle's median, two blocks in each of six cell lines")
  func gDR() async throws {
    let manifest = try #require(RawWorkbook(url("gdr/manifest.xlsx")).sheets.values.first)
    let template = try RawWorkbook(url("gdr/Template_7daytreated.xlsx")).sheets
    let raw = try #require(RawWorkbook(url("gdr/RawData_day7.xlsx")).sheets.values.first)
    var wells: [Well] = []
    for line in 2...13 where manifest["C\(line)"] == "Template_7daytreated.xlsx" {
      // The barcode stands six rows above the plate's first.
      let place = try #require(raw.first { $0.key.hasPrefix("C") && $0.value == manifest["A\(line)"] }?.key)
      let first = try #require(Int(place.dropFirst())) + 6
      var plate: [(doses: [String: Double], signal: Double)] = []
      for row in 1...16 {
        // The template leaves the two outer columns free.
        for column in "CDEFGHIJKLMNOPQRSTUV" {
          var doses: [String: Double] = [:]
          for suffix in ["", "_2"] {
            let drug = try #require(template["Gnumber" + suffix]?["\(column)\(row)"])
            let dose = try #require(Double(template["Concentration" + suffix]?["\(column)\(row)"] ?? ""))
            if drug != "vehicle" { doses[drug] = dose }
          }
          plate.append((doses, try #require(Double(raw["\(column)\(first + row - 1)"] ?? ""))))
        }
      }
      let untreated = plate.filter { $0.doses.isEmpty }.map(\.signal)
      #expect(untreated.count == 16)
      for well in plate {
        wells.append(
          Well(
            sample: manifest["D\(line)"] ?? "", doses: well.doses,
            response: 100 * (1 - well.signal / Self.median(untreated))))
      }
    }
    #expect(wells.count == 6 * 320)
    let outcome = try await analyze(
      ["gdr/RawData_day0.xlsx", "gdr/RawData_day7.xlsx"],
      ["--layout", url("gdr/Template_7daytreated.xlsx").path, "--layout", url("gdr/Template_Untreated.xlsx").path]
        + ["--manifest", url("gdr/manifest.xlsx").path])
    #expect(outcome.status == 0, "\(outcome.errors.prefix(600))")
    try compare(with: wells, blocks: 12, cellsOfBlock: 20)
  }

  @Test("PGPC's screen: 118 negative and 6 positive controls on each of three plates, six blocks")
  func pgpc() async throws {
    func table(_ file: String) throws -> [[String]] {
      let text = try String(contentsOf: url("pgpc/" + file), encoding: .utf8)
      return text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let annotation = try table("2013-10-22drugcombiAnno_2plates.txt").dropFirst().filter { $0[1] == "1" }
    let configuration = try table("2013-10-22plateconfig_all.txt").filter { $0.count > 2 }
    let positive = Set(configuration.filter { $0[2] == "pos" }.map { $0[1] })
    var doses: [String: [String: Double]] = [:]
    for row in annotation where !positive.contains(row[2]) {
      doses[row[2]] = [:]
      for (drug, dose) in [(row[3], row[4]), (row[5], row[6])] where drug != "DMSO" {
        let number = try #require(Double(dose))
        if number > 0 { doses[row[2]]?[drug] = number }
      }
    }
    #expect(doses.count == 378 && doses.values.count(where: \.isEmpty) == 118)
    var wells: [Well] = []
    for plate in 865...867 {
      let signals = try Dictionary(
        uniqueKeysWithValues: table("Gen\(plate)_1.asc").map { ($0[1], try #require(Double($0[2]))) })
      let untreated = Self.median(doses.filter { $0.value.isEmpty }.compactMap { signals[$0.key] })
      let killed = Self.median(positive.compactMap { signals[$0] })
      for (well, own) in doses {
        let signal = try #require(signals[well])
        wells.append(Well(sample: "", doses: own, response: 100 * (untreated - signal) / (untreated - killed)))
      }
    }
    let outcome = try await analyze(
      (865...867).map { "pgpc/Gen\($0)_1.asc" },
      ["--layout", url("pgpc/2013-10-22drugcombiAnno_2plates.txt").path]
        + ["--layout", url("pgpc/2013-10-22plateconfig_all.txt").path]
        + ["--manifest", url("pgpc/2013-10-22platelist_HCT_72_2layout_8plates_mod.txt").path])
    #expect(outcome.status == 0 || outcome.status == 3, "\(outcome.errors.prefix(600))")
    try compare(with: wells, blocks: 6, cellsOfBlock: 31)
  }

  @Test("glymet: percent of a total dose, as the file is; doses of the even mixture were measured alone too")
  func glymet() async throws {
    let rows = try ReferenceData.rows("real/herbicides/glymet.csv").map { row in
      try ["dose", "pct", "rgr"].map { try #require(Double(row[$0] ?? "")) }
    }
    let untreated = Self.median(rows.filter { $0[0] == 0 }.map { $0[2] })
    let wells = rows.map { row -> Well in
      let share = row[0] == 0 ? 0 : row[1] / 100
      let doses = ["drug 1": row[0] * share, "drug 2": row[0] * (1 - share)].filter { $0.value > 0 }
      return Well(sample: "", doses: doses, response: 100 * (1 - row[2] / untreated))
    }
    let outcome = try await analyze(["herbicides/glymet.csv"], [])
    #expect(outcome.status == 0, "\(outcome.errors.prefix(600))")
    try compare(with: wells, blocks: 1, cellsOfBlock: Set(wells.map { $0.doses.mapValues(Self.key) }).count)
    let problems = try CSVText.rows(directory.text("out/problems.csv"))
    for words in ["\"pct\" as drug 1's share", "5 fixed ratios"] {
      #expect(problems.contains { $0["severity"] == "warning" && $0["message"]?.contains(words) == true }, "\(words)")
    }
  }

  @Test("mixlow's trays, as the file is: Loewe is scored, and nothing that needs a dose alone")
  func mixlow() async throws {
    let file = url("mixlow/A549_vin_topo_data.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    var wells: [Well] = []
    for tray in lines.split(whereSeparator: { $0[0] == "tray_label" }).dropFirst() {
      let composition = try #require(tray.first { $0[0] == "composition" }).dropFirst().filter { !$0.isEmpty }
      let shares = try Dictionary(
        uniqueKeysWithValues: composition.map { part in
          let sides = part.split(separator: "=").map(String.init)
          return (sides[0], try #require(Double(sides[1].hasPrefix(".") ? "0" + sides[1] : sides[1])))
        })
      func rows(_ label: String) -> [[String]] { tray.filter { $0[0] == label } }
      var (blanks, treated): ([Double], [(dose: Double, signal: Double)]) = ([], [])
      for ((doses, labels), responses) in zip(zip(rows("conc"), rows("label")), rows("resp")) {
        for column in 1..<13 {
          guard let signal = Double(responses[column]) else { continue }
          if labels[column] == "bbt" { blanks.append(signal) }
          if labels[column] == "rx" { treated.append((try #require(Double(doses[column])), signal)) }
        }
      }
      let blank = blanks.reduce(0, +) / Double(blanks.count)
      let untreated = Self.median(treated.filter { $0.dose == 0 }.map { $0.signal - blank })
      for well in treated {
        wells.append(
          Well(
            sample: "A549", doses: shares.mapValues { $0 * well.dose }.filter { $0.value > 0 },
            response: 100 * (1 - (well.signal - blank) / untreated)))
      }
    }
    #expect(wells.count == 9 * 72)
    let outcome = try await analyze(["mixlow/A549_vin_topo_data.txt"], [])
    #expect(outcome.status == 0, "\(outcome.errors.prefix(600))")
    // Untreated, and ten doses of each drug and of the mixture.
    try compare(with: wells, blocks: 1, cellsOfBlock: 31)
    let row = try #require(try CSVText.rows(directory.text("out/ranking.csv")).first)
    #expect(Double(row["loewe"] ?? "") != nil && row["bliss"] == "")
  }
}
