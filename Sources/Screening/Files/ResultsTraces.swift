import DoseTables
import Foundation

/// What a directory holds of a run of Isobole. The tables of results would pass for a screen.
struct ResultsTraces {
  /// What it is, in words.
  let words: String
  /// The files and folders in it that are the run's.
  let names: Set<String>
  /// Whether a search has nothing else to look for there.
  let isAll: Bool

  /// Looks at a directory; `nil` when no run has written there.
  init?(_ path: String) {
    if StagingName.isAny(URL(fileURLWithPath: path).lastPathComponent) {
      self.init("the unfinished files of a run", [], isAll: true)
    } else if let manifest = ResultsManifest.of(path, name: ResultsManifest.unfinishedName) {
      self.init("the files of a run that broke off while it put them in place", Self.names(manifest), in: path)
    } else if let manifest = ResultsManifest.of(path) {
      let words =
        switch manifest.kind {
        case .results: "the results of an earlier run"
        case .report: "a report that isobole report wrote"
        case .genes: "the tables of isobole genes"
        }
      self.init(words, Self.names(manifest), in: path)
    } else if Self.isOld(path) {
      self.init("the results of an earlier run", [], isAll: true)
    } else {
      return nil
    }
  }

  private init(_ words: String, _ names: Set<String>, isAll: Bool) {
    self.words = words
    self.names = names
    self.isAll = isAll
  }

  private init(_ words: String, _ names: Set<String>, in path: String) {
    let others = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let isTable = { (name: String) in
      FileDiscovery.endings.contains(URL(fileURLWithPath: name).pathExtension.lowercased())
    }
    let isAll = others.allSatisfy { name in
      if names.contains(name) || name.hasPrefix(".") { return true }
      var isDirectory: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isDirectory)
      return isThere && (isDirectory.boolValue ? ResultsTraces(path + "/" + name)?.isAll == true : !isTable(name))
    }
    self.init(words, names, isAll: isAll)
  }

  /// What a manifest's files are called in the directory itself.
  private static func names(_ manifest: ResultsManifest) -> Set<String> {
    Set(manifest.files.map { String($0.name.prefix { $0 != "/" }) })
      .union([ResultsManifest.name, ResultsManifest.unfinishedName])
  }

  /// Whether a version that wrote no manifest (0.1.0) left results there: whole ones, or the mixture that was left when it died
  /// while it put them in place, without `results.json`.
  private static func isOld(_ path: String) -> Bool {
    let has = { FileManager.default.fileExists(atPath: path + "/" + $0) }
    guard has("ranking.csv"), has("cells.csv") else { return false }
    if has("results.json") || has("results.sqlite") { return true }
    return has("fits.csv") && has("problems.csv") && ["ranking.csv", "cells.csv"].allSatisfy { isOwn(path + "/" + $0) }
  }

  private static func isOwn(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    return OwnTable.name([UInt8]((try? file.read(upToCount: 1 << 14)) ?? Data())) != nil
  }
}
