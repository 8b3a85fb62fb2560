import Assay
import DoseResponse
import Synergy
import Testing

@testable import Reporting

@Suite("Parameters a person may take from a fit")
struct KnownParametersTests {
  private func known(ec50: Double, status: HillFit.Status = .converged, r2: Double = 0.98, zero: Bool = true) throws
    -> KnownParameters
  {
    let doses: [Double] = zero ? [0, 1, 10] : [1, 10]
    let wells = doses.flatMap { a in [0.0, 5].map { DoseMatrix.Well(doses: [a, $0], response: a + $0) } }
    let matrix = try DoseMatrix(
      id: "1", sample: nil, drugs: [("A", ConcentrationUnit("nM")), ("B", ConcentrationUnit("nM"))], wells: wells)
    let fit = HillFit(
      curve: HillCurve(e0: 1, emax: 1e12, hill: 2, ec50: ec50), rss: 1, r2: r2, points: 5, status: status)
    let cells = doses.indices.map { $0 * 2 }
    return KnownParameters(
      Monotherapy(
        drug: 0, cells: cells, fit: fit, relativeIC50: nil, absoluteIC50: nil, relativeInhibition: nil), in: matrix)
  }

  @Test("inside the tested doses they are given")
  func inside() throws {
    let known = try known(ec50: 3)
    #expect(known.ec50 == "3 nM")
    #expect(known.hill == "2")
    #expect(known.r2 == "0.98")
  }

  @Test("an EC50 above the doses is a limit, and Emax is not reached")
  func above() throws {
    let known = try known(ec50: 3000)
    #expect(known.ec50 == "> 10 nM")
    #expect(known.emax == "not reached")
    #expect(known.e0 == "1")
  }

  @Test("an EC50 below the doses is a limit, and without a zero dose E0 is not reached")
  func below() throws {
    #expect(try known(ec50: 0.01).ec50 == "< 1 nM")
    #expect(try known(ec50: 0.01).e0 == "1")
    #expect(try known(ec50: 0.01, zero: false).e0 == "not reached")
  }

  @Test("an underdetermined fit has none")
  func underdetermined() throws {
    let known = try known(ec50: 3, status: .underdetermined, r2: 1)
    #expect([known.e0, known.emax, known.hill, known.ec50, known.r2] == ["–", "–", "–", "–", "–"])
  }

  @Test("a share just below 1 is not shown as 1")
  func share() throws {
    #expect(try known(ec50: 3, r2: 0.99962).r2 == "> 0.999")
    #expect(try known(ec50: 3, r2: 1).r2 == "1")
  }
}
