import DoseTables
import Foundation
import Plates
import ReferenceData
import Screening
import Synergy
import Testing

@testable import Reporting
@testable import Results

@Suite("Options read back")
struct StoredOptionsTests {
  /// What the store holds of options, read back.
  private func readBack(_ options: ScreenOptions) throws -> ScreenOptions {
    try StoredOptions.options(try StoredOptions.text(of: options), threads: options.threads, path: "run")
  }

  /// Options of which none is the default.
  private static var changed: ScreenOptions {
    var options = ScreenOptions(threads: 3)
    options.reading.replicates = .pool
    options.reading.response = .viabilityFraction
    options.reading.controlTolerance = 41.5
    options.reading.fractionRange = -1...2
    options.reading.fractionShare = 0.8
    options.reading.doseTolerance = 0.02
    options.reading.columns = ColumnChoices(rawValue: "response=per_via,conc1=agent, dose") ?? ColumnChoices()
    options.reading.sheet = "Day 3"
    options.reading.time = 48
    options.reading.plausibleInhibition = -100...120.25
    options.reading.largestUnreadableFraction = 0.25
    options.synergy.models = [.hsa, .zip]
    options.synergy.zipBaseline = .fitted
    options.synergy.peakWindow = 2
    options.synergy.peakCoverage = 0.5
    options.synergy.sensitivity = false
    options.synergy.loeweMargin = 12.5
    options.synergy.baseline.method = .fitted
    options.synergy.baseline.significance = 0.05
    options.synergy.baseline.maximumLevel = 55
    options.synergy.baseline.mentionedLevel = 4
    options.synergy.anchor.method = .shared
    options.synergy.anchor.minimumBlocks = 40
    options.synergy.anchor.significance = 0.01
    options.synergy.inference.callModels = [.hsa, .zip]
    options.synergy.inference.resamples = 250
    options.synergy.inference.seed = .max
    options.synergy.inference.confidence = 0.9
    options.synergy.inference.threshold = 1.0 / 3
    options.synergy.inference.falseDiscoveryRate = 0.05
    options.synergy.inference.minimumReplicateDegrees = 9
    options.synergy.inference.minimumReplicatesPerCell = 0.5
    options.synergy.inference.minimumScreenBlocks = 7
    options.synergy.inference.rankSignificance = 0.03
    options.synergy.inference.minimumResidualDegrees = 5
    options.synergy.inference.shapeSignificance = 0.1
    options.synergy.inference.lackOfFitSignificance = 0.05
    options.synergy.bigl.nulls = [.loewe, .hsa]
    options.synergy.bigl.refits = 60
    options.synergy.bigl.errors = .replicates
    options.synergy.bigl.resamples = 99
    options.synergy.bigl.cellSignificance = 0.01
    options.synergy.bigl.mostCells = 900
    options.synergy.bounds.hill = 0.2...10
    options.synergy.bounds.ec50Factor = 100
    options.synergy.bounds.e0 = -10...10
    options.synergy.bounds.emax = 0...110
    options.acrossSamples.primary = .loewe
    options.acrossSamples.permutations = 999
    options.acrossSamples.seed = 7
    options.acrossSamples.minimumPerLevel = 4
    options.acrossSamples.minimumSamples = 9
    options.acrossSamples.mostLevels = 6
    options.acrossSamples.mostClustered = 100
    options.compounds.keepsNames = true
    options.compounds.renames = [DrugRename(rawValue: "Selinexer=selinexor")].compactMap(\.self)
    var plates = PlateOptions()
    plates.exports.decimal = .comma
    plates.exports.includesCalculated = true
    plates.exports.mostCells = 1
    plates.exports.largestText = 2
    plates.exports.workbook.largestFile = 3
    plates.exports.workbook.mostEntries = 4
    plates.exports.workbook.largestInflated = 5
    plates.exports.workbook.largestRatio = 6
    plates.exports.workbook.ratioFrom = 7
    plates.exports.workbook.mostSheets = 8
    plates.exports.workbook.mostCells = 9
    plates.exports.workbook.mostText = 10
    plates.channel = "570 \"nm\""
    plates.repeatNumber = 2
    plates.time = 72
    plates.transfers.wellVolume = 50_000.5
    plates.transfers.solventLimit = 0.01
    plates.transfers.volumeTolerance = 0.2
    plates.normalisation.method = .gr
    plates.normalisation.centre = .mean
    plates.normalisation.subtractsBlank = false
    plates.normalisation.correction = .bScore
    plates.normalisation.positiveIs = .higher
    plates.normalisation.isDirectionStated = true
    for check in QualityCheck.allCases { plates.thresholds[check] = .init(warn: 0.125, fail: -2) }
    plates.thresholds.significance = 3
    plates.thresholds.outlierDeviation = 6
    plates.thresholds.outlierPoints = 20
    plates.masksOutliers = true
    options.plates = plates
    return options
  }

