import Foundation

/// The doses, weights and bounds that a set of curves shares, and the grid of the global search over them.
///
/// The Hill model is separable: for a given (h, EC50) it is linear in E0 and Emax. With E0 free, take the weighted mean
/// off the responses y and off g(d; h, EC50); with E0 fixed, take E0 off y and nothing off g. Then for each node k of a
/// grid over (h, EC50),
///
///   RSS_k = ‖W^½ y‖² − (q_kᵀ W^½ y)²,  q_k = W^½ g_k / ‖W^½ g_k‖,
///
/// so that for all curves on this design the whole search is one matrix product Q·Y (variable projection: Golub &
/// Pereyra 1973, SIAM J. Numer. Anal. 10, 413–432).
///
/// It may be shared between threads: all it holds is written by its initialiser and only read afterwards, its memory
/// (`frame`, `basis`) included, which is freed with it.
public final class HillDesign: @unchecked Sendable {
  /// The distinct doses with data, ascending, in the unit of EC50.
  public let doses: [Double]
  /// The weight of each dose's mean response: its number of wells.
  public let weights: [Double]
  /// Whether E0 is given with each curve instead of fitted.
  public let fixedE0: Bool
  /// The bounds of the fit.
  public let bounds: HillBounds

  /// What the polish asks of a design again and again, without its arrays and their counts of references.
  struct Frame {
    /// ln (dose / scale) and weight of each dose above 0; they live as long as the design.
    var x: UnsafePointer<Double>
    var w: UnsafePointer<Double>
    /// Number of doses above 0.
    var points: Int
    var hasZero: Bool
    var zeroWeight: Double
    /// 1 / Σ w where means are taken off, 0 where E0 is fixed.
    var centre: Double
    var isMirrored: Bool
    var hill: ClosedRange<Double>
    var logEC50: ClosedRange<Double>
  }

  let frame: Frame
  private let frameBuffer: AlignedBuffer

  /// Whether 1 − g stands in for g where EC50 lies below the doses: without a zero dose g may be 1 − something tiny,
  /// and with E0 free the one is as good as the other but for the digits.
  let isMirrored: Bool
  /// ln(dose / lowest positive dose); `zeroDose` at dose 0.
  let logDoses: [Double]
  /// The dose that `logDoses` are relative to.
  let scale: Double
  let weightSum: Double
  /// h of the grid's rows.
  let hillNodes: [Double]
  /// ln(EC50 / scale) of the grid's columns and of the bounds.
  let logEC50: [Double]
  let logEC50Range: ClosedRange<Double>
  /// Columns of the grid in memory: those of `logEC50`, filled up to a multiple of eight with empty nodes.
  let columns: Int
  /// The row of the grid whose slope is moderate, where further starts are sought.
  let moderateRow: Int
  /// W^½ Q: for each vector of eight nodes its value at each point.
  private let basisBuffer: AlignedBuffer
  var basis: UnsafePointer<Lanes> { UnsafePointer(basisBuffer.base.assumingMemoryBound(to: Lanes.self)) }

  /// Rows of the grid; a multiple of four.
  static let rows = 12

  /// Stands for ln 0: far enough that g vanishes for every slope and EC50.
  static let zeroDose = -1e6

  /// Whether the untreated dose is among the points.
  let hasZero: Bool
  /// Points that say something about the curve: with E0 fixed the zero dose does not.
  var informativePoints: Int { fixedE0 && hasZero ? points - 1 : points }
  /// Number of points.
  public let points: Int
  /// Number of nodes in memory.
  var nodes: Int { hillNodes.count * columns }
  /// Parameters of the curve that are fitted.
  var freeParameters: Int { fixedE0 ? 3 : 4 }

