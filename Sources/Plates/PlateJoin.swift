import Assay

/// What one file of plate readings held.
public struct NamedExport: Sendable {
  /// The file, as the user named it.
  public var file: String
  /// Its plates, channels and repeats.
  public var reads: [PlateRead]

  /// Makes an export.
  public init(file: String, reads: [PlateRead]) {
    self.file = file
    self.reads = reads
  }
}

/// Joins readings and layouts by the plates' barcodes.
struct PlateJoin {
  let layouts: [PlateLayout]
  let manifest: PlateManifest
  let options: PlateOptions
  let mask: WellMask
  private(set) var problems = PlateProblems()
  private var versions: PlateVersions
  /// Whether a time was chosen among those of a plate.
  var usesTime: Bool { versions.usesTime }

  private struct Reading {
    var file: String
    var read: PlateRead
  }

  init(layouts: [PlateLayout], manifest: PlateManifest = .init(), options: PlateOptions, mask: WellMask) {
    self.layouts = layouts
    self.manifest = manifest
    self.options = options
    self.mask = mask
    versions = PlateVersions(wanted: options.time, keepsStart: options.normalisation.method == .gr)
  }

  /// The plates that have both, in the order of the layouts.
  mutating func join(_ stated: [NamedExport]) -> [ScreenPlate] {
    let names = Set(layouts.map { PlateLayout.key($0.plate) }).union(manifest.rows.keys)
    let exports = stated.map { export in
      PlateVersions.named(export) { names.contains(PlateLayout.key($0)) }
    }
    var match = LayoutMatch(layouts: layouts, manifest: manifest, exports: exports, channel: options.channel)
    var order: [[LayoutMatch.Place]] = layouts.map { _ in [] }
    var readings: [LayoutMatch.Place: [Reading]] = [:]
    for export in exports {
      var told: Set<String> = []
      for read in export.reads {
        guard let place = match.place(of: read, in: export.file, &told) else { continue }
        if readings[place] == nil { order[place.layout].append(place) }
        var read = read
        if let channel = place.channel { read.channel = channel }
        readings[place, default: []].append(Reading(file: export.file, read: read))
      }
    }
    match.finish()
    problems.add(match.problems)
    var plates: [ScreenPlate] = []
    for (layout, places) in zip(layouts, order) {
      if places.isEmpty {
        problems.add(
          .layoutWithoutPlate(plate: layout.plate), .error, file: layout.file, line: layout.wells.first?.line)
      }
      for place in places {
        guard let own = readings[place], let reading = choose(own, plate: place.plate) else { continue }
        if let smaller = Self.smallerFormat(layout, than: reading.read) {
          problems.add(
            .layoutSmaller(plate: place.plate, layout: smaller, read: reading.read.format), .error, file: layout.file,
            line: layout.wells.first?.line)
          continue
        }
        plates.append(plate(of: place, layout, reading))
      }
    }
    checkMask(plates)
    plates = versions.chosen(plates)
    problems.add(versions.problems)
    return plates
  }

  /// The format of which a layout is, where that is smaller than the plate's: it ends in the last row and the last column of one,
  /// fills most of it or has all its corners, and more wells than it has were read besides.
  private static func smallerFormat(_ layout: PlateLayout, than read: PlateRead) -> PlateFormat? {
    let rows = (layout.wells.map(\.position.row).max() ?? 0) + 1
    let columns = (layout.wells.map(\.position.column).max() ?? 0) + 1
    guard
      let format = PlateFormat.standard.first(where: { $0.wells >= 96 && $0.rows == rows && $0.columns == columns }),
      format.wells < read.format.wells
    else { return nil }
    let designed = Set(layout.wells.map(\.position))
    let corners = [(0, 0), (0, columns - 1), (rows - 1, 0), (rows - 1, columns - 1)]
    guard
      10 * layout.wells.count(where: { $0.role != .empty }) >= 6 * format.wells
        || corners.allSatisfy({ designed.contains(WellPosition(row: $0, column: $1)) })
    else { return nil }
    let others = read.wells.count { !designed.contains($0.position) && $0.value != nil }
    return others > format.wells ? format : nil
  }

  /// A plate with its layout, which takes the plate's name and sample.
  private mutating func plate(of place: LayoutMatch.Place, _ layout: PlateLayout, _ reading: Reading) -> ScreenPlate {
    var own = layout
    own.plate = place.plate
    own.isDayZero = place.isDayZero ?? layout.isDayZero
    if let sample = place.sample {
      if let other = own.wells.lazy.compactMap(\.sample).first(where: { $0 != sample }) {
        problems.add(
          .sampleDiffers(plate: place.plate, manifest: sample, layout: other), .warning, file: manifest.file)
      }
      for well in own.wells.indices { own.wells[well].sample = own.wells[well].sample ?? sample }
    }
    return plate(own, reading)
  }

