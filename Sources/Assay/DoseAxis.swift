/// One drug of a block: what it is called and at which doses it was tested.
public struct DoseAxis: Hashable, Sendable {
  /// The drug's name as it stands in the file, white space trimmed.
  public let drug: String
  /// The unit of `doses`.
  public let unit: ConcentrationUnit
  /// The distinct tested doses, ascending; the first is 0 when the block has wells without this drug.
  public let doses: [Double]

  /// Makes an axis; `doses` must be ascending, finite and not negative.
  public init(drug: String, unit: ConcentrationUnit, doses: [Double]) {
    precondition(zip(doses, doses.dropFirst()).allSatisfy { $0 < $1 }, "doses ascend")
    self.drug = drug
    self.unit = unit
    self.doses = doses
  }

  /// Whether the block has wells without this drug.
  public var hasZero: Bool { doses.first == 0 }

  /// The tested doses above 0, ascending.
  public var positiveDoses: ArraySlice<Double> { hasZero ? doses.dropFirst() : doses[...] }
}
