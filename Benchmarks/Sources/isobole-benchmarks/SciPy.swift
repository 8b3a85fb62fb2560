import Foundation

/// The peer: SciPy on the same curves from the same starts, in the same run, in a Python of its own.
enum SciPy {
  private struct Task: Encodable {
    var doses: [Double]
    var start: [[Double]]
    var responses: [[Double]]
  }

  private struct Fits: Decodable {
    var seconds: Double
    var rss: [Double]
  }

  static func run(_ curves: NoisyCurves, starts: [[Double]], least: [Double]) -> [Result] {
    let group = LevenbergMarquardtBenchmarks.group
    let task = LevenbergMarquardtBenchmarks.task
    let methods = ["leastsq", "least_squares, lm", "least_squares, trf"]
    do {
      let input = try JSONEncoder().encode(Task(doses: curves.doses, start: starts, responses: curves.responses))
      let answer = try python(String(decoding: PackageResources.scipy_fit_py, as: UTF8.self), input: input)
      let parts = try JSONSerialization.jsonObject(with: answer) as? [String: Any] ?? [:]
      let version = parts["version"] as? String ?? "?"
      return try methods.map { method in
        let part = try JSONSerialization.data(withJSONObject: parts[method] ?? [:])
        let fits = try JSONDecoder().decode(Fits.self, from: part)
        return Result(
          group, "\(task), \(method)", who: "SciPy \(version)",
          time: .init(minimum: fits.seconds, median: fits.seconds),
          in: .microseconds, check: LevenbergMarquardtBenchmarks.check(fits.rss, least))
      }
    } catch {
      return methods.map {
        Result(group, "\(task), \($0)", who: "SciPy", skipped: "SciPy cannot be run by python3 (\(error))")
      }
    }
  }

  private enum Failure: Error, CustomStringConvertible {
    case status(Int32, String)

    var description: String {
      switch self {
      case .status(let status, let message): "status \(status): \(message)"
      }
    }
  }

  /// Runs a script; one thread for every BLAS that NumPy may have.
  private static func python(_ script: String, input: Data) throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isobole-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("input.json")
    try input.write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    var environment = ProcessInfo.processInfo.environment
    for variable in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"] { environment[variable] = "1" }
    process.environment = environment
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure.status(process.terminationStatus, message.split(separator: "\n").last.map(String.init) ?? "")
    }
    return answer
  }
}
