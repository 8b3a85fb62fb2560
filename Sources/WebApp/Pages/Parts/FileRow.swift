import Foundation

/// A file of a screen as the table of files shows it.
struct FileRow: Sendable {
  /// What a file is for.
  enum Role: String, Sendable, CaseIterable {
    case matrix, export, layout, wells, manifest, mask, samples, unknown, ignored

    /// In words.
    var words: String {
      switch self {
      case .matrix: "dose matrices"
      case .export: "plate reader’s export"
      case .layout: "plate layout"
      case .wells: "wells with their drugs and signal"
      case .manifest: "layouts and samples of plates"
      case .mask: "wells to exclude"
      case .samples: "sample annotations"
      case .unknown: "not recognised"
      case .ignored: "not used"
      }
    }
  }

  /// Its name within the screen.
  var name: String
  /// Its size.
  var bytes: Int
  /// SHA-256 of its bytes, hexadecimal.
  var sha256: String
  /// When it arrived.
  var uploaded: Date
  /// Who brought it; empty where the server has no accounts.
  var by: String
  /// What it is for.
  var role: Role
  /// Whether a person said so.
  var isRoleSet: Bool
  /// How it was understood: `SynergyFinder table · 12 blocks · viability, %`.
  var summary: String
  /// Problems by severity.
  var errors: Int
  var warnings: Int
  var infos: Int
  /// Corrections that a person made.
  var corrections: Int
  /// Its `ETag`, which a change of it states.
  var version: String
  /// Files with the same bytes, in this and other visible screens.
  var sameAs: [String]

  /// Makes a row.
  init(
    name: String, bytes: Int, sha256: String, uploaded: Date, by: String = "", role: Role, isRoleSet: Bool = false,
    summary: String, errors: Int = 0, warnings: Int = 0, infos: Int = 0, corrections: Int = 0, version: String = "*",
    sameAs: [String] = []
  ) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
    self.uploaded = uploaded
    self.by = by
    self.role = role
    self.isRoleSet = isRoleSet
    self.summary = summary
    self.errors = errors
    self.warnings = warnings
    self.infos = infos
    self.corrections = corrections
    self.version = version
    self.sameAs = sameAs
  }

  /// For the templates.
  func fields(of screen: String) -> Fields {
    let counts: [(String, Int, String)] = [
      ("error", errors, Words.count(errors, "error")), ("warning", warnings, Words.count(warnings, "warning")),
      ("info", infos, "\(infos) info"),
    ]
    return [
      "fileName": name, "size": Words.bytes(bytes), "sha": String(sha256.prefix(12)), "sha256": sha256,
      "uploaded": Words.time(uploaded), "by": by.isEmpty ? false : by as Any, "role": role.rawValue,
      "roleWords": role.words, "isRoleSet": isRoleSet, "summary": summary.isEmpty ? false : summary as Any,
      "problems": counts.filter { $0.1 > 0 }.map { ["severity": $0.0, "count": $0.2] as Fields },
      "isClean": errors + warnings + infos == 0 && role != .unknown,
      "isUnused": role == .ignored || role == .unknown,
      "corrections": corrections > 0 ? Words.count(corrections, "correction") as Any : false,
      "sameAs": sameAs.isEmpty ? false : sameAs.joined(separator: ", ") as Any,
      "fileLink": Links.file(name, of: screen), "fileVersion": version,
      "fileApi": Links.api(Links.file(name, of: screen)),
    ]
  }
}
