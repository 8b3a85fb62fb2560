import Assay

/// Tells which layout each reading has: by the manifest, by the barcode, by the file's name, or because one layout
/// names no plate and so is of every plate that has none of its own.
///
/// A plate's identity is never guessed: a bare number in a file's name, or several layouts without a plate, is asked
/// about.
struct LayoutMatch {
  /// A layout and the plate that has it.
  struct Place: Hashable {
    var layout: Int
    /// The plate's name.
    var plate: String
    /// The sample of every well that names none.
    var sample: String?
    /// What the manifest says of when it was read.
    var isDayZero: Bool?
    /// What the manifest says of the channel that was read.
    var channel: String?
  }

  /// How a template came to its plates.
  private enum Use { case free, ofFile }

  let layouts: [PlateLayout]
  let manifest: PlateManifest
  private(set) var problems = PlateProblems()
  private var places: [String: Int] = [:]
  /// Layouts without a plate that are named as a plate or an export is: they are of that alone.
  private var owned: Set<Int> = []
  private var usedRows: Set<String> = []
  private var uses: [Int: (use: Use, plates: [String], isWithoutSample: Bool)] = [:]

  /// The channel that was asked for.
  private let channel: String?
  private var toldChannels = false

  init(layouts: [PlateLayout], manifest: PlateManifest, exports: [NamedExport], channel: String? = nil) {
    self.layouts = layouts
    self.channel = channel
    self.manifest = manifest
    places = Dictionary(
      layouts.enumerated().map { (PlateLayout.key($1.plate), $0) }, uniquingKeysWith: { first, _ in first })
    for export in exports {
      if let named = named(by: export.file) { owned.insert(named) }
      for read in export.reads {
        if let barcode = read.barcode, let place = places[PlateLayout.key(barcode)] { owned.insert(place) }
      }
    }
  }

  /// The layout of a reading; `told` keeps what was said of its file.
  mutating func place(of read: PlateRead, in file: String, _ told: inout Set<String>) -> Place? {
    let barcode = read.barcode.flatMap { PlateLayout.key($0).isEmpty ? nil : $0 }
    let isNew = told.insert(barcode ?? "").inserted
    let row = manifest.row(barcode: barcode, file: file)
    if let row {
      usedRows.insert(PlateLayout.key(row.plate))
      guard isUsable(row, file: file) else { return nil }
    }
    let name =
      barcode ?? (row?.plate).map(LayoutSet.stem)
      ?? [LayoutSet.stem(file), read.plate].compactMap(\.self).joined(separator: " ")
    if let row, let wanted = row.layout {
      guard let layout = PlateManifest.layout(wanted, among: layouts) else {
        if isNew {
          problems.add(
            .manifestLayout(plate: name, layout: wanted, known: known), .error, file: manifest.file, line: row.line)
        }
        return nil
      }
      var place = Place(
        layout: layout, plate: name, sample: row.sample, isDayZero: row.isDayZero, channel: row.channel)
      // Nothing says that two plates of one layout are replicates.
      if row.sample == nil, !row.isReplicate, row.isDayZero != true, isShared(layout), isWithoutSample(layout) {
        use(layout, .free, name, isWithoutSample: true)
        place.sample = name
      }
      return place
    }
    let said = { (layout: Int, plate: String) in
      Place(layout: layout, plate: plate, sample: row?.sample, isDayZero: row?.isDayZero, channel: row?.channel)
    }
    if let barcode, let place = places[PlateLayout.key(barcode)] { return said(place, layouts[place].plate) }
    if let place = named(by: file) {
      let isOfFile = layouts[place].isTemplate && barcode != nil
      if isOfFile {
        use(place, .ofFile, name, isWithoutSample: row?.sample == nil)
      } else if isNew {
        problems.add(.namedByFile(plate: layouts[place].plate, barcode: barcode), .info, file: file, line: read.line)
      }
      return said(place, isOfFile ? name : layouts[place].plate)
    }
    let patterns = layouts.indices.filter { Self.matches(name, layouts[$0].plate) }
    let templates =
      patterns.isEmpty ? layouts.indices.filter { layouts[$0].isTemplate && !owned.contains($0) } : patterns
    let number = Self.words(file).sorted().first { places[$0] != nil }
    if templates.count == 1, barcode != nil || number == nil || !patterns.isEmpty {
      let isWithoutSample = row?.sample == nil && isWithoutSample(templates[0])
      use(templates[0], .free, name, isWithoutSample: isWithoutSample)
      // Nothing says that two plates of one layout are replicates.
      var place = said(templates[0], name)
      if isWithoutSample { place.sample = name }
      return place
    }
    guard isNew else { return nil }
    if barcode == nil, let number {
      problems.add(.numberInName(file: file, number: number, known: known), .error, file: file, line: read.line)
    } else if templates.count > 1 {
      problems.add(
        .severalTemplates(plate: name, templates: templates.map { layouts[$0].plate }), .error, file: file,
        line: read.line)
    } else {
      problems.add(
        barcode.map { .barcodeUnknown(barcode: $0, known: known) } ?? .noBarcode(file: file, known: known), .error,
        file: file, line: read.line)
    }
    return nil
  }

