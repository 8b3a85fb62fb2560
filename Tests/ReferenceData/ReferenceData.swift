import Foundation

/// Real screens, real exports and the peers' golden values, which live beside the project and are not part of it.
///
/// The folder is `../shared/reference` beside the checkout, or what the environment variable `ISOBOLE_REFERENCE` names.
/// Tests that need it are marked
/// `.enabled(if: ReferenceData.isPresent, ReferenceData.absence)` so that a run without it says which tests were left
/// out.
public enum ReferenceData {
  /// The folder.
  public static let folder: URL = {
    if let set = ProcessInfo.processInfo.environment["ISOBOLE_REFERENCE"] { return URL(fileURLWithPath: set) }
    return URL(fileURLWithPath: #filePath)  // …/Tests/ReferenceData/ReferenceData.swift
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("../shared/reference").standardizedFileURL
  }()

  /// Whether the folder is there.
  public static let isPresent = FileManager.default.fileExists(atPath: folder.appendingPathComponent("r").path)

  /// What a skipped test says.
  public static let absence: String =
    "SKIPPED: no reference data at \(folder.path); set ISOBOLE_REFERENCE to the folder that holds r/, py/, nist/, screens/"

  /// Workbooks that ended an earlier version, some made by hand and some by mutation; empty where they are not there.
  public static let killers: [URL] = {
    let faults = folder.deletingLastPathComponent().appendingPathComponent("faults/xlsx-xml-error-kills")
    let files =
      FileManager.default.enumerator(at: faults, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    return files.filter { $0.pathExtension == "xlsx" }.sorted { $0.path < $1.path }
  }()

  /// What a test of `killers` says when it is skipped.
  public static let killersAbsence: String =
    "SKIPPED: no workbooks at faults/xlsx-xml-error-kills beside \(folder.path)"

  /// A file of the folder.
  public static func url(_ path: String) -> URL { folder.appendingPathComponent(path) }

  /// The text of a file of the folder.
  public static func text(_ path: String) throws -> String { try String(contentsOf: url(path), encoding: .utf8) }

  /// The rows of a comma-separated file, each by the names of its columns.
  public static func rows(_ path: String) throws -> [[String: String]] {
    CSVText.rows(try text(path).replacingOccurrences(of: "\r", with: ""))
  }
}
