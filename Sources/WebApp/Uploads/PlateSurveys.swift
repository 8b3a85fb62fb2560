import Assay
import Foundation
import PlateReading
import Screening

/// Surveys of plate screens; the newest few are kept, since a page is read more often than a screen changes. A survey
/// that nobody waits for any more is ended.
actor PlateSurveys {
  private struct Entry {
    var key: String
    var task: Task<(survey: PlateSurvey, isLasting: Bool), any Error>
    var waiting = 0
  }

  private var kept: [Entry] = []
  private static let most = 8
  private let readings: UploadReadings
  private let data: DataDirectory

  init(readings: UploadReadings, data: DataDirectory) {
    self.readings = readings
    self.data = data
  }

  /// The survey of a screen's files as they are now.
  ///
  /// - Throws: `APIError.conflict` when they are no plates with a layout.
  func survey(_ inputs: RunInputs) async throws -> PlateSurvey {
    guard inputs.isPlateScreen else {
      throw APIError.conflict(
        "The screen has no layout; plates are joined with one (plate, well, role, drug1, conc1, …).")
    }
    let key = Secrets.digest(String(decoding: try JSONBody.encode(inputs), as: UTF8.self))
    var entry =
      kept.firstIndex { $0.key == key }.map { kept.remove(at: $0) }
      ?? Entry(key: key, task: Task { try await make(inputs) })
    entry.waiting += 1
    kept.append(entry)
    if kept.count > Self.most, let old = kept.firstIndex(where: { $0.waiting == 0 }) { kept.remove(at: old) }
    let task = entry.task
    do {
      let made = try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        Task { await leave(key) }
      }
      done(key, keeps: made.isLasting)
      return made.survey
    } catch {
      done(key, keeps: false)
      throw error
    }
  }

  /// Somebody went away; the last to go ends the work.
  private func leave(_ key: String) {
    guard let entry = kept.first(where: { $0.key == key }), entry.waiting == 1 else { return }
    entry.task.cancel()
  }

  private func done(_ key: String, keeps: Bool) {
    guard let place = kept.firstIndex(where: { $0.key == key }) else { return }
    kept[place].waiting -= 1
    if !keeps { kept.remove(at: place) }
  }

  private func make(_ inputs: RunInputs) async throws -> (survey: PlateSurvey, isLasting: Bool) {
    let folder = data.incoming + "/survey-" + UUID().uuidString
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? manager.removeItem(atPath: folder) }
    for file in inputs.files {
      let source = data.file(sha256: file.sha256)
      if link(source, folder + "/" + file.name) != 0 {
        try manager.copyItem(atPath: source, toPath: folder + "/" + file.name)
      }
    }
    switch try await readings.survey(folder, inputs) {
    case .value(let survey, _): return (survey, true)
    case .refusal(let reason, let isLasting):
      let problem = InputProblem(
        file: "all exports and layouts", severity: .refused,
        message:
          "the plates were not joined. \(reason); nothing else is affected. Put fewer plates into one screen, or set a damaged "
          + "file to “ignored”")
      let report = PlateReport(plates: [], blocks: [], thresholds: QualityThresholds())
      return (PlateSurvey(report: report, problems: [problem]), isLasting)
    }
  }
}
