import Assay
import Foundation
import Plates
import Screening
import Synchronization

/// Surveys of plate screens; the newest few are kept, since a page is read more often than a screen changes. A survey
/// that nobody waits for any more is ended.
actor PlateSurveys {
  private struct Entry {
    var number: Int
    var key: String
    var task: Task<(survey: PlateSurvey, isLasting: Bool), any Error>
    var waiting = 0
  }

  private var kept: [Entry] = []
  private var made = 0
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
    var entry = kept.firstIndex { $0.key == key }.map { kept.remove(at: $0) } ?? begin(key, inputs)
    entry.waiting += 1
    kept.append(entry)
    if kept.count > Self.most, let old = kept.firstIndex(where: { $0.waiting == 0 }) { kept.remove(at: old) }
    let (number, task) = (entry.number, entry.task)
    let hasLeft = Mutex(false)
    let result = await withTaskCancellationHandler {
      await task.result
    } onCancel: {
      hasLeft.withLock { $0 = true }
      Task { await leave(number) }
    }
    let keeps = (try? result.get())?.isLasting == true
    finish(number, keeps: keeps, isWaiting: !hasLeft.withLock { $0 })
    return try result.get().survey
  }

  private func begin(_ key: String, _ inputs: RunInputs) -> Entry {
    made += 1
    return Entry(number: made, key: key, task: Task { try await make(inputs) })
  }

  /// Somebody went away; the last to go ends the work. Who comes after that begins anew, though the work may take a while
  /// to end.
  private func leave(_ number: Int) {
    guard let place = kept.firstIndex(where: { $0.number == number }) else { return }
    kept[place].waiting -= 1
    if kept[place].waiting == 0 { kept.remove(at: place).task.cancel() }
  }

  /// The work is done; somebody who went away has been taken off before.
  private func finish(_ number: Int, keeps: Bool, isWaiting: Bool) {
    guard let place = kept.firstIndex(where: { $0.number == number }) else { return }
    if isWaiting { kept[place].waiting -= 1 }
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
        file: "all exports and layouts", severity: .error,
        message:
          "the plates were not joined. \(reason); nothing else is affected. Put fewer plates into one screen, or set a damaged "
          + "file to “not used”")
      let report = PlateReport(plates: [], blocks: [], thresholds: QualityThresholds())
      return (PlateSurvey(report: report, problems: [problem]), isLasting)
    }
  }
}
