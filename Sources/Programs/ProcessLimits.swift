import Foundation

/// The limits that a shell or a batch system sets for a program (`ulimit`), against what this one needs at least.
///
/// They are looked at before anything is computed: the libraries for linear algebra and for threads wait for ever or
/// end the program when they do not get what they ask for.
package enum ProcessLimits {
  /// A resource, what is needed of it, and how a person says it.
  private struct Need {
    var resource: UInt32
    var least: UInt64
    var name: String
    var option: String
    /// What `ulimit` counts in.
    var unit: UInt64
    var unitName: String
  }

  /// Bytes of address space: 1 GB, and 128 MB for each core's thread (its stack, its heap and its buffer for linear
  /// algebra).
  package static let leastMemory: UInt64 = (8 + UInt64(ProcessInfo.processInfo.activeProcessorCount)) << 27
  /// Bytes of a thread's stack.
  package static let leastStack: UInt64 = 1 << 20
  /// Files that may be open at once.
  package static let leastFiles: UInt64 = 64

  private static let needs = [
    Need(
      resource: RLIMIT_AS.rawValue, least: leastMemory, name: "memory (address space)", option: "v", unit: 1024,
      unitName: "kB"),
    Need(
      resource: RLIMIT_STACK.rawValue, least: leastStack, name: "the stack", option: "s", unit: 1024, unitName: "kB"),
    Need(
      resource: RLIMIT_NOFILE.rawValue, least: leastFiles, name: "open files", option: "n", unit: 1, unitName: "files"),
  ]

  /// Which limit is too low, in a sentence; `nil` when none is.
  package static func shortage() -> String? {
    for need in needs {
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(need.resource), &limit) == 0, UInt64(limit.rlim_cur) < need.least
      else { continue }
      return "the limit of \(need.name) is \(UInt64(limit.rlim_cur) / need.unit) \(need.unitName), expected at least "
        + "\(need.least / need.unit) \(need.unitName); raise it (ulimit -\(need.option) \(need.least / need.unit), or "
        + "the batch system's memory request)"
    }
    return nil
  }
}
