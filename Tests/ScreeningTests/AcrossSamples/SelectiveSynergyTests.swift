import Testing

@testable import Screening

@Suite("A sample that stands out")
struct SelectiveSynergyTests {
  @Test("a sample stands out by its difference from the others, over its noise, theirs, and their spread")
  func selective() throws {
    let found = SelectiveSynergy.all([(0, 1), (0, 1), (10, 1)], confidence: 0.95)
    #expect(found.map(\.sample) == [0, 1, 2])
    #expect(abs(found[2].difference - 10) < 1e-12)
    #expect(
      abs(found[2].standardError - 1.5.squareRoot()) < 1e-12, "own variance 1, that of the others' mean ½, no spread")
    // The others of the first are 0 and 10: mean 5, τ² = 50 − 1 = 49, variance of the mean (1 + 49)/2.
    #expect(abs(found[0].difference + 5) < 1e-12)
    #expect(abs(found[0].standardError - (1.0 + 49 + 25).squareRoot()) < 1e-9)
    #expect(SelectiveSynergy.all([(0, 1), (10, 1)], confidence: 0.95).isEmpty, "neither of two is the odd one")
  }
}
