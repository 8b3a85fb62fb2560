import Foundation

/// A screen to be simulated: its size, its noise and what is planted in it.
public struct ScreenDesign: Sendable {
  /// Combinations.
  public var blocks = 100
  /// Doses of each drug, 0 among them.
  public var doses = (first: 6, second: 6)
  /// Wells at each dose pair.
  public var replicates = 1
  /// The noise of a well.
  public var noise = WellNoise.constant(5)
  /// Share of wells that are off by 5 to 15 standard deviations.
  public var outliers = 0.0
  /// What holds where nothing interacts.
  public var null = Interaction.blissNull
  /// Share of the blocks that interact.
  public var hits = 0.1
  /// Their mean synergy over Bliss, percentage points; below 0 for antagonism.
  public var effect = 8.0
  /// The doses span at most this factor from one to the next.
  public var step = 4.0
  /// Measured curves from which the drugs are drawn; made-up curves where absent.
  public var pool: DrugPool?
  /// Where the drugs and the truth are drawn from.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// Combinations that interact.
  public var planted: Int { Int((Double(blocks) * hits).rounded()) }

  /// The screen: hits first come anywhere among the nulls, told apart by `interaction`.
  public func screen() -> [SimulatedBlock] {
    var random = SplitMix64(seed: seed)
    let anchor =
      pool?.anchor(doses: doses.first, &random)
      ?? drug("selinexor", doses: doses.first, isWeak: false, &random)
    let planted = planted
    var isHit = (0..<blocks).map { $0 < planted }
    isHit.shuffle(using: &random)
    return isHit.enumerated().map { index, isHit in
      let two = partner("partner-\(index + 1)", isHit: isHit, &random)
      return SimulatedBlock(
        sample: "SIM-1", one: anchor, two: two, interaction: isHit ? interaction(anchor, two) : null, noise: noise,
        replicates: replicates, outliers: outliers)
    }
  }

  private func partner(_ name: String, isHit: Bool, _ random: inout SplitMix64) -> SimulatedDrug {
    if let measured = pool?.partner(named: name, doses: doses.second, &random) { return measured }
    let weak = random.uniform() < 1.0 / 7
    return drug(name, doses: doses.second, isWeak: weak && !isHit, &random)
  }

  /// Blocks that share nothing: each with an anchor of its own.
  public func independentBlocks() -> [SimulatedBlock] {
    var random = SplitMix64(seed: seed)
    return (0..<blocks).map { index in
      let pair = ["anchor", "partner"].enumerated().map { place, name in
        drug(
          "\(name)-\(index + 1)", doses: place == 0 ? doses.first : doses.second, isWeak: random.uniform() < 1.0 / 7,
          &random)
      }
      let isHit = Double(index) < Double(blocks) * hits
      return SimulatedBlock(
        sample: "SIM-1", one: pair[0], two: pair[1], interaction: isHit ? interaction(pair[0], pair[1]) : null,
        noise: noise, replicates: replicates, outliers: outliers)
    }
  }

  /// A drug whose EC50 lies among its doses, which are at most `step`-fold apart over at most three decades; a weak one
  /// hardly does anything.
  private func drug(
    _ name: String, doses: Int, isWeak: Bool, _ random: inout SplitMix64
  ) -> SimulatedDrug {
    let steps = Double(max(1, doses - 2))
    let span = min(3, steps * log10(step))
    let tested =
      [0]
      + (0..<doses - 1).map { place -> Double in
        let dose = pow(10, span * (Double(place) / steps - 0.5))
        let digits = pow(10, 3 - log10(dose).rounded(.down))
        return (dose * digits).rounded() / digits
      }
    return SimulatedDrug(
      name: name, unit: "uM", doses: tested, emax: isWeak ? random.uniform(0...15) : random.uniform(40...100),
      ec50: pow(10, span * random.uniform(-0.3...0.3)), hill: exp(random.uniform(log(0.7)...log(2.5))))
  }

  /// The interaction whose mean over the dose pairs is `effect`, or as near to it as can be.
  private func interaction(_ one: SimulatedDrug, _ two: SimulatedDrug) -> Interaction {
    func mean(_ interaction: Interaction) -> Double {
      SimulatedBlock(sample: "", one: one, two: two, interaction: interaction).trueBliss
    }
    let whole = effect < 0 ? mean(.antagonism(1)) : mean(.synergy(1))
    let share = whole == 0 ? 0 : min(1, effect / whole)
    return effect < 0 ? .antagonism(share) : .synergy(share)
  }
}
