import Dispatch

/// A thread of its own for tasks that compute for seconds (a large run opened, two compared, a screen's noise made ready), so that they never hold the
/// threads that answer requests.
final class SideThread: TaskExecutor {
  private let queue: DispatchQueue

  /// Opening runs and comparing them.
  static let opening = SideThread("isobole.opening")
  /// Scoring blocks again.
  static let scoring = SideThread("isobole.scoring")

  init(_ label: String) { queue = DispatchQueue(label: label, qos: .utility) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