  /// Makes a design. `doses` must be distinct, finite and ≥ 0, `weights` positive, one for each.
  public init(doses: [Double], weights: [Double], fixedE0: Bool, bounds: HillBounds) {
    precondition(doses.count == weights.count && weights.allSatisfy { $0 > 0 })
    let order = doses.indices.sorted { doses[$0] < doses[$1] }
    let doses = order.map { doses[$0] }
    let weights = order.map { weights[$0] }
    self.doses = doses
    self.weights = weights
    points = doses.count
    hasZero = doses.first == 0
    isMirrored = doses.first != 0 && !fixedE0
    self.fixedE0 = fixedE0
    self.bounds = bounds
    let scale = doses.first { $0 > 0 } ?? 1
    self.scale = scale
    let logDoses = doses.map { $0 > 0 ? log($0 / scale) : Self.zeroDose }
    self.logDoses = logDoses
    weightSum = weights.reduce(0, +)
    let positive = logDoses.filter { $0 > Self.zeroDose }
    let margin = log(bounds.ec50Factor)
    logEC50Range = -margin...((positive.last ?? 0) + margin)
    hillNodes = Self.hillNodes(in: bounds.hill)
    logEC50 = Self.ec50Nodes(doses: positive, in: logEC50Range)
    columns = (logEC50.count + 7) / 8 * 8
    moderateRow = hillNodes.firstIndex { $0 >= HillGridSearch.moderateHill } ?? hillNodes.count - 1
    let zeros = doses.first == 0 ? 1 : 0
    var frameBuffer = AlignedBuffer()
    let numbers = frameBuffer.reserve(2 * points, of: Double.self)
    for point in zeros..<points {
      numbers[point - zeros] = logDoses[point]
      numbers[points + point - zeros] = weights[point]
    }
    self.frameBuffer = frameBuffer
    frame = Frame(
      x: UnsafePointer(numbers), w: UnsafePointer(numbers + points), points: points - zeros, hasZero: zeros == 1,
      zeroWeight: zeros == 1 ? weights[0] : 0, centre: fixedE0 ? 0 : 1 / weightSum, isMirrored: isMirrored,
      hill: bounds.hill, logEC50: logEC50Range)
    basisBuffer = Self.basis(
      logDoses: logDoses, weights: weights, centred: !fixedE0, hillNodes: hillNodes, logEC50: logEC50, columns: columns)
  }

  /// Slopes evenly apart on the log scale, both bounds among them.
  private static func hillNodes(in range: ClosedRange<Double>) -> [Double] {
    return (0..<rows).map { row in
      min(range.upperBound, range.lowerBound * pow(range.upperBound / range.lowerBound, Double(row) / Double(rows - 1)))
    }
  }

  /// Nodes for EC50: up to four in each interval between tested doses, where a steep curve can hide, and four growing
  /// steps out to each bound.
  private static func ec50Nodes(doses: [Double], in range: ClosedRange<Double>) -> [Double] {
    guard let first = doses.first, let last = doses.last else { return [0] }
    var nodes: [Double] = []
    let reach = [1.0, 0.5, 0.22, 0.08]
    for part in reach { nodes.append(first + (range.lowerBound - first) * part) }
    let intervals = doses.count - 1
    if intervals > 0 {
      let perInterval = max(1, min(4, 24 / intervals))
      for (low, high) in zip(doses, doses.dropFirst()) {
        for step in 0..<perInterval { nodes.append(low + (high - low) * Double(step) / Double(perInterval)) }
      }
    }
    nodes.append(last)
    for part in reach.reversed() { nodes.append(last + (range.upperBound - last) * part) }
    return nodes
  }

  private static func basis(
    logDoses: [Double], weights: [Double], centred: Bool, hillNodes: [Double], logEC50: [Double], columns: Int
  ) -> AlignedBuffer {
    let points = logDoses.count
    let weightSum = weights.reduce(0, +)
    let rootWeights = weights.map { $0.squareRoot() }
    let size = hillNodes.count * columns * points
    var buffer = AlignedBuffer()
    let basis = buffer.reserve(size, of: Double.self)
    basis.initialize(repeating: 0, count: size)
    var occupancy = [Double](repeating: 0, count: points)
    for (row, slope) in hillNodes.enumerated() {
      for (column, midpoint) in logEC50.enumerated() {
        let side = midpoint < 0 && centred && logDoses.first != zeroDose ? -1.0 : 1.0  // see isMirrored
        var mean = 0.0
        for point in 0..<points {
          let steepness = max(-700, side * slope * (logDoses[point] - midpoint))
          occupancy[point] = logDoses[point] > zeroDose ? 1 / (1 + exp(-steepness)) : 0
          mean += weights[point] * occupancy[point]
        }
        mean = centred ? mean / weightSum : 0
        var norm = 0.0
        for point in 0..<points {
          occupancy[point] = (occupancy[point] - mean) * rootWeights[point]
          norm += occupancy[point] * occupancy[point]
        }
        guard norm > 0 else { continue }
        let inverse = 1 / norm.squareRoot()
        let vector = (row * columns + column) / 8
        for point in 0..<points {
          basis[(vector * points + point) * 8 + column % 8] = occupancy[point] * rootWeights[point] * inverse
        }
      }
    }
    return buffer
  }
}
