import Foundation

/// Refits one curve to many noisy copies of its responses: sixteen copies a step, all of one design, so that doses and
/// weights are the same numbers in every lane and nothing is gathered.
///
/// Every copy starts from the best node of a thinned grid (see ``HillDesign``) and takes the damped Newton steps of
/// `HillStep` until its RSS stands still to 1e-3 of itself or ``iterations`` have gone: enough for a resample, whose
/// own noise is far larger. The result of a copy depends on nothing but its own numbers.
package struct HillResampling {
  /// The most Newton steps of a copy.
  package static let iterations = 14
  /// Copies are taken so many at a time.
  package static let width = HillStep.width

  private static let criteria = HillPolish.Criteria(rssTolerance: 1e-3, stepTolerance: 1e-3, iterations: iterations)

  /// Where the fits go: one number for each copy, each array at least `copies` long.
  package struct Output {
    package var e0: UnsafeMutablePointer<Double>
    package var emax: UnsafeMutablePointer<Double>
    package var hill: UnsafeMutablePointer<Double>
    /// ln EC50, in the unit of the doses.
    package var logEC50: UnsafeMutablePointer<Double>

    package init(
      e0: UnsafeMutablePointer<Double>, emax: UnsafeMutablePointer<Double>, hill: UnsafeMutablePointer<Double>,
      logEC50: UnsafeMutablePointer<Double>
    ) {
      self.e0 = e0
      self.emax = emax
      self.hill = hill
      self.logEC50 = logEC50
    }
  }

  private typealias Vector = HillStep.Vector

  private let design: HillDesign
  private let logScale: Double
  /// The thinned grid's nodes, one after the other: what each point's response is multiplied with.
  private let nodes: [Double]
  private let hill: [Double]
  private let logEC50: [Double]

  /// Prepares a design: every second node of its grid in each direction, the bounds among them.
  package init(design: HillDesign) {
    self.design = design
    logScale = log(design.scale)
    var nodes: [Double] = []
    var hill: [Double] = []
    var logEC50: [Double] = []
    let rows = design.hillNodes.count
    for row in 0..<rows where row % 2 == 1 || row == 0 {
      for column in design.logEC50.indices where column % 2 == 0 || column == design.logEC50.count - 1 {
        hill.append(design.hillNodes[row])
        logEC50.append(design.logEC50[column])
        let vector = (row * design.columns + column) / 8
        for point in 0..<design.points {
          nodes.append(design.basis[vector * design.points + point][column % 8])
        }
      }
    }
    self.nodes = nodes
    self.hill = hill
    self.logEC50 = logEC50
  }

  /// Fits the copies.
  ///
  /// - Parameters:
  ///   - responses: For each point of the design the responses of its copies.
  ///   - copies: How many; a multiple of ``width``.
  ///   - e0: The fixed E0 of every copy, when the design fixes it.
  ///   - output: Where the parameters go.
  package func fit(
    _ responses: [UnsafePointer<Double>], copies: Int, e0: UnsafePointer<Double>?, into output: Output
  ) {
    let frame = design.frame
    let zeros = frame.hasZero ? 1 : 0
    let all = design.points
    let size = max(1, frame.points)
    withUnsafeTemporaryAllocation(of: Vector.self, capacity: all + 6 * size) { memory in
      guard let y = memory.baseAddress else { return }
      let x = y + all
      let w = x + size
      let scratch = w + size
      memory.initialize(repeating: Vector())
      for point in 0..<frame.points {
        x[point] = Vector(repeating: frame.x[point])
        w[point] = Vector(repeating: frame.w[point])
      }
      withUnsafeTemporaryAllocation(of: HillPolish.Task.self, capacity: Self.width) { tasks in
        tasks.initialize(repeating: HillPolish.Task(curve: 0, hill: 1, logEC50: 0))
        for first in Swift.stride(from: 0, to: copies, by: Self.width) {
          let shift = load(responses, first, e0: e0, into: y)
          let start = search(y)
          var power = Vector()
          for point in 0..<all { power += design.weights[point] * y[point] * y[point] }
          var step = HillStep(frame)
          step.live = (1 << UInt64(Self.width)) - 1
          for lane in 0..<Self.width {
            step.begin(
              in: lane, owner: lane, hill: hill[start[lane]], logEC50: logEC50[start[lane]], power: power[lane],
              zeroY: frame.hasZero ? y[0][lane] : 0)
          }
          var done: UInt64 = 0
          for _ in 0..<Self.iterations where done != step.live {
            step.advance(points: frame.points, x: x, y: y + zeros, w: w, scratch: scratch, criteria: Self.criteria)
            done |= step.done & step.live
          }
          step.store(step.live, to: tasks)
          for lane in 0..<Self.width { write(tasks[lane], shift: shift[lane], to: output, first + lane) }
        }
      }
    }
  }

  /// Takes the shift (E0, or the weighted mean) off the copies' responses; the shift.
  private func load(
    _ responses: [UnsafePointer<Double>], _ first: Int, e0: UnsafePointer<Double>?, into y: UnsafeMutablePointer<Vector>
  ) -> Vector {
    func row(_ row: UnsafePointer<Double>) -> Vector { UnsafeRawPointer(row + first).loadUnaligned(as: Vector.self) }
    var shift = Vector()
    if let e0, design.fixedE0 {
      shift = row(e0)
    } else {
      for point in 0..<design.points { shift += design.weights[point] * row(responses[point]) }
      shift *= 1 / design.weightSum
    }
    for point in 0..<design.points { y[point] = row(responses[point]) - shift }
    return shift
  }

  /// The node of largest (qᵀy)² of every copy. Written out and not a matrix product: the squares are compared as they
  /// are made and never stored.
  private func search(_ y: UnsafePointer<Vector>) -> SIMD16<Int> {
    let points = design.points
    var best = Vector(repeating: -1)
    var node = Vector()
    nodes.withUnsafeBufferPointer { q in
      guard var q = q.baseAddress else { return }
      for index in hill.indices {
        var product = Vector()
        for point in 0..<points { product = multiplyAdd(Vector(repeating: q[point]), y[point], product) }
        q += points
        let score = product * product
        let better = score .> best
        best.replace(with: score, where: better)
        node.replace(with: Vector(repeating: Double(index)), where: better)
      }
    }
    var place = SIMD16<Int>()
    for lane in 0..<Self.width { place[lane] = Int(node[lane]) }
    return place
  }

  private func write(_ task: HillPolish.Task, shift: Double, to output: Output, _ copy: Int) {
    let low = shift - task.amplitude * task.mean
    let high = low + task.amplitude
    let isMirrored = design.isMirrored && task.logEC50 < 0
    output.e0[copy] = isMirrored ? high : low
    output.emax[copy] = isMirrored ? low : high
    output.hill[copy] = task.hill
    output.logEC50[copy] = task.logEC50 + logScale
  }

  /// The responses of fitted curves at a dose, copy by copy. `copies` is a multiple of ``width``.
  package static func respond(
    _ curves: Output, at dose: Double, copies: Int, into target: UnsafeMutablePointer<Double>
  ) {
    guard dose > 0 else { return target.update(from: curves.e0, count: copies) }
    let logDose = log(dose)
    for first in Swift.stride(from: 0, to: copies, by: width) {
      func row(_ row: UnsafeMutablePointer<Double>) -> Vector {
        UnsafeRawPointer(row + first).loadUnaligned(as: Vector.self)
      }
      let e0 = row(curves.e0)
      let emax = row(curves.emax)
      let u = (row(curves.hill) * (logDose - row(curves.logEC50))).kept(
        Vector(repeating: -700), Vector(repeating: 700))
      // Counted from the nearer end, as in `HillCurve.response(at:)`.
      let fromStart = e0 + (emax - e0) / (1 + exponential(Vector() - u))
      let fromEnd = emax + (e0 - emax) / (1 + exponential(u))
      let response = fromStart.replacing(with: fromEnd, where: emax * emax .< e0 * e0)
      UnsafeMutableRawPointer(target + first).storeBytes(of: response, as: Vector.self)
    }
  }
}
