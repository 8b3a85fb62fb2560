import Assay

/// What the models ask of a block again and again: which drugs are present in a cell, and which monotherapy cells it is
/// compared with.
///
/// A class, because closures that take a structure of many arrays count references to each of them.
final class CellGrid: Sendable {
  let matrix: DoseMatrix
  let drugs: Int
  /// The doses of each drug.
  let doses: [[Double]]
  /// The matrix's shape and strides; a property of the matrix read through the grid copies the matrix first.
  let shape: [Int]
  let strides: [Int]
  /// The number of drugs present in each cell.
  let present: [Int]
  /// Response of each cell and its number of wells. It is the mean of its wells, but for a drug alone that other blocks
  /// measured too.
  let mean: [Double]
  let count: [Int]
  /// Position of each cell on each axis, the dose there, and the monotherapy cell at that dose, cell-major.
  private let positions: [Int]
  private let cellDoses: [Double]
  private let aloneCells: [Int]

  /// Takes a block.
  ///
  /// - Parameter shared: What takes the place of the wells' mean, by cell; where nothing was measured, nothing does.
  init(_ matrix: DoseMatrix, shared: [Int: Double] = [:]) {
    self.matrix = matrix
    let drugs = matrix.drugCount
    self.drugs = drugs
    let doses = matrix.axes.map(\.doses)
    self.doses = doses
    shape = matrix.shape
    strides = matrix.strides
    var mean = matrix.mean
    for (cell, value) in shared where matrix.count[cell] > 0 { mean[cell] = value }
    self.mean = mean
    count = matrix.count
    let cells = matrix.cellCount
    var positions = [Int](repeating: 0, count: cells * drugs)
    var cellDoses = [Double](repeating: 0, count: cells * drugs)
    var aloneCells = [Int](repeating: 0, count: cells * drugs)
    var present = [Int](repeating: 0, count: cells)
    for drug in 0..<drugs {
      let stride = matrix.strides[drug]
      let own = doses[drug]
      var position = 0
      var left = stride
      for cell in 0..<cells {
        let index = cell * drugs + drug
        positions[index] = position
        cellDoses[index] = own[position]
        aloneCells[index] = position * stride
        if own[position] > 0 { present[cell] += 1 }
        left -= 1
        if left == 0 {
          left = stride
          position = position + 1 == own.count ? 0 : position + 1
        }
      }
    }
    self.positions = positions
    self.cellDoses = cellDoses
    self.aloneCells = aloneCells
    self.present = present
  }

  /// Number of cells, missing ones included.
  var cellCount: Int { mean.count }

  /// The cell's position on a drug's axis.
  @inline(__always)
  func position(_ cell: Int, _ drug: Int) -> Int { positions[cell * drugs + drug] }

  /// Whether the drug is present in the cell.
  @inline(__always)
  func has(_ drug: Int, in cell: Int) -> Bool { dose(cell, drug) > 0 }

  /// The cell's dose of a drug.
  @inline(__always)
  func dose(_ cell: Int, _ drug: Int) -> Double { cellDoses[cell * drugs + drug] }

  /// The monotherapy cell of a drug at the cell's dose of it.
  @inline(__always)
  func alone(_ drug: Int, in cell: Int) -> Int { aloneCells[cell * drugs + drug] }

  /// The places of a drug's doses at which it was measured alone: outside of them its curve may be anywhere.
  func measuredAlone(_ drug: Int) -> [Int] {
    doses[drug].indices.filter { count[$0 * strides[drug]] > 0 }
  }

  /// References cell by cell: the observed response where fewer than two drugs are present, NaN where nothing was
  /// measured,
  /// `combined` elsewhere.
  func references(_ combined: (Int) -> Double) -> [Double] {
    mean.indices.map { cell in count[cell] == 0 ? .nan : present[cell] < 2 ? mean[cell] : combined(cell) }
  }
}
