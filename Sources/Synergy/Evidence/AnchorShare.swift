import Assay

/// What one block of two drugs says of each of them alone.
struct AnchorShare: Sendable {
  /// One drug alone, the untreated wells first.
  struct Axis: Sendable {
    var key: AnchorKey
    /// The cells' places in the block.
    var cells: [Int]
    /// Mean response of each cell, % inhibition as read.
    var means: [Double]
    /// Wells of each cell, ≥ 1.
    var counts: [Double]
  }

  /// The axes of the block; `nil` where a dose was not measured alone.
  var axes: [Axis?]

  /// Takes the single drugs of a block; `nil` when it has not two of them, no untreated well, or no complete axis.
  init?(_ matrix: DoseMatrix) {
    guard matrix.drugCount == 2, matrix.control != nil else { return nil }
    axes = matrix.axes.indices.map { drug in
      guard let cells = matrix.monotherapy(of: drug), cells.count > 2, cells.allSatisfy({ matrix.count[$0] > 0 })
      else { return nil }
      let axis = matrix.axes[drug]
      return Axis(
        key: AnchorKey(sample: matrix.sample, drug: axis.drug, unit: axis.unit.symbol, doses: axis.doses), cells: cells,
        means: cells.map { matrix.mean[$0] }, counts: cells.map { Double(matrix.count[$0]) })
    }
    guard axes.contains(where: { $0 != nil }) else { return nil }
  }
}

/// What the blocks of a group have in common: the same drug at the same doses on the same sample.
struct AnchorKey: Sendable, Hashable {
  var sample: String?
  var drug: String
  var unit: String
  var doses: [Double]
}
