import Assay
import Foundation
import Testing

@testable import Synergy

@Suite("What random numbers hang on")
struct ContentDigestTests {
  private func block(
    _ unit: String = "nM", factor: Double = 1, response: (Double) -> Double = { $0 }
  ) throws -> DoseMatrix {
    let doses = [0, 9.7656, 39.0625, 156.25, 625, 2500]
    return try DoseMatrix(
      id: "b", sample: nil, drugs: [("A", ConcentrationUnit(unit)), ("B", ConcentrationUnit("uM"))],
      wells: doses.flatMap { first in
        doses.map { second in
          DoseMatrix.Well(
            doses: [first * factor, second],
            response: response((first * 3 + second * 7).truncatingRemainder(dividingBy: 91.7)))
        }
      })
  }

  @Test(
    "The unit in which doses are written has no part in it",
    arguments: [("uM", 1e-3), ("mM", 1e-6), ("pM", 1e3), ("M", 1e-9)])
  func units(unit: String, factor: Double) throws {
    #expect(try block().digest == block(unit, factor: factor).digest)
  }

  @Test("Rounding of responses has no part in it; responses and doses have")
  func content() throws {
    let digest = try block().digest
    #expect(try block(response: { 100 - (100 - $0) }).digest == digest)
    #expect(try block(response: { $0 / 3 * 3 }).digest == digest)
    #expect(try block(response: { $0 + ($0 > 45 ? 1e-6 : 0) }).digest != digest)
    var wells: [DoseMatrix.Well] = []
    let matrix = try block()
    for cell in 0..<matrix.cellCount {
      let dose = matrix.dose(of: 0, in: cell)
      wells.append(
        DoseMatrix.Well(doses: [dose == 625 ? 626 : dose, matrix.dose(of: 1, in: cell)], response: matrix.mean[cell]))
    }
    let other = try DoseMatrix(
      id: "b", sample: nil, drugs: [("A", ConcentrationUnit("nM")), ("B", ConcentrationUnit("uM"))], wells: wells)
    #expect(other.digest != digest)
  }

  @Test(
    "A number is rounded to twelve digits, none beyond the last place that counts",
    arguments: [
      (0.1 + 0.2, 0.3), (1e-14, 0), (-1e-14, 0), (-0.0, 0), (12.345_678_901_2, 12.345_678_901),
      (999.999_999_999_999_9, 1000), (2.5e300 * (1 + 1e-15), 2.5e300), (-41.2, -41.2),
    ])
  func rounding(value: Double, rounded: Double) {
    #expect(
      CanonicalNumber.bits(of: value, leastPlace: -9) == CanonicalNumber.bits(of: rounded, leastPlace: -9))
    #expect(CanonicalNumber.bits(of: 0.3, leastPlace: -9) == (0.3).bitPattern)
  }
}