  /// Whether a row of the manifest says one thing of its export, whose channel is the one that was asked for. Says so if not.
  private mutating func isUsable(_ row: PlateManifest.Row, file: String) -> Bool {
    if manifest.refused.contains(PlateLayout.key(row.plate)) { return false }
    guard !manifest.channels.isEmpty, let own = row.channel else { return true }
    guard let channel, manifest.channels.contains(where: { $0.lowercased() == channel.lowercased() }) else {
      if !toldChannels {
        problems.add(.manifestChannels(channels: manifest.channels, asked: channel), .error, file: manifest.file)
      }
      toldChannels = true
      return false
    }
    return own.lowercased() == channel.lowercased()
  }

  private func isWithoutSample(_ layout: Int) -> Bool {
    !layouts[layout].wells.contains { $0.role == .sample && $0.sample != nil }
  }

  /// Whether several plates of the manifest have a layout.
  private func isShared(_ layout: Int) -> Bool {
    manifest.rows.values.count { row in
      row.isDayZero != true && row.layout.flatMap { PlateManifest.layout($0, among: layouts) } == layout
    } > 1
  }

  /// What is to be said once all readings have their places.
  mutating func finish() {
    for (layout, use) in uses.sorted(by: { $0.key < $1.key }) {
      problems.add(
        .templateServes(
          template: layouts[layout].plate, plates: use.plates, isOneSample: use.isWithoutSample,
          isFiles: use.use == .free),
        use.use == .ofFile && use.isWithoutSample && use.plates.count > 1 ? .warning : .info,
        file: layouts[layout].file)
    }
    for row in manifest.rows.values.sorted(by: { $0.line < $1.line })
    where !usedRows.contains(PlateLayout.key(row.plate)) {
      problems.add(.manifestUnused(plate: row.plate), .warning, file: manifest.file, line: row.line)
    }
  }

  private var known: [String] { layouts.map(\.plate) }

  private mutating func use(_ layout: Int, _ use: Use, _ plate: String, isWithoutSample: Bool) {
    var before = uses[layout] ?? (use, [], false)
    if !before.plates.contains(plate) { before.plates.append(plate) }
    before.isWithoutSample = before.isWithoutSample || isWithoutSample
    uses[layout] = before
  }

  private static func words(_ file: String) -> Set<String> {
    Set(PlateLayout.key(LayoutSet.stem(file)).split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
  }

  /// The layout whose plate a file is named after: the whole name, or the only plate that is a word of it. A bare number
  /// or a letter is no plate's name where there are several plates.
  private func named(by file: String) -> Int? {
    let stem = PlateLayout.key(LayoutSet.stem(file))
    if let place = places[stem] { return place }
    let bare = Self.bare(stem)
    let whole = places.filter { Self.bare($0.key) == bare }
    if whole.count == 1, let only = whole.first { return only.value }
    let words = Self.words(file)
    // `screen_plate2`, `screen plate 2`: the word says what the number is.
    let spelled = places.filter { place in Self.spells(stem, plate: place.key) }
    if spelled.count == 1, let only = spelled.first { return only.value }
    let named = places.filter { words.contains($0.key) }
    guard named.count == 1, let only = named.first, places.count == 1 || Self.tells(only.key) else { return nil }
    return only.value
  }

  /// Whether a file's name has the word plate and the plate's name behind it.
  private static func spells(_ stem: String, plate: String) -> Bool {
    let words = stem.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return words.indices.contains { place in
      words[place] == "plate" + plate
        || (words[place] == "plate" && place + 1 < words.count && words[place + 1] == plate)
    }
  }

  /// Whether a name is one that a layout means by a pattern with `*`: `RUN*`.
  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let parts = PlateLayout.key(pattern).split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let name = PlateLayout.key(name)
    return name.count >= parts[0].count + parts[1].count && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
  }

  /// A name without what is written between its words: `Plate 1`, `plate_1` and `Plate1` are one.
  private static func bare(_ name: String) -> String { name.filter { $0.isLetter || $0.isNumber } }

  /// Whether a word is more than a number or a letter: `P1`, `100234`.
  private static func tells(_ word: String) -> Bool {
    word.contains(where: \.isLetter) ? word.count > 1 : word.count > 4
  }
}
