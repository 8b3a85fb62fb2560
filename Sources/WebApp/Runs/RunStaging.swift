import Foundation
import Screening

/// Lays out the folder in which the command runs: the files under the names that they were uploaded with (hard links to the uploads),
/// corrections and wells left out beside them.
struct RunStaging: Sendable {
  let data: DataDirectory

  /// Makes the folder anew; answers the folder of the files.
  ///
  /// - Throws: what the file system says.
  func stage(_ run: Run) throws -> String {
    let manager = FileManager.default
    let folder = data.run(screen: run.screen, number: run.number)
    let input = folder + "/input"
    if manager.fileExists(atPath: input) { try manager.removeItem(atPath: input) }
    try manager.createDirectory(atPath: input, withIntermediateDirectories: true)
    for file in run.inputs.files {
      let (source, target) = (data.file(sha256: file.sha256), input + "/" + file.name)
      if link(source, target) != 0 { try manager.copyItem(atPath: source, toPath: target) }
    }
    if !run.inputs.corrections.isEmpty {
      try write(FileCorrections.csv(run.inputs.fileCorrections), to: input + "/" + RunInputs.correctionsFile)
    }
    if !run.inputs.leftOut.isEmpty {
      try write(WellsLeftOut.csv(run.inputs.wells), to: input + "/" + RunInputs.leftOutFile)
    }
    return input
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Removes what attempts left that did not end well.
  func removeResults(of run: Run, except attempt: Int? = nil) {
    let folder = data.run(screen: run.screen, number: run.number)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix("results-") || name.hasPrefix(".results-") {
      if let attempt, name == "results-\(attempt)" { continue }
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  /// Forces finished results to the disk, so that a run that the store calls whole is whole after a loss of power.
  static func sync(_ folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      DataDirectory.sync(folder + "/" + name)
    }
    DataDirectory.sync(folder)
  }
}
