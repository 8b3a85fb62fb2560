import Assay
import Crypto
import Foundation
import PlateReading
import Screening

/// A screen's exports joined with its layouts, before anything is analysed: plates and what they are worth.
struct PlateSurvey: Sendable {
  var report: PlateReport
  /// What was refused, doubted or noted of exports and layouts.
  var problems: [InputProblem]
}

/// Surveys of plate screens; the newest few are kept, since a page is read more often than a screen changes.
actor PlateSurveys {
  private var kept: [(key: String, task: Task<PlateSurvey, any Error>)] = []
  private static let most = 8

  /// The survey of a screen's files as they are now.
  ///
  /// - Throws: `APIError.conflict` when they are no plates with a layout.
  func survey(_ inputs: RunInputs, data: DataDirectory, compounds: CompoundOptions) async throws -> PlateSurvey {
    guard inputs.isPlateScreen else {
      throw APIError.conflict(
        "The screen has no layout; plates are joined with one (plate, well, role, drug1, conc1, …).")
    }
    let key = Secrets.digest(String(decoding: try JSONEncoder().encode(inputs), as: UTF8.self))
    if let place = kept.firstIndex(where: { $0.key == key }) {
      let entry = kept.remove(at: place)
      kept.append(entry)
      return try await entry.task.value
    }
    let task = Task { try await Self.make(inputs, data: data, compounds: compounds) }
    kept.append((key, task))
    if kept.count > Self.most { kept.removeFirst() }
    do {
      return try await task.value
    } catch {
      kept.removeAll { $0.key == key }
      throw error
    }
  }

  private static func make(
    _ inputs: RunInputs, data: DataDirectory, compounds: CompoundOptions
  ) async throws -> PlateSurvey {
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
    func paths(_ roles: [FileRole]) -> [String] {
      inputs.files.filter { roles.contains($0.role) }.map { folder + "/" + $0.name }
    }
    let corrections = inputs.fileCorrections.map { correction in
      var placed = correction
      placed.file = folder + "/" + correction.file
      return placed
    }
    let screen = await PlateScreen(
      FileDiscovery(paths: paths([.export, .unknown])), layouts: paths([.layout]), mask: paths([.mask]).first,
      options: PlateOptions(), compounds: compounds, corrections: FileCorrections(corrections), threads: 1)
    func plain(_ text: String) -> String { text.replacing(folder + "/", with: "") }
    var report = screen.report
    for place in report.plates.indices {
      report.plates[place].file = plain(report.plates[place].file)
      report.plates[place].layoutFile = plain(report.plates[place].layoutFile)
    }
    let problems = screen.problems.map { problem in
      InputProblem(
        file: plain(problem.file), blockID: problem.blockID, severity: problem.severity, line: problem.line,
        message: plain(problem.message))
    }
    return PlateSurvey(report: report, problems: problems)
  }
}
