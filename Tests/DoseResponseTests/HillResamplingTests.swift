import Foundation
import ReferenceData
import Testing

@testable import DoseResponse

@Suite("Refits of noisy copies")
struct HillResamplingTests {
  @Test("are as good as fits of their own, copy by copy", arguments: [false, true], [4, 6, 10])
  func asGoodAsFits(fixed: Bool, points: Int) {
    let copies = 512
    let fitter = HillFitter()
    var random = SplitMix64(seed: 17)
    let doses = [0] + (0..<points - 1).map { 0.1 * pow(3, Double($0)) }
    let design = fitter.design(doses: doses, weights: doses.map { _ in 2 }, fixedE0: fixed)
    let truth = HillCurve(e0: 2, emax: 90, hill: 1.4, ec50: 0.1 * pow(3, Double(points - 2) / 2))
    let rows = doses.map { dose in (0..<copies).map { _ in truth.response(at: dose) + 6 * random.normal() } }
    let e0 = (0..<copies).map { _ in 2 + random.normal() }
    var parameters = [[Double]](repeating: [Double](repeating: 0, count: copies), count: 4)
    let resampling = HillResampling(design: design)
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: (5 + points) * copies)
    defer { storage.deallocate() }
    e0.withUnsafeBufferPointer { (storage + 4 * copies).update(from: $0.baseAddress!, count: copies) }
    for (index, row) in rows.enumerated() {
      row.withUnsafeBufferPointer { (storage + (5 + index) * copies).update(from: $0.baseAddress!, count: copies) }
    }
    resampling.fit(
      doses.indices.map { UnsafePointer(storage + (5 + $0) * copies) }, copies: copies,
      e0: fixed ? UnsafePointer(storage + 4 * copies) : nil,
      into: HillResampling.Output(
        e0: storage, emax: storage + copies, hill: storage + 2 * copies, logEC50: storage + 3 * copies))
    for place in 0..<4 { parameters[place] = (0..<copies).map { storage[place * copies + $0] } }
    var worse = 0
    for copy in 0..<copies {
      let curve = HillCurve(
        e0: parameters[0][copy], emax: parameters[1][copy], hill: parameters[2][copy],
        ec50: exp(parameters[3][copy]))
      let responses = rows.map { $0[copy] }
      var rss = 0.0
      for (dose, response) in zip(doses, responses) where !(fixed && dose == 0) {
        rss += 2 * pow(response - curve.response(at: dose), 2)
      }
      let own = fitter.fit(
        doses: doses, responses: responses, weights: doses.map { _ in 2 }, e0: fixed ? e0[copy] : nil)
      let zero = fixed ? 2 * pow(responses[0] - e0[copy], 2) : 0
      let power = responses.reduce(0) { $0 + 2 * $1 * $1 }
      if rss > (own.rss - zero) * 1.05 + power * 1e-3 { worse += 1 }
    }
    // Where two curves fit nearly alike the copies may take either.
    #expect(worse <= copies / 50, "\(worse) of \(copies)")
  }
}
