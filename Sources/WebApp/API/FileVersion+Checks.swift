import Foundation
import HTTPTypes
import Hummingbird

/// What a change of a file is checked for, and what it is answered with.
extension FileVersion {
  /// Looks whether a change may be made to a file as it is.
  ///
  /// - Throws: `Superseded` when it was made for another version; `APIError` of status 428 when it does not say for which and would
  ///   take away what a person said.
  static func check(_ header: String?, _ file: ScreenUpload, role: String?, corrections: [Correction]?) throws {
    if let header {
      try check(header, file)
      return
    }
    let losesRole = role.map { file.isRoleSet && $0 != file.role.rawValue } ?? false
    let losesCorrection = corrections.map { new in !file.corrections.allSatisfy(new.contains) } ?? false
    guard !losesRole, !losesCorrection else {
      throw APIError(
        status: .preconditionRequired, code: "if_match",
        message:
          "“\(file.name)” has been corrected before (\(words(of: file))); this would replace that. Look at it, then send the change with "
          + "If-Match: \(file.etag), or with If-Match: * to replace whatever is there.")
    }
  }

  /// Looks whether a file is the version that a change was made for.
  ///
  /// - Throws: `Superseded`.
  static func check(_ header: String, _ file: ScreenUpload?) throws {
    guard let file else { throw Superseded() }
    guard header.trimmingCharacters(in: .whitespaces) != "*" else { return }
    let tags = header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard tags.contains(file.etag) else { throw Superseded() }
  }

  /// What is there, in words: `role matrix; response viability, sample X`.
  static func words(of file: ScreenUpload) -> String {
    words(role: file.isRoleSet ? file.role.rawValue : nil, corrections: file.corrections)
  }

  static func words(role: String?, corrections: [Correction]) -> String {
    let role = role.flatMap { $0 == "auto" ? nil : $0 }.flatMap { FileRole(rawValue: $0) }
    let parts = corrections.map { one in
      [
        one.drug.map { "drug “\($0)”" }, one.response.map { "response \($0)" }, one.unit.map { "unit \($0)" },
        one.sample.map { "sample “\($0)”" }, one.plate.map { "plate \($0)" },
      ].compactMap(\.self).joined(separator: ", ")
    }
    let shown = parts.prefix(20) + (parts.count > 20 ? ["and \(parts.count - 20) more"] : [])
    let all = [role.map { "file is a \(FileUnderstanding.words($0))" }].compactMap(\.self) + shown
    return all.isEmpty ? "no corrections" : all.joined(separator: "; ")
  }

  private struct Answer: Encodable {
    struct Fault: Encodable {
      var code = "changed_meanwhile"
      var message: String
    }
    struct Yours: Encodable {
      var role: String?
      var corrections: [Correction]?
    }
    var error: Fault
    var yours: Yours
    var current: FileRoutes.Answer
  }

  /// The answer to a change that was made for another version: both, and a sentence that says so. Nothing was changed.
  static func conflict(
    _ current: ScreenUpload, role: String?, corrections: [Correction]?, by: String?
  ) throws -> Response {
    let yours = words(role: role, corrections: corrections ?? current.corrections)
    let message =
      "\(by ?? "Somebody") changed “\(current.name)” after you opened it; your change was not saved. "
      + "Yours: \(yours). Now there: \(words(of: current))."
    return try JSONBody.response(
      Answer(
        error: .init(message: message), yours: .init(role: role, corrections: corrections),
        current: FileRoutes.Answer(current)), status: .preconditionFailed, headers: [.eTag: current.etag])
  }
}
