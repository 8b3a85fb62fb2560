import DoseTables
import Plates
import Synergy

/// What a person chooses for a run: the options of `isobole analyze` that a review moves. What is `nil` has the command's
/// default.
struct RunOptions: Codable, Sendable, Hashable {
  var models: [String]?
  var response: String?
  var threshold: Double?
  var resamples: Int?
  var seed: UInt64?
  var confidence: Double?
  var fdr: Double?
  var baseline: String?
  var anchor: String?
  var callModels: [String]?
  var zipBaseline: String?
  var peakWindow: Int?
  var keepNames: Bool?
  /// Of workbooks: the worksheet that is read.
  var sheet: String?
  /// Of tables with several: the time that is used, hours.
  var time: Double?
  /// Whether blocks of the same drugs, doses and sample are replicates.
  var replicates: String?
  /// Within how many per cent doses are one.
  var doseTolerance: Double?
  /// Of a plate screen.
  var normalise: String?
  var correctPositions: String?
  var maskOutliers: Bool?
  /// Of exports: the decimal mark, the channel, the repeat.
  var decimal: String?
  var channel: String?
  var repeatNumber: Int?
  /// How dead cells read.
  var positiveIs: String?
  /// The volume of an assay well, µL, for transfer logs.
  var wellVolume: Double?
  /// The largest share of solvent, %.
  var solventLimit: Double?
  /// Whether the wells that were left out in the review stay out. Default: yes.
  var leaveOut: Bool?

  enum CodingKeys: String, CodingKey {
    case models, response, baseline, anchor, threshold, resamples, seed, confidence, fdr, normalise
    case sheet, time, replicates, decimal, channel
    case doseTolerance = "dose_tolerance"
    case repeatNumber = "repeat"
    case positiveIs = "positive_is"
    case wellVolume = "well_volume"
    case solventLimit = "solvent_limit"
    case callModels = "call_models"
    case zipBaseline = "zip_baseline"
    case peakWindow = "peak_window"
    case keepNames = "keep_names"
    case correctPositions = "correct_positions"
    case maskOutliers = "mask_outliers"
    case leaveOut = "leave_out"
  }

  /// The same as the command's arguments.
  ///
  /// - Throws: `APIError.bad`, with the option, what was read and what was expected.
  func arguments(plates isPlateScreen: Bool) throws(APIError) -> [String] {
    var arguments: [String] = []
    try list("models", models, "--models", &arguments)
    try list("call_models", callModels, "--call-models", &arguments)
    try choice("baseline", baseline, BaselineOptions.Method.allCases.map(\.rawValue), "--baseline", &arguments)
    try choice("anchor", anchor, AnchorOptions.Method.allCases.map(\.rawValue), "--anchor", &arguments)
    try choice("response", response, ReadingOptions.Response.allCases.map(\.rawValue), "--response", &arguments)
    try choice(
      "zip_baseline", zipBaseline, SynergyOptions.ZIPBaseline.allCases.map(\.rawValue), "--zip-baseline", &arguments)
    // Checked in any case; said to the command only where there are plates.
    var plates: [String] = []
    try choice("normalise", normalise, NormalisationOptions.Method.allCases.map(\.rawValue), "--normalise", &plates)
    try choice(
      "correct_positions", correctPositions, NormalisationOptions.Correction.allCases.map(\.rawValue),
      "--positional-correction", &plates)
    if maskOutliers == true { plates.append("--mask-outliers") }
    try choice(
      "decimal", decimal, PlateExportOptions.Decimal.allCases.map(\.rawValue), "--decimal", &plates)
    // The form's default says nothing: a signal that is called otherwise is asked about.
    if positiveIs != SignalDirection.lower.rawValue {
      try choice("positive_is", positiveIs, SignalDirection.allCases.map(\.rawValue), "--signal-direction", &plates)
    }
    try text("channel", channel, "--channel", &plates)
    if let repeatNumber {
      guard (1...10_000).contains(repeatNumber) else {
        throw .bad("repeat: \(repeatNumber) was read, expected 1 to 10000.")
      }
      plates += ["--repeat", "\(repeatNumber)"]
    }
    try number("well_volume", wellVolume, 0.001...100_000, "--well-volume", &plates)
    try number("solvent_limit", solventLimit, 0...100, "--solvent-limit", &plates)
    var tables: [String] = []
    try text("sheet", sheet, "--sheet", &tables)
    try number("time", time, 0...100_000, "--time", &tables)
    try choice("replicates", replicates, ReadingOptions.Replicates.allCases.map(\.rawValue), "--replicates", &tables)
    try number("dose_tolerance", doseTolerance, 0...20, "--dose-tolerance", &tables) { $0 / 100 }
    if !isPlateScreen { arguments += tables }
    if isPlateScreen { arguments += plates }
    try number("threshold", threshold, 0...100, "--threshold", &arguments)
    try number("confidence", confidence, 0.5...0.999, "--confidence", &arguments)
    try number("fdr", fdr, 0.0001...0.9999, "--fdr", &arguments)
    if let resamples {
      guard resamples == 0 || (100...100_000).contains(resamples) else {
        throw .bad("resamples: \(resamples) was read, expected 0, or 100 to 100000.")
      }
      arguments += ["--resamples", "\(resamples)"]
    }
    if let peakWindow {
      guard (1...20).contains(peakWindow) else {
        throw .bad("peak_window: \(peakWindow) was read, expected 1 to 20.")
      }
      arguments += ["--peak-window", "\(peakWindow)"]
    }
    if let seed { arguments += ["--seed", "\(seed)"] }
    if keepNames == true { arguments.append("--keep-names") }
    return arguments
  }

  private func text(
    _ name: String, _ value: String?, _ flag: String, _ arguments: inout [String]
  ) throws(APIError) {
    guard let value else { return }
    guard !value.isEmpty, value.count <= 200, !value.contains(where: \.isNewline) else {
      throw .bad("\(name): expected a text of at most 200 characters on one line.")
    }
    arguments.append(flag + "=" + value)
  }

  private func list(
    _ name: String, _ models: [String]?, _ flag: String, _ arguments: inout [String]
  ) throws(APIError) {
    guard let models else { return }
    let known = NullModel.allCases.map(\.rawValue)
    guard !models.isEmpty, Set(models).count == models.count, models.allSatisfy(known.contains) else {
      throw .bad("\(name): expected some of \(known.joined(separator: ", ")), each once.")
    }
    arguments += [flag, models.joined(separator: ",")]
  }

  private func choice(
    _ name: String, _ value: String?, _ known: [String], _ flag: String, _ arguments: inout [String]
  ) throws(APIError) {
    guard let value else { return }
    guard known.contains(value) else {
      throw .bad("\(name): “\(value.prefix(40))” was read, expected one of \(known.joined(separator: ", ")).")
    }
    arguments += [flag, value]
  }

  private func number(
    _ name: String, _ value: Double?, _ range: ClosedRange<Double>, _ flag: String, _ arguments: inout [String],
    as stated: (Double) -> Double = { $0 }
  ) throws(APIError) {
    guard let value else { return }
    guard range.contains(value) else {
      throw .bad("\(name): \(value) was read, expected \(range.lowerBound) to \(range.upperBound).")
    }
    arguments += [flag, stated(value).description]
  }
}
