import Foundation

/// What keeps the web app from starting or from doing what was asked.
public enum WebAppError: Error, Equatable {
  /// The data directory could not be made.
  case cannotMakeDirectory(path: String, reason: String)
  /// The directory is somebody's own.
  case holdsOtherFiles(path: String, names: [String])
  /// Another server has the data directory.
  case directoryInUse(path: String)
  /// The store could not be opened.
  case cannotOpenStore(path: String, reason: String)
  /// The store was written by a newer version.
  case storeIsNewer(path: String)
  /// Listening beyond this machine without any account.
  case noAccounts(host: String)
  /// The certificate or its key could not be read.
  case certificate(path: String, reason: String)
  /// The address could not be listened on.
  case cannotListen(host: String, port: Int, reason: String)
  /// An account of that name is there already.
  case accountExists(name: String)
  /// There is no account of that name.
  case noSuchAccount(name: String)
  /// A name that cannot be an account's.
  case accountName(String)
  /// A password that is too short or too long.
  case password(least: Int, most: Int)
  /// Passwords could not be hashed: too little memory.
  case cannotHash
  /// A backup's place is taken or cannot be written.
  case cannotBackUp(path: String, reason: String)
  /// A backup could not be put in place; nothing was changed.
  case cannotRestore(path: String, reason: String)
  /// Files that a store names are missing or have other bytes: a line each.
  case damaged(String)
  /// Uploads or runs are there, and the store that names them is not, or is empty.
  case storeIsMissing(path: String, contents: Int)
  /// The store is another one than that of the uploads and runs beside it.
  case storeIsUnrelated(path: String, contents: Int)
}

extension WebAppError: CustomStringConvertible {
  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .cannotMakeDirectory(let path, let reason):
      "\(path): the data directory could not be made (\(reason)); name another one with --data"
    case .holdsOtherFiles(let path, let names):
      "\(path) is no data directory: it holds \(names.prefix(3).joined(separator: ", "))\(names.count > 3 ? " and \(names.count - 3) more" : ""). "
        + "Nothing was written; name a new directory, or one that isobole serve has made, with --data"
    case .directoryInUse(let path):
      "\(path): another isobole serve is running on this directory; end it, or name another one with --data"
    case .cannotOpenStore(let path, let reason):
      "\(path): the store could not be opened (\(reason)); check permissions and free space, or restore a backup: "
        + Self.restore(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    case .storeIsNewer(let path):
      "\(path): the store was written by a newer version of Isobole; run that version, or restore an older backup: "
        + Self.restore(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    case .noAccounts(let host):
      "listening on \(host) lets others reach the server, and it has no account yet: make one first with "
        + "isobole accounts add NAME --role admin, or listen on 127.0.0.1"
    case .certificate(let path, let reason): "\(path): not usable for TLS (\(reason)); expected a PEM file"
    case .cannotListen(let host, let port, let reason):
      "\(host):\(port) could not be listened on (\(reason)); another program may have the port: choose one with --port"
    case .accountExists(let name): "there is an account \(name) already"
    case .noSuchAccount(let name): "there is no account \(name); isobole accounts list shows those there are"
    case .accountName(let name):
      "“\(name)” cannot be an account's name: expected 1 to 64 letters, digits, points, hyphens, underscores or @"
    case .password(let least, let most): "a password needs \(least) to \(most) bytes"
    case .cannotHash: "the password could not be hashed: too little memory is free"
    case .cannotBackUp(let path, let reason): "\(path): no backup was made (\(reason))"
    case .cannotRestore(let path, let reason): "\(path): nothing was restored or changed (\(reason))"
    case .damaged(let list):
      "files are missing or damaged; nothing was written:\n  \(list)\nPut the right files in their places, or give "
        + "--allow-damaged to do without them"
    case .storeIsMissing(let path, let contents):
      "\(path)/isobole.sqlite: the store is missing or empty, but there are \(contents) uploads and runs of it; nothing "
        + "was changed. Restore a backup: \(Self.restore(path)) (what is there now is kept), or name another directory "
        + "with --data"
    case .storeIsUnrelated(let path, let contents):
      "\(path)/isobole.sqlite: the store is not the one of the \(contents) uploads and runs beside it: it was made anew or "
        + "put there; nothing was changed. Restore a backup: \(Self.restore(path)) (what is there now is kept), or name "
        + "another directory with --data. If this store is the right one, move \(path)/files and \(path)/runs away first"
    }
  }

  private static func restore(_ data: String) -> String { "isobole restore BACKUP --data \(data)" }
}
