import Foundation
/// Brings curves from their grid nodes to the minimum: damped Newton by variable projection, eight curves a SIMD
/// vector. The groups of eight take their steps in turn, so that the processor works on the next group while a step's
/// divisions are under way; when enough lanes are done, the others are moved together.
///
/// The step is `HillStep`'s. A curve's result does not depend on its neighbours.
struct HillPolish: ~Copyable {
  /// One curve from one start.
  struct Task {
    var curve: Int
    var hill: Double
    var logEC50: Double
    var rss = Double.infinity
    /// (E0, Emax) relative to the shift: the factor of the occupancy, and the occupancy's mean (0 where E0 is fixed).
    var amplitude = 0.0
    var mean = 0.0
    /// By how much the RSS would fall in the next step if it were a paraboloid.
    var promise = 0.0
    var nextHill = 0.0
    var nextLogEC50 = 0.0
    var isDropped = false
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

    /// To the last digits. The cap was reached by none of the curves tried.
    static let full = Criteria(rssTolerance: Lab.tol, stepTolerance: 1e-8, iterations: 100)
  }

  private var buffer = AlignedBuffer()

  /// Improves every task in place. `responses` holds the curves' responses one after the other.
  mutating func run(_ tasks: inout [Task], curves: [Curve], responses: [Double], until criteria: Criteria) {
    var longest = 0
    for task in tasks { longest = max(longest, curves[task.curve].design.positivePoints) }
    guard longest > 0, !tasks.isEmpty else { return }
    let layout = Layout(points: longest)
    let groups = (tasks.count + HillStep.width - 1) / HillStep.width
    let storage = buffer.reserve(groups * layout.stride + 3 * longest, of: HillStep.Vector.self)
    tasks.withUnsafeMutableBufferPointer { tasks in
      curves.withUnsafeBufferPointer { curves in
        responses.withUnsafeBufferPointer { responses in
          for group in 0..<groups {
            layout.load(
              group, from: tasks, curves: curves, responses: responses, into: storage)
          }
          Self.run(tasks, groups: groups, layout: layout, storage: storage, curves: curves, until: criteria)
        }
      }
    }
  }

  private static func run(
    _ tasks: UnsafeMutableBufferPointer<Task>, groups: Int, layout: Layout, storage: UnsafeMutablePointer<HillStep.Vector>,
    curves: UnsafeBufferPointer<Curve>, until criteria: Criteria
  ) {
    var groups = groups
    let scratch = storage + groups * layout.stride
    var left = tasks.count
    for iteration in 1...criteria.iterations where left > 0 {
      let isLast = iteration == criteria.iterations
      let isComparison = Contest.rounds.contains(iteration)
      for group in 0..<groups {
        let base = storage + group * layout.stride
        let step = layout.step(group, storage)
        guard step.pointee.live != 0 else { continue }
        let x = base + Layout.state
        step.pointee.advance(
          points: layout.points, x: x, y: x + layout.points, w: x + 2 * layout.points, scratch: scratch,
          criteria: criteria)
        Lab.its += HillStep.width / 8
      }
      for group in 0..<groups {
        let step = layout.step(group, storage)
        let finished = isLast ? step.pointee.live : step.pointee.done & step.pointee.live
        guard finished != 0 || isComparison else { continue }
        step.pointee.store(isComparison ? step.pointee.live : finished, to: tasks)
        step.pointee.live &= ~finished
        left -= finished.nonzeroBitCount
      }
      if isComparison {
        Contest.drop(tasks, curves: curves)
        for group in 0..<groups {
          let step = layout.step(group, storage)
          var live = step.pointee.live
          while live != 0 {
            let lane = live.trailingZeroBitCount
            live &= live - 1
            if tasks[Int(step.pointee.owner[lane])].isDropped {
              step.pointee.live &= ~(1 << UInt64(lane))
              left -= 1
            }
          }
        }
      }
      // Move what is left together when it fills less than three quarters of the lanes.
      if groups > 1, left * 4 <= groups * HillStep.width * 3 { groups = layout.compact(groups, storage) }
    }
  }
}

public enum Lab {
  nonisolated(unsafe) public static var its = 0
  nonisolated(unsafe) public static var kept = [Int](repeating: 0, count: 10)
  nonisolated(unsafe) public static var total = 0
  static func env(_ n: String, _ d: Double) -> Double { ProcessInfo.processInfo.environment[n].flatMap(Double.init) ?? d }
  public static let kappa = env("KAPPA", 4), margin = env("MARGIN", 0.1), share = env("SHARE", 0.003), rounds = ProcessInfo.processInfo.environment["ROUNDS"]?.split(separator: ",").map { Int($0)! } ?? [3, 5, 7]
  public static let merge = env("MERGE", 0.1), tol = env("TOL", 1e-9)
}

