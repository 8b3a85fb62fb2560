import Testing

@testable import Reporting

@Suite("What files are called in a report")
struct InputNamesTests {
  @Test("a relative path stands as the user wrote it")
  func relative() {
    let names = InputNames(["../data/screen.csv", "more/screen.csv"])
    #expect(names.shown("../data/screen.csv") == "../data/screen.csv")
    #expect(names.directory.isEmpty)
  }

  @Test("an absolute path stands from the directory that all of them share")
  func absolute() {
    let one = InputNames(["/home/ada/screens/a.csv"])
    #expect(one.shown("/home/ada/screens/a.csv") == "a.csv")
    let several = InputNames(["/home/ada/screens/one/a.csv", "/home/ada/screens/two/a.csv", "own/b.csv"])
    #expect(several.shown("/home/ada/screens/two/a.csv") == "two/a.csv")
    #expect(several.shown("own/b.csv") == "own/b.csv")
  }

  @Test("a path within a sentence is named alike; one that only ends like the directory stays")
  func sentences() {
    let names = InputNames(["/data/a.csv", "/data/b.csv"])
    #expect(names.shown("the same wells as in /data/b.csv") == "the same wells as in b.csv")
    #expect(names.shown("old/data/b.csv") == "old/data/b.csv")
    #expect(InputNames(["/a.csv", "/b/c.csv"]).shown("/b/c.csv") == "/b/c.csv")
  }
}
