import CSQLite
import Foundation

/// An SQLite file that this process alone writes, or that many may read.
///
/// One database belongs to one task at a time.
final class Database {
  /// Where it is.
  let path: String
  private let handle: OpaquePointer

  /// What may be done with the file.
  enum Access {
    /// It is made, and written by nobody else.
    case create
    /// It is finished: nobody writes it. No lock is taken, so that it may lie on any file system.
    case read
  }

  /// Opens the file.
  init(path: String, access: Access) throws(ResultsError) {
    self.path = path
    var opened: OpaquePointer?
    let flags =
      SQLITE_OPEN_NOMUTEX | (access == .read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    let code = sqlite3_open_v2(path, &opened, flags, access == .read ? "unix-none" : "unix-excl")
    guard code == SQLITE_OK, let opened else {
      let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(opened)
      throw access == .read ? .cannotRead(path: path, reason: reason) : .cannotOpen(path: path, reason: reason)
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that answer nothing.
  func execute(_ sql: String) throws(ResultsError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw writing() }
  }

  /// A statement that is run many times.
  func prepare(_ sql: String) throws(ResultsError) -> Statement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw reading() }
    return Statement(statement, of: self)
  }

  /// Why the last write failed.
  func writing() -> ResultsError { .cannotWrite(path: path, reason: reason) }
  /// Why the last read failed.
  func reading() -> ResultsError { .notResults(path: path, reason: reason) }

  /// SQLite's words; the system's, where a call of the system failed.
  private var reason: String {
    let system = sqlite3_system_errno(handle)
    switch sqlite3_errcode(handle) & 0xFF {
    case SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN:
      if system != 0 { return String(cString: strerror(system)) }
    case SQLITE_READONLY:
      // A journal beside it that only a writer may roll back.
      return "its run was ended while it wrote, and left no results"
    default: break
    }
    return String(cString: sqlite3_errmsg(handle))
  }
}
