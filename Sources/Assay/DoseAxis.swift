/// One drug of a block: what it is called and at which doses it was tested.
public struct DoseAxis: Hashable, Sendable, Codable {
  /// The drug's name: as it stands in the file, white space trimmed, unless a registry knows a better one.
  public let drug: String
  /// The name as it stands in the file.
  public let writtenName: String
  /// The drug's place among the block's drugs in the file, from 0.
  public let writtenPosition: Int
  /// The unit of `doses`.
  public let unit: ConcentrationUnit
  /// The distinct tested doses, ascending; the first is 0 when the block has wells without this drug.
  public let doses: [Double]

  /// Makes an axis; `doses` must be ascending, finite and not negative. The name is as written unless
  /// `writtenName` says otherwise.
  public init(
    drug: String, writtenName: String? = nil, writtenPosition: Int = 0, unit: ConcentrationUnit, doses: [Double]
  ) {
    precondition(zip(doses, doses.dropFirst()).allSatisfy { $0 < $1 }, "doses ascend")
    self.drug = drug
    self.writtenName = writtenName ?? drug
    self.writtenPosition = writtenPosition
    self.unit = unit
    self.doses = doses
  }

  /// Whether the block has wells without this drug.
  public var hasZero: Bool { doses.first == 0 }

  /// The tested doses above 0, ascending.
  public var positiveDoses: ArraySlice<Double> { hasZero ? doses.dropFirst() : doses[...] }
}
