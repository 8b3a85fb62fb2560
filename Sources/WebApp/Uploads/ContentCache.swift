import Synchronization

/// What files were last read as, so that a page that shows one again does not read it again. The newest few are kept.
final class ContentCache: Sendable {
  /// What a reading depends on.
  struct Key: Hashable {
    var sha256: String
    var name: String
    var role: FileRole?
    var corrections: [Correction]
  }

  private struct Entry {
    var key: Key
    var content: FileReader.Content
    var bytes: Int
  }

  /// Newest last.
  private let entries = Mutex<[Entry]>([])

  /// The most entries, and the most bytes of all of them as JSON.
  private static let mostEntries = 64
  private static let mostBytes = 64 << 20

  /// What a file was read as, when that is still known.
  subscript(_ key: Key) -> FileReader.Content? {
    entries.withLock { entries in
      guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
      let entry = entries.remove(at: place)
      entries.append(entry)
      return entry.content
    }
  }

  /// Keeps what a file was read as; the oldest make room.
  func keep(_ content: FileReader.Content, bytes: Int, for key: Key) {
    entries.withLock { entries in
      entries.removeAll { $0.key == key }
      guard bytes <= Self.mostBytes / 4 else { return }
      entries.append(Entry(key: key, content: content, bytes: bytes))
      while entries.count > Self.mostEntries || entries.reduce(0, { $0 + $1.bytes }) > Self.mostBytes {
        entries.removeFirst()
      }
    }
  }
}
