import CLibZip

/// A zip archive in memory, read with libzip. The only place of this folder where memory is handled by hand.
///
/// What an archive claims of its parts' sizes is checked before anything is inflated, and what they really inflate to
/// while it is.
package struct ZipArchive: ~Copyable {
  private let archive: OpaquePointer
  private let limits: WorkbookLimits
  private var inflated = 0
  private var parts: [String: (index: UInt64, size: Int)] = [:]

  /// Whether bytes begin as a zip archive does.
  package static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// Opens the archive for the time of `body`.
  package static func with<Result>(
    _ bytes: [UInt8], limits: WorkbookLimits, _ body: (inout ZipArchive) throws(WorkbookError) -> Result
  ) throws(WorkbookError) -> Result {
    guard bytes.count <= limits.largestFile else { throw .tooLarge(bytes: bytes.count, most: limits.largestFile) }
    var outcome: Swift.Result<Result, WorkbookError> = .failure(.corrupt(reason: "empty"))
    bytes.withUnsafeBytes { buffer in
      outcome = Swift.Result { () throws(WorkbookError) in
        var archive = ZipArchive(archive: try open(buffer), limits: limits)
        try archive.check()
        return try body(&archive)
      }
    }
    return try outcome.get()
  }

  private init(archive: OpaquePointer, limits: WorkbookLimits) {
    self.archive = archive
    self.limits = limits
  }

  private static func open(_ buffer: UnsafeRawBufferPointer) throws(WorkbookError) -> OpaquePointer {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(buffer.baseAddress, UInt64(buffer.count), 0, &error) else {
      throw .corrupt(reason: String(cString: zip_error_strerror(&error)))
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      let reason = String(cString: zip_error_strerror(&error))
      zip_source_free(source)
      throw .corrupt(reason: reason)
    }
    return archive
  }

  deinit { zip_discard(archive) }

  /// Checks every part's claimed size and lists the parts.
  private mutating func check() throws(WorkbookError) {
    let count = Int(zip_get_num_entries(archive, 0))
    guard count <= limits.mostEntries else { throw .tooManyParts(count: count, most: limits.mostEntries) }
    var total = 0
    for index in 0..<UInt64(max(0, count)) {
      var stat = zip_stat_t()
      guard zip_stat_index(archive, index, 0, &stat) == 0, let name = stat.name, stat.valid & UInt64(ZIP_STAT_SIZE) != 0
      else { throw .corrupt(reason: "a part has no name or size") }
      let part = String(cString: name)
      if stat.encryption_method != UInt16(ZIP_EM_NONE) { throw .encrypted }
      guard let size = Int(exactly: stat.size), size <= limits.largestInflated else {
        throw .inflatesTooFar(bytes: Int(clamping: stat.size), most: limits.largestInflated)
      }
      let packed = Int(clamping: stat.comp_size)
      if size > limits.ratioFrom, size / max(1, packed) > limits.largestRatio {
        throw .bomb(part: part, inflated: size, packed: packed, most: limits.largestRatio)
      }
      total += size
      guard total <= limits.largestInflated else {
        throw .inflatesTooFar(bytes: total, most: limits.largestInflated)
      }
      parts[part] = parts[part] ?? (index, size)
    }
  }

  /// Whether the archive has the part.
  package func has(_ part: String) -> Bool { parts[part] != nil }

  /// The bytes of a part; `nil` when there is none of the name.
  package mutating func read(_ part: String) throws(WorkbookError) -> [UInt8]? {
    guard let (index, size) = parts[part] else { return nil }
    guard let file = zip_fopen_index(archive, index, 0) else {
      throw .unreadablePart(part: part, reason: String(cString: zip_strerror(archive)))
    }
    defer { zip_fclose(file) }
    // A part that goes on after its claimed size lies about it.
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var used = 0
    while used < bytes.count {
      let room = bytes.count - used
      let got = bytes.withUnsafeMutableBytes { buffer in
        zip_fread(file, buffer.baseAddress?.advanced(by: used), UInt64(room))
      }
      guard got >= 0 else {
        throw .unreadablePart(part: part, reason: "its packed bytes are damaged")
      }
      if got == 0 { break }
      used += Int(got)
    }
    guard used <= size else { throw .unreadablePart(part: part, reason: "it is larger than the archive says") }
    inflated += used
    guard inflated <= limits.largestInflated else {
      throw .inflatesTooFar(bytes: inflated, most: limits.largestInflated)
    }
    bytes.removeLast(bytes.count - used)
    return bytes
  }
}
