import Assay
import DoseTables
import Foundation
import Screening

/// What a run was started with, as it stood then: later uploads and corrections change nothing of it.
struct RunInputs: Codable, Sendable {
  /// A file.
  struct File: Codable, Sendable {
    var name: String
    var sha256: String
    var role: FileRole
  }

  /// A correction of a file.
  struct FileCorrection: Codable, Sendable {
    var file: String
    var correction: Correction
  }

  /// A well that is left out.
  struct Well: Codable, Sendable {
    var block: String
    var doses: [Double]
    var response: Double?
    var reason: String
  }

  var title: String
  var files: [File]
  var corrections: [FileCorrection]
  var leftOut: [Well]

  /// Whether its files are plate readers' exports with layouts.
  var isPlateScreen: Bool { files.contains { $0.role == .layout || $0.role == .wells } }

  /// What a screen's files make.
  ///
  /// - Throws: `APIError.conflict` when they cannot be analysed together.
  init(title: String, files: [ScreenUpload], leftOut: [LeftOutRecord]) throws(APIError) {
    self.title = title
    let used = files.filter { $0.role != .ignored }
    self.files = used.map { File(name: $0.name, sha256: $0.sha256, role: $0.role) }
    corrections = used.flatMap { file in file.corrections.map { FileCorrection(file: file.name, correction: $0) } }
    self.leftOut = leftOut.filter(\.isActive).map {
      Well(block: $0.block, doses: $0.doses, response: $0.response, reason: "\($0.reason) (\($0.by), \($0.at))")
    }
    func named(_ role: FileRole) -> String {
      let names = used.filter { $0.role == role }.map(\.name)
      return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    }
    let has = Set(used.map(\.role))
    if has.isDisjoint(with: [.matrix, .export, .wells, .unknown]) {
      throw .conflict(
        "There is nothing to analyse yet: upload dose matrices, or a plate reader's exports with their layout.")
    }
    if has.contains(.layout) || has.contains(.wells), has.contains(.matrix) {
      throw .conflict(
        "\(has.contains(.layout) ? "A layout" : "A table of wells") is there, so the screen is one of plates, but \(named(.matrix)) holds dose matrices. Set it to “not used”, or put it "
          + "into a screen of its own.")
    }
    if has.contains(.export), !has.contains(.layout) {
      throw .conflict(
        "\(named(.export)) holds plates, and nothing says which drug is in which well: upload the layout (plate, well, role, drug1, conc1, "
          + "drug2, conc2, …).")
    }
    if used.count(where: { $0.role == .mask }) > 1 {
      throw .conflict(
        "There are several tables of wells to exclude (\(named(.mask))): keep one, set the others to “not used”.")
    }
    if used.count(where: { $0.role == .manifest }) > 1 {
      throw .conflict(
        "There are several tables of plates' layouts and samples (\(named(.manifest))): keep one, set the others to “not used”."
      )
    }
    if used.count(where: { $0.role == .samples }) > 1 {
      throw .conflict(
        "There are several tables of samples (\(named(.samples))): keep one, set the others to “not used”.")
    }
  }

  /// What stands before the names of blocks in the store and not in the results: the command names a block after its
  /// file only where there are several. What people said of a block must not depend on how many files there are.
  private var prefix: String {
    let tables = files.filter { $0.role == .matrix || $0.role == .unknown }
    guard !isPlateScreen, tables.count == 1 else { return "" }
    let ending = URL(fileURLWithPath: tables[0].name).pathExtension
    return String(tables[0].name.dropLast(ending.isEmpty ? 0 : ending.count + 1)) + ":"
  }

  /// What the store calls a block of the results.
  func key(of block: String) -> String { prefix + block }

  /// What the results call a block of the store.
  func block(of key: String) -> String {
    key.utf8.starts(with: prefix.utf8) ? String(key.unicodeScalars.dropFirst(prefix.unicodeScalars.count)) : key
  }

  /// What the store has by its names of blocks, by those of the results.
  func byBlock<Value>(_ values: [String: Value]) -> [String: Value] {
    Dictionary(values.map { (block(of: $0), $1) }, uniquingKeysWith: { first, _ in first })
  }

  /// The command's arguments, relative to the folder of the files.
  func arguments(_ options: RunOptions, results: String, threads: Int) throws(APIError) -> [String] {
    var arguments = ["analyze", "--title=" + title, "--out", "../\(results)", "--threads", "\(threads)"]
    arguments += try options.arguments(plates: isPlateScreen)
    for file in files {
      switch file.role {
      case .layout, .wells: arguments += ["--layout=" + file.name]
      case .manifest where isPlateScreen: arguments += ["--manifest=" + file.name]
      case .mask where isPlateScreen: arguments += ["--mask=" + file.name]
      case .samples: arguments += ["--samples=" + file.name]
      default: break
      }
    }
    if !corrections.isEmpty { arguments += ["--corrections", Self.correctionsFile] }
    if !leftOut.isEmpty { arguments += ["--exclude-wells", Self.leftOutFile] }
    let read = files.filter {
      isPlateScreen ? $0.role == .export || $0.role == .unknown : $0.role == .matrix || $0.role == .unknown
    }
    // A table of wells is what was read, too.
    let both = files.filter { $0.role == .wells }
    return arguments + ["--"] + (read.isEmpty ? both : read).map(\.name)
  }

  /// Where the corrections lie, seen from the folder of the files.
  static let correctionsFile = "../corrections.csv"
  /// Where the wells that are left out lie.
  static let leftOutFile = "../left-out.csv"

  /// The corrections as the command takes them.
  var fileCorrections: [FileCorrections.Correction] {
    corrections.map { $0.correction.stated(of: $0.file) }
  }

  /// The wells left out as the command takes them.
  var wells: [WellsLeftOut.Well] {
    leftOut.map {
      WellsLeftOut.Well(blockID: block(of: $0.block), doses: $0.doses, response: $0.response, reason: $0.reason)
    }
  }
}

extension Correction {
  /// The correction of a file as the command takes it.
  func stated(of file: String) -> FileCorrections.Correction {
    FileCorrections.Correction(
      file: file, drug: drug, response: response.flatMap(ReadingOptions.Response.init(rawValue:)),
      unit: unit.map { ConcentrationUnit($0) }, sample: sample, plate: plate,
      columns: columns.flatMap(ColumnChoices.init(rawValue:)), name: name)
  }
}

/// A command as it is typed into a shell.
enum ShellCommand {
  static func text(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=,:".contains($0)) }
    // By scalars: a quote with an accent is one character to Swift and ends a word for the shell all the same.
    return isPlain ? word : "'" + word.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
