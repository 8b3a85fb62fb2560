import LeastSquares
import Testing

@Suite("Step rule") struct StepRuleTests {
  @Test("A run of refusals doubles the growth, and a taken step resets it") func sequence() {
    var rule = StepRule(initial: 1)
    #expect(rule.judge(gain: -0.5) == .rejected)
    #expect(rule.damping == 2 && rule.growth == 4)
    #expect(rule.judge(gain: nil) == .rejected)
    #expect(rule.damping == 8 && rule.growth == 8)
    #expect(rule.judge(gain: 0) == .rejected)
    #expect(rule.damping == 64 && rule.growth == 16)
    #expect(rule.judge(gain: 0.5) == .taken)
    #expect(rule.damping == 64 && rule.growth == 2)
    #expect(rule.judge(gain: 0.25) == .taken)
    #expect(rule.damping == 72)
    #expect(rule.judge(gain: 0.75) == .taken)
    #expect(rule.damping == 63)
    #expect(rule.judge(gain: 1) == .taken)
    #expect(rule.damping == 21)
    #expect(rule.judge(gain: -1) == .rejected)
    #expect(rule.damping == 42)
  }

  @Test("A fall beyond the promise counts as one that was kept", arguments: [1.0, 1.5, 100, .infinity])
  func beyondPromise(gain: Double) {
    var rule = StepRule(initial: 3)
    #expect(rule.judge(gain: gain) == .taken)
    #expect(rule.damping == 1)
  }

  @Test("NaN is refused") func nan() {
    var rule = StepRule(initial: 1)
    #expect(rule.judge(gain: .nan) == .rejected)
  }

  @Test("The least gain must be exceeded") func threshold() {
    var rule = StepRule(initial: 1, acceptedGain: 0.1)
    #expect(rule.judge(gain: 0.1) == .rejected)
    #expect(rule.judge(gain: 0.1.nextUp) == .taken)
  }

  @Test("The damping stays within its limits") func limits() {
    var rule = StepRule(initial: 1, minimum: 0.5, maximum: 4)
    rule.take(gain: 1)
    #expect(rule.damping == 0.5 && rule.isAtMinimum && !rule.isExhausted)
    for _ in 0..<3 { rule.refuse() }
    #expect(rule.damping == 4 && rule.isExhausted)
  }
}
