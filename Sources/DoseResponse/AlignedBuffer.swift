/// Memory that begins at a cache line: Swift aligns its vectors to 16 bytes only, and a vector of 64 bytes that crosses
/// two lines takes two loads. What it holds is plain numbers; it grows but does not keep what it held.
struct AlignedBuffer: ~Copyable {
  /// Bytes of a cache line.
  private static let line = 64

  private(set) var base: UnsafeMutableRawPointer
  private var size: Int

  init(size: Int = 0) {
    base = .allocate(byteCount: max(1, size), alignment: Self.line)
    self.size = size
  }

  deinit { base.deallocate() }

  /// Makes room for `count` values of a type.
  mutating func reserve<Value>(_ count: Int, of type: Value.Type) -> UnsafeMutablePointer<Value> {
    let needed = count * MemoryLayout<Value>.stride
    if needed > size {
      base.deallocate()
      base = .allocate(byteCount: needed, alignment: Self.line)
      size = needed
    }
    return base.assumingMemoryBound(to: type)
  }
}
