import Assay
import Crypto
import Foundation

/// What tells a block from the others of all screens: its drugs and units, its sample, its doses and its wells.
///
/// Neither the names of files and blocks nor the order of files, rows or drugs has a part in it, so that a block keeps its
/// key when files are added to a screen, and what people said of it stays with it. Two blocks with the same wells have
/// the same key.
public enum BlockKey {
  /// Sixteen hexadecimal digits.
  public static func text(of matrix: DoseMatrix) -> String {
    // Drugs in the order of their names, so that A × B is B × A.
    let order = matrix.axes.indices.sorted {
      (matrix.axes[$0].drug, $0) < (matrix.axes[$1].drug, $1)
    }
    var bytes = Data()
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
    let digits = Array("0123456789abcdef")
    return SHA256.hash(data: bytes).prefix(8).reduce(into: "") {
      $0.append(digits[Int($1 >> 4)])
      $0.append(digits[Int($1 & 15)])
    }
  }
}
