import CLanes

/// The global search: a product of the grid's basis with the responses scores every curve of a design at every node,
/// and the best local optima become starts.
///
/// The product is written out and not OpenBLAS's `dgemm`, whose bits in one column depend on how many columns there are
/// and whose kernel, where it does not know the processor, is half as fast.
struct HillGridSearch: ~Copyable {
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

  /// How much worse than the best node's the RSS of a start's node may be, relative,
  static let margin = 0.2
  /// and as a share of Σ w y².
  static let share = 0.01

  /// Curves that are multiplied together.
  private static let panel = 4

  private var buffer = AlignedBuffer()
  private var marks = AlignedBuffer()
  private var shape = (rows: 0, vectors: 0)

  /// Appends the starts of curves of a batch that lie next to each other and share a design.
  mutating func starts(
    for run: (design: HillDesign, curves: Range<Int>), of batch: HillBatch, into tasks: inout [HillPolish.Task]
  ) {
    batch.responses.withUnsafeBufferPointer { responses in
      guard let base = responses.baseAddress else { return }
      let first = run.curves.lowerBound
      starts(
        for: run.design, first: first, count: run.curves.count, responses: base + batch.curves[first].offset,
        powers: batch.curves,
        into: &tasks)
    }
  }

  private mutating func starts(
    for design: HillDesign, first: Int, count: Int, responses: UnsafePointer<Double>, powers: [HillPolish.Curve],
    into tasks: inout [HillPolish.Task]
  ) {
    let points = design.points
    guard points > 0, count > 0 else { return }
    let vectors = design.columns / 8
    let rows = HillDesign.rows
    let scores = reserve(rows: rows, vectors: vectors)
    let size = Self.size(rows: rows, vectors: vectors)
    let marks = marks.reserve(2 * rows * vectors, of: UInt8.self)
    var curve = 0
    while curve < count {
      let together = count - curve >= Self.panel ? Self.panel : 1
      let y = responses + curve * points
      if together == Self.panel {
        Self.multiplyPanel(design.basis, y, points: points, rows: rows, vectors: vectors, scores: scores, size: size)
      } else {
        Self.multiplyOne(design.basis, y, points: points, rows: rows, vectors: vectors, scores: scores)
      }
      for member in 0..<together {
        let optima = Self.localOptima(
          scores + member * size, rows: rows, vectors: vectors, moderateRow: design.moderateRow, marks: marks)
        optima.addStarts(
          of: first + curve + member, design: design, power: powers[first + curve + member].power, to: &tasks)
      }
      curve += together
    }
  }

  /// Vectors that one curve's scores take: a row of zeros above and below, a vector of zeros to the left of each row
  /// and after the last, so that the border belongs to no node.
  private static func size(rows: Int, vectors: Int) -> Int { (rows + 2) * (vectors + 1) + 1 }

  private mutating func reserve(rows: Int, vectors: Int) -> UnsafeMutablePointer<Lanes> {
    let size = Self.panel * Self.size(rows: rows, vectors: vectors)
    let scores = buffer.reserve(size, of: Lanes.self)
    if shape != (rows, vectors) {  // a border of another shape would hold that grid's scores
      scores.initialize(repeating: Lanes(), count: size)
      shape = (rows, vectors)
    }
    return scores
  }

  /// Scores of four curves: (qᵀ y)² at each node, two rows of the grid at a time.
  private static func multiplyPanel(
    _ basis: UnsafePointer<Lanes>, _ y: UnsafePointer<Double>, points: Int, rows: Int, vectors: Int,
    scores: UnsafeMutablePointer<Lanes>, size: Int
  ) {
    let y1 = y + points
    let y2 = y1 + points
    let y3 = y2 + points
    for row in stride(from: 0, to: rows, by: 2) {
      let one = scores + (row + 1) * (vectors + 1) + 1
      let two = one + vectors + 1
      for vector in 0..<vectors {
        let q = basis + ((row &* vectors &+ vector) &* points)
        let r = q + (vectors &* points)
        var q0 = Lanes(), q1 = Lanes(), q2 = Lanes(), q3 = Lanes()
        var r0 = Lanes(), r1 = Lanes(), r2 = Lanes(), r3 = Lanes()
        for point in 0..<points {
          q0 = multiplyAdd(q[point], y[point], q0)
          r0 = multiplyAdd(r[point], y[point], r0)
          q1 = multiplyAdd(q[point], y1[point], q1)
          r1 = multiplyAdd(r[point], y1[point], r1)
          q2 = multiplyAdd(q[point], y2[point], q2)
          r2 = multiplyAdd(r[point], y2[point], r2)
          q3 = multiplyAdd(q[point], y3[point], q3)
          r3 = multiplyAdd(r[point], y3[point], r3)
        }
        one[vector] = q0 * q0
        two[vector] = r0 * r0
        one[size + vector] = q1 * q1
        two[size + vector] = r1 * r1
        one[2 * size + vector] = q2 * q2
        two[2 * size + vector] = r2 * r2
        one[3 * size + vector] = q3 * q3
        two[3 * size + vector] = r3 * r3
      }
    }
  }

