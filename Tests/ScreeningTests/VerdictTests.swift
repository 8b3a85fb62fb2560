import Statistics
import Synergy
import Testing

@testable import Screening

@Suite("Calls and false discoveries")
struct VerdictTests {
  private func call(
    _ mean: Double, within half: Double, q: Double, bias: Double = 0, peak: Double = 0, trough: Double = 0
  ) throws -> Call {
    func window(_ value: Double) -> BlockSummary.Window {
      .init(
        measured: PeakWindow(mean: value + 3, doses: []),
        inference: WindowInference(corrected: value, interval: Interval(low: value - 1, high: value + 1)))
    }
    let centre = mean - bias
    let score = BlockSummary.Score(
      model: .bliss, mean: mean, peak: window(peak), trough: window(trough), bias: bias,
      equivalence: Interval(low: centre - half, high: centre + half), q: q)
    return try #require(Call(score, options: .init()))
  }

  @Test("a call needs q and the threshold; additive is shown, not taken for granted")
  func calls() throws {
    #expect(try call(8, within: 3, q: 0.01) == .synergistic)
    #expect(try call(5, within: 4, q: 0.1) == .synergistic)
    #expect(try call(8, within: 9, q: 0.3) == .inconclusive)
    #expect(try call(4, within: 2, q: 0.01) == .inconclusive)
    #expect(try call(-8, within: 3, q: 0.01) == .antagonistic)
    #expect(try call(1, within: 7, q: 0.8) == .inconclusive)
    // Small and known to be so: additive, however sure its sign is.
    #expect(try call(4, within: 0.5, q: 0.001) == .additive)
    #expect(try call(0, within: 2, q: 0.9) == .additive)
    // A mean near 0 that hides a strong window on either side is not additive.
    #expect(try call(0, within: 2, q: 0.9, peak: 10.5) == .inconclusive)
    #expect(try call(0, within: 2, q: 0.9, trough: -10.5) == .inconclusive)
    #expect(try call(0, within: 2, q: 0.9, peak: 8.5, trough: -8.5) == .additive)
    // Nor where such a window is only possible.
    #expect(try call(0, within: 2, q: 0.9, peak: 9.5) == .inconclusive)
    // The bias is what the score would be without an interaction.
    #expect(try call(-6, within: 3, q: 0.4, bias: -5) == .additive)
  }

  @Test("a block in doubt lends no other a discovery, and has the q of the sound ones about it")
  func doubted() throws {
    let p = [0.0001, 0.004, 0.02, 0.3, 0.6, 0.9]
    func judged(_ doubted: Set<Int>) throws -> [Double?] {
      var blocks = try p.indices.map { index in
        var block = try MadeSummary.block(
          index, ["a\(index)", "b"], nil, [.bliss: 9],
          notes: doubted.contains(index) ? [BlockNote(flag: BlockNote.unclearBaseline, message: "")] : [])
        block.scores[0].p = p[index]
        return block
      }
      FalseDiscovery.judge(&blocks, options: .init())
      if let first = doubted.first { #expect(blocks[first].verdict?.call == .inconclusive) }
      return blocks.map { $0.scores[0].q }
    }
    #expect(try judged([]).compactMap(\.self) == FalseDiscovery.q(p))
    let sound = FalseDiscovery.q(Array(p.dropFirst()))
    #expect(try judged([0]) == [sound[0]] + sound.map(Optional.some))
    #expect(try judged([5])[5] == 0.9)
  }

  private static let four: [NullModel] = [.zip, .bliss, .loewe, .hsa]

  private func verdict(
    _ calls: [Call], of models: [NullModel] = four, about chosen: [NullModel], doubted: Bool = false
  ) throws -> Verdict {
    try #require(
      Verdict(
        Array(zip(models, calls)).map { ($0.0, $0.1) }, callModels: chosen,
        flags: doubted ? [BlockNote.inputWarning] : []))
  }

  @Test("the block's call is that of the model chosen beforehand, and says how many agree")
  func oneModel() throws {
    let all = try verdict([.synergistic, .synergistic, .synergistic, .synergistic], about: [.bliss])
    #expect(all.call == .synergistic && all.agreeing == 4 && all.models == 4)
    #expect(all.words == "synergistic under Bliss; all 4 models agree")
    #expect(all.reason == "under Bliss; all 4 models agree")
    // Another model's "additive" does not make an antagonism additive.
    let one = try verdict([.antagonistic, .antagonistic, .additive, .inconclusive], about: [.bliss])
    #expect(one.call == .antagonistic && one.agreeing == 2)
    #expect(one.words == "antagonistic under Bliss; 2 of 4 models agree (Loewe: additive; HSA: inconclusive)")
    let other = try verdict([.antagonistic, .antagonistic, .additive, .inconclusive], about: [.loewe])
    #expect(other.call == .additive)
  }

  @Test("chosen models that disagree make it mixed; one that cannot tell makes it inconclusive")
  func severalModels() throws {
    let both: [NullModel] = [.bliss, .loewe]
    let mixed = try verdict([.synergistic, .synergistic, .additive, .synergistic], about: both)
    #expect(mixed.call == .mixed && mixed.words == "synergistic under Bliss, additive under Loewe")
    let unsure = try verdict([.synergistic, .synergistic, .inconclusive, .synergistic], about: both)
    #expect(unsure.call == .inconclusive && unsure.words == "synergistic under Bliss, inconclusive under Loewe")
    let same = try verdict([.inconclusive, .synergistic, .synergistic, .additive], about: both)
    #expect(same.call == .synergistic)
    let absent = try verdict([.synergistic, .synergistic], of: [.zip, .bliss], about: both)
    #expect(absent.call == .inconclusive && absent.words.contains("Loewe could not be scored"))
  }

  @Test("worse than the better drug alone is said of its own; a warning of the input makes it inconclusive")
  func additions() throws {
    let below = try verdict([.additive, .additive, .additive, .antagonistic], about: [.bliss])
    #expect(below.call == .additive && below.isBelowBetterDrug)
    #expect(below.words.hasSuffix("; less effective than the better drug alone"))
    let doubted = try verdict([.synergistic, .synergistic, .synergistic, .synergistic], about: [.bliss], doubted: true)
    #expect(
      doubted.call == .inconclusive
        && doubted.words.hasPrefix("inconclusive because the input has a warning; by the numbers "))
    #expect(Verdict([], callModels: [.bliss], flags: []) == nil)
  }

  @Test("the rule in words holds the numbers that calls are made with")
  func rule() {
    var options = InferenceOptions()
    options.threshold = 7.5
    options.falseDiscoveryRate = 0.05
    options.callModels = [.bliss, .loewe]
    let rule = CallRule(options: options, models: Self.four)
    for part in ["Bliss and Loewe", "+7.5 ", "−7.5 pp", "5 %", "±15 pp", "Mixed:"] {
      #expect(rule.sentences.contains(part), "\(part): \(rule.sentences)")
    }
    #expect(CallRule(options: options, models: [.zip, .hsa]).callModels == [.zip])
  }
}
