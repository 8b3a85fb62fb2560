import Assay
import Testing

@Test(arguments: [
  ("µM", "uM"), ("μM", "uM"), ("uM", "uM"), (" UM ", "uM"), ("nM", "nM"), ("micromolar", "uM"), ("mM", "mM"),
  ("mg/mL", "mg/mL"),
])
func `a unit is written in ASCII whatever its spelling`(text: String, symbol: String) {
  #expect(ConcentrationUnit(text).symbol == symbol)
}

@Test func `molar units convert into each other and others do not`() throws {
  let factor = try #require(ConcentrationUnit("nM").factor(to: ConcentrationUnit("uM")))
  #expect(abs(factor - 1e-3) < 1e-18)
  #expect(ConcentrationUnit("nM").factor(to: ConcentrationUnit("mg/mL")) == nil)
  #expect(ConcentrationUnit("mg/mL").factor(to: ConcentrationUnit("mg/mL")) == 1)
}
