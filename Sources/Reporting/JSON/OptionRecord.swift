import Compounds
import DoseTables
import Plates
import Screening
import Synergy

/// The options of a run read back from `results.json`: what `OptionTree` writes, name by name.
///
/// Nothing is guessed: a name that is missing is an error, and so is one that `ScreenOptions` does not have, since the
/// options that come out are written again and compared with what was read.
struct OptionRecord {
  /// Why the options are not those of this version.
  struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  private let leaves: OptionTree
  private var path: [String] = []

  /// Reads the tree as it was written.
  static func options(_ tree: OptionTree, threads: Int) throws -> ScreenOptions {
    var options = ScreenOptions(threads: threads)
    let record = OptionRecord(leaves: tree)
    try record.group("reading").read(&options.reading)
    try record.group("synergy").read(&options.synergy)
    try record.group("compounds").read(&options.compounds)
    try record.group("across_samples").read(&options.acrossSamples)
    if try record.value("plates") != .absent {
      var plates = PlateOptions()
      try record.group("plates").read(&plates)
      options.plates = plates
    }
    let again = Dictionary(uniqueKeysWithValues: OptionTree(results: options).leaves.map { ($0.name, $0.summary) })
    var left = again
    for leaf in tree.leaves where left.removeValue(forKey: leaf.name) != leaf.summary {
      throw Mismatch(description: "option \(leaf.name) = \(leaf.summary) is not one of this version")
    }
    if let missing = left.keys.sorted().first { throw Mismatch(description: "option \(missing) is missing") }
    return options
  }

  private func group(_ name: String) throws -> OptionRecord {
    OptionRecord(leaves: try value(name), path: path + [name])
  }

  private func value(_ name: String) throws -> OptionTree {
    guard case .group(let members) = leaves, let member = members.first(where: { $0.name == name }) else {
      throw Mismatch(description: "option \((path + [name]).joined(separator: ".")) is missing")
    }
    return member.value
  }

  private func wrong(_ name: String, _ value: OptionTree, _ expected: String) -> Mismatch {
    Mismatch(
      description: "option \((path + [name]).joined(separator: ".")) is \(value.summary), expected \(expected)")
  }

  private func read(_ name: String, _ target: inout Double) throws {
    switch try value(name) {
    case .number(let number): target = number
    case .integer(let number): target = Double(number)
    case let other: throw wrong(name, other, "a number")
    }
  }

  private func read(_ name: String, _ target: inout Int) throws {
    guard case .integer(let number) = try value(name) else { throw wrong(name, try value(name), "a whole number") }
    target = number
  }

  private func read(_ name: String, _ target: inout Bool) throws {
    guard case .flag(let flag) = try value(name) else { throw wrong(name, try value(name), "true or false") }
    target = flag
  }

  /// Seeds are written as text: JSON's numbers do not hold 64 bits.
  private func read(_ name: String, _ target: inout UInt64) throws {
    guard case .text(let text) = try value(name), let number = UInt64(text) else {
      throw wrong(name, try value(name), "a seed in quotes")
    }
    target = number
  }

  private func read(_ name: String, _ target: inout String?) throws {
    switch try value(name) {
    case .absent: target = nil
    case .text(let text): target = text
    case let other: throw wrong(name, other, "a text")
    }
  }

  private func read(_ name: String, _ target: inout Double?) throws {
    if try value(name) == .absent { return target = nil }
    var number = 0.0
    try read(name, &number)
    target = number
  }

  private func read(_ name: String, _ target: inout Int?) throws {
    if try value(name) == .absent { return target = nil }
    var number = 0
    try read(name, &number)
    target = number
  }

  private func read(_ name: String, _ target: inout ClosedRange<Double>) throws {
    guard case .list(let ends) = try value(name), ends.count == 2, let low = ends[0].double, let high = ends[1].double,
      low <= high
    else { throw wrong(name, try value(name), "two numbers, the lower first") }
    target = low...high
  }

  private func read(_ name: String, _ target: inout ClosedRange<Double>?) throws {
    if try value(name) == .absent { return target = nil }
    var range = 0.0...0.0
    try read(name, &range)
    target = range
  }

  private func read<Value: RawRepresentable<String>>(_ name: String, _ target: inout Value) throws {
    guard case .text(let text) = try value(name), let word = Value(rawValue: text) else {
      throw wrong(name, try value(name), "a word of this option")
    }
    target = word
  }

