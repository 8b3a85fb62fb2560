/// Brings curves from their grid nodes to the minimum: damped Newton by variable projection, sixteen curves a step.
///
/// All starts take their steps together. After the first few steps those of a curve that cannot win, or that are on
/// their way to where a better one is going, are given up (`HillContest`); lanes that are done make room, and the
/// others are moved together. The step is `HillStep`'s. A curve's result does not depend on its neighbours.
struct HillPolish: ~Copyable {
  /// One curve from one start.
  struct Task {
    /// The curve's number in the batch.
    var curve: Int
    var hill: Double
    var logEC50: Double
    /// Σ w (y − f)² at the minimum; infinite in a start that was given up.
    var rss = Double.infinity
    /// Emax − E0, and the mean occupancy that was taken off (0 where E0 is fixed).
    var amplitude = 0.0
    var mean = 0.0
  }

  /// What a curve brings: its design's numbers, where its (centred or baseline-free) responses begin, and their Σ w y².
  struct Curve {
    var frame: HillDesign.Frame
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

    /// To the last digits that matter. The cap was reached by none of the curves tried.
    static let full = Criteria(rssTolerance: 1e-9, stepTolerance: 1e-8, iterations: 100)
  }

  private var memory = AlignedBuffer()
  private var contest = HillContest()
  /// The first task of each curve that has any, and the end.
  private var firsts: [Int] = []

  /// Polishes every task in place; those of a curve lie one after the other. `responses` holds the curves' responses.
  mutating func run(_ tasks: inout [Task], curves: [Curve], responses: [Double], until criteria: Criteria = .full) {
    guard !tasks.isEmpty else { return }
    tasks.withUnsafeMutableBufferPointer { tasks in
      curves.withUnsafeBufferPointer { curves in
        responses.withUnsafeBufferPointer { responses in
          var points = 1
          for task in tasks { points = max(points, curves[task.curve].frame.points) }
          let groups = (tasks.count + HillStep.width - 1) / HillStep.width
          let stride = HillGroups.stride(points: points)
          let vectors = memory.reserve(groups * stride + 3 * points, of: HillStep.Vector.self)
          contest.reserve(tasks.count)
          firsts.removeAll(keepingCapacity: true)
          for task in tasks.indices where task == 0 || tasks[task].curve != tasks[task - 1].curve {
            firsts.append(task)
          }
          firsts.append(tasks.count)
          var work = HillGroups(groups: groups, points: points, vectors: vectors)
          work.load(UnsafeBufferPointer(tasks), curves: curves, responses: responses)
          run(&work, tasks, curves, until: criteria)
        }
      }
    }
  }

  private func run(
    _ work: inout HillGroups, _ tasks: UnsafeMutableBufferPointer<Task>, _ curves: UnsafeBufferPointer<Curve>,
    until criteria: Criteria
  ) {
    var left = tasks.count
    for iteration in 1...criteria.iterations where left > 0 {
      work.advance(until: criteria)
      let isContest = HillContest.rounds.contains(iteration)
      let isLast = iteration == criteria.iterations
      for group in 0..<work.groups {
        let step = work.step(group)
        if isContest { step.pointee.enter(contest.standings) }
        let finished = isLast ? step.pointee.live : step.pointee.done & step.pointee.live
        guard finished != 0 else { continue }
        step.pointee.store(finished, to: tasks)
        step.pointee.live &= ~finished
        left -= finished.nonzeroBitCount
      }
      if isContest {
        contest.decide(after: iteration, firsts, tasks, curves)
        left = 0
        for group in 0..<work.groups { left += work.step(group).pointee.keep(contest.standings) }
      }
      work.compact(left)
    }
  }
}
