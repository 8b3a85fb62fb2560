import Assay
import Digests

/// What tells a block from the others of all screens: its drugs and units, its sample, its doses and its wells, those too
/// that were excluded.
///
/// Neither the names of files and blocks nor the order of files, rows or drugs has a part in it, so that a block keeps its
/// key when files are added to a screen or a well is excluded, and what people said of it stays with it. Two blocks with
/// the same wells have the same key.
public struct BlockKey: Sendable, Hashable, CustomStringConvertible {
  private let value: UInt64

  /// The key of a block as it was read.
  public init(_ read: DoseMatrix) {
    let matrix = read.withExcluded
    // Drugs in the order of their names, so that A × B is B × A.
    let order = matrix.axes.indices.sorted {
      (matrix.axes[$0].drug, $0) < (matrix.axes[$1].drug, $1)
    }
    var bytes: [UInt8] = []
    func add(_ text: String) {
      bytes.append(contentsOf: text.utf8)
      bytes.append(0)
    }
    func add(_ number: Double) { withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
    add(matrix.sample ?? "")
    for drug in order {
      let axis = matrix.axes[drug]
      add(axis.drug)
      add(axis.unit.symbol)
      axis.doses.forEach(add)
    }
    var position = [Int](repeating: 0, count: order.count)
    for _ in 0..<matrix.cellCount {
      var cell = 0
      for (place, drug) in order.enumerated() { cell += position[place] * matrix.strides[drug] }
      add(Double(matrix.count[cell]))
      matrix.replicates(of: cell).forEach(add)
      for place in position.indices.reversed() {
        position[place] += 1
        if position[place] < matrix.shape[order[place]] { break }
        position[place] = 0
      }
    }
    value = SHA256.digest(of: bytes).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads a key; `nil` for what is none.
  public init?(_ text: String) {
    guard text.utf8.count == 16, let value = UInt64(text, radix: 16) else { return nil }
    self.value = value
  }

  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
