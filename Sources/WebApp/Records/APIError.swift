import Foundation
import GRDB
import HTTPTypes
import Hummingbird

/// What the API answers when it does not do what was asked: a status, a word for programs, a sentence for people.
struct APIError: Error, Sendable, Equatable {
  var status: HTTPResponse.Status
  var code: String
  var message: String
  var headers: [String: String] = [:]

  static func notFound(_ what: String) -> APIError {
    APIError(status: .notFound, code: "not_found", message: "There is no such \(what), or it is another person's.")
  }

  static func bad(_ message: String) -> APIError {
    APIError(status: .badRequest, code: "bad_request", message: message)
  }

  static func conflict(_ message: String) -> APIError {
    APIError(status: .conflict, code: "conflict", message: message)
  }

  static let signIn = APIError(
    status: .unauthorized, code: "sign_in", message: "Sign in first, or send a token: Authorization: Bearer ….")

  static let readOnly = APIError(
    status: .forbidden, code: "read_only",
    message: "Your account may look and download, not change anything; ask an administrator.")

  static let forgery = APIError(
    status: .forbidden, code: "csrf",
    message:
      "The request did not prove that it comes from Isobole's own pages. Reload the page; a program sends a token, or the "
      + "header X-Isobole-CSRF with the value of GET /api/v1/session.")

  static func host(_ host: String) -> APIError {
    APIError(
      status: .misdirectedRequest, code: "host",
      message: "The server does not answer to the name “\(host)”; start it with --name \(host) if it should.")
  }

  static func fileName(_ name: String) -> APIError {
    bad(
      "“\(name.prefix(80))” cannot be a file's name here: expected 1 to \(FileName.most) bytes without slashes, backslashes and control "
        + "characters, not beginning with a point, without white space at its ends. Rename the file.")
  }

  static func fileTooLarge(most: Int) -> APIError {
    APIError(
      status: .contentTooLarge, code: "too_large",
      message: "A file may have \(most >> 20) MB at most; split it, or start the server with a larger --max-file-size.")
  }

  static let noRoom = APIError(
    status: .contentTooLarge, code: "no_room",
    message:
      "The screen, or the whole store, has as many bytes as it may; see the server's --max-screen-size and --max-store-size."
  )

  static func tooManyFiles(_ most: Int) -> APIError {
    APIError(
      status: .contentTooLarge, code: "too_many_files", message: "A screen may have \(most) files; make another screen."
    )
  }

  static func storage(_ reason: String) -> APIError {
    APIError(
      status: .insufficientStorage, code: "storage",
      message:
        "The server could not keep this (\(reason)); nothing was changed. Free space on its disk, then try again.")
  }

  static func noReader(_ reason: String) -> APIError {
    APIError(
      status: .serviceUnavailable, code: "busy",
      message: "The server could not start a reader for the file (\(reason)); nothing was changed. Try again.",
      headers: ["Retry-After": "5"])
  }

  static let brokenOff = APIError(
    status: .badRequest, code: "broken_off", message: "The request's body broke off; nothing was kept. Send it again.")

  static let archived = APIError.conflict("The screen is in the archive; take it out first to change it.")

  static func slowDown(_ seconds: Int) -> APIError {
    APIError(
      status: .tooManyRequests, code: "slow_down",
      message: "Too many failed attempts; try again in \(seconds) seconds.",
      headers: ["Retry-After": "\(seconds)"])
  }

  static let busySignIn = APIError(
    status: .serviceUnavailable, code: "busy",
    message: "Too many people are signing in at this moment; try again in a few seconds.",
    headers: ["Retry-After": "5"])

  static let internalError = APIError(
    status: .internalServerError, code: "internal",
    message: "Internal server error; see the server log. The request may not have completed.")

  /// Any error as the API answers it; one that nobody foresaw is the server's fault.
  init?(_ error: any Error) {
    switch error {
    case let error as APIError: self = error
    case let error as HTTPError:
      self.init(
        status: error.status, code: "http", message: error.body ?? error.status.reasonPhrase)
    case let error as DatabaseError where [.SQLITE_FULL, .SQLITE_IOERR].contains(error.resultCode):
      self = .storage(error.message ?? "the disk is full")
    case let error as DatabaseError where error.resultCode == .SQLITE_BUSY:
      self.init(
        status: .serviceUnavailable, code: "busy", message: "The store is busy; try again.",
        headers: ["Retry-After": "1"])
    default: return nil
    }
  }

  init(status: HTTPResponse.Status, code: String, message: String, headers: [String: String] = [:]) {
    self.status = status
    self.code = code
    self.message = message
    self.headers = headers
  }
}

extension HTTPResponse.Status {
  /// 507, RFC 4918.
  static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}