  private func read<Value: RawRepresentable<String>>(_ name: String, _ target: inout Value?) throws {
    guard case .text(let text) = try value(name) else {
      if try value(name) == .absent { return target = nil }
      throw wrong(name, try value(name), "a word of this option")
    }
    guard let word = Value(rawValue: text) else { throw wrong(name, .text(text), "a word of this option") }
    target = word
  }

  private func read<Value: RawRepresentable<String>>(_ name: String, _ target: inout [Value]) throws {
    guard case .list(let list) = try value(name) else { throw wrong(name, try value(name), "a list") }
    target = try list.map { item in
      guard case .text(let text) = item, let word = Value(rawValue: text) else {
        throw wrong(name, item, "words of this option")
      }
      return word
    }
  }
}

extension OptionRecord {
  private func read(_ reading: inout ReadingOptions) throws {
    try read("response", &reading.response)
    try read("control_tolerance", &reading.controlTolerance)
    try read("fraction_range", &reading.fractionRange)
    try read("fraction_share", &reading.fractionShare)
    try read("dose_tolerance", &reading.doseTolerance)
    try read("columns", &reading.columns)
    try read("sheet", &reading.sheet)
    try read("time", &reading.time)
    try read("plausible_inhibition", &reading.plausibleInhibition)
    try read("largest_unreadable_fraction", &reading.largestUnreadableFraction)
  }

  private func read(_ synergy: inout SynergyOptions) throws {
    try read("models", &synergy.models)
    try read("zip_baseline", &synergy.zipBaseline)
    try read("peak_window", &synergy.peakWindow)
    try read("peak_coverage", &synergy.peakCoverage)
    try read("loewe_margin", &synergy.loeweMargin)
    try read("sensitivity", &synergy.sensitivity)
    try group("baseline").read(&synergy.baseline)
    try group("anchor").read(&synergy.anchor)
    try group("inference").read(&synergy.inference)
    try group("bigl").read(&synergy.bigl)
    let bounds = try group("bounds")
    try bounds.read("hill", &synergy.bounds.hill)
    try bounds.read("ec50_factor", &synergy.bounds.ec50Factor)
    try bounds.read("e0", &synergy.bounds.e0)
    try bounds.read("emax", &synergy.bounds.emax)
  }

  private func read(_ baseline: inout BaselineOptions) throws {
    try read("method", &baseline.method)
    try read("significance", &baseline.significance)
    try read("maximum_level", &baseline.maximumLevel)
    try read("mentioned_level", &baseline.mentionedLevel)
  }

  private func read(_ anchor: inout AnchorOptions) throws {
    try read("method", &anchor.method)
    try read("minimum_blocks", &anchor.minimumBlocks)
    try read("significance", &anchor.significance)
  }

  private func read(_ inference: inout InferenceOptions) throws {
    try read("resamples", &inference.resamples)
    try read("seed", &inference.seed)
    try read("confidence", &inference.confidence)
    try read("threshold", &inference.threshold)
    try read("false_discovery_rate", &inference.falseDiscoveryRate)
    try read("call_models", &inference.callModels)
    try read("minimum_replicate_degrees", &inference.minimumReplicateDegrees)
    try read("minimum_replicates_per_cell", &inference.minimumReplicatesPerCell)
    try read("minimum_screen_blocks", &inference.minimumScreenBlocks)
    try read("rank_significance", &inference.rankSignificance)
    try read("minimum_residual_degrees", &inference.minimumResidualDegrees)
    try read("shape_significance", &inference.shapeSignificance)
    try read("lack_of_fit_significance", &inference.lackOfFitSignificance)
  }

  private func read(_ bigl: inout BIGLOptions) throws {
    try read("nulls", &bigl.nulls)
    try read("refits", &bigl.refits)
    try read("errors", &bigl.errors)
    try read("resamples", &bigl.resamples)
    try read("cell_significance", &bigl.cellSignificance)
    try read("most_cells", &bigl.mostCells)
  }

