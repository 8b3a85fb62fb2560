import Simulation
import Synergy
import Testing

@testable import ScreenPower

@Suite("What designs find")
struct PowerStudyTests {
  private func study(
    effect: Double = 6, replicates: Int = 2, noise: Double = 7, hits: Double = 0.25, blocks: Int = 40,
    screens: Int = 30, resamples: Int = 100, seed: UInt64, threads: Int = 2
  ) async throws -> PowerOutcome {
    var design = ScreenDesign()
    design.blocks = blocks
    design.replicates = replicates
    design.noise = .constant(noise)
    design.hits = hits
    design.effect = effect
    design.seed = seed
    var inference = InferenceOptions()
    inference.resamples = resamples
    return try await PowerStudy(
      design: design, screens: screens, model: .bliss, inference: inference, threads: threads
    ).run()
  }

  private static func figures(_ outcome: PowerOutcome) -> [(name: String, estimate: ScreenEstimate)] {
    [
      ("false positives", outcome.falsePositiveRate), ("power", outcome.power), ("found", outcome.found),
      ("false discoveries", outcome.falseDiscoveryRate), ("rank", outcome.rank), ("half width", outcome.halfWidth),
      ("effect", outcome.effect),
    ]
  }

  /// Figures of two seeds that differ by more than 3.5 standard errors of their difference.
  private static func disagreements(_ outcomes: [PowerOutcome]) -> [String] {
    var found: [String] = []
    for (place, one) in outcomes.enumerated() {
      for other in outcomes[..<place] {
        for (a, b) in zip(figures(one), figures(other)) {
          let error = (a.estimate.error * a.estimate.error + b.estimate.error * b.estimate.error).squareRoot()
          if !(abs(a.estimate.value - b.estimate.value) < 3.5 * error) {
            found.append("\(a.name): \(a.estimate) and \(b.estimate)")
          }
        }
      }
    }
    return found
  }

  @Test("hits are found, few blocks without interaction are called, and more wells find more")
  func discoveries() async throws {
    let two = try await study(effect: 9, replicates: 2, noise: 5, seed: 3)
    #expect(two.wells == 72 && two.screens == 30)
    #expect(two.combinations == 1200 && two.hits == 300)
    #expect(abs(two.falsePositiveRate.value - 0.05) < 4 * two.falsePositiveRate.error)
    #expect(two.falseDiscoveryRate.value < 0.2)
    #expect(two.found.value > 0.5)
    #expect(two.power.value >= two.found.value)
    #expect(two.powerRange.low <= two.power.value && two.power.value <= two.powerRange.high)
    #expect(two.rank.value < 20)  // the middle of a screen
    #expect(two.bestRank == 5.5)
    let four = try await study(effect: 9, replicates: 4, noise: 5, seed: 3)
    #expect(four.power.value >= two.power.value)
    #expect(four.halfWidth.value < two.halfWidth.value)
  }

  @Test("antagonism is found as well; threads change nothing")
  func antagonism() async throws {
    let one = try await study(effect: -9, noise: 5, screens: 12, seed: 3, threads: 1)
    let two = try await study(effect: -9, noise: 5, screens: 12, seed: 3, threads: 3)
    #expect(one.effect.value < -4)
    #expect(one.found.value > 0.5)
    #expect(one == two)
  }

  @Test("studies of different seeds agree within their errors", arguments: [1, 2])
  func seeds(replicates: Int) async throws {
    var outcomes: [PowerOutcome] = []
    for seed in 1...5 { outcomes.append(try await study(replicates: replicates, seed: UInt64(seed))) }
    let disagreements = Self.disagreements(outcomes)
    #expect(disagreements.isEmpty, "\(disagreements)")
    // Errors that are small enough to tell designs apart.
    #expect(outcomes.allSatisfy { $0.power.error < 0.06 && $0.falsePositiveRate.error < 0.015 })
  }

