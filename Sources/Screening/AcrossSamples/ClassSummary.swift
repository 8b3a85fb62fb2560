import Compounds
import Synergy

/// What is known of drugs that groups combinations: the registry of compounds says it, or nobody.
public struct DrugClasses: Sendable {
  /// A drug's class; `nil` when it is not known.
  public var classOf: @Sendable (String) -> String?
  /// Whether a drug is an anchor: the inhibitor whose partners are compared.
  public var isAnchor: @Sendable (String) -> Bool

  /// Takes what is known.
  public init(
    classOf: @escaping @Sendable (String) -> String?, isAnchor: @escaping @Sendable (String) -> Bool
  ) {
    self.classOf = classOf
    self.isAnchor = isAnchor
  }

  /// What a registry knows, whatever the spelling of a name.
  public init(_ registry: CompoundRegistry) {
    self.init(
      classOf: { registry.compound(named: $0)?.drugClass?.text },
      isAnchor: { registry.compound(named: $0)?.isAnchor ?? false })
  }

  /// Takes classes by name and the anchors' names.
  public init(_ classes: [String: String], anchors: Set<String>) {
    self.init(classOf: { classes[$0] }, isAnchor: { anchors.contains($0) })
  }
}

/// The combinations of one anchor with the partners of one class.
public struct ClassSummary: Sendable, Hashable {
  /// The anchor.
  public var anchor: String
  /// The partners' class.
  public var partnerClass: String
  /// The partners, by name.
  public var partners: [String]
  /// Samples in which at least one of them was tested.
  public var samples: Int
  /// Combinations × samples that were scored.
  public var tested: Int
  /// Of these, how many have each call.
  public var calls: [Call: Int]
  /// Mean over the combinations of their mean scores under the primary model, percentage points.
  public var mean: Double
  /// The lowest and the highest of these means.
  public var range: ClosedRange<Double>
  /// The combination with the highest, a place in `AcrossSamples.combinations`.
  public var best: Int

  /// Groups two-drug combinations of one anchor with a partner whose class is known, highest mean first.
  static func all(
    _ combinations: [CombinationAcrossSamples], classes: DrugClasses, primary: NullModel
  ) -> [ClassSummary] {
    struct Key: Hashable {
      var anchor: String
      var partnerClass: String
    }
    var groups: [Key: [(place: Int, partner: String, mean: Double)]] = [:]
    for (place, combination) in combinations.enumerated() where combination.drugs.count == 2 {
      let anchors = combination.drugs.filter(classes.isAnchor)
      guard anchors.count == 1, let anchor = anchors.first,
        let partner = combination.drugs.first(where: { $0 != anchor }), let name = classes.classOf(partner),
        let mean = combination.model(primary)?.mean
      else { continue }
      groups[Key(anchor: anchor, partnerClass: name), default: []].append((place, partner, mean))
    }
    return groups.compactMap { key, members in
      guard let best = members.max(by: { $0.mean < $1.mean }), let least = members.map(\.mean).min() else { return nil }
      let samples = members.flatMap { combinations[$0.place].samples }
      return ClassSummary(
        anchor: key.anchor, partnerClass: key.partnerClass, partners: members.map(\.partner).sorted(),
        samples: Set(samples.map(\.name)).count, tested: samples.count,
        calls: samples.reduce(into: [:]) { counts, sample in if let call = sample.call { counts[call, default: 0] += 1 }
        },
        mean: members.reduce(0) { $0 + $1.mean } / Double(members.count), range: least...best.mean, best: best.place)
    }.sorted { one, other in
      one.mean != other.mean
        ? one.mean > other.mean : (one.anchor, one.partnerClass) < (other.anchor, other.partnerClass)
    }
  }
}
