import Assay

/// What the models ask of a block again and again: which drugs are present in a cell, and which monotherapy cells it is
/// compared with.
struct CellGrid: Sendable {
  let matrix: DoseMatrix
  let drugs: Int
  /// The doses of each drug.
  let doses: [[Double]]
  /// Position of each cell on each axis, cell-major.
  private let positions: [Int]
  /// The number of drugs present in each cell.
  let present: [Int]

  init(_ matrix: DoseMatrix) {
    self.matrix = matrix
    let drugs = matrix.drugCount
    self.drugs = drugs
    let doses = matrix.axes.map(\.doses)
    self.doses = doses
    var positions = [Int](repeating: 0, count: matrix.cellCount * drugs)
    var present = [Int](repeating: 0, count: matrix.cellCount)
    for cell in 0..<matrix.cellCount {
      for drug in 0..<drugs {
        let position = matrix.position(of: cell, on: drug)
        positions[cell * drugs + drug] = position
        if doses[drug][position] > 0 { present[cell] += 1 }
      }
    }
    self.positions = positions
    self.present = present
  }

  /// The cell's position on a drug's axis.
  @inline(__always)
  func position(_ cell: Int, _ drug: Int) -> Int { positions[cell * drugs + drug] }

  /// Whether the drug is present in the cell.
  @inline(__always)
  func has(_ drug: Int, in cell: Int) -> Bool { dose(cell, drug) > 0 }

  /// The cell's dose of a drug.
  @inline(__always)
  func dose(_ cell: Int, _ drug: Int) -> Double { doses[drug][position(cell, drug)] }

  /// The monotherapy cell of a drug at the cell's dose of it.
  @inline(__always)
  func alone(_ drug: Int, in cell: Int) -> Int { position(cell, drug) * matrix.strides[drug] }

  /// References cell by cell: the observed response where fewer than two drugs are present, NaN where nothing was
  /// measured,
  /// `combined` elsewhere.
  func references(_ combined: (Int) -> Double) -> [Double] {
    (0..<matrix.cellCount).map { cell in
      matrix.count[cell] == 0 ? .nan : present[cell] < 2 ? matrix.mean[cell] : combined(cell)
    }
  }
}
