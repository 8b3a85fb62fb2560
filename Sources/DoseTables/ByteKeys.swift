/// Numbers for sequences of bytes: the first new one is 0, the next 1, and so on. As a dictionary of arrays would do it, but all
/// keys lie in one array, and a look-up costs no more than a scan of the key.
struct ByteKeys {
  private struct Slot {
    var hash: UInt64
    /// The key's number and one, so that 0 is a free slot.
    var number: UInt32
  }

  private var bytes: [UInt8] = []
  /// Where each key ends in `bytes`.
  private var ends: [Int] = []
  private var slots: [Slot] = Array(repeating: Slot(hash: 0, number: 0), count: 64)
  /// Another in each process, so that no file can be made whose keys all collide.
  private static let ownSeed = UInt64.random(in: 0 ... .max)
  private let seed = ownSeed

  /// The number of a key, and whether it is a new one.
  mutating func number(of key: [UInt8]) -> (number: Int, isNew: Bool) {
    let hash = hash(key)
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place].number > 0 {
      let number = Int(slots[place].number) - 1
      if slots[place].hash == hash, isKey(number, key) { return (number, false) }
      place = (place + 1) & (slots.count - 1)
    }
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    slots[place] = Slot(hash: hash, number: UInt32(ends.count))
    if 2 * ends.count > slots.count { grow() }
    return (ends.count - 1, true)
  }

  private func isKey(_ number: Int, _ key: [UInt8]) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == key.count else { return false }
    for place in key.indices where bytes[start + place] != key[place] { return false }
    return true
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(hash: 0, number: 0), count: 2 * slots.count)
    for slot in slots where slot.number > 0 {
      var place = Int(truncatingIfNeeded: slot.hash) & (larger.count - 1)
      while larger[place].number > 0 { place = (place + 1) & (larger.count - 1) }
      larger[place] = slot
    }
    slots = larger
  }

  /// Eight bytes at a time are mixed by a product of twice their length, of which the upper half is folded onto the lower.
  private func hash(_ key: [UInt8]) -> UInt64 {
    func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
      let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ (seed | 1))
      return product.high ^ product.low
    }
    return key.withUnsafeBytes { bytes in
      var hash = seed ^ UInt64(bytes.count)
      var place = 0
      while place + 8 <= bytes.count {
        hash = mix(hash, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place += 8
      }
      var rest: UInt64 = 0
      while place < bytes.count {
        rest = rest << 8 | UInt64(bytes[place])
        place += 1
      }
      return mix(mix(hash, rest), seed)
    }
  }
}