  @Test("single large screens do not agree: their anchors differ")
  func singleScreens() async throws {
    var outcomes: [PowerOutcome] = []
    for seed in 1...6 {
      let outcome = try await study(hits: 0.5, blocks: 500, screens: 1, seed: UInt64(seed))
      #expect(outcome.hits == 250)
      outcomes.append(outcome)
    }
    #expect(Self.disagreements(outcomes).contains { $0.hasPrefix("power") })
  }

  @Test("the printed errors are how far the figures of different seeds scatter")
  func errors() async throws {
    var outcomes: [PowerOutcome] = []
    for seed in 101...120 {
      outcomes.append(try await study(hits: 0.4, blocks: 30, screens: 20, seed: UInt64(seed)))
    }
    for place in Self.figures(outcomes[0]).indices {
      let figures = outcomes.map { Self.figures($0)[place] }
      let number = Double(figures.count)
      let mean = figures.reduce(0) { $0 + $1.estimate.value } / number
      let spread =
        figures.reduce(0) { $0 + ($1.estimate.value - mean) * ($1.estimate.value - mean) } / (number - 1)
      let expected = figures.reduce(0) { $0 + $1.estimate.error * $1.estimate.error } / number
      // χ² with 19 degrees of freedom over 19: beyond these with probability 0.001 each.
      #expect((0.28...2.31).contains(spread / expected), "\(figures[0].name): \(spread / expected)")
    }
  }
}

@Suite("Figures over simulated screens")
struct ScreenEstimateTests {
  @Test("a ratio has the error of cluster sampling")
  func ratio() {
    // R = 4/7; residuals −1/7, 5/7, −4/7.
    let estimate = ScreenEstimate.ratio([(1, 2), (3, 4), (0, 1), (0, 0)])
    #expect(abs(estimate.value - 4.0 / 7) < 1e-15)
    #expect(abs(estimate.error - (3.0 / 2 * 42 / 49).squareRoot() / 7) < 1e-15)
    #expect(ScreenEstimate.ratio([(0, 0)]).value.isNaN)
  }

  @Test("a share within screens that agree has an error as large as chance allows")
  func agreement() {
    let none = ScreenEstimate.share([(part: Double, whole: Double)](repeating: (0, 10), count: 10))
    #expect(none.value == 0 && abs(none.error - (0.5 / 101 * 100.5 / 101 / 100).squareRoot()) < 1e-15)
    let all = ScreenEstimate.share([(part: Double, whole: Double)](repeating: (10, 10), count: 10))
    #expect(all.value == 1 && abs(all.error - none.error) < 1e-15)
    // One combination in one screen: nearly nothing is known.
    #expect(ScreenEstimate.share([(0, 1), (0, 0)]).error > 0.4)
  }

  @Test("screens that are all or nothing have the error of their number, not of that of the combinations")
  func clusters() {
    let screens = (0..<20).map { (part: $0 % 2 == 0 ? 50.0 : 0, whole: 50.0) }
    #expect(abs(ScreenEstimate.share(screens).error - (0.25 / 19).squareRoot()) < 1e-12)
  }

  @Test("the range is that of the middle four fifths of the screens")
  func range() {
    let tenths = (0...10).map { (part: Double($0 * 2), whole: 20.0) }.shuffled() + [(part: 0, whole: 0)]
    #expect(ScreenRange.middle(tenths) == ScreenRange(low: 0.1, high: 0.9))
    #expect(ScreenRange.middle([(1, 4)]) == ScreenRange(low: 0.25, high: 0.25))
    #expect(ScreenRange.middle([(0, 0)]).low.isNaN)
  }

  @Test("the range over screens with many hits is that over their anchors, and does not shrink with more screens")
  func anchors() {
    for number in [30, 3000] {
      var random = SplitMix64(seed: 4)
      let screens = (0..<number).map { _ in
        let power = random.uniform(0.3...0.7)
        return (part: Double((0..<400).count { _ in random.uniform() < power }), whole: 400.0)
      }
      let range = ScreenRange.middle(screens)
      #expect(abs(range.low - 0.34) < 0.05 && abs(range.high - 0.66) < 0.05, "\(range)")
    }
  }
}
