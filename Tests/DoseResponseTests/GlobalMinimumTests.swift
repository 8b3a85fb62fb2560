import DoseResponse
import Foundation
import ReferenceData
import Testing

/// The fit against a search that tries far more than it does.
@Suite struct GlobalMinimumTests {
  /// A dense grid of 61 slopes and 201 midpoints, each with E0 and Emax solved, refined by pattern search around its 8
  /// best nodes.
  static func bruteForce(doses: [Double], responses: [Double], e0: Double?, bounds: HillBounds) -> Double {
    let positive = doses.filter { $0 > 0 }
    let low = log(positive.min()! / bounds.ec50Factor), high = log(positive.max()! * bounds.ec50Factor)
    let lowS = log(bounds.hill.lowerBound), highS = log(bounds.hill.upperBound)
    let x = doses.map { $0 > 0 ? log($0) : -.infinity }
    func rss(_ s: Double, _ m: Double) -> Double {
      let h = exp(s)
      let g = x.map { 1 / (1 + exp(-h * ($0 - m))) }
      if let e0 {
        let gg = g.reduce(0) { $0 + $1 * $1 }
        let gy = zip(g, responses).reduce(0) { $0 + $1.0 * ($1.1 - e0) }
        let a = gg > 0 ? gy / gg : 0
        return zip(g, responses).reduce(0) { $0 + pow($1.1 - e0 - a * $1.0, 2) }
      }
      let n = Double(doses.count)
      let gm = g.reduce(0, +) / n, ym = responses.reduce(0, +) / n
      let gg = g.reduce(0) { $0 + ($1 - gm) * ($1 - gm) }
      let gy = zip(g, responses).reduce(0) { $0 + ($1.0 - gm) * ($1.1 - ym) }
      let a = gg > 1e-26 ? gy / gg : 0
      return zip(g, responses).reduce(0) { $0 + pow($1.1 - ym - a * ($1.0 - gm), 2) }
    }
    var nodes: [(rss: Double, s: Double, m: Double)] = []
    let rows = 60, columns = 200
    for row in 0...rows {
      for column in 0...columns {
        let s = lowS + (highS - lowS) * Double(row) / Double(rows)
        let m = low + (high - low) * Double(column) / Double(columns)
        nodes.append((rss(s, m), s, m))
      }
    }
    nodes.sort { $0.rss < $1.rss }
    var best = Double.infinity
    var starts: [(rss: Double, s: Double, m: Double)] = []
    for node in nodes {
      if starts.count == 8 { break }
      if starts.allSatisfy({ abs($0.s - node.s) > 0.2 || abs($0.m - node.m) > 0.3 }) { starts.append(node) }
    }
    for var start in starts {  // pattern search
      var ds = (highS - lowS) / Double(rows), dm = (high - low) / Double(columns)
      for _ in 0..<300 where ds > 1e-8 {
        var moved = false
        for (a, b) in [(ds, 0), (-ds, 0), (0, dm), (0, -dm), (ds, dm), (-ds, -dm), (ds, -dm), (-ds, dm)] {
          let s = min(max(start.s + a, lowS), highS), m = min(max(start.m + b, low), high)
          let value = rss(s, m)
          if value < start.rss {
            start = (value, s, m)
            moved = true
          }
        }
        ds *= moved ? 1.3 : 0.5
        dm *= moved ? 1.3 : 0.5
      }
      best = min(best, start.rss)
    }
    return best
  }

  @Test("finds the global minimum", arguments: [5, 6, 8, 10])
  func findsTheGlobalMinimum(points: Int) {
    var random = SplitMix64(seed: UInt64(points))
    let fitter = HillFitter()
    var missed = 0, far = 0
    for trial in 0..<400 {
      let ratio = [2.0, 3.162, 4, 10][trial % 4]
      let doses = [0] + (0..<points - 1).map { pow(ratio, Double($0)) }
      let truth = HillCurve(
        e0: 0, emax: .random(in: 0...100, using: &random), hill: exp(.random(in: -1...2, using: &random)),
        ec50: exp(.random(in: -1...log(doses.last!) + 1, using: &random)))
      let noise = [0.001, 0.03, 0.5, 3, 10, 30][trial / 4 % 6]
      let responses = doses.map {
        truth.response(at: $0) + noise * (0..<12).reduce(-6.0) { sum, _ in sum + .random(in: 0...1, using: &random) }
      }
      let e0 = trial % 3 == 0 ? responses[0] : nil
      let fit = fitter.fit(doses: doses, responses: responses, e0: e0)
      let best = Self.bruteForce(doses: doses, responses: responses, e0: e0, bounds: fitter.bounds)
      // Of a curve through its points a billionth of the responses' power is left to rounding and to the search.
      let power = responses.reduce(0) { $0 + $1 * $1 }
      let rss = PrintedCurve.rss(fit.curve, doses: doses, responses: responses)
      #expect(abs(rss - fit.rss) <= 1e-9 * power, "the fitter's own figure is that of its curve")
      if let e0 { #expect(fit.curve.e0 == e0) }
      if !(rss <= best * (1 + 1e-6) + 1e-9 * power) {
        missed += 1
        if rss > best * 1.0001 { far += 1 }
        print("MISS", doses, responses, e0 ?? .nan, fit, best)
      }
    }
    #expect(missed == 0)
  }
}