  /// Reads a lab's registry files again where they were: only their names and hashes are in the results.
  private func read(_ compounds: inout CompoundOptions) throws {
    try read("keeps_names", &compounds.keepsNames)
    try read("renames", &compounds.renames)
    guard case .list(let list) = try value("registry_files") else {
      throw wrong("registry_files", try value("registry_files"), "a list")
    }
    let files = try list.map { file -> (name: String, sha256: String) in
      let record = OptionRecord(leaves: file, path: path + ["registry_files"])
      guard case .text(let name) = try record.value("name"), case .text(let hash) = try record.value("sha256") else {
        throw wrong("registry_files", file, "a name and a hash")
      }
      return (name, hash)
    }
    let builtIn = CompoundRegistry.builtIn.files.map(\.name)
    do {
      compounds.registry = try .builtIn(andFilesAt: files.map(\.name).filter { !builtIn.contains($0) })
    } catch {
      throw Mismatch(description: "\(error); the run used it, put it in place")
    }
    let found = compounds.files
    guard found.map(\.name) == files.map(\.name) else {
      throw Mismatch(description: "it names other registry files than a run does")
    }
    for (file, now) in zip(files, found) where file.sha256 != now.sha256 {
      throw Mismatch(
        description: "the registry file \(file.name) is not that of the run (SHA-256 \(now.sha256.prefix(12))…, was "
          + "\(file.sha256.prefix(12))…); put that one in place")
    }
  }

  private func read(_ across: inout AcrossSamplesOptions) throws {
    try read("primary", &across.primary)
    try read("permutations", &across.permutations)
    try read("seed", &across.seed)
    try read("minimum_per_level", &across.minimumPerLevel)
    try read("minimum_samples", &across.minimumSamples)
    try read("most_levels", &across.mostLevels)
    try read("most_clustered", &across.mostClustered)
  }

  private func read(_ plates: inout PlateOptions) throws {
    let exports = try group("exports")
    try exports.read("decimal", &plates.exports.decimal)
    try exports.read("includes_calculated", &plates.exports.includesCalculated)
    try exports.read("most_cells", &plates.exports.mostCells)
    try exports.read("largest_text", &plates.exports.largestText)
    let workbook = try exports.group("workbook")
    try workbook.read("largest_file", &plates.exports.workbook.largestFile)
    try workbook.read("most_entries", &plates.exports.workbook.mostEntries)
    try workbook.read("largest_inflated", &plates.exports.workbook.largestInflated)
    try workbook.read("largest_ratio", &plates.exports.workbook.largestRatio)
    try workbook.read("ratio_from", &plates.exports.workbook.ratioFrom)
    try workbook.read("most_sheets", &plates.exports.workbook.mostSheets)
    try workbook.read("most_text", &plates.exports.workbook.mostText)
    try workbook.read("most_cells", &plates.exports.workbook.mostCells)
    try read("channel", &plates.channel)
    try read("repeat_number", &plates.repeatNumber)
    let transfers = try group("transfers")
    try transfers.read("well_volume", &plates.transfers.wellVolume)
    try transfers.read("solvent_limit", &plates.transfers.solventLimit)
    try transfers.read("volume_tolerance", &plates.transfers.volumeTolerance)
    let normalisation = try group("normalisation")
    try normalisation.read("method", &plates.normalisation.method)
    try normalisation.read("centre", &plates.normalisation.centre)
    try normalisation.read("subtracts_blank", &plates.normalisation.subtractsBlank)
    try normalisation.read("correction", &plates.normalisation.correction)
    try normalisation.read("positive_is", &plates.normalisation.positiveIs)
    try group("thresholds").read(&plates.thresholds)
    try read("masks_outliers", &plates.masksOutliers)
  }

  private func read(_ thresholds: inout QualityThresholds) throws {
    let limits = try group("limits")
    thresholds.limits = [:]
    for check in QualityCheck.allCases {
      guard let record = try? limits.group("\(check)") else { continue }
      var pair = QualityThresholds.Limits(warn: 0, fail: 0)
      try record.read("warn", &pair.warn)
      try record.read("fail", &pair.fail)
      thresholds.limits[check] = pair
    }
    try read("significance", &thresholds.significance)
    try read("outlier_deviation", &thresholds.outlierDeviation)
    try read("outlier_points", &thresholds.outlierPoints)
  }
}

extension OptionTree: Decodable {
  /// Reads a JSON value. The order of an object's members is not kept, and 5.0 is the whole number 5.
  init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: Name.self) {
      self = .group(
        try members.allKeys.map { Member(name: $0.stringValue, value: try members.decode(OptionTree.self, forKey: $0)) }
          .sorted { $0.name < $1.name })
      return
    }
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .absent
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Int.self) {
      self = .integer(number)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try value.decode([OptionTree].self))
    }
  }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The number, where it is one.
  fileprivate var double: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
