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
  let options: PlateOptions
  let mask: WellMask
  private(set) var problems = PlateProblems()
  private let places: [String: Int]

  private struct Reading {
    var file: String
    var read: PlateRead
  }

  init(layouts: [PlateLayout], options: PlateOptions, mask: WellMask) {
    self.layouts = layouts
    self.options = options
    self.mask = mask
    places = Dictionary(
      layouts.enumerated().map { (PlateLayout.key($1.plate), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The plates that have both, in the order of the layouts.
  mutating func join(_ exports: [NamedExport]) -> [ScreenPlate] {
    var readings = [[Reading]](repeating: [], count: layouts.count)
    for export in exports {
      var unnamed: Set<String> = []
      for read in export.reads {
        if let place = place(of: read, in: export.file, &unnamed) {
          readings[place].append(Reading(file: export.file, read: read))
        }
      }
    }
    var plates: [ScreenPlate] = []
    for (layout, own) in zip(layouts, readings) {
      if own.isEmpty {
        problems.add(
          .layoutWithoutPlate(plate: layout.plate), .refused, file: layout.file, line: layout.wells.first?.line)
      } else if let reading = choose(own, plate: layout.plate) {
        plates.append(plate(layout, reading))
      }
    }
    checkMask(plates)
    return plates
  }

  /// The number of the layout that a reading belongs to. `told` keeps what was said of the file.
  private mutating func place(of read: PlateRead, in file: String, _ told: inout Set<String>) -> Int? {
    let barcode = read.barcode.flatMap { PlateLayout.key($0).isEmpty ? nil : $0 }
    if let barcode, let place = places[PlateLayout.key(barcode)] { return place }
    let isNew = told.insert(barcode ?? "").inserted
    if let place = placeNamed(by: file) {
      if isNew {
        problems.add(
          .namedByFile(plate: layouts[place].plate, barcode: barcode), .noted, file: file, line: read.line)
      }
      return place
    }
    guard isNew else { return nil }
    let known = layouts.map(\.plate)
    problems.add(
      barcode.map { .barcodeUnknown(barcode: $0, known: known) } ?? .noBarcode(file: file, known: known), .refused,
      file: file, line: read.line)
    return nil
  }

  /// The layout whose plate a file is named after: the whole name, or the only plate that is a word of it.
  private func placeNamed(by file: String) -> Int? {
    let stem = PlateLayout.key(LayoutSet.stem(file))
    if let place = places[stem] { return place }
    let words = Set(stem.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
    let named = places.filter { words.contains($0.key) }
    return named.count == 1 ? named.first?.value : nil
  }

  /// One reading of a plate's: of the channel and the repeat that were asked for.
  private mutating func choose(_ readings: [Reading], plate: String) -> Reading? {
    let file = readings[0].file
    var chosen = readings
    if let channel = options.channel?.lowercased() {
      chosen = readings.filter { $0.read.channel?.lowercased().contains(channel) ?? false }
    }
    let channels = Set(chosen.map { $0.read.channel ?? "" })
    guard channels.count == 1 else {
      let all = Set(readings.map { $0.read.channel ?? "unnamed" }).sorted()
      let others = Set(readings.map(\.file)).subtracting([file]).sorted()
      problems.add(
        .channels(plate: plate, channels: all, asked: options.channel, others: others), .refused, file: file,
        line: readings[0].read.line)
      return nil
    }
    let repeats = Set(chosen.map(\.read.repeatNumber)).sorted()
    let wanted = options.repeatNumber ?? repeats.last ?? 1
    if repeats.count > 1 || options.repeatNumber != nil {
      guard repeats.contains(wanted) else {
        problems.add(
          .repeatAbsent(plate: plate, asked: wanted, count: repeats.count), .refused, file: file,
          line: chosen[0].read.line)
        return nil
      }
      if options.repeatNumber == nil {
        problems.add(
          .repeats(plate: plate, count: repeats.count, used: wanted), .doubted, file: file, line: chosen[0].read.line)
      }
      chosen = chosen.filter { $0.read.repeatNumber == wanted }
    }
    for other in chosen.dropFirst() {
      guard let (well, one, two) = Self.difference(chosen[0].read, other.read) else {
        problems.add(.sameReadTwice(plate: plate, other: file), .noted, file: other.file, line: other.read.line)
        continue
      }
      problems.add(
        .barcodeTwice(plate: plate, other: file, well: well.description, one: one, two: two), .refused,
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
        new.exclusion = .reader(note)
        if design.role != .empty { absent[well == nil ? nil : note, default: []].append(design.position) }
      } else if let reason = mask.reasons[.init(plate: PlateLayout.key(name), well: design.position)] {
        new.exclusion = .mask(reason)
      }
      new.signal = new.exclusion == nil ? new.raw : nil
      plate.wells.append(new)
    }
    if !off.isEmpty {
      problems.add(
        .offPlate(plate: name, wells: off.map(\.position.description), format: read.format), .doubted,
        file: layout.file, line: off[0].line)
    }
    for (note, wells) in absent.sorted(by: { ($0.key?.rawValue ?? "") < ($1.key?.rawValue ?? "") }) {
      problems.add(
        .wellsWithoutValue(plate: name, wells: wells.map(\.description), note: note),
        note == .masked ? .noted : .doubted, file: reading.file, line: measured[wells[0]]?.line ?? read.line)
    }
    let designed = Set(layout.wells.map(\.position))
    let extra = read.wells.filter { !designed.contains($0.position) && $0.value != nil }
    if !extra.isEmpty {
      problems.add(
        .wellsWithoutLayout(plate: name, wells: extra.map(\.position.description)), .noted, file: reading.file,
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
        .maskUnknown(plate: mask.names[place.plate] ?? place.plate, well: place.well.description), .doubted,
        file: mask.file, line: line)
    }
  }
}
