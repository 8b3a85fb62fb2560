import Assay
import Foundation

/// What one block says about noise: how its replicate wells differ, and what it leaves over a smooth surface.
struct NoiseEvidence: Sendable {
  let grid: CellGrid
  let cells: LowRankSurface.Cells
  /// Σ (y − ȳ)² of each cell's wells.
  let squares: [Double]
  /// Degrees of freedom of the replicates.
  let replicateDegrees: Double
  /// Whether the replicates alone are enough.
  let isOwn: Bool
  /// Digest of the content, which orders evidence whatever the order of the blocks.
  let digest: UInt64

  /// How many degrees of freedom of one cell count when it is asked whether the replicates are enough.
  private static let degreesOfCell = 3

  /// Takes the evidence of a block.
  init(_ matrix: DoseMatrix, options: InferenceOptions) {
    grid = CellGrid(matrix)
    let rows = matrix.shape[0]
    cells = LowRankSurface.Cells(
      rows: rows, columns: matrix.cellCount / rows, mean: matrix.mean, count: matrix.count)
    var squares = [Double](repeating: 0, count: matrix.cellCount)
    var degrees = 0
    for cell in 0..<matrix.cellCount where matrix.count[cell] > 1 {
      for value in matrix.replicates(of: cell) {
        squares[cell] += (value - matrix.mean[cell]) * (value - matrix.mean[cell])
      }
      degrees += matrix.count[cell] - 1
    }
    self.squares = squares
    replicateDegrees = Double(degrees)
    let measured = matrix.count.count { $0 > 0 }
    // Many untreated wells tell the noise of untreated wells, not that of the block.
    let spread = matrix.count.reduce(0) { $0 + min(max($1 - 1, 0), Self.degreesOfCell) }
    isOwn =
      spread >= options.minimumReplicateDegrees
      && Double(spread) >= options.minimumReplicatesPerCell * Double(measured)
      && squares.contains { $0 > 0 }
    digest = matrix.digest
  }
}