  /// Scores of one curve, the same to the bit, four rows of the grid at a time.
  private static func multiplyOne(
    _ basis: UnsafePointer<Lanes>, _ y: UnsafePointer<Double>, points: Int, rows: Int, vectors: Int,
    scores: UnsafeMutablePointer<Lanes>
  ) {
    let next = vectors * points
    let line = vectors + 1
    for row in stride(from: 0, to: rows, by: 4) {
      let target = scores + (row + 1) * line + 1
      for vector in 0..<vectors {
        let q = basis + ((row &* vectors &+ vector) &* points)
        let q1 = q + next
        let q2 = q1 + next
        let q3 = q2 + next
        var s0 = Lanes(), s1 = Lanes(), s2 = Lanes(), s3 = Lanes()
        for point in 0..<points {
          s0 = multiplyAdd(q[point], y[point], s0)
          s1 = multiplyAdd(q1[point], y[point], s1)
          s2 = multiplyAdd(q2[point], y[point], s2)
          s3 = multiplyAdd(q3[point], y[point], s3)
        }
        target[vector] = s0 * s0
        target[line + vector] = s1 * s1
        target[2 * line + vector] = s2 * s2
        target[3 * line + vector] = s3 * s3
      }
    }
  }

  /// Nodes better than their earlier neighbours and no worse than their later ones, eight at a time; their marks are
  /// read afterwards, as a branch for each would be a wrong guess for most.
  private static func localOptima(
    _ scores: UnsafePointer<Lanes>, rows: Int, vectors: Int, moderateRow: Int, marks: UnsafeMutablePointer<UInt8>
  ) -> Optima {
    let stride = vectors &+ 1
    let ridges = marks + (rows &* vectors)
    for row in 0..<rows {
      let line = scores + ((row &+ 1) &* stride &+ 1)
      let above = line - stride
      let below = line + stride
      let tops = marks + (row &* vectors)
      var here = line[-1]
      var next = line[0]
      for vector in 0..<vectors {
        let last = here
        here = next
        next = line[vector &+ 1]
        let ridge = here .> isobole_shift_up(last, here) .& here .>= isobole_shift_down(here, next)
        ridges[row &* vectors &+ vector] = bits(ridge)
        tops[vector] = bits(ridge .& here .> above[vector] .& here .>= below[vector])
      }
    }
    var optima = Optima()
    func consider(_ marks: UnsafePointer<UInt8>, row: Int, rows: Int, _ best: inout Best) {
      for vector in row &* vectors..<(row &+ rows) &* vectors where marks[vector] != 0 {
        var nodes = marks[vector]
        let place = scores + (vector &+ vector / vectors &+ stride &+ 1)
        while nodes != 0 {
          let lane = nodes.trailingZeroBitCount
          nodes &= nodes &- 1
          best.consider(place.pointee[lane], vector &* 8 &+ lane)
        }
      }
    }
    consider(marks, row: 0, rows: rows, &optima.everywhere)
    consider(ridges, row: rows - 1, rows: 1, &optima.steepest)
    consider(ridges, row: moderateRow, rows: 1, &optima.moderate)
    return optima
  }

  /// The starts of one curve.
  private struct Optima {
    var everywhere = Best(limit: startsPerCurve)
    var steepest = Best(limit: steepStarts)
    var moderate = Best(limit: moderateStarts)

    func addStarts(of curve: Int, design: HillDesign, power: Double, to tasks: inout [HillPolish.Task]) {
      let begin = tasks.count
      let allowed = (power - everywhere[0].score) * (1 + HillGridSearch.margin) + HillGridSearch.share * power
      for best in [everywhere, steepest, moderate] {
        for place in 0..<best.limit {
          let (score, node) = best[place]
          guard score > 0 else { break }
          guard power - score <= allowed else { break }
          let hill = design.hillNodes[node / design.columns]
          let logEC50 = design.logEC50[min(node % design.columns, design.logEC50.count - 1)]
          let isKnown = tasks[begin...].contains { $0.hill == hill && $0.logEC50 == logEC50 }
          if !isKnown { tasks.append(HillPolish.Task(curve: curve, hill: hill, logEC50: logEC50)) }
        }
      }
    }
  }

  /// The best nodes seen so far, best first; at most three.
  private struct Best {
    typealias Place = (score: Double, node: Int)

    let limit: Int
    private var first: Place = (0, 0)
    private var second: Place = (0, 0)
    private var third: Place = (0, 0)

    init(limit: Int) { self.limit = limit }

    subscript(place: Int) -> Place { place == 0 ? first : place == 1 ? second : third }

    mutating func consider(_ score: Double, _ node: Int) {
      if score > first.score {
        (first, second, third) = ((score, node), first, second)
      } else if score > second.score {
        (second, third) = ((score, node), second)
      } else if score > third.score {
        third = (score, node)
      }
    }
  }
}
