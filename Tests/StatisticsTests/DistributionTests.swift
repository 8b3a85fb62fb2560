import Foundation
import Statistics
import Testing

@Suite("Distributions")
struct DistributionTests {
  /// SciPy 1.17: `2 * t.sf(x, df)`.
  @Test(
    "Student's t agrees with tables",
    arguments: [
      (1.0, 1.0, 0.5), (12.706204736, 1, 0.05), (2.228138852, 10, 0.05), (4.587, 10, 0.000_999_837),
      (1.959963985, .infinity, 0.05), (2.0, 2.5, 0.157_391_5), (8, 30, 6.265_822e-9),
    ])
  func tTails(t: Double, degrees: Double, p: Double) {
    #expect(abs(StudentT.twoSided(t, degrees: degrees) - p) < 2e-5 * p)
    #expect(abs(StudentT.twoSided(-t, degrees: degrees) - p) < 2e-5 * p)
    #expect(abs(StudentT.critical(StudentT.twoSided(t, degrees: degrees), degrees: degrees) - t) < 1e-8 * t)
  }

  @Test("digamma and trigamma agree with exact values")
  func polygamma() {
    let euler = 0.577_215_664_901_532_9
    #expect(abs(digamma(1) + euler) < 1e-13)
    #expect(abs(digamma(0.5) + euler + 2 * log(2)) < 1e-13)
    #expect(abs(trigamma(1) - Double.pi * .pi / 6) < 1e-13)
    #expect(abs(trigamma(0.5) - Double.pi * .pi / 2) < 1e-12)
    for x in [0.1, 1, 7.5, 300] { #expect(abs(inverseTrigamma(trigamma(x)) - x) < 1e-9 * x) }
  }
}
