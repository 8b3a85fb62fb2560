import DoseResponse
import Foundation
import ReferenceData
import Testing

/// A peer's fit of one curve, and the curve's data.
struct PeerFit: CustomStringConvertible, Sendable {
  var name: String
  var doses: [Double]
  var responses: [Double]
  /// E0 when the peer fixed it.
  var e0: Double?
  var rss: Double
  var hill: Double
  var ec50: Double

  var description: String { name }

  /// Our fit to the means, and the RSS of the same wells about the curve that it prints.
  func ours(_ fitter: HillFitter) -> (fit: HillFit, rss: Double) {
    let wells = Dictionary(grouping: zip(doses, responses), by: { $0.0 })
    let distinct = wells.keys.sorted()
    let means = distinct.map { dose in wells[dose]!.reduce(0) { $0 + $1.1 } / Double(wells[dose]!.count) }
    let fit = fitter.fit(doses: distinct, responses: means, weights: distinct.map { Double(wells[$0]!.count) }, e0: e0)
    return (fit, PrintedCurve.rss(fit.curve, doses: doses, responses: responses))
  }

  /// Whether the peer's parameters lie inside our bounds.
  func isInside(_ bounds: HillBounds) -> Bool {
    let positive = doses.filter { $0 > 0 }
    return bounds.hill.contains(hill) && ec50 >= positive.min()! / bounds.ec50Factor
      && ec50 <= positive.max()! * bounds.ec50Factor
  }

  /// The monotherapies of SynergyFinder (drc 3.0-1).
  static func monotherapies(_ tag: String) throws -> [PeerFit] {
    let cells = try ReferenceData.rows("r/golden_\(tag)_cells.csv")
    return try ReferenceData.rows("r/golden_\(tag)_fits.csv").map { row in
      let drug = row["drug_index"]!
      let alone = cells.filter { cell in
        cell["block_id"] == row["block_id"]
          && ["1", "2", "3"].allSatisfy { $0 == drug || Double(cell["conc\($0)"] ?? "0") == 0 }
      }
      return PeerFit(
        name: "\(tag) block \(row["block_id"]!) drug \(drug)", doses: alone.map { Double($0["conc\(drug)"]!)! },
        responses: alone.map { Double($0["response"]!)! }, e0: nil, rss: Double(row["rss"]!)!,
        hill: abs(Double(row["b"]!)!),
        ec50: Double(row["e_dose"]!)!)
    }
  }

  /// ZIP's lines of SynergyFinder whose E0 is the value at dose 0 (b < 0; in the others drc took it for the value at
  /// infinite dose).
  static func lines(_ tag: String) throws -> [PeerFit] {
    let cells = try ReferenceData.rows("r/golden_\(tag)_cells.csv")
    return try ReferenceData.rows("r/golden_\(tag)_zipfits.csv").compactMap { row in
      let varied = row["varied"]!
      let fixed = row["fixed"]!.split(separator: ";").map { $0.split(separator: "=").map(String.init) }
      let line = cells.filter { cell in
        cell["block_id"] == row["block_id"] && fixed.allSatisfy { Double(cell[$0[0]]!) == Double($0[1]) }
      }
      let doses = line.map { Double($0[varied]!)! }
      guard let zero = doses.firstIndex(of: 0), Double(row["b"]!)! < 0 else { return nil }
      let e = Double(row["e_raw"]!)!
      return PeerFit(
        name: "\(tag) block \(row["block_id"]!) \(varied) at \(row["fixed"]!)", doses: doses,
        responses: line.map { Double($0["response"]!)! }, e0: Double(line[zero]["response"]!)!,
        rss: Double(row["rss"]!)!,
        hill: -Double(row["b"]!)!, ec50: row["model"] == "L.4" ? exp(e) : e)
    }
  }

  /// The four-parameter Hill fits of Python `synergy` 1.0.0 (SciPy's Levenberg–Marquardt).
  static func python() throws -> [PeerFit] {
    let folders = ["synergy_datasets", "synergy_tests", "other"]
    return try ReferenceData.rows("py/golden_single_hill.csv").filter { $0["model"] == "Hill" }.compactMap { row in
      let dataset = row["dataset"]!
      guard
        let path = folders.map({ "py/data/\($0)/\(dataset).csv" })
          .first(where: { FileManager.default.fileExists(atPath: ReferenceData.url($0).path) })
      else { return nil }
      let isFirst = row["drug"] == "1"
      let wells = try ReferenceData.rows(path).map { well in
        (Double(well["d1"] ?? well["drug1.conc"]!)!, Double(well["d2"] ?? well["drug2.conc"]!)!, Double(well["E"]!)!)
      }
      let other = Double(row["other_dose"]!)!
      let slice = wells.filter { (isFirst ? $0.1 : $0.0) == other }
      return PeerFit(
        name: "\(dataset) drug \(row["drug"]!)", doses: slice.map { isFirst ? $0.0 : $0.1 },
        responses: slice.map { $0.2 },
        e0: nil, rss: Double(row["sse_true"]!)!, hill: Double(row["h"]!)!, ec50: Double(row["C"]!)!)
    }
  }
}

@Suite("Against the peers' fits", .enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct GoldenFitTests {
  /// Rounding of the peers' stored RSS on data that a curve fits exactly, relative to the responses' power.
  static let exact = 1e-12

  private func check(_ peers: [PeerFit], atLeast count: Int) {
    let fitter = HillFitter()
    #expect(peers.count >= count)
    for peer in peers {
      let (fit, rss) = peer.ours(fitter)
      let floor = Self.exact * peer.responses.reduce(0) { $0 + $1 * $1 }
      if peer.isInside(fitter.bounds) {
        #expect(rss <= peer.rss * (1 + 1e-6) + floor, "\(peer): \(fit)")
      } else {
        #expect(rss <= peer.rss * 1.05 + floor, "\(peer), which left our bounds: \(fit)")
      }
    }
  }

  @Test("no monotherapy is fitted worse than by drc", arguments: ["mathews", "oneil_mean", "ncats", "ncats_viab"])
  func monotherapies(tag: String) throws { check(try PeerFit.monotherapies(tag), atLeast: 4) }

  @Test("no ZIP line is fitted worse than by drc", arguments: ["mathews", "oneil_mean", "ncats"])
  func lines(tag: String) throws { check(try PeerFit.lines(tag), atLeast: 10) }

  @Test("no curve is fitted worse than by Python synergy")
  func python() throws { check(try PeerFit.python(), atLeast: 70) }

  @Test("ispinesib of mathews block 1, where drc returns a flat line, reaches an RSS of 30.4")
  func ispinesib() throws {
    let peer = try #require(try PeerFit.monotherapies("mathews").first)
    #expect(peer.rss > 5629)
    #expect(peer.ours(HillFitter()).rss <= 30.4)
  }
}
