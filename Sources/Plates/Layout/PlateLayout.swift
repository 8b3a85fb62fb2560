import Assay

/// What stands in the wells of one plate: the design, not the measurement.
public struct PlateLayout: Sendable, Hashable {
  /// What a well is for.
  public enum Role: String, Sendable, CaseIterable, Codable {
    /// Treated, with one drug, several or (a dose of 0) none.
    case sample
    /// Untreated or vehicle: 0 % inhibition by definition.
    case negative
    /// Killed, or whatever 100 % inhibition is by definition.
    case positive
    /// No cells: what the reader sees of an empty well.
    case blank
    /// Not used.
    case empty
  }

  /// One drug in a well.
  public struct Treatment: Sendable, Hashable, Codable {
    /// The drug's name.
    public var drug: String
    /// Final concentration in `unit`; 0 when the well is of the drug's series and has none of it.
    public var dose: Double
    /// The unit of `dose`.
    public var unit: ConcentrationUnit

    /// Makes a treatment.
    public init(drug: String, dose: Double, unit: ConcentrationUnit) {
      self.drug = drug
      self.dose = dose
      self.unit = unit
    }
  }

  /// One well of the design.
  public struct Well: Sendable, Hashable, Codable {
    /// Its place.
    public var position: WellPosition
    /// What it is for.
    public var role: Role
    /// Its drugs, in the order in which they are named.
    public var treatments: [Treatment]
    /// The cell line or patient sample; `nil` when none is named.
    public var sample: String?
    /// The number of the replicate, from 1; `nil` when none is stated.
    public var replicate: Int?
    /// The line of the layout file on which it stands.
    public var line: Int?
    /// The samples that it serves besides: those of each condition, where the layout says none of it; `nil` for none.
    public var alsoOf: [String]?
    /// Whether its words say that it holds the vehicle and no drug; `nil` where they do not.
    public var holdsVehicle: Bool?

    /// Makes a well.
    public init(
      position: WellPosition, role: Role, treatments: [Treatment] = [], sample: String? = nil, replicate: Int? = nil,
      line: Int? = nil, alsoOf: [String]? = nil
    ) {
      self.position = position
      self.role = role
      self.treatments = treatments
      self.sample = sample
      self.replicate = replicate
      self.line = line
      self.alsoOf = alsoOf
    }

    /// Whether it serves a sample by what the layout says of it.
    func isOf(_ name: String?) -> Bool { sample == name || name.map { alsoOf?.contains($0) ?? false } ?? false }
  }

  /// The plate's barcode or name, as the layout writes it.
  public var plate: String
  /// The file that states the layout.
  public var file: String
  /// Whether this is the plate that was read when the drugs were given (the x0 of growth rates).
  public var isDayZero: Bool
  /// Whether the file names no plate: the layout may be of any.
  public var isTemplate: Bool
  /// The wells, by position, each at most once.
  public var wells: [Well]

  /// Makes a layout.
  public init(plate: String, file: String, isDayZero: Bool = false, isTemplate: Bool = false, wells: [Well]) {
    self.plate = plate
    self.file = file
    self.isDayZero = isDayZero
    self.isTemplate = isTemplate
    self.wells = wells
  }

  /// A plate's name as it is compared: case and white space around it do not matter.
  static func key(_ name: some StringProtocol) -> String {
    String(trimming: Array(name.utf8)).lowercased()
  }
}
