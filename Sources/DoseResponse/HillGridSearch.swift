import LeastSquares

/// The global search: one matrix product scores every curve of a design at every node of its grid, and the best local
/// optima become starts.
struct HillGridSearch {
  /// Local optima of the grid taken as starts. The best node alone misses the global minimum on some noisy curves (see
  /// the test "finds the global minimum").
  static let startsPerCurve = 3
  /// Starts taken besides along EC50 on the row of the steepest slope, and on one of moderate slope. Two minima may
  /// share a dose's place on the flank, one steep, one not, with no hill between them that the grid could see: which
  /// dose that is, is a choice among few, and the grid has them all.
  static let steepStarts = 2
  /// See `steepStarts`.
  static let moderateStarts = 1
  /// The moderate slope.
  static let moderateHill = 2.5

  private var weighted: [Double] = []
  private var products: [Double] = []
  private var padded: [Double] = []
  private var paddedShape = (rows: 0, columns: 0)

  /// Appends the starts of curves `first ..< first + count`, which share `design` and whose responses lie one after the
  /// other.
  mutating func starts(
    for design: HillDesign, first: Int, count: Int, responses: ArraySlice<Double>, into tasks: inout [HillPolish.Task]
  ) {
    let points = design.points
    guard points > 0, count > 0 else { return }
    let nodes = design.nodes
    let columns = design.columns
    let rows = design.hillNodes.count
    grow(&weighted, points * count)
    grow(&products, nodes * count)
    let stride = columns + 16
    if paddedShape != (rows, columns) {  // a border of another shape would hold that grid's scores
      paddedShape = (rows, columns)
      padded = [Double](repeating: 0, count: stride * (rows + 2))
    }

    let rootWeights = design.weights.map { $0.squareRoot() }
    for curve in 0..<count {
      for point in 0..<points {
        weighted[curve * points + point] = responses[responses.startIndex + curve * points + point] * rootWeights[point]
      }
    }
    design.basis.withUnsafeBufferPointer { basis in
      weighted.withUnsafeBufferPointer { weighted in
        products.withUnsafeMutableBufferPointer { products in
          guard let a = basis.baseAddress, let b = weighted.baseAddress, let c = products.baseAddress else { return }
          BLAS.gemm(
            transposeA: false, transposeB: false, m: nodes, n: count, k: points, alpha: 1, a: a, lda: nodes, b: b,
            ldb: points, beta: 0, c: c, ldc: nodes)
        }
      }
    }
    let moderateRow = design.hillNodes.firstIndex { $0 >= Self.moderateHill } ?? rows - 1
    for curve in 0..<count {
      var best = Candidates()
      padded.withUnsafeMutableBufferPointer { padded in
        products.withUnsafeBufferPointer { products in
          guard let scores = padded.baseAddress, let product = products.baseAddress else { return }
          for row in 0..<rows {
            let target = UnsafeMutableRawPointer(scores + (row + 1) * stride + 8)
            let source = UnsafeRawPointer(product + curve * nodes + row * columns)
            for column in Swift.stride(from: 0, to: columns * 8, by: 64) {
              let value = source.loadUnaligned(fromByteOffset: column, as: Lanes.self)
              target.storeBytes(of: value * value, toByteOffset: column, as: Lanes.self)
            }
          }
          Self.localOptima(
            UnsafeRawPointer(scores), rows: rows, columns: columns, stride: stride, moderateRow: moderateRow,
            into: &best)
        }
      }
      let begin = tasks.count
      for index in 0..<3 {
        let family = index == 0 ? best.everywhere : index == 1 ? best.steepest : best.moderate
        for place in 0..<family.limit where family.scores[place] > 0 {
          let node = Int(family.nodes[place])
          let hill = design.hillNodes[node / columns]
          let logEC50 = design.logEC50[min(node % columns, design.logEC50.count - 1)]
          let isKnown = tasks[begin...].contains { $0.hill == hill && $0.logEC50 == logEC50 }
          if !isKnown { tasks.append(HillPolish.Task(curve: first + curve, hill: hill, logEC50: logEC50)) }
        }
      }
    }
  }

  /// The starts of one curve.
  private struct Candidates {
    var everywhere = Best(limit: startsPerCurve)
    var steepest = Best(limit: steepStarts)
    var moderate = Best(limit: moderateStarts)
  }

  /// The best nodes seen so far, best first.
  private struct Best {
    let limit: Int
    private(set) var scores = SIMD8<Double>(repeating: 0)
    private(set) var nodes = SIMD8<Int64>(repeating: 0)

    init(limit: Int) { self.limit = limit }

    mutating func consider(_ score: Double, _ node: Int) {
      guard score > scores[limit - 1] else { return }
      var place = limit - 1
      while place > 0, score > scores[place - 1] {
        scores[place] = scores[place - 1]
        nodes[place] = nodes[place - 1]
        place -= 1
      }
      scores[place] = score
      nodes[place] = Int64(node)
    }
  }

  /// Nodes better than their earlier neighbours and no worse than their later ones, eight at a time. The border of
  /// zeros around the grid belongs to no node.
  private static func localOptima(
    _ scores: UnsafeRawPointer, rows: Int, columns: Int, stride: Int, moderateRow: Int, into best: inout Candidates
  ) {
    func load(_ row: Int, _ column: Int) -> Lanes {
      scores.loadUnaligned(fromByteOffset: (row * stride + column) * 8, as: Lanes.self)
    }
    for row in 1...rows {
      for column in Swift.stride(from: 8, to: columns + 8, by: 8) {
        let here = load(row, column)
        let ridge = here .> load(row, column - 1) .& here .>= load(row, column + 1)
        let top = ridge .& here .> load(row - 1, column) .& here .>= load(row + 1, column)
        let node = (row - 1) * columns + column - 8
        if any(top) {
          for lane in 0..<8 where top[lane] { best.everywhere.consider(here[lane], node + lane) }
        }
        if row == rows, any(ridge) {
          for lane in 0..<8 where ridge[lane] { best.steepest.consider(here[lane], node + lane) }
        }
        if row - 1 == moderateRow, any(ridge) {
          for lane in 0..<8 where ridge[lane] { best.moderate.consider(here[lane], node + lane) }
        }
      }
    }
  }

  private func grow(_ buffer: inout [Double], _ size: Int) {
    if buffer.count < size { buffer = [Double](repeating: 0, count: size) }
  }
}
