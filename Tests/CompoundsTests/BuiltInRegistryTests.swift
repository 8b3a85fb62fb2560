import Testing

@testable import Compounds

@Suite("The built-in registry")
struct BuiltInRegistryTests {
  let registry = CompoundRegistry.builtIn

  @Test(
    "A drug is found in every spelling of every name",
    arguments: [
      "selinexor", "KPT-330", "kpt330", "KPT 330", "Kpt_330", "KPT\u{2011}330", "KPT\u{2212}330", "KPT\u{2014}330",
      " XPOVIO ",
      "kpt\u{A0}330", "Selinexor", "ＫＰＴ－３３０",
    ])
  func spellings(name: String) {
    #expect(registry.compound(named: name)?.name == "selinexor")
  }
}
