import Assay
import Statistics

/// Tells negative controls that hold the vehicle from others, untreated ones, where the two read otherwise: treated wells hold
/// the vehicle too, so that those with it are the untreated level.
enum VehicleControls {
  /// The share of the vehicle's level within which the others may differ.
  private static let tolerance = 0.05
  /// How rarely chance alone makes the difference.
  private static let significance = 0.05

  /// Takes the other controls of a plate out where they differ, and says both levels.
  static func separate(_ plate: inout ScreenPlate, problems: inout PlateProblems) {
    var told: Set<[WellPosition]> = []
    let samples = Set(plate.wells.filter { $0.design.role == .sample }.map(\.design.sample))
    for sample in samples.sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
      let controls = plate.controls(.negative, of: sample)
      let vehicle = controls.filter { $0.design.holdsVehicle == true }
      let others = controls.filter { $0.design.holdsVehicle != true }
      let wells = others.map(\.design.position)
      guard !vehicle.isEmpty, !others.isEmpty, told.insert(wells).inserted,
        differ(vehicle.compactMap(\.signal), others.compactMap(\.signal))
      else { continue }
      for place in plate.wells.indices where wells.contains(plate.wells[place].design.position) {
        plate.wells[place].exclusion = .otherControl
      }
      problems.add(
        .vehicleDiffers(
          plate: plate.plate, sample: sample, vehicle: median(vehicle.compactMap(\.signal)), count: vehicle.count,
          other: median(others.compactMap(\.signal)), wells: wells.map(\.description)),
        .warning, file: plate.layoutFile, line: others[0].design.line)
    }
  }

  /// Whether two groups' medians differ by more than the tolerance and than their pooled error allows; √(π/2) is how much larger
  /// a median's error is than a mean's.
  static func differ(_ vehicle: [Double], _ others: [Double]) -> Bool {
    let (one, other) = (SampleStatistics(vehicle), SampleStatistics(others))
    let difference = abs(one.median - other.median)
    guard difference > tolerance * abs(one.median) else { return false }
    let degrees = Double(one.count + other.count - 2)
    // Two wells alone have no error that is known.
    guard degrees > 0 else { return true }
    var squares = 0.0
    for group in [one, other] where group.count > 1 { squares += group.sd * group.sd * Double(group.count - 1) }
    let shares = 1 / Double(one.count) + 1 / Double(other.count)
    let error = (squares / degrees * shares * Double.pi / 2).squareRoot()
    return difference > StudentT.critical(significance, degrees: degrees) * error
  }
}
