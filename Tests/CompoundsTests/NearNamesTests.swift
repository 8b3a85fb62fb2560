import Compounds
import Testing

@Suite("Names that may be one drug's")
struct NearNamesTests {
  private func suggestions(_ names: [String: Int]) -> [String: String] {
    Dictionary(
      NearNames.pairs(names, registry: .builtIn).map { ($0.name, $0.suggestion) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test(
    "a letter off a name of the registry, a salt, a parenthesis",
    arguments: [
      ("Selinexer", "selinexor"), ("Venetoclaxx", "venetoclax"), ("selinexro", "selinexor"),
      ("Eltanexor (KPT-8602)", "eltanexor"), ("Vincristine sulfate", "vincristine"),
    ])
  func near(name: String, suggestion: String) {
    #expect(suggestions([name: 1])[name]?.lowercased() == suggestion)
  }

  @Test("short names that differ in a dash alone may be one")
  func dashes() {
    #expect(suggestions(["5-FU": 2, "5FU": 1])["5FU"] == "5-FU")
  }

  @Test("of two unknown names the rarer is the one that looks wrong")
  func rarer() {
    #expect(suggestions(["mirabelib": 20, "mirabelip": 1]) == ["mirabelip": "mirabelib"])
  }

  @Test(
    "other compounds are not suggested: digits, first letters, and names of the registry differ for a reason",
    arguments: [
      ["KPT-330", "KPT-335"], ["AZD1152", "AZD1153"], ["Lapatinib", "Dasatinib"], ["selinexor", "eltanexor"],
      ["drug 1", "drug 2"], ["GSK-J4", "GSK-J1"], ["Telatinib", "Neratinib"], ["Nilotinib", "Erlotinib"],
      ["prednisone", "prednisolone"],
    ])
  func others(names: [String]) {
    let found = suggestions(Dictionary(names.map { ($0, 1) }, uniquingKeysWith: { first, _ in first }))
    #expect(found.isEmpty, "\(found)")
  }
}
