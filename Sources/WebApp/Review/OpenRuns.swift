import Synergy
import Assay
import Foundation
import Reporting
import Results
import Screening
import Synchronization

/// A finished run, opened: its results, where each block stands, and what scoring a block again needs.
final class OpenRun: Sendable {
  let run: Run
  let directory: String
  let file: ResultsFile
  /// Where a block stands in the ranking, from 0, by its index.
  let positions: [Int: Int]
  private let made = Mutex<Task<RunOverview, any Error>?>(nil)
  private let scoring = Mutex<Task<BlockReanalysis, any Error>?>(nil)

  init(run: Run, directory: String, threads: Int) async throws {
    self.run = run
    self.directory = directory
    // Nobody but the server writes there.
    file = try await ResultsFile.open(directory, threads: threads, checksDigest: false)
    positions = Dictionary(uniqueKeysWithValues: file.places.enumerated().map { ($1.block, $0) })
  }

  deinit { scoring.withLock { $0?.cancel() } }

  /// Scores blocks again. Made when it is first asked for, on one thread that gives way to others after every block.
  var reanalysis: BlockReanalysis {
    get async throws { try await prepare().value }
  }

  /// Begins to make what scoring a block again needs, so that it is there when somebody leaves a well out.
  @discardableResult
  func prepare() -> Task<BlockReanalysis, any Error> {
    scoring.withLock { scoring in
      if let scoring { return scoring }
      let made = Task.detached(executorPreference: SideThread.scoring) { [file] in
        try await Self.reanalysis(of: file)
      }
      scoring = made
      return made
    }
  }

  private static func reanalysis(of file: ResultsFile) async throws -> BlockReanalysis {
    var matrices: [(index: Int, matrix: DoseMatrix)] = []
    for index in file.places.map(\.block).sorted() {
      try Task.checkCancellation()
      matrices.append((index, try file.store.analysis(of: index).asRead.withExcluded))
      await Task.yield()
    }
    var options = file.head.options
    options.threads = 1
    return await BlockReanalysis(matrices: matrices, options: options, threads: 1)
  }

  /// A block's summary.
  func summary(of index: Int) throws -> BlockSummary? { try positions[index].flatMap { try summaries(at: [$0]).first } }

  /// The summaries of the blocks at places of the ranking, from 0.
  func summaries(at positions: [Int]) throws -> [BlockSummary] {
    try file.store.summaries(at: positions.lazy.map { self.file.places[$0] })
  }

  /// What is said of all blocks. Made when it is first asked for.
  var overview: RunOverview {
    get async throws {
      let task = made.withLock { made in
        if let made { return made }
        let task = Task.detached(executorPreference: SideThread.opening) { [file] in
          RunOverview(of: try await file.overview())
        }
        made = task
        return task
      }
      return try await task.value
    }
  }
}

/// The runs that are looked at, opened once and kept while they are in use.
actor OpenRuns {
  private let data: DataDirectory
  private let most: Int
  private let threads: Int
  private var comparisons: [(new: RunKey, old: RunKey, task: Task<RunComparison, any Error>)] = []
  /// Comparisons that are kept.
  private static let mostComparisons = 8
  private var opened: [(key: RunKey, attempt: Int, task: Task<OpenRun, any Error>)] = []

  init(data: DataDirectory, most: Int, threads: Int) {
    self.data = data
    self.most = max(1, most)
    self.threads = threads
  }

  /// A run's results.
  ///
  /// - Throws: `APIError.conflict` when there are none (yet).
  func open(_ run: Run) async throws -> OpenRun {
    guard run.state == .finished else {
      throw APIError.conflict("Run \(run.number) has no results: it is \(run.state.rawValue).")
    }
    let key = RunKey(screen: run.screen, number: run.number)
    if let place = opened.firstIndex(where: { $0.key == key && $0.attempt == run.attempt }) {
      let entry = opened.remove(at: place)
      opened.append(entry)
      return try await entry.task.value
    }
    let directory = data.results(screen: run.screen, number: run.number, attempt: run.attempt)
    let task = Task.detached(executorPreference: SideThread.opening) { [threads] in
      try await OpenRun(run: run, directory: directory, threads: threads)
    }
    opened.append((key, run.attempt, task))
    if opened.count > most { opened.removeFirst() }
    do {
      return try await task.value
    } catch {
      opened.removeAll { $0.key == key }
      throw error
    }
  }
  /// Why a run has no results: what it said of its files; empty when it did not come so far.
  func problems(of run: Run) async throws -> [InputProblem] {
    let directory = data.results(screen: run.screen, number: run.number, attempt: run.attempt)
    guard run.state == .failed, FileManager.default.fileExists(atPath: directory + "/results.sqlite") else { return [] }
    return try await Task.detached(executorPreference: SideThread.opening) {
      try await ResultsFile.open(directory, threads: 1, checksDigest: false).store.problems()
    }.value
  }

  /// What changed from one run to another; the newest few are kept.
  func comparison(of new: OpenRun, with old: OpenRun) async throws -> RunComparison {
    let keys = [new, old].map { RunKey(screen: $0.run.screen, number: $0.run.number) }
    if let known = comparisons.first(where: { $0.new == keys[0] && $0.old == keys[1] }) {
      return try await known.task.value
    }
    let task = Task.detached(executorPreference: SideThread.opening) {
      try await RunComparison.compare(new.file, with: old.file, threads: 1)
    }
    comparisons.append((keys[0], keys[1], task))
    if comparisons.count > Self.mostComparisons { comparisons.removeFirst() }
    do {
      return try await task.value
    } catch {
      comparisons.removeAll { $0.new == keys[0] && $0.old == keys[1] }
      throw error
    }
  }
}