  @Test("the defaults and options of which every one is changed come back as they were")
  func roundTrip() throws {
    for options in [ScreenOptions(threads: 2), Self.changed] {
      #expect(OptionTree(results: try readBack(options)) == OptionTree(results: options))
    }
  }

  @Test("no option is excluded from the test above: each differs from its default")
  func complete() {
    var defaults = ScreenOptions(threads: 2)
    defaults.plates = PlateOptions()
    let before = Dictionary(uniqueKeysWithValues: OptionTree(results: defaults).leaves.map { ($0.name, $0.summary) })
    let same = OptionTree(results: Self.changed).leaves.filter {
      before[$0.name] == $0.summary && $0.name != "compounds.registry_files"  // a lab's file is tested below
    }.map(\.name)
    #expect(same.isEmpty, "not changed: \(same.joined(separator: ", "))")
    #expect(before.count > 60)
  }

  @Test("a lab's registry is read again where it was, and refused when it is not the run's")
  func registry() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(
      "lab.yaml", "isobole_compounds: 1\ncompounds:\n  - name: LAB-1\n    synonyms: [first]\n")
    var options = ScreenOptions(threads: 1)
    options.compounds.registry = try .builtIn(andFilesAt: [path])
    let again = try readBack(options)
    #expect(OptionTree(results: again) == OptionTree(results: options))
    #expect(again.compounds.registry.compound(named: "lab 1")?.name == "LAB-1")
    try directory.write("lab.yaml", "isobole_compounds: 1\ncompounds:\n  - name: LAB-2\n")
    #expect { try readBack(options) } throws: { "\($0)".contains("lab.yaml is not that of the run") }
    try FileManager.default.removeItem(atPath: path)
    #expect { try readBack(options) } throws: { "\($0)".contains("could not be read") }
  }

  @Test(
    "a value of another kind, a missing and an unknown option are refused by name",
    arguments: [
      ("\"threshold\":5", "\"threshold\":[5]", "synergy.inference.threshold is not of the kind Double"),
      ("\"resamples\":1000", "\"resamples\":1000.5", "it is no JSON that can be read"),
      ("\"seed\":1", "\"seed\":-1", "it is no JSON that can be read"),
      ("\"zip_baseline\":\"observed\"", "\"zip_baseline\":\"guessed\"", "synergy.zipBaseline"),
      ("\"hill\":[0.1,20]", "\"hill\":[20,0.1]", "synergy.bounds.hill"),
      ("\"sensitivity\":true,", "", "synergy.sensitivity is missing"),
      (
        "\"sensitivity\":true,", "\"insight\":1,\"sensitivity\":true,",
        "option synergy.insight = 1 is not one of this version"
      ),
    ])
  func refused(text: String, replacement: String, message: String) throws {
    let written = try StoredOptions.text(of: ScreenOptions(threads: 1))
    let edited = written.replacingOccurrences(of: text, with: replacement)
    #expect(edited != written)
    #expect {
      try StoredOptions.options(edited, threads: 1, path: "run")
    } throws: {
      guard case ResultsError.notResults("run", let reason) = $0 else { return false }
      return reason.contains(message)
    }
  }
}
