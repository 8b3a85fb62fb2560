/// What is compared: samples with the drug against samples without it.
public struct Contrast: Sendable, Hashable {
  /// Its name in tables: `selinexor`, `selinexor 50 nM, MM.1S`.
  public var name: String
  /// The drug; empty where it was not said.
  public var drug: String
  /// Samples without the drug.
  public var controls: [String]
  /// Samples with it.
  public var treatments: [String]
  /// Samples from before: plasmid, day 0. They serve quality alone.
  public var initial: [String]
  /// Whether each control belongs to the treatment at the same place.
  public var isPaired: Bool

  /// A contrast.
  public init(
    name: String, drug: String = "", controls: [String], treatments: [String], initial: [String] = [],
    isPaired: Bool = false
  ) {
    (self.name, self.drug, self.controls, self.treatments) = (name, drug, controls, treatments)
    (self.initial, self.isPaired) = (initial, isPaired)
  }

  /// Every sample that it needs, each once.
  public var samples: [String] {
    controls + treatments + initial.filter { !controls.contains($0) && !treatments.contains($0) }
  }

  /// The same with its samples in the order of their names (pairs by their controls' names), so that the order in which they were
  /// named changes nothing.
  var ordered: Contrast {
    var ordered = self
    ordered.initial.sort()
    if isPaired {
      let pairs = zip(controls, treatments).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      (ordered.controls, ordered.treatments) = (pairs.map(\.0), pairs.map(\.1))
    } else {
      ordered.controls.sort()
      ordered.treatments.sort()
    }
    return ordered
  }

  /// Checks what can be said without counts.
  ///
  /// - Throws: `noArm`, `sampleInBothArms`, `sampleRepeated`, `unequalPairs`.
  public func check() throws(CountError) {
    for (arm, samples) in [("control", controls), ("treatment", treatments)] {
      guard !samples.isEmpty else { throw .noArm(contrast: name, arm: arm) }
      // Pairs that share a control are no independent pairs, and ranks of them count its error several times.
      for sample in Set(samples).sorted() where samples.count(where: { $0 == sample }) > 1 {
        throw .sampleRepeated(sample: sample, arm: arm)
      }
    }
    if let both = Set(controls).intersection(treatments).min() { throw .sampleInBothArms(sample: both) }
    if isPaired, controls.count != treatments.count {
      throw .unequalPairs(contrast: name, controls: controls.count, treatments: treatments.count)
    }
  }
}