  /// One reading of a plate's: of the channel and the repeat that were asked for.
  private mutating func choose(_ readings: [Reading], plate: String) -> Reading? {
    let file = readings[0].file
    var chosen = readings
    if let channel = options.channel?.lowercased() {
      // A name that is equal goes before names that hold it; `unnamed` is what messages call a channel without a name.
      chosen = readings.filter { ($0.read.channel ?? "unnamed").lowercased() == channel }
      if chosen.isEmpty { chosen = readings.filter { $0.read.channel?.lowercased().contains(channel) ?? false } }
    }
    guard
      let used = versions.chosen(chosen.map(\.read.version), plate: plate, file: file, line: readings[0].read.line)
    else { return nil }
    chosen = used.map { chosen[$0] }
    let channels = Set(chosen.map { $0.read.channel ?? "" })
    guard channels.count == 1 else {
      let all = Set(readings.map { $0.read.channel ?? "unnamed" }).sorted()
      let others = Set(readings.map(\.file)).subtracting([file]).sorted()
      problems.add(
        .channels(plate: plate, channels: all, asked: options.channel, others: others), .error, file: file,
        line: readings[0].read.line)
      return nil
    }
    let repeats = Set(chosen.map(\.read.repeatNumber)).sorted()
    let wanted = options.repeatNumber ?? repeats.last ?? 1
    if repeats.count > 1 || options.repeatNumber != nil {
      guard repeats.contains(wanted) else {
        problems.add(
          .repeatAbsent(plate: plate, asked: wanted, count: repeats.count), .error, file: file,
          line: chosen[0].read.line)
        return nil
      }
      if options.repeatNumber == nil {
        problems.add(
          .repeats(plate: plate, count: repeats.count, used: wanted), .warning, file: file, line: chosen[0].read.line)
      }
      chosen = chosen.filter { $0.read.repeatNumber == wanted }
    }
    for other in chosen.dropFirst() {
      guard let (well, one, two) = Self.difference(chosen[0].read, other.read) else {
        problems.add(.sameReadTwice(plate: plate, other: file), .info, file: other.file, line: other.read.line)
        continue
      }
      problems.add(
        .barcodeTwice(plate: plate, other: file, well: well.description, one: one, two: two), .error,
        file: other.file, line: other.read.line)
      return nil
    }
    return chosen[0]
  }

  /// The first well in which two readings differ.
  private static func difference(_ one: PlateRead, _ other: PlateRead) -> (WellPosition, Double?, Double?)? {
    let first = Dictionary(one.wells.map { ($0.position, $0.value) }, uniquingKeysWith: { first, _ in first })
    let second = Dictionary(other.wells.map { ($0.position, $0.value) }, uniquingKeysWith: { first, _ in first })
    for position in Set(first.keys).union(second.keys).sorted() {
      let values = (first[position] ?? nil, second[position] ?? nil)
      if values.0 != values.1 { return (position, values.0, values.1) }
    }
    return nil
  }

  private mutating func plate(_ layout: PlateLayout, _ reading: Reading) -> ScreenPlate {
    let read = reading.read
    let measured = Dictionary(read.wells.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
    let name = layout.plate
    var plate = ScreenPlate(
      plate: name, file: reading.file, layoutFile: layout.file, reader: read.reader, channel: read.channel,
      format: read.format, isDayZero: layout.isDayZero, wells: [])
    var absent: [PlateRead.Note?: [WellPosition]] = [:]
    var off: [PlateLayout.Well] = []
    for design in layout.wells {
      guard read.format.contains(design.position) else {
        if design.role != .empty { off.append(design) }
        continue
      }
      let well = measured[design.position]
      var new = ScreenPlate.Well(design: design, raw: well?.value)
      let note = well?.note ?? (well?.value == nil ? .empty : nil)
      if let note {
        new.exclusion = well == nil ? .absent : .reader(note)
        if design.role != .empty { absent[well == nil ? nil : note, default: []].append(design.position) }
      } else if let reason = mask.reasons[.init(plate: PlateLayout.key(name), well: design.position)] {
        new.exclusion = .mask(reason)
      }
      new.signal = new.exclusion == nil ? new.raw : nil
      plate.wells.append(new)
    }
    if !off.isEmpty {
      problems.add(
        .offPlate(plate: name, wells: off.map(\.position.description), format: read.format), .warning,
        file: layout.file, line: off[0].line)
    }
    for (note, wells) in absent.sorted(by: { ($0.key?.rawValue ?? "") < ($1.key?.rawValue ?? "") }) {
      problems.add(
        .wellsWithoutValue(plate: name, wells: wells.map(\.description), note: note),
        note == .masked ? .info : .warning, file: reading.file, line: measured[wells[0]]?.line ?? read.line)
    }
    let designed = Set(layout.wells.map(\.position))
    let extra = read.wells.filter { !designed.contains($0.position) && $0.value != nil }
    if !extra.isEmpty {
      problems.add(
        .wellsWithoutLayout(plate: name, wells: extra.map(\.position.description)), .info, file: reading.file,
        line: extra[0].line)
    }
    return plate
  }

  /// Tells mask rows that name no well of the screen.
  private mutating func checkMask(_ plates: [ScreenPlate]) {
    let known = Set(
      plates.flatMap { plate in
        plate.wells.map { WellMask.Place(plate: PlateLayout.key(plate.plate), well: $0.design.position) }
      })
    for (place, line) in mask.lines.sorted(by: { $0.value < $1.value }) where !known.contains(place) {
      problems.add(
        .maskUnknown(plate: mask.names[place.plate] ?? place.plate, well: place.well.description), .warning,
        file: mask.file, line: line)
    }
  }
}
