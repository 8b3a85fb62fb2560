import DoseTables
import ReferenceData
import Statistics
import Synergy
import Testing

@testable import Screening

@Suite("Synergy and what is known of the samples")
struct AssociationTests {
  private static let names = (1...12).map { "S\($0)" }

  private func table(_ columns: [(String, [String?])]) -> SampleTable {
    SampleTable(
      file: "samples.csv", samples: Self.names,
      columns: columns.map { name, values in
        let numbers = values.map { $0.flatMap(Double.init) }
        let isNumeric = zip(values, numbers).allSatisfy { ($0 == nil) == ($1 == nil) }
        return .init(name: name, values: values, numbers: isNumeric ? numbers : nil)
      })
  }

  private func analysis(
    _ scores: [[Double]], _ table: SampleTable, threads: Int = 2, options: AcrossSamplesOptions = .init()
  ) async throws -> AcrossSamples {
    let ranked = try MadeSummary.screen(scores, samples: Self.names)
    let across = await AcrossSamples.analyze(
      ranked.map(BlockOutline.init), table: table, classes: nil, options: options, inference: .init(), threads: threads)
    return try #require(across)
  }

  /// wt: 1 … 8, mean 4.5; mut: 21 … 24, mean 22.5. RSS = 42 + 5 = 47 on 10 degrees; se = √(4.7 (1/8 + 1/4)).
  @Test("a difference of levels is that of their means, with R², F and interval of the linear model")
  func levels() async throws {
    let scores = (1...8).map(Double.init) + [21, 22, 23, 24]
    let across = try await analysis(
      [scores], table([("TP53", Array(repeating: "wt", count: 8) + Array(repeating: "mut", count: 4))]))
    let association = try #require(across.associations.first)
    let test = try #require(association.test)
    #expect(test.levels.map(\.name) == ["wt", "mut"], "the reference is the level of most samples")
    #expect(test.levels.map(\.count) == [8, 4])
    let effect = try #require(test.effects.first)
    #expect(abs(effect.value - 18) < 1e-9)
    #expect(abs(effect.standardError - (4.7 * 0.375).squareRoot()) < 1e-9)
    let t = 2.2281388519649385  // R: qt(0.975, 10)
    #expect(abs(effect.interval.high - 18 - t * (4.7 * 0.375).squareRoot()) < 1e-9)
    let total = 47 + 18.0 * 18 * 8 * 4 / 12
    #expect(abs(test.rSquared - (1 - 47 / total)) < 1e-9)
    #expect(abs(test.f - (total - 47) / 4.7) < 1e-6)
    #expect(test.degrees == (1, 10))
    #expect(test.isExact)
    #expect(test.arrangements == 495)
    #expect(abs(test.p - 1.0 / 495) < 1e-12, "no other choice of four of the twelve explains as much")
    #expect(association.points.count == 12)
  }

  @Test("numbers are a covariate with a slope; what is not known takes no part")
  func covariate() async throws {
    let x: [String?] = ["1", "2", "3", "4", "5", "6", "7", nil, "9", "10", "11", "12"]
    let scores = (1...12).map { 3 * Double($0) + ($0.isMultiple(of: 2) ? 1 : -1) }
    let across = try await analysis([scores], table([("MYC", x)]))
    let test = try #require(across.associations.first?.test)
    #expect(test.levels.isEmpty)
    #expect(abs((test.effects.first?.value ?? 0) - 3) < 0.1)
    #expect(across.associations[0].points.count == 11)
    #expect(!test.isExact)
    #expect(test.p == 1.0 / 10_000)
  }

