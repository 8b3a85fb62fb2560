import Foundation
import Logging

/// The server's log: a line an event on standard error, with the time.
struct StandardLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .notice

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let text = "\(Timestamp.now()) \(event.level): \(event.message)\n"
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
