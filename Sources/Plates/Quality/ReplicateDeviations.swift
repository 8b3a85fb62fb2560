import Assay
import DoseTables
import Statistics

/// What was done to a well, without where it stands: wells with the same treatment are replicates.
struct TreatmentKey: Hashable {
  var sample: String?
  var role: PlateLayout.Role
  var treatments: [PlateLayout.Treatment]

  init(_ well: PlateLayout.Well) {
    sample = well.sample
    role = well.role
    treatments = well.treatments.filter { $0.dose > 0 }.map { treatment in
      PlateLayout.Treatment(drug: treatment.drug.lowercased(), dose: treatment.dose, unit: treatment.unit)
    }.sorted { $0.drug < $1.drug }
  }

  /// The drugs, without their doses.
  var drugs: [String] { treatments.map(\.drug) }
}

/// How far each well of a screen is from its replicates, on any plate.
///
/// A well is compared with the median of the others, so that it has no part in what it is compared with.
struct ReplicateDeviations {
  /// One well's.
  struct Deviation {
    /// Response less the others' median response, percentage points.
    var points: Double
    /// Signal as a share of the others' median, less 1, %; both as shares of their plates' live controls. `nil` where
    /// less than `leastAlive` of the signal is left, since a dead well's signal is noise.
    var relative: Double?
    /// The others' median response, %.
    var others: Double
    /// How many others there are.
    var count: Int
  }

  /// By plate and well, in their order; `nil` for a well without response or replicate.
  private(set) var plates: [[Deviation?]]
  /// The wells of each treatment: plate and well.
  private(set) var groups: [TreatmentKey: [(plate: Int, well: Int)]] = [:]

  /// Share of the live control's signal that must be left.
  static let leastAlive = 0.15
  /// Above so many replicates the median of all stands for the median of the others.
  private static let many = 24

  /// Compares the wells of plates that are normalised. Blank and positive wells are not looked at.
  init(_ plates: [ScreenPlate], positiveIs: SignalDirection) {
    self.plates = plates.map { [Deviation?](repeating: nil, count: $0.wells.count) }
    for (number, plate) in plates.enumerated() {
      for (place, well) in plate.wells.enumerated() where well.response != nil && well.exclusion == nil {
        guard well.design.role == .sample || well.design.role == .negative else { continue }
        groups[TreatmentKey(well.design), default: []].append((number, place))
      }
    }
    for members in groups.values where members.count > 1 {
      let responses = members.map { plates[$0.plate].wells[$0.well].response ?? .nan }
      let shares = members.map { Self.share(plates[$0.plate], $0.well, positiveIs) }
      let all = (median(responses), median(shares.compactMap(\.self)))
      for (index, member) in members.enumerated() {
        var others = all
        if members.count <= Self.many {
          others.0 = median(responses.indices.lazy.filter { $0 != index }.map { responses[$0] })
          others.1 = median(shares.indices.lazy.filter { $0 != index }.compactMap { shares[$0] })
        }
        let relative = shares[index].flatMap { others.1 >= Self.leastAlive ? 100 * ($0 / others.1 - 1) : nil }
        self.plates[member.plate][member.well] = Deviation(
          points: responses[index] - others.0, relative: relative, others: others.0, count: members.count - 1)
      }
    }
  }

  /// A well's signal as a share of its plate's brightest controls.
  private static func share(_ plate: ScreenPlate, _ well: Int, _ positiveIs: SignalDirection) -> Double? {
    guard let signal = plate.wells[well].signal, let records = plate.normalisation?.controls else { return nil }
    let sample = plate.wells[well].design.sample
    guard let controls = records.first(where: { $0.sample == sample }) ?? records.first else { return nil }
    let bright = positiveIs == .lower ? controls.negative : controls.positive ?? controls.negative
    return bright > 0 ? signal / bright : nil
  }
}
