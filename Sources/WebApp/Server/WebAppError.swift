import Hummingbird

/// What keeps the web app from starting or from doing what was asked.
public enum WebAppError: Error, Equatable {
  /// The data directory could not be made.
  case cannotMakeDirectory(path: String, reason: String)
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
}

extension WebAppError: CustomStringConvertible {
  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .cannotMakeDirectory(let path, let reason):
      "\(path): the data directory could not be made (\(reason)); name another one with --data"
    case .directoryInUse(let path):
      "\(path): another isobole serve is running on this directory; end it, or name another one with --data"
    case .cannotOpenStore(let path, let reason):
      "\(path): the store could not be opened (\(reason)); check permissions and free space, or put a backup in its place"
    case .storeIsNewer(let path):
      "\(path): the store was written by a newer version of Isobole; run that version, or put an older backup in its place"
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
    }
  }
}
