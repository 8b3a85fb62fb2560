import Assay

/// Chooses among several readings of one plate that are told apart by the time at which they were read, or by what was done to
/// their signals: these are no replicates and no samples.
struct PlateVersions {
  /// The hours that are asked for; `nil`: the last.
  let wanted: Double?
  /// Whether growth rates are made, for which a plate of hour 0 is not one of several times.
  let keepsStart: Bool
  private(set) var problems = PlateProblems()
  /// Whether a time was chosen.
  private(set) var usesTime = false

  init(wanted: Double?, keepsStart: Bool) { (self.wanted, self.keepsStart) = (wanted, keepsStart) }

  /// An export's readings, those of several times or kinds of one plate called as the plate is.
  ///
  /// - Parameter isKnown: Whether a layout or a manifest names the plate so.
  static func named(_ export: NamedExport, isKnown: (String) -> Bool) -> NamedExport {
    struct Key: Hashable {
      var barcode: String?
      var plate: String?
      var channel: String?
    }
    func bare(_ text: String?) -> (rest: String?, version: PlateVersion)? {
      guard let text, let version = PlateVersion(text) else { return nil }
      return (version.stem.isEmpty ? nil : version.stem, version)
    }
    func renamed(_ read: PlateRead) -> PlateRead {
      var read = read
      if let barcode = read.barcode, !isKnown(barcode), let found = bare(barcode) {
        read.version = read.version ?? barcode
        read.barcode = found.rest
      } else if let channel = read.channel, read.version == nil, let found = bare(channel) {
        read.version = channel
        read.channel = found.rest
      }
      return read
    }
    let named = export.reads.map(renamed)
    func key(_ read: PlateRead) -> Key {
      Key(barcode: read.barcode.map(PlateLayout.key), plate: read.plate, channel: read.channel?.lowercased())
    }
    let groups = Dictionary(grouping: named, by: key).mapValues {
      Set($0.map { $0.version.flatMap(PlateVersion.init) })
    }
    var result = export
    for (place, read) in named.enumerated() {
      let isRaw = read.version.flatMap(PlateVersion.init)?.processing == .raw && read.barcode.map(isKnown) ?? false
      if isRaw || (groups[key(read)]?.count ?? 0) > 1 { result.reads[place] = read }
    }
    return result
  }

  /// Of several readings of a plate those that are used, by what each is called as; `nil` where none is of the time that is asked
  /// for.
  mutating func chosen(_ names: [String?], plate: String, file: String, line: Int?) -> [Int]? {
    let versions = names.map { $0.flatMap(PlateVersion.init) }
    var left = Array(names.indices)
    func told(_ places: [Int]) -> [String] {
      var met: Set<String> = []
      return places.compactMap { names[$0] }.filter { met.insert($0).inserted }
    }
    // What is called as nothing is what was measured.
    let kinds = versions.map { $0?.processing ?? .raw }
    if let first = kinds.min(), kinds.contains(where: { $0 != first }) {
      let others = left.filter { kinds[$0] != first }
      left.removeAll { kinds[$0] != first }
      problems.add(
        .versionsComputed(plate: plate, used: told(left), others: told(others)), .warning, file: file, line: line)
    }
    let times = left.filter { versions[$0]?.hours != nil && !(keepsStart && versions[$0]?.hours == 0) }
    let hours = Set(times.compactMap { versions[$0]?.hours })
    guard hours.count > 1, let last = hours.max() else { return left }
    usesTime = true
    let ordered = times.sorted { (versions[$0]?.hours ?? 0) < (versions[$1]?.hours ?? 0) }
    guard let hour = wanted.map({ wanted in hours.first { abs($0 - wanted) <= 1e-6 * max(1, wanted) } }) ?? last else {
      problems.add(
        .timeOfPlateAbsent(plate: plate, wanted: wanted ?? 0, times: told(ordered)), .error, file: file, line: line)
      return nil
    }
    let used = times.filter { versions[$0]?.hours == hour }
    problems.add(
      .timesOfPlate(plate: plate, used: told(used).first ?? "", times: told(ordered), wasAsked: wanted != nil),
      wanted == nil ? .warning : .info, file: file, line: line)
    return left.filter { !times.contains($0) || used.contains($0) }
  }

  /// The plates that are used, of those that layouts call by a time or by what was done to the signals, and that have wells of
  /// one treatment and sample.
  mutating func chosen(_ plates: [ScreenPlate]) -> [ScreenPlate] {
    var groups: [String: [Int]] = [:]
    for (place, plate) in plates.enumerated() where !plate.isDayZero {
      guard let version = PlateVersion(plate.plate) else { continue }
      groups[PlateLayout.key(version.stem), default: []].append(place)
    }
    var left = Set(plates.indices)
    for (_, places) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
      var rest = places[...]
      while let first = rest.popFirst() {
        let own = Self.treatments(plates[first])
        let alike = [first] + rest.filter { !own.isDisjoint(with: Self.treatments(plates[$0])) }
        rest.removeAll { alike.contains($0) }
        guard alike.count > 1 else { continue }
        let stem = PlateVersion(plates[first].plate)?.stem ?? ""
        let used = chosen(
          alike.map { plates[$0].plate }, plate: stem.isEmpty ? plates[first].plate : stem,
          file: plates[first].layoutFile, line: nil)
        left.subtract(Set(alike).subtracting((used ?? []).map { alike[$0] }))
      }
    }
    return left.sorted().map { plates[$0] }
  }

  private struct Treated: Hashable {
    var sample: String?
    var drugs: Set<PlateLayout.Treatment>
  }

  /// What stands in a plate's treated wells. The wells of a plate that is a sample of its own are no other's.
  private static func treatments(_ plate: ScreenPlate) -> Set<Treated> {
    Set(
      plate.wells.filter { $0.design.role == .sample && $0.design.treatments.count > 1 }.map {
        Treated(sample: $0.design.sample, drugs: Set($0.design.treatments))
      })
  }
}
