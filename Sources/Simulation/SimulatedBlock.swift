import Foundation

/// One block of a simulated screen: two drugs, a sample, the planted truth and the noise.
public struct SimulatedBlock: Sendable {
  /// One simulated well.
  public struct Well: Sendable {
    /// Dose of drug 1.
    public var first: Double
    /// Dose of drug 2.
    public var second: Double
    /// % inhibition, to two decimals.
    public var inhibition: Double
  }

  /// The sample's name.
  public var sample: String
  /// Drug 1.
  public var one: SimulatedDrug
  /// Drug 2.
  public var two: SimulatedDrug
  /// What was planted.
  public var interaction: Interaction
  /// The noise of a well.
  public var noise: WellNoise
  /// Wells at each dose pair.
  public var replicates: Int
  /// Share of wells that are off by 5 to 15 standard deviations.
  public var outliers: Double
  /// Positions (drug 1, drug 2) at which nothing was measured.
  public var missing: [(Int, Int)]

  /// Makes a block.
  public init(
    sample: String, one: SimulatedDrug, two: SimulatedDrug, interaction: Interaction, noise: WellNoise = .constant(4),
    replicates: Int = 2, outliers: Double = 0, missing: [(Int, Int)] = []
  ) {
    self.sample = sample
    self.one = one
    self.two = two
    self.interaction = interaction
    self.noise = noise
    self.replicates = replicates
    self.outliers = outliers
    self.missing = missing
  }

  /// The wells, replicate after replicate, drug 1 slowest.
  public func wells(_ random: inout SplitMix64) -> [Well] {
    var wells: [Well] = []
    for _ in 0..<replicates {
      for (row, first) in one.doses.enumerated() {
        for (column, second) in two.doses.enumerated() {
          let truth = interaction.inhibition(one, first, two, second)
          var noisy = truth + noise.sd(at: truth) * random.normal()
          if outliers > 0, random.uniform() < outliers {
            noisy += noise.sd(at: truth) * random.uniform(5...15) * (random.uniform() < 0.5 ? -1 : 1)
          }
          if missing.contains(where: { $0 == (row, column) }) { continue }
          wells.append(Well(first: first, second: second, inhibition: (noisy * 100).rounded() / 100))
        }
      }
    }
    return wells
  }

  /// The true mean synergy against Bliss: `truth.bliss`, without the time that Loewe takes.
  public var trueBliss: Double {
    var sum = 0.0
    var cells = 0.0
    for (row, first) in one.doses.enumerated() where first > 0 {
      for (column, second) in two.doses.enumerated()
      where second > 0 && !missing.contains(where: { $0 == (row, column) }) {
        sum +=
          interaction.inhibition(one, first, two, second)
          - Interaction.bliss(one.inhibition(at: first), two.inhibition(at: second))
        cells += 1
      }
    }
    return sum / cells
  }

  /// The true mean synergy over the combination wells without noise, percentage points, against Bliss, Loewe and HSA.
  public var truth: (bliss: Double, loewe: Double, hsa: Double) {
    var sum = (bliss: 0.0, loewe: 0.0, hsa: 0.0)
    var cells = 0.0
    for (row, first) in one.doses.enumerated() where first > 0 {
      for (column, second) in two.doses.enumerated()
      where second > 0 && !missing.contains(where: { $0 == (row, column) }) {
        let y = interaction.inhibition(one, first, two, second)
        let alone = (one.inhibition(at: first), two.inhibition(at: second))
        sum.bliss += y - Interaction.bliss(alone.0, alone.1)
        sum.loewe += y - Interaction.loewe(one, first, two, second)
        sum.hsa += y - max(alone.0, alone.1)
        cells += 1
      }
    }
    return (sum.bliss / cells, sum.loewe / cells, sum.hsa / cells)
  }
}
