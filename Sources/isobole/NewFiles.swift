import CFileSystem
import Foundation
import Programs

/// Files of a command that are not a run's results: they never take the place of something that is there.
struct NewFiles {
  private let directory: String
  private var files: [(name: String, bytes: Data)] = []

  /// - Parameter directory: Where they go; made when it is not there.
  init(into directory: String) { self.directory = directory }

  /// Adds a file under a path below the directory.
  mutating func add(_ name: String, _ bytes: Data) { files.append((name, bytes)) }

  /// Writes them, each whole or not at all. One that is there with the same bytes stays.
  ///
  /// - Throws: `CommandFailure`; nothing was written when it is because a name is taken.
  func write() throws(CommandFailure) {
    let new = files.filter { !isThere($0) }
    let taken = new.filter { isobole_look(directory + "/" + $0.name).fault != ENOENT }.map(\.name)
    guard taken.isEmpty else { throw Self.taken(taken, in: directory) }
    for file in new { try write(file) }
  }

  /// Whether a plain file has these bytes.
  private func isThere(_ file: (name: String, bytes: Data)) -> Bool {
    let path = directory + "/" + file.name
    let there = isobole_look(path)
    return there.fault == 0 && there.is_file && Int(there.size) == file.bytes.count
      && (try? Data(contentsOf: URL(fileURLWithPath: path))) == file.bytes
  }

  private func write(_ file: (name: String, bytes: Data)) throws(CommandFailure) {
    do {
      try Self.write(to: directory + "/" + file.name) { try $0(Array(file.bytes)) }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw Self.failed(directory + "/" + file.name, Self.words(of: error))
    }
  }

  /// Writes one file piece by piece, whole or not at all. One that is there with the same bytes stays.
  ///
  /// - Parameter body: Hands over the bytes, in order.
  /// - Throws: `CommandFailure`, or what `body` throws; the file is then as it was.
  static func write(to path: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    let target = URL(fileURLWithPath: path)
    let folder = target.deletingLastPathComponent()
    let unfinished = folder.appendingPathComponent(".isobole-" + UUID().uuidString)
    let handle: FileHandle
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data().write(to: unfinished, options: .withoutOverwriting)
      handle = try FileHandle(forWritingTo: unfinished)
    } catch {
      unlink(unfinished.path)
      throw failed(target.path, words(of: error))
    }
    do {
      try body { bytes in
        do { try handle.write(contentsOf: Data(bytes)) } catch {
          throw failed(target.path, words(of: error))
        }
      }
      try handle.close()
    } catch {
      unlink(unfinished.path)
      throw error
    }
    guard isobole_rename_new(AT_FDCWD, unfinished.path, AT_FDCWD, target.path) != 0 else { return }
    let reason = errno
    defer { unlink(unfinished.path) }
    if reason == EINVAL || reason == ENOSYS {
      // A file system that cannot refuse a taken name; a link does.
      guard link(unfinished.path, target.path) != 0 else { return }
    }
    if reason == EEXIST || errno == EEXIST {
      if isobole_look(target.path).is_file,
        FileManager.default.contentsEqual(atPath: target.path, andPath: unfinished.path)
      {
        return
      }
      throw taken([target.lastPathComponent], in: folder.relativePath)
    }
    throw failed(target.path, String(cString: strerror(reason)))
  }

  /// The system's words for an error, where it has some.
  private static func words(of error: any Error) -> String {
    let error = error as NSError
    let system = (error.userInfo[NSUnderlyingErrorKey] as? NSError) ?? error
    return system.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(system.code))) : error.localizedDescription
  }

  private static func taken(_ names: [String], in directory: String) -> CommandFailure {
    let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    return CommandFailure(
      message: "\(directory) has \(shown) already, and \(names.count == 1 ? "it is" : "they are") not replaced. "
        + "Name another place with --out, or move \(names.count == 1 ? "it" : "them") away",
      status: .wrongCommand)
  }

  private static func failed(_ path: String, _ reason: String) -> CommandFailure {
    CommandFailure(
      message: "\(path) could not be written (\(reason)); name another place with --out", status: .nothingAnalysed)
  }
}
