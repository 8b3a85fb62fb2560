/// Brings curves from their grid nodes to the minimum: damped Newton by variable projection, eight curves a SIMD
/// vector. The groups of eight take their steps in turn, so that the processor works on the next group while a step's
/// divisions are under way; when enough lanes are done, the others are moved together.
///
/// The step is `HillStep`'s. A curve's result does not depend on its neighbours.
struct HillPolish {
  /// One curve from one start.
  struct Task {
    var curve: Int
    var hill: Double
    var logEC50: Double
    var rss = Double.infinity
    /// (E0, Emax) relative to the shift: the factor of the occupancy, and the occupancy's mean (0 where E0 is fixed).
    var amplitude = 0.0
    var mean = 0.0
  }

  /// What a curve brings: its design, where its (centred or baseline-free) responses begin, and their Σ w y².
  struct Curve {
    var design: HillDesign
    var offset: Int
    var power: Double
  }

  /// When a curve is done.
  struct Criteria {
    /// Fall of the RSS, relative, that the next step promises or the last one brought, below which a curve has
    /// converged.
    var rssTolerance: Double
    /// Step in h (relative) and ln EC50 below which a curve has converged.
    var stepTolerance: Double
    /// Iterations after which it is left where it is.
    var iterations: Int

    /// Enough to tell the starts of a curve apart.
    static let rough = Criteria(rssTolerance: 1e-2, stepTolerance: 1e-2, iterations: 6)
    /// To the last digits. The cap was reached by none of the curves tried.
    static let full = Criteria(rssTolerance: 1e-9, stepTolerance: 1e-8, iterations: 100)
  }

  private var storage: UnsafeMutablePointer<Lanes>?
  private var capacity = 0

  /// Improves every task in place. `responses` holds the curves' responses one after the other.
  mutating func run(_ tasks: inout [Task], curves: [Curve], responses: [Double], until criteria: Criteria) {
    var longest = 0
    for task in tasks { longest = max(longest, curves[task.curve].design.positivePoints) }
    guard longest > 0, !tasks.isEmpty else { return }
    let layout = Layout(points: longest)
    let groups = (tasks.count + 7) / 8
    reserve(groups * layout.stride + 3 * longest)
    guard let storage else { return }
    tasks.withUnsafeMutableBufferPointer { tasks in
      curves.withUnsafeBufferPointer { curves in
        responses.withUnsafeBufferPointer { responses in
          for group in 0..<groups {
            layout.load(
              group, from: tasks, curves: curves, responses: responses, into: storage)
          }
          Self.run(tasks, groups: groups, layout: layout, storage: storage, until: criteria)
        }
      }
    }
  }

  private mutating func reserve(_ size: Int) {
    guard size > capacity else { return }
    storage?.deallocate()
    storage = .allocate(capacity: size)
    capacity = size
  }

  /// Frees the workspace.
  mutating func release() {
    storage?.deallocate()
    storage = nil
    capacity = 0
  }
  
  private static func run(
    _ tasks: UnsafeMutableBufferPointer<Task>, groups: Int, layout: Layout, storage: UnsafeMutablePointer<Lanes>, until criteria: Criteria
  ) {
    var groups = groups
    var left = tasks.count
    let scratch = storage + groups * layout.stride
    var iteration = 0
    while left > 0 {
      iteration += 1
      for group in 0..<groups {
        let base = storage + group * layout.stride
        let step = UnsafeMutableRawPointer(base).assumingMemoryBound(to: HillStep.self)
        guard step.pointee.live != 0 else { continue }
        let x = base + Layout.state
        let done = step.pointee.advance(points: layout.points, x: x, y: x + layout.points, w: x + 2 * layout.points, scratch: scratch, criteria: criteria)
        var finished = (iteration >= criteria.iterations ? 0xff : UInt64(done)) & step.pointee.live
        step.pointee.live &= ~finished
        while finished != 0 {
          let lane = finished.trailingZeroBitCount
          finished &= finished - 1
          step.pointee.store(lane, to: tasks)
          left -= 1
        }
      }
      // Move what is left together when it fills less than three quarters of the lanes.
      if left > 0, groups > 1, left * 4 <= groups * 24 {
        groups = layout.compact(groups, storage)
      }
    }
  }
}

