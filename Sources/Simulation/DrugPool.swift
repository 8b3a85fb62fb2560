import Foundation

/// Dose-response curves that a lab has measured, from which the drugs of simulated screens are drawn.
///
/// Each curve brings the doses at which it was measured, so that its EC50 lies among the doses of the simulated screen
/// where it lay among those of the lab.
public struct DrugPool: Sendable {
  /// Curves of the drug that all combinations of a screen share.
  public var anchors: [SimulatedDrug]
  /// Curves of the drugs that are combined with it.
  public var partners: [SimulatedDrug]

  /// A pool; nothing can be drawn from an empty list.
  public init(anchors: [SimulatedDrug], partners: [SimulatedDrug]) {
    self.anchors = anchors
    self.partners = partners
  }

  /// An anchor curve, each with the same probability, at as many doses as asked for; `nil` where there is none.
  func anchor(doses: Int, _ random: inout SplitMix64) -> SimulatedDrug? {
    anchors.randomElement(using: &random)?.tested(at: doses)
  }

  /// A partner curve under another name.
  func partner(named name: String, doses: Int, _ random: inout SplitMix64) -> SimulatedDrug? {
    var drug = partners.randomElement(using: &random)?.tested(at: doses)
    drug?.name = name
    return drug
  }
}

extension SimulatedDrug {
  /// The drug at another number of doses: 0, and the others evenly spaced in log dose from the lowest to the highest.
  /// Its own doses where there are as many already.
  public func tested(at count: Int) -> SimulatedDrug {
    let own = doses.filter { $0 > 0 }
    guard doses.count != count, count > 2, let low = own.min(), let high = own.max(), high > low else { return self }
    var drug = self
    let steps = Double(count - 2)
    drug.doses =
      [0]
      + (0..<count - 1).map { place in
        let dose = low * pow(high / low, Double(place) / steps)
        let digits = pow(10, 3 - log10(dose).rounded(.down))
        return (dose * digits).rounded() / digits
      }
    return drug
  }
}