  @Test("a rare level is excluded by name, and a test with too few samples is not made and says so")
  func tooFew() async throws {
    var subtype: [String?] = Array(repeating: "GCB", count: 6) + Array(repeating: "ABC", count: 4)
    subtype += ["PMBL", "PMBL"]
    let few: [String?] = ["a", "a", "a", "b", "b"] + Array(repeating: nil, count: 7)
    let rare: [String?] = Array(repeating: "a", count: 10) + ["b", "b"]
    let across = try await analysis(
      [(1...12).map(Double.init)], table([("subtype", subtype), ("few", few), ("rare", rare)]))
    let bySubtype = try #require(across.associations.first { $0.annotation == "subtype" })
    #expect(bySubtype.leftOut.map(\.sample) == ["S11", "S12"])
    #expect(bySubtype.leftOut.map(\.level) == ["PMBL", "PMBL"])
    #expect(bySubtype.test?.levels.map(\.name) == ["GCB", "ABC"])
    let refused = across.associations.filter { $0.test == nil }.map { "\($0.annotation): \($0.refusal ?? "")" }
    #expect(
      refused == [
        "few: 3 samples (2 in levels of fewer than 3 excluded), expected 6 or more",
        "rare: one level with 3 samples or more (2 in levels of fewer than 3 excluded), expected two",
      ])
  }

  @Test("constant columns, columns of too many levels and samples that do not match are told")
  func problems() async throws {
    let ids = Self.names.map { Optional("id-\($0)") }
    var known = table([("site", Array(repeating: "lab", count: 12)), ("id", ids)])
    known.samples[0] = "s-1"
    known.samples[1] = "other"
    var options = AcrossSamplesOptions()
    options.mostLevels = 5
    let across = try await analysis([(1...12).map(Double.init)], known, options: options)
    #expect(across.associations.isEmpty)
    #expect(
      across.problems.map { "\($0.severity.rawValue): \($0.message)" } == [
        "warning: 2 of the screen's 12 samples are not in this table and so in no association: S1 (the table has s-1), S2",
        "info: 2 of the table's 12 samples are not in the screen: other, s-1; names must be written as in the plates",
        "info: site is lab in all 10 samples of the screen: nothing to associate with it",
        "warning: id has 10 levels (id-S10, id-S11, id-S12, …), expected numbers or at most 5 levels; it was excluded from the "
          + "associations, group its levels",
      ])
  }

  @Test("two numbers are two levels, however they are written")
  func twoNumbers() async throws {
    let mutated: [String?] = ["0", "1", "0", "1.0", "0", "1", "0.0", "1", "0", "1", "0", "1"]
    let scores = (1...12).map { Double($0) }
    let across = try await analysis([scores], table([("E571K", mutated)]))
    let test = try #require(across.associations.first?.test)
    #expect(test.levels.map(\.name) == ["0", "1"])
    #expect(test.levels.map(\.count) == [6, 6])
    #expect(abs((test.effects.first?.value ?? 0) - 1) < 1e-9)
  }

  @Test("q is over all tests, and threads and the order of blocks change nothing")
  func q() async throws {
    var generator = SplitMix64(seed: 21)
    let scores = (0..<6).map { _ in (0..<12).map { _ in generator.normal() } }
    let known = table([("a", (0..<12).map { "\($0 % 2)x" }), ("b", (0..<12).map { "\($0 * $0)" })])
    let one = try await analysis(scores, known, threads: 1)
    let two = try await analysis(scores, known, threads: 2)
    #expect(one.associations.count == 12)
    #expect(one.associations.map { $0.test?.p } == two.associations.map { $0.test?.p })
    let p = one.associations.compactMap { $0.test?.p }
    #expect(p == p.sorted())
    #expect(one.associations.compactMap { $0.test?.q } == FalseDiscovery.q(p))
  }

  @Test("a planted effect of the noise's size is found in most of the combinations that have it, and few others are")
  func power() async throws {
    var generator = SplitMix64(seed: 5)
    let mutated = (0..<12).map { $0 < 6 }
    let scores = (0..<40).map { row in
      mutated.map { (row < 10 && $0 ? 12.0 : 0) + 4 * generator.normal() }
    }
    let across = try await analysis(scores, table([("TP53", mutated.map { $0 ? "mut" : "wt" })]))
    let found = across.associations.filter { ($0.test?.q ?? 1) <= 0.1 }
    let right = found.filter { across.combinations[$0.combination].drugs[1].hasPrefix("partner ") }
      .compactMap { Int(across.combinations[$0.combination].drugs[1].dropFirst(8)) }
    #expect(right.count { $0 < 10 } >= 8, "\(right.sorted())")
    #expect(right.count { $0 >= 10 } <= 3, "\(right.sorted())")
  }
}
