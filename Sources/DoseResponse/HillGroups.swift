/// The starts under way, in groups of as many as a step takes: each the state of `HillStep`, then x, y, w of its
/// points, all vectors, so that a lane is one column of them and can be moved as such.
struct HillGroups {
  typealias Vector = HillStep.Vector

  /// Groups in use.
  private(set) var groups: Int
  /// Points of the longest curve; the others have weight 0 in what they lack.
  private let points: Int
  private let vectors: UnsafeMutablePointer<Vector>
  private let scratch: UnsafeMutablePointer<Vector>

  private static let width = HillStep.width
  private static let state = MemoryLayout<HillStep>.stride / MemoryLayout<Vector>.stride

  /// Vectors that a group takes.
  static func stride(points: Int) -> Int { state + 3 * points }

  /// `vectors` must have room for the groups and 3 vectors a point.
  init(groups: Int, points: Int, vectors: UnsafeMutablePointer<Vector>) {
    self.groups = groups
    self.points = points
    self.vectors = vectors
    scratch = vectors + groups * Self.stride(points: points)
  }

  private func base(_ group: Int) -> UnsafeMutablePointer<Vector> { vectors + group * Self.stride(points: points) }

  /// The state of a group.
  func step(_ group: Int) -> UnsafeMutablePointer<HillStep> {
    UnsafeMutableRawPointer(base(group)).assumingMemoryBound(to: HillStep.self)
  }

  /// Lets every group take one step.
  func advance(until criteria: HillPolish.Criteria) {
    for group in 0..<groups where step(group).pointee.live != 0 {
      let x = base(group) + Self.state
      step(group).pointee.advance(
        points: points, x: x, y: x + points, w: x + 2 * points, scratch: scratch, criteria: criteria)
    }
  }

  /// Puts the tasks into the lanes.
  func load(
    _ tasks: UnsafeBufferPointer<HillPolish.Task>, curves: UnsafeBufferPointer<HillPolish.Curve>,
    responses: UnsafeBufferPointer<Double>
  ) {
    for group in 0..<groups {
      let first = group * Self.width
      let count = min(Self.width, tasks.count - first)
      let shared = curves[tasks[first].curve].frame
      let x = base(group) + Self.state
      for point in 0..<points {
        x[point] = Vector(repeating: point < shared.points ? shared.x[point] : 0)
        x[points + point] = Vector()
        x[2 * points + point] = Vector(repeating: point < shared.points ? shared.w[point] : 0)
      }
      let step = step(group)
      step.initialize(to: HillStep(shared))
      step.pointee.live = (1 << UInt64(count)) - 1
      let scalars = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Double.self)
      for lane in 0..<count {
        let task = tasks[first + lane]
        let curve = curves[task.curve]
        let y = responses.baseAddress.unsafelyUnwrapped + curve.offset
        let own = scalars + lane
        if curve.frame.x != shared.x {
          step.pointee.adopt(curve.frame, in: lane)
          for point in 0..<points {
            own[point * Self.width] = point < curve.frame.points ? curve.frame.x[point] : 0
            own[(2 * points + point) * Self.width] = point < curve.frame.points ? curve.frame.w[point] : 0
          }
        }
        let begin = curve.frame.hasZero ? 1 : 0
        for point in 0..<curve.frame.points { own[(points + point) * Self.width] = y[begin + point] }
        step.pointee.begin(
          in: lane, owner: first + lane, hill: task.hill, logEC50: task.logEC50, power: curve.power,
          zeroY: curve.frame.hasZero ? y[0] : 0)
      }
    }
  }

  /// Moves what is left together when it fills less than three quarters of the lanes.
  mutating func compact(_ left: Int) {
    guard groups > 1, left * 4 <= groups * Self.width * 3 else { return }
    let all: UInt64 = (1 << UInt64(Self.width)) - 1
    var low = 0
    var high = groups - 1
    while low < high {
      let holes = ~step(low).pointee.live & all
      let live = step(high).pointee.live
      if holes == 0 {
        low += 1
      } else if live == 0 {
        high -= 1
      } else {
        let to = holes.trailingZeroBitCount
        let from = live.trailingZeroBitCount
        let source = UnsafeMutableRawPointer(base(high)).assumingMemoryBound(to: Double.self) + from
        let target = UnsafeMutableRawPointer(base(low)).assumingMemoryBound(to: Double.self) + to
        for vector in 1..<Self.stride(points: points) { target[vector * Self.width] = source[vector * Self.width] }
        step(low).pointee.live |= 1 << UInt64(to)
        step(high).pointee.live &= live - 1
      }
    }
    groups = step(high).pointee.live != 0 ? high + 1 : high
  }
}
