import Screening
import Statistics
import Synergy
import Testing

@Suite("Combinations across samples")
struct AcrossSamplesTests {
  private func analysis(
    _ blocks: [BlockSummary], classes: DrugClasses? = nil, options: AcrossSamplesOptions = .init()
  ) async -> AcrossSamples? {
    await AcrossSamples.analyze(
      blocks.map(BlockOutline.init), table: nil, classes: classes, options: options, inference: .init(), threads: 2)
  }

  @Test("a screen of one sample, or of combinations in one sample each, has nothing across samples")
  func nothing() async throws {
    let one = try MadeSummary.screen([[1], [2]], samples: ["A"])
    #expect(await analysis(one) == nil)
    let apart = try MadeSummary.screen([[1, .nan], [.nan, 2]], samples: ["A", "B"])
    #expect(await analysis(apart) == nil)
  }

  @Test("drugs in either order are one combination; blocks without a sample have no part")
  func pairs() async throws {
    let blocks = try [
      MadeSummary.block(0, ["a", "b"], "S1", [.bliss: 4]), MadeSummary.block(1, ["b", "a"], "S2", [.bliss: 6]),
      MadeSummary.block(2, ["a", "b"], nil, [.bliss: 90]), MadeSummary.block(3, ["a", "c"], "S1", [.bliss: 1]),
    ]
    let across = try #require(await analysis(blocks))
    #expect(across.combinations.map(\.drugs) == [["a", "b"], ["a", "c"]])
    #expect(across.repeated == [0])
    #expect(across.combinations[0].model(.bliss)?.mean == 5)
    #expect(across.combinations[0].samples.map(\.name) == ["S1", "S2"])
  }

  @Test("scores have their bias taken off; blocks of one sample count as one with the error of their mean")
  func scores() async throws {
    let blocks = try [
      MadeSummary.block(0, ["a", "b"], "S1", [.bliss: 4], standardError: 3, bias: -7),
      MadeSummary.block(1, ["a", "b"], "S1", [.bliss: 8], standardError: 4),
      MadeSummary.block(2, ["a", "b"], "S2", [.bliss: 1]),
    ]
    let across = try #require(await analysis(blocks))
    let first = try #require(across.combinations[0].samples.first)
    #expect(first.blocks == [0, 1])
    #expect(abs((first.scores[.bliss]?.value ?? 0) - 6) < 1e-12)
    #expect(abs((first.scores[.bliss]?.standardError ?? 0) - 2.5) < 1e-12, "√(9 + 16) / 2")
  }

  @Test("without standard errors there is a mean and a spread, and nothing that needs noise")
  func withoutErrors() async throws {
    let across = try #require(
      await analysis(try MadeSummary.screen([[1, 3, 8]], samples: ["A", "B", "C"], standardError: nil)))
    let model = try #require(across.combinations[0].model(.bliss))
    #expect(model.mean == 4)
    #expect(abs((model.sd ?? 0) - 13.0.squareRoot()) < 1e-12)
    #expect(model.pooled == nil)
    #expect(model.selective.isEmpty)
    #expect(model.mostSelective == nil)
  }

  @Test("the sample that stands out is named, with q over all samples of all combinations")
  func selective() async throws {
    let across = try #require(
      await analysis(
        try MadeSummary.screen([[0, 1, 30, -1], [5, 6, 5, 6]], samples: ["A", "B", "C", "D"], standardError: 1)))
    let first = try #require(across.combinations[0].model(.bliss)?.mostSelective)
    #expect(across.combinations[0].samples[first.sample].name == "C")
    #expect(abs(first.difference - 30) < 1e-9)
    #expect(first.q < 1e-6)
    let all = across.combinations.flatMap { $0.models.flatMap(\.selective) }
    #expect(all.count == 8)
    #expect(all.map(\.q) == FalseDiscovery.q(all.map(\.p)))
  }

  @Test("the map has a gap where a combination was not tested, and alike samples stand together")
  func map() async throws {
    let across = try #require(
      await analysis(
        try MadeSummary.screen(
          [[20, 0, 21, 1], [18, -2, .nan, 0], [1, 9, 0, 8]], samples: ["A", "B", "C", "D"])))
    let matrix = across.matrix
    #expect(matrix.samples == ["A", "B", "C", "D"])
    #expect(matrix.scores[.bliss]?[1] == [18, -2, nil, 0])
    let order = matrix.columnOrder.map { matrix.samples[$0] }
    #expect(Set(order.prefix(2)) == ["A", "C"])
    #expect(matrix.rowOrder.last == 2)
    let part = across.map(of: [2])
    #expect(part.scores[.bliss] == [[1, 9, 0, 8]])
  }

  @Test("beyond the most rows to be clustered they stay as ranked")
  func mostClustered() async throws {
    var options = AcrossSamplesOptions()
    options.mostClustered = 2
    let across = try #require(
      await analysis(try MadeSummary.screen([[1, 2], [9, 9], [1, 2]], samples: ["A", "B"]), options: options))
    #expect(across.matrix.rows == nil)
    #expect(across.matrix.rowOrder == [0, 1, 2])
    #expect(across.matrix.columns != nil)
  }

  @Test("partners are summed up by class, over pairs with one anchor whose partner's class is known")
  func classes() async throws {
    let blocks = try MadeSummary.screen([[1, 3], [9, 11], [5, 5], [7, 7]], samples: ["A", "B"])
    let known = DrugClasses(
      ["partner 0": "BCL2", "partner 1": "BCL2", "partner 2": "steroid"], anchors: ["selinexor"])
    let across = try #require(await analysis(blocks, classes: known))
    #expect(across.classes.map(\.partnerClass) == ["BCL2", "steroid"])
    #expect(across.classes[0].mean == 6)
    #expect(across.classes[0].range == 2...10)
    #expect(across.classes[0].partners == ["partner 0", "partner 1"])
    #expect(across.classes[0].tested == 4)
    #expect(across.combinations[across.classes[0].best].drugs == ["selinexor", "partner 1"])
  }

  @Test("Bliss stands first unless another is asked for or it was not scored")
  func primary() async throws {
    func primary(_ scores: [NullModel: Double], _ asked: NullModel? = nil) async throws -> NullModel? {
      var options = AcrossSamplesOptions()
      options.primary = asked
      let blocks = try ["A", "B"].enumerated().map { try MadeSummary.block($0, ["a", "b"], $1, scores) }
      return await analysis(blocks, options: options)?.primary
    }
    #expect(try await primary([.zip: 1, .bliss: 2]) == .bliss)
    #expect(try await primary([.zip: 1, .bliss: 2], .zip) == .zip)
    #expect(try await primary([.zip: 1], .hsa) == .zip)
  }
}
