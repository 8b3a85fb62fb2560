import Foundation
import Logging
import Reporting

/// Runs screens one after the other (or several at once), oldest first, and brings what a crash broke off to an end.
actor RunQueue {
  private let store: Store
  private let data: DataDirectory
  private let options: ServeOptions
  private let progress: RunProgress
  private let logger: Logger
  private let staging: RunStaging
  private var running: [RunKey: RunProcess] = [:]
  private var tasks: [RunKey: Task<Void, Never>] = [:]
  private var isClosed = false
  /// How often a run is begun that the server did not live to see end.
  private static let mostAttempts = 3

  init(store: Store, data: DataDirectory, options: ServeOptions, progress: RunProgress, logger: Logger) {
    self.store = store
    self.data = data
    self.options = options
    self.progress = progress
    self.logger = logger
    staging = RunStaging(data: data)
  }

  /// Looks after what an earlier server left: a run whose results are whole is finished, another begins again; one that was begun often enough is
  /// marked as interrupted. Results that look whole and cannot be opened are kept aside.
  func recover() async throws {
    for run in try await store.runs(in: [.running]) {
      let results = data.results(screen: run.screen, number: run.number, attempt: run.attempt)
      if let file = try? await ResultsFile.open(results, threads: options.threads) {
        let counts = file.head.problemCounts
        RunStaging.sync(results)
        try await store.endRun(
          run.number, of: run.screen,
          .init(
            state: file.places.isEmpty ? .failed : .finished, filesRead: file.inputs.count,
            blocks: file.places.count, errors: counts.errors, warnings: counts.warnings, infos: counts.infos,
            message: file.places.isEmpty ? Self.nothingAnalysed : nil))
        staging.removeResults(of: run, except: run.attempt)
      } else if run.attempt < Self.mostAttempts {
        clear(run, results)
        try await store.requeueRun(run.number, of: run.screen)
      } else {
        clear(run, results)
        try await store.endRun(
          run.number, of: run.screen,
          .init(
            state: .interrupted,
            message: "the server ended \(run.attempt) times while this ran; start it again when you know why"))
      }
      logger.notice("run \(run.number) of screen \(run.screen) was under way when the server ended")
    }
  }

  /// Makes room for another attempt at a run. `results.sqlite` is put in place last: without it the results are an
  /// unfinished attempt's, with it they are worth a look by a person.
  private func clear(_ run: Run, _ results: String) {
    if FileManager.default.fileExists(atPath: results + "/results.sqlite") {
      logger.error("\(results) is there and cannot be opened; the run begins again")
      DataCheck(data: data, logger: logger).setAside(
        results, as: "run-\(run.screen)-\(run.number)-results-\(run.attempt)")
    }
    staging.removeResults(of: run)
  }

  /// Begins what can be begun.
  func wake() async {
    guard !isClosed else { return }
    do {
      for run in try await store.runs(in: [.queued]) where running.count < options.runsAtOnce && !isClosed {
        let key = RunKey(screen: run.screen, number: run.number)
        guard running[key] == nil else { continue }
        let process = RunProcess()
        running[key] = process
        tasks[key] = Task { await self.execute(run, key, process) }
      }
    } catch {
      logger.error("the queue could not be read: \(error)")
    }
  }

  /// Cancels a run, whether it waits or is under way.
  func cancel(_ key: RunKey, by person: Person) async throws {
    let wasQueued = try await store.cancelRun(key.number, of: key.screen, by: person)
    if !wasQueued { running[key]?.cancel() }
    progress.note(progress.step(of: key), of: key)
  }

  /// Ends what is under way, to be begun again by the next server.
  func close() async {
    isClosed = true
    for process in running.values { process.cancel() }
    for task in tasks.values { await task.value }
  }

  private static let nothingAnalysed = "nothing could be analysed; the problems say why of each file"

  private func execute(_ run: Run, _ key: RunKey, _ process: RunProcess) async {
    do {
      // A run that is cancelled at this moment stays cancelled.
      if try await store.startRun(run.number, of: run.screen) {
        let result = await result(of: run, key, process)
        if isClosed, result.state == .cancelled {
          // The end of the server cancelled it, not a person.
          try await store.requeueRun(run.number, of: run.screen, isCounted: false)
        } else {
          try await store.endRun(run.number, of: run.screen, result)
        }
      }
    } catch {
      logger.error("run \(run.number) of screen \(run.screen) could not be recorded: \(error)")
    }
    running[key] = nil
    tasks[key] = nil
    progress.note(nil, of: key)
    await wake()
  }

  /// Runs the command and says what came of it.
  private func result(of run: Run, _ key: RunKey, _ process: RunProcess) async -> Store.RunResult {
    let attempt = run.attempt + 1
    progress.note(.init(), of: key)
    do {
      let input = try staging.stage(run)
      let arguments = try run.inputs.arguments(run.options, results: "results-\(attempt)", threads: options.threads)
      let ending = try await process.run(
        tool: options.tool, arguments: [arguments[0], "--supervised"] + arguments.dropFirst(),
        niceness: options.niceness,
        in: input, log: data.run(screen: run.screen, number: run.number) + "/log-\(attempt).txt"
      ) { [progress] line in
        if let fraction = line.fraction {
          progress.note(.init(fraction: fraction, files: line.files ?? 0, blocks: line.blocks ?? 0), of: key)
        }
      }
      var result = Store.RunResult(
        state: .failed, filesRead: run.inputs.files.count, blocks: ending.last?.blocks ?? 0,
        errors: ending.last?.errors ?? 0, warnings: ending.last?.warnings ?? 0, infos: ending.last?.infos ?? 0)
      let results = data.results(screen: run.screen, number: run.number, attempt: attempt)
      switch ending.status {
      case 0, 3:
        RunStaging.sync(results)
        result.state = .finished
        staging.removeResults(of: run, except: attempt)
      case 4 where FileManager.default.fileExists(atPath: results + "/results.sqlite"):
        result.message = Self.nothingAnalysed
      case _ where process.isCancelled:
        result.state = .cancelled
        result.message = "cancelled while it ran"
        staging.removeResults(of: run)
      default:
        let said = ending.last?.message ?? ending.errors.trimmingCharacters(in: .whitespacesAndNewlines)
        result.message = said.isEmpty ? "the analysis ended with status \(ending.status)" : said
        staging.removeResults(of: run)
        logger.error("run \(run.number) of screen \(run.screen) failed: \(result.message ?? "")")
      }
      return result
    } catch {
      staging.removeResults(of: run)
      let reason = (error as? APIError)?.message ?? DataDirectory.reason(error)
      logger.error("run \(run.number) of screen \(run.screen) failed: \(reason)")
      return .init(state: .failed, message: "it could not be begun (\(reason))")
    }
  }
}
