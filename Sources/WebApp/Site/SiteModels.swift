import Assay
import DoseTables
import Foundation
import Plates
import Screening
import Synergy

/// What pages show of the store's records.
extension ScreenHeading {
  init(_ screen: Screen, demandsSignIn: Bool) {
    self.init(
      id: "\(screen.id)", name: screen.name, owner: demandsSignIn ? screen.owner.name : "", isPrivate: screen.isPrivate,
      isArchived: screen.isArchived, created: Timestamp.date(screen.created))
  }
}

extension FileRow {
  init(_ file: ScreenUpload, sameAs: [String] = []) {
    self.init(
      name: file.name, bytes: file.bytes, sha256: file.sha256, uploaded: Timestamp.date(file.uploaded), by: file.by,
      role: Role(rawValue: file.role.rawValue) ?? .unknown, isRoleSet: file.isRoleSet, summary: file.summary,
      errors: file.errors, warnings: file.warnings, infos: file.infos,
      corrections: file.corrections.count, version: file.etag, sameAs: sameAs)
  }
}

extension RunRow {
  init(_ run: Run, step: RunProgress.Step?, threads: Int) {
    let isRunning = run.state == .running
    self.init(
      number: run.number, state: State(rawValue: run.state.rawValue) ?? .failed,
      fraction: run.state == .finished ? 1 : step?.fraction ?? 0,
      filesRead: isRunning ? step?.files ?? 0 : run.filesRead, blocks: isRunning ? step?.blocks ?? 0 : run.blocks,
      created: Timestamp.date(run.created), started: run.started.map(Timestamp.date),
      finished: run.finished.map(Timestamp.date), by: run.by, message: run.message, options: run.options.words,
      errors: run.errors, warnings: run.warnings, leftOut: run.inputs.leftOut.count,
      command: RunRoutes.Answer.command(run, threads: threads))
  }
}

extension RunOptions {
  /// What is other than the default, to read.
  var words: [(name: String, value: String)] {
    var words: [(name: String, value: String)] = []
    func add(_ name: String, _ value: String?) { if let value { words.append((name, value)) } }
    add("models", models?.joined(separator: ", "))
    add("calls about", callModels?.joined(separator: ", "))
    add("responses", response)
    add("untreated level", baseline)
    add("anchor", anchor)
    add("threshold", threshold.map { "\(ReportNumber.text($0)) points" })
    add("resamples", resamples.map(String.init))
    add("seed", seed.map(String.init))
    add("confidence", confidence.map(ReportNumber.text))
    add("false discovery rate", fdr.map(ReportNumber.text))
    add("ZIP baseline", zipBaseline)
    add("peak window", peakWindow.map(String.init))
    add("normalisation", normalise)
    add("positions", correctPositions)
    if keepNames == true { add("names", "as read") }
    add("sheet", sheet)
    add("time", time.map { "\(ReportNumber.text($0)) h" })
    add("the same measured again", replicates)
    add("doses are one within", doseTolerance.map { "\(ReportNumber.text($0)) %" })
    add("decimal mark", decimal)
    add("channel", channel)
    add("repeat", repeatNumber.map(String.init))
    add("dead cells read", positiveIs)
    add("volume of a well", wellVolume.map { "\(ReportNumber.text($0)) µL" })
    add("solvent at most", solventLimit.map { "\(ReportNumber.text($0)) %" })
    if maskOutliers == true { add("outliers", "excluded") }
    if leaveOut == false { add("wells excluded in the review", "taken in") }
    return words
  }

  /// The same for the form: what is not chosen has the command's default.
  var form: RunOptionsForm {
    var form = RunOptionsForm(ScreenOptions(threads: 1))
    if let models { form.models = models.compactMap(NullModel.init(rawValue:)) }
    if let callModels { form.callModels = callModels.compactMap(NullModel.init(rawValue:)) }
    if let level = baseline.flatMap(BaselineOptions.Method.init(rawValue:)) { form.baseline = level }
    if let anchor = anchor.flatMap(AnchorOptions.Method.init(rawValue:)) { form.anchor = anchor }
    if let threshold { form.threshold = threshold }
    if let resamples { form.resamples = resamples }
    if let seed { form.seed = seed }
    if let confidence { form.confidence = confidence }
    if let fdr { form.falseDiscoveryRate = fdr }
    if let response = response.flatMap(ReadingOptions.Response.init(rawValue:)) { form.response = response }
    if let baseline = zipBaseline.flatMap(SynergyOptions.ZIPBaseline.init(rawValue:)) { form.zipBaseline = baseline }
    if let method = normalise.flatMap(NormalisationOptions.Method.init(rawValue:)) { form.normalise = method }
    form.keepsNames = keepNames ?? false
    form.masksOutliers = maskOutliers ?? false
    if let positions = correctPositions.flatMap(NormalisationOptions.Correction.init(rawValue:)) {
      form.positions = positions
    }
    if let decimal = decimal.flatMap(PlateExportOptions.Decimal.init(rawValue:)) { form.decimal = decimal }
    if let replicates = replicates.flatMap(ReadingOptions.Replicates.init(rawValue:)) { form.replicates = replicates }
    if let positiveIs = positiveIs.flatMap(SignalDirection.init(rawValue:)) { form.positiveIs = positiveIs }
    form.texts = [
      "sheet": sheet, "time": time.map(ReportNumber.text), "dose_tolerance": doseTolerance.map(ReportNumber.text),
      "channel": channel, "repeat": repeatNumber.map(String.init), "well_volume": wellVolume.map(ReportNumber.text),
      "solvent_limit": solventLimit.map(ReportNumber.text),
    ].compactMapValues(\.self)
    return form
  }
}

/// A number as people type it: `5`, `0.95`.
enum ReportNumber {
  static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}

extension LeftOutWell {
  init(_ record: LeftOutRecord) {
    self.init(
      id: "\(record.id)", doses: record.doses, response: record.response, reason: record.reason, by: record.by,
      at: Timestamp.date(record.at), undoneBy: record.undoneBy, undoneAt: record.undoneAt.map(Timestamp.date))
  }
}

extension Rescored {
  init(_ answer: LeftOutRoutes.Answer) {
    func value(_ value: LeftOutRoutes.Value?) -> Value {
      Value(mean: value?.mean, low: value?.low, high: value?.high, p: value?.p)
    }
    self.init(
      scores: answer.scores.compactMap { change in
        NullModel(rawValue: change.model).map {
          Score(model: $0, before: value(change.before), after: value(change.after))
        }
      }, consensusBefore: answer.consensus.before, consensusAfter: answer.consensus.after, message: answer.message)
  }
}

extension FilePage.Correction {
  init(_ correction: Correction) {
    self.init(
      drug: correction.drug, response: correction.response, unit: correction.unit, sample: correction.sample,
      plate: correction.plate, columns: correction.columns, name: correction.name)
  }
}
