import DoseResponse
import Foundation
import ReferenceData
import Testing

@Suite(.enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct GoldenFitTests {
  struct Peer: CustomStringConvertible {
    var name: String
    var doses: [Double]
    var responses: [Double]
    var e0: Double?
    var rss: Double
    var curve: HillCurve
    var description: String { name }
  }

  static func probe(_ peers: [Peer]) {
    for factor in [100.0, 1000, 10000] {
      for top in [10.0, 20, 50] {
        var bounds = HillBounds()
        bounds.ec50Factor = factor
        bounds.hill = 0.1...top
        let fitter = HillFitter(bounds: bounds)
        var worst = (ratio: 0.0, name: ""), over = 0, over5 = 0
        for peer in peers where peer.rss > 1e-6 {
          let fit = fitter.fit(doses: peer.doses, responses: peer.responses, e0: peer.e0)
          let ratio = fit.rss / peer.rss
          if ratio > 1 + 1e-6 { over += 1 }
          if ratio > 1.05 {
            over5 += 1; if factor == 10000 && top == 20 { print("   ", peer.name, ratio, peer.curve, fit) }
          }
          if ratio > worst.ratio { worst = (ratio, peer.name) }
        }
        print("factor", factor, "hill", top, "n", peers.count, "over", over, "over 5%", over5, "worst", worst)
      }
    }
  }

  @Test func probeAll() throws {
    var peers: [Peer] = []
    // R fits
    for tag in ["mathews", "oneil_mean", "ncats_viab", "ncats"] {
      let cells = try ReferenceData.rows("r/golden_\(tag)_cells.csv")
      for row in try ReferenceData.rows("r/golden_\(tag)_fits.csv") {
        let drug = Int(row["drug_index"]!)!
        let mono = cells.filter { cell in
          cell["block_id"] == row["block_id"]
            && (1...3).allSatisfy { $0 == drug || Double(cell["conc\($0)"] ?? "0")! == 0 }
        }
        let b = Double(row["b"]!)!, c = Double(row["c"]!)!, d = Double(row["d"]!)!
        peers.append(
          Peer(
            name: "\(tag) \(row["block_id"]!) drug \(drug)", doses: mono.map { Double($0["conc\(drug)"]!)! },
            responses: mono.map { Double($0["response"]!)! }, e0: nil, rss: Double(row["rss"]!)!,
            curve: HillCurve(e0: b < 0 ? c : d, emax: b < 0 ? d : c, hill: abs(b), ec50: Double(row["e_dose"]!)!)))
      }
      guard tag != "ncats_viab" else { continue }
      for row in try ReferenceData.rows("r/golden_\(tag)_zipfits.csv") {
        let varied = row["varied"]!
        let fixed = row["fixed"]!.split(separator: ";").map { $0.split(separator: "=").map(String.init) }
        let line = cells.filter { cell in
          cell["block_id"] == row["block_id"] && fixed.allSatisfy { Double(cell[$0[0]]!)! == Double($0[1])! }
        }
        let doses = line.map { Double($0[varied]!)! }
        guard doses.count == Int(row["n"]!)!, let zero = doses.firstIndex(of: 0) else { print("odd", row); continue }
        let b = Double(row["b"]!)!, c = Double(row["c_fixed"]!)!, d = Double(row["d"]!)!, e = Double(row["e_raw"]!)!
        guard b < 0 else { continue }
        peers.append(
          Peer(
            name: "\(tag) \(row["block_id"]!) \(varied) at \(row["fixed"]!)", doses: doses,
            responses: line.map { Double($0["response"]!)! }, e0: Double(line[zero]["response"]!)!,
            rss: Double(row["rss"]!)!,
            curve: HillCurve(e0: c, emax: d, hill: -b, ec50: row["model"] == "L.4" ? exp(e) : e)))
      }
    }
    Self.probe(peers)
  }
}