/// Where a group of eight lies in memory: its step's state, then x, y, w of its points.
struct Layout {
  static let state = MemoryLayout<HillStep>.stride / MemoryLayout<Lanes>.stride
  let points: Int
  var stride: Int { Self.state + 3 * points }
  
  func load(_ group: Int, from tasks: UnsafeMutableBufferPointer<HillPolish.Task>, curves: UnsafeBufferPointer<HillPolish.Curve>, responses: UnsafeBufferPointer<Double>, into storage: UnsafeMutablePointer<Lanes>) {
    let base = storage + group * stride
    let x = base + Self.state
    let first = group * 8
    let count = min(8, tasks.count - first)
    let step = UnsafeMutableRawPointer(base).assumingMemoryBound(to: HillStep.self)
    step.initialize(to: HillStep())
    let scalars = UnsafeMutableRawPointer(base).assumingMemoryBound(to: Double.self)
    for lane in count..<8 {
      for point in 0..<3 * points { scalars[(Self.state + point) * 8 + lane] = 0 }
    }
    var owners = SIMD8<Int64>()
    for lane in 0..<count {
      let task = tasks[first + lane]
      let curve = curves[task.curve]
      let design = curve.design
      owners[lane] = Int64(first + lane)
      let zeros = design.hasZero ? 1 : 0
      let n = design.positivePoints
      let xs = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Double.self) + lane
      design.logDoses.withUnsafeBufferPointer { logDoses in
        design.weights.withUnsafeBufferPointer { weights in
          for point in 0..<n {
            xs[point * 8] = logDoses[point + zeros]
            xs[(points + point) * 8] = responses[curve.offset + zeros + point]
            xs[(2 * points + point) * 8] = weights[point + zeros]
          }
        }
      }
      for point in n..<points {
        xs[point * 8] = 0
        xs[(points + point) * 8] = 0
        xs[(2 * points + point) * 8] = 0
      }
      step.pointee.trialH[lane] = task.hill
      step.pointee.trialM[lane] = task.logEC50
      step.pointee.lowH[lane] = design.bounds.hill.lowerBound; step.pointee.highH[lane] = design.bounds.hill.upperBound
      step.pointee.lowM[lane] = design.logEC50Range.lowerBound; step.pointee.highM[lane] = design.logEC50Range.upperBound
      step.pointee.mirrored[lane] = design.hasZero ? 0 : 1
      step.pointee.centre[lane] = design.fixedE0 ? 0 : 1 / design.weightSum
      step.pointee.zeroW[lane] = design.hasZero ? design.weights[0] : 0
      step.pointee.zeroY[lane] = design.hasZero ? responses[curve.offset] : 0
      step.pointee.power[lane] = curve.power
    }
    step.pointee.h = step.pointee.trialH
    step.pointee.m = step.pointee.trialM
    step.pointee.owner = owners
    step.pointee.live = (1 << UInt64(count)) - 1
  }
  
  func compact(_ groups: Int, _ storage: UnsafeMutablePointer<Lanes>) -> Int {
    func step(_ group: Int) -> UnsafeMutablePointer<HillStep> {
      UnsafeMutableRawPointer(storage + group * stride).assumingMemoryBound(to: HillStep.self)
    }
    var low = 0
    var high = groups - 1
    while low < high {
      let holes = ~step(low).pointee.live & 0xff
      guard holes != 0 else { low += 1; continue }
      let live = step(high).pointee.live
      guard live != 0 else { high -= 1; continue }
      let to = holes.trailingZeroBitCount, from = live.trailingZeroBitCount
      let source = UnsafeMutableRawPointer(storage + high * stride).assumingMemoryBound(to: Double.self) + from
      let target = UnsafeMutableRawPointer(storage + low * stride).assumingMemoryBound(to: Double.self) + to
      for vector in 1..<stride { target[vector * 8] = source[vector * 8] }
      step(low).pointee.live |= 1 << UInt64(to)
      step(high).pointee.live &= ~(1 << UInt64(from))
    }
    return step(high).pointee.live != 0 ? high + 1 : high
  }
}
