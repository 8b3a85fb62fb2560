import Assay
import DoseResponse

/// The windows of adjacent doses of a block, laid out once for all models.
///
/// A window spans `size` doses > 0 of each drug (fewer where the drug has fewer).
struct PeakWindows {
  private let matrix: DoseMatrix
  private let spans: [Int]
  /// The first cell of every window.
  let origins: [Int]
  /// The cells of a window, counted from its first.
  let offsets: [Int]

  /// Half of a normal distribution lies within this many standard deviations.
  static let normalMedian = 0.674_489_750_196_081_7

  init(_ matrix: DoseMatrix, size: Int) {
    self.matrix = matrix
    let spans = matrix.axes.map { min(size, $0.positiveDoses.count) }
    self.spans = spans
    guard spans.allSatisfy({ $0 > 0 }) else {
      origins = []
      offsets = []
      return
    }
    var origins = [0]
    var offsets = [0]
    for drug in matrix.axes.indices {
      let first = matrix.axes[drug].hasZero ? 1 : 0
      let stride = matrix.strides[drug]
      origins = origins.flatMap { origin in
        (first...matrix.shape[drug] - spans[drug]).map { origin + $0 * stride }
      }
      offsets = offsets.flatMap { offset in (0..<spans[drug]).map { offset + $0 * stride } }
    }
    self.origins = origins
    self.offsets = offsets
  }

  /// Which window of a block is meant.
  enum Extreme {
    /// The one of largest mean synergy: the peak.
    case peak
    /// The one of smallest mean synergy: the trough.
    case trough
  }

  /// The window with the largest (or smallest) mean synergy. One in which less than `coverage` of the cells was scored
  /// does not count. `nil` when none counts. The earliest of equal windows is taken.
  func extreme(_ extreme: Extreme, of synergy: [Double], coverage: Double) -> PeakWindow? {
    let sign = extreme == .peak ? 1.0 : -1.0
    let needed = Double(offsets.count) * coverage
    var best: (mean: Double, origin: Int)?
    synergy.withUnsafeBufferPointer { synergy in
      offsets.withUnsafeBufferPointer { offsets in
        for origin in origins {
          var sum = 0.0
          var scored = 0
          for offset in offsets {
            let value = synergy[origin + offset]
            sum += value.isNaN ? 0 : value
            scored += value.isNaN ? 0 : 1
          }
          guard scored > 0, Double(scored) >= needed else { continue }
          let mean = sign * sum / Double(scored)
          if best.map({ mean > $0.mean }) ?? true { best = (mean, origin) }
        }
      }
    }
    return best.map { best in
      PeakWindow(
        mean: sign * best.mean,
        doses: matrix.axes.indices.map { drug in
          let low = matrix.position(of: best.origin, on: drug)
          return matrix.axes[drug].doses[low]...matrix.axes[drug].doses[low + spans[drug] - 1]
        })
    }
  }
}
