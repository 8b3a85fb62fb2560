import ArgumentParser
import Plates

extension NormalisationOptions.Method: ExpressibleByArgument {}
extension NormalisationOptions.Centre: ExpressibleByArgument {}
extension NormalisationOptions.Correction: ExpressibleByArgument {}
extension SignalDirection: ExpressibleByArgument {}

/// What `isobole analyze` is told about plate readers' exports; in force when a layout is named.
struct PlateArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A layout: the paths are plate readers' exports. A table (plate, well, role, drug1, conc1, drug2, conc2, unit, sample), "
        + "grids as plater reads them, an Echo transfer log or a stock list for one; may be given several times.",
      valueName: "file"))
  var layout: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which layout and sample plates have, where their files do not say it: a table plate,layout,sample. plate is a barcode or "
        + "an export's file name, layout a --layout file.",
      valueName: "file"))
  var manifest: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The plate that an export is of, where it does not say so itself; several in one file as FILE=OLD=NEW. May be given several "
        + "times.",
      valueName: "file=name"))
  var plate: [PlateNameArgument] = []

  @Option(help: ArgumentHelp("Wells to exclude: a table plate, well, reason.", valueName: "file"))
  var mask: String?

  @Flag(help: "Exclude the wells that are detected as outliers; else they are listed and stay.")
  var maskOutliers = false

  @Option(
    help: ArgumentHelp(
      "auto (npi where there are positive controls), npi (both controls), poc (negative control) or gr (growth rate).",
      valueName: "method"))
  var normalise = NormalisationOptions().method

  @Option(help: ArgumentHelp("The decimal mark of the exports: auto, point or comma.", valueName: "mark"))
  var decimal: PlateExportOptions.Decimal = .auto

  @Option(help: ArgumentHelp("How controls are summarised: median or mean.", valueName: "centre"))
  var controlCentre = NormalisationOptions().centre

  @Flag(help: "Leave the signals as they are where a plate has blank wells.")
  var noBlankSubtraction = false

  @Option(
    help: ArgumentHelp(
      "Take off row and column effects: none, polish (of deviations from replicates) or b-score (most wells inactive).",
      valueName: "correction"))
  var positionalCorrection = NormalisationOptions().correction

  @Option(
    help: ArgumentHelp(
      "How dead cells read: lower (viability, the default) or higher (cytotoxicity).", valueName: "way"))
  var signalDirection: SignalDirection?

  @Option(help: ArgumentHelp("The channel, where an export has several; a part of its name.", valueName: "name"))
  var channel: String?

  @Option(
    name: .customLong("repeat"), help: ArgumentHelp("The repeat or cycle, where an export has several.", valueName: "n")
  )
  var repeatNumber: Int?

  @Option(help: ArgumentHelp("The volume of an assay well, µL; transfer logs need it.", valueName: "µL"))
  var wellVolume: Double?

  @Option(help: ArgumentHelp("Share of solvent above which a well has a warning, %.", valueName: "%"))
  var solventLimit = TransferOptions().solventLimit * 100

  @Option(help: ArgumentHelp("How far a transferred volume may be off before the well is excluded, %.", valueName: "%"))
  var volumeTolerance = TransferOptions().volumeTolerance * 100

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Limits of a quality check, as z-prime=0.5,0: warn and fail. Checks: "
        + "\(QualityCheck.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "check=warn,fail"))
  var qualityLimit: [ThresholdArgument] = []

  @Option(
    help: ArgumentHelp("Robust standard deviations from its replicates that make a well an outlier.", valueName: "n"))
  var outlierDeviation = QualityThresholds().outlierDeviation

  @Option(help: ArgumentHelp("Percentage points below which no deviation makes an outlier.", valueName: "points"))
  var outlierPoints = QualityThresholds().outlierPoints

  @Option(help: ArgumentHelp("Standard errors from 0 that make an effect of position count.", valueName: "n"))
  var significance = QualityThresholds().significance

  func validate() throws {
    if layout.isEmpty, mask != nil { throw ValidationError("--mask: wells of plates are masked; name a --layout too.") }
    if layout.isEmpty, manifest != nil {
      throw ValidationError("--manifest: it says which layout plates have; name the layouts with --layout too.")
    }
    if layout.isEmpty, !plate.isEmpty { throw ValidationError("--plate: plates need a --layout; name it too.") }
    if manifest == "" { throw ValidationError("--manifest: the name is empty; name a file.") }
    if let repeatNumber, repeatNumber < 1 { throw ValidationError("--repeat \(repeatNumber): expected 1 or more.") }
    if let wellVolume, !(wellVolume > 0 && wellVolume < 1e9) {
      throw ValidationError("--well-volume \(wellVolume): expected a volume in µL above 0.")
    }
    for (name, value) in [
      ("--solvent-limit", solventLimit), ("--volume-tolerance", volumeTolerance),
      ("--outlier-deviation", outlierDeviation), ("--outlier-points", outlierPoints), ("--significance", significance),
    ] where !(value >= 0 && value < 1e6) {
      throw ValidationError("\(name) \(value): expected a number of 0 or more.")
    }
    if signalDirection == .higher, normalise == .poc || normalise == .gr {
      throw ValidationError(
        "--normalise \(normalise.rawValue) takes the signal for cells that live; with --signal-direction higher use npi."
      )
    }
  }

  /// The options that say otherwise than by default and are in force for plates alone.
  var given: [String] {
    let (plain, own) = (PlateOptions(), options)
    let isOther: [(String, Bool)] = [
      ("--mask-outliers", maskOutliers), ("--normalise", normalise != plain.normalisation.method),
      ("--decimal", decimal != .auto), ("--control-centre", controlCentre != plain.normalisation.centre),
      ("--no-blank-subtraction", noBlankSubtraction),
      ("--positional-correction", positionalCorrection != plain.normalisation.correction),
      ("--signal-direction", signalDirection != nil), ("--channel", channel != nil),
      ("--repeat", repeatNumber != nil), ("--well-volume", wellVolume != nil),
      ("--solvent-limit", own.transfers.solventLimit != plain.transfers.solventLimit),
      ("--volume-tolerance", own.transfers.volumeTolerance != plain.transfers.volumeTolerance),
      ("--quality-limit", !qualityLimit.isEmpty),
      ("--outlier-deviation", own.thresholds.outlierDeviation != plain.thresholds.outlierDeviation),
      ("--outlier-points", own.thresholds.outlierPoints != plain.thresholds.outlierPoints),
      ("--significance", own.thresholds.significance != plain.thresholds.significance),
    ]
    return isOther.filter(\.1).map(\.0)
  }

  /// The options, in force when there are layouts.
  var options: PlateOptions {
    var options = PlateOptions()
    options.exports.decimal = decimal
    options.channel = channel
    options.repeatNumber = repeatNumber
    options.masksOutliers = maskOutliers
    options.transfers.wellVolume = wellVolume.map { $0 * 1000 }
    options.transfers.solventLimit = solventLimit / 100
    options.transfers.volumeTolerance = volumeTolerance / 100
    options.normalisation.method = normalise
    options.normalisation.centre = controlCentre
    options.normalisation.subtractsBlank = !noBlankSubtraction
    options.normalisation.correction = positionalCorrection
    options.normalisation.positiveIs = signalDirection ?? options.normalisation.positiveIs
    if signalDirection != nil { options.normalisation.isDirectionStated = true }
    options.thresholds.outlierDeviation = outlierDeviation
    options.thresholds.outlierPoints = outlierPoints
    options.thresholds.significance = significance
    for argument in qualityLimit { options.thresholds[argument.check] = argument.limits }
    return options
  }
}

/// What plate an export is of, as it is typed: `export.csv=P1`.
struct PlateNameArgument: ExpressibleByArgument {
  var file: String
  var plate: String

  init?(argument: String) {
    guard let cut = argument.firstIndex(of: "="), cut > argument.startIndex else { return nil }
    file = String(argument[..<cut])
    plate = String(argument[argument.index(after: cut)...])
    guard !plate.isEmpty else { return nil }
  }
}

/// The limits of a check as they are typed: `z-prime=0.5,0`.
struct ThresholdArgument: ExpressibleByArgument {
  var check: QualityCheck
  var limits: QualityThresholds.Limits

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let check = QualityCheck(rawValue: String(parts[0])) else { return nil }
    let numbers = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.count == 2, let warn = numbers[0], let fail = numbers[1], warn.isFinite, fail.isFinite,
      check.isBetterHigh ? fail <= warn : warn <= fail
    else { return nil }
    self.check = check
    limits = .init(warn: warn, fail: fail)
  }
}