/// Which of a curve's starts are given up.
enum Contest {
  static let rounds = Lab.rounds
  static func drop(_ tasks: UnsafeMutableBufferPointer<HillPolish.Task>, curves: UnsafeBufferPointer<HillPolish.Curve>) {
    let kappa = Lab.kappa, margin = Lab.margin, share = Lab.share
    var first = 0
    while first < tasks.count {
      let curve = tasks[first].curve
      var end = first
      var least = Double.infinity
      while end < tasks.count, tasks[end].curve == curve {
        if !tasks[end].isDropped { least = min(least, tasks[end].rss) }
        end += 1
      }
      let allowance = least * (1 + margin) + share * curves[curve].power
      for index in first..<end where !tasks[index].isDropped {
        let task = tasks[index]
        if !(task.rss - kappa * task.promise <= allowance) {
          tasks[index].isDropped = true
          continue
        }
        for known in first..<index where !tasks[known].isDropped {
          let steepest = max(tasks[known].nextHill, task.nextHill)
          if abs(tasks[known].nextLogEC50 - task.nextLogEC50) * steepest < Lab.merge,
            abs(tasks[known].nextHill - task.nextHill) < Lab.merge * steepest
          {
            if tasks[known].rss <= task.rss {
              tasks[index].isDropped = true
              break
            } else {
              tasks[known].isDropped = true
            }
          }
        }
      }
      first = end
    }
  }
}

/// Where a group of eight lies in memory: its step's state, then x, y, w of its points.
struct Layout {
  static let state = MemoryLayout<HillStep>.stride / MemoryLayout<HillStep.Vector>.stride
  let points: Int
  private var width: Int { HillStep.width }
  func step(_ group: Int, _ storage: UnsafeMutablePointer<HillStep.Vector>) -> UnsafeMutablePointer<HillStep> {
    UnsafeMutableRawPointer(storage + group * stride).assumingMemoryBound(to: HillStep.self)
  }
  var stride: Int { Self.state + 3 * points }
  
  func load(_ group: Int, from tasks: UnsafeMutableBufferPointer<HillPolish.Task>, curves: UnsafeBufferPointer<HillPolish.Curve>, responses: UnsafeBufferPointer<Double>, into storage: UnsafeMutablePointer<HillStep.Vector>) {
    let base = storage + group * stride
    let x = base + Self.state
    let first = group * width
    let count = min(width, tasks.count - first)
    let step = UnsafeMutableRawPointer(base).assumingMemoryBound(to: HillStep.self)
    step.initialize(to: HillStep())
    let scalars = UnsafeMutableRawPointer(base).assumingMemoryBound(to: Double.self)
    for lane in count..<width {
      for point in 0..<3 * points { scalars[(Self.state + point) * width + lane] = 0 }
    }
    var owners = HillStep.Vector()
    for lane in 0..<count {
      let task = tasks[first + lane]
      let curve = curves[task.curve]
      let design = curve.design
      owners[lane] = Double(first + lane)
      let zeros = design.hasZero ? 1 : 0
      let n = design.positivePoints
      let xs = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Double.self) + lane
      design.logDoses.withUnsafeBufferPointer { logDoses in
        design.weights.withUnsafeBufferPointer { weights in
          for point in 0..<n {
            xs[point * width] = logDoses[point + zeros]
            xs[(points + point) * width] = responses[curve.offset + zeros + point]
            xs[(2 * points + point) * width] = weights[point + zeros]
          }
        }
      }
      for point in n..<points {
        xs[point * width] = 0
        xs[(points + point) * width] = 0
        xs[(2 * points + point) * width] = 0
      }
      step.pointee.trialH[lane] = task.hill
      step.pointee.trialM[lane] = task.logEC50
      step.pointee.lowH[lane] = design.bounds.hill.lowerBound; step.pointee.highH[lane] = design.bounds.hill.upperBound
      step.pointee.lowM[lane] = design.logEC50Range.lowerBound; step.pointee.highM[lane] = design.logEC50Range.upperBound
      step.pointee.mirrored[lane] = design.isMirrored ? 1 : 0
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
  
  func compact(_ groups: Int, _ storage: UnsafeMutablePointer<HillStep.Vector>) -> Int {
    func step(_ group: Int) -> UnsafeMutablePointer<HillStep> { self.step(group, storage) }
    var low = 0
    var high = groups - 1
    while low < high {
      let holes = ~step(low).pointee.live & ((1 << UInt64(width)) - 1)
      guard holes != 0 else { low += 1; continue }
      let live = step(high).pointee.live
      guard live != 0 else { high -= 1; continue }
      let to = holes.trailingZeroBitCount, from = live.trailingZeroBitCount
      let source = UnsafeMutableRawPointer(storage + high * stride).assumingMemoryBound(to: Double.self) + from
      let target = UnsafeMutableRawPointer(storage + low * stride).assumingMemoryBound(to: Double.self) + to
      for vector in 1..<stride { target[vector * width] = source[vector * width] }
      step(low).pointee.live |= 1 << UInt64(to)
      step(high).pointee.live &= ~(1 << UInt64(from))
    }
    return step(high).pointee.live != 0 ? high + 1 : high
  }
}
