import Assay
import Crypto
import Foundation
import PlateReading
import Synergy

/// Runs a screen: reads its files, analyses their blocks on all cores, passes the results on in their order, and ranks.
///
/// Files are taken in batches of a bounded size, so that memory does not grow with the screen; within a batch files are
/// read and blocks analysed in parallel. The results are the same, bit for bit, on any number of threads.
public struct ScreenRun: Sendable {
  /// What the user asked for.
  public var options: ScreenOptions
  /// Bytes of input in one batch, unless a single file has more. Default: 32 MB.
  public var batchBytes = 32 << 20
  /// Files in one batch. Default: 256.
  public var batchFiles = 256

  /// Makes a run.
  public init(options: ScreenOptions) {
    self.options = options
  }

  /// How far a run has come.
  public struct Progress: Sendable {
    /// Share of the input that is done, 0 … 1.
    public var fraction: Double
    /// Files read so far.
    public var files: Int
    /// Blocks analysed so far.
    public var blocks: Int
  }

  /// What came of a run.
  public struct Outcome: Sendable {
    /// Every block that was analysed, best first.
    public var ranked: [BlockSummary] = []
    /// Files that were found.
    public var files = 0
    /// Problems by severity.
    public var problems: [InputProblem.Severity: Int] = [:]
    /// Whether any input was left out.
    public var hasRefusals: Bool { problems[.refused, default: 0] > 0 }
  }

  /// Analyses the files and closes the sink.
  ///
  /// - Throws: what the sink throws, and `CancellationError`. Bad input is not thrown but goes to the sink as problems.
  public func run(
    _ discovery: FileDiscovery, into sink: some ScreenSink, progress: @Sendable (Progress) -> Void = { _ in }
  ) async throws -> Outcome {
    var outcome = Outcome()
    outcome.files = discovery.files.count
    for problem in discovery.problems { try outcome.pass(problem, to: sink) }
    let total = max(1, discovery.files.reduce(0) { $0 + $1.bytes + 1 })
    var done = 0
    var met = 0
    var contents: [String: String] = [:]
    for batch in batches(of: discovery.files) {
      try Task.checkCancellation()
      let read = await readAll(batch, prefixed: discovery.files.count > 1)
      let blocks = read.indices.flatMap { file in read[file].blocks.map { (file: file, matrix: $0) } }
      let weight = batch.reduce(0) { $0 + $1.bytes + 1 }
      let analysed = await analyzeAll(blocks.map(\.matrix), first: met, sink: type(of: sink).self)
      var next = 0
      for (file, content) in read.enumerated() {
        var input = content.input
        input.blocks = 0
        for problem in content.problems { try outcome.pass(problem, to: sink) }
        if let hash = input.sha256, let twin = contents.updateValue(input.path, forKey: hash) {
          try outcome.pass(
            InputProblem(
              file: input.path, severity: .doubted,
              message: "the same content as \(twin): its blocks are in the results twice; leave one of the files out"),
            to: sink)
        }
        while next < blocks.count, blocks[next].file == file {
          switch analysed[next] {
          case .success(let block):
            try sink.append(block.fragment, of: block.summary)
            outcome.ranked.append(block.summary)
            input.blocks += 1
            for problem in block.problems(file: input.path) { try outcome.pass(problem, to: sink) }
          case .failure(let error):
            try outcome.pass(
              InputProblem(
                file: input.path, blockID: blocks[next].matrix.id, severity: .refused, message: error.description),
              to: sink)
          }
          next += 1
        }
        try sink.append(input)
      }
      done += weight
      met += blocks.count
      progress(
        Progress(
          fraction: Double(done) / Double(total), files: min(outcome.files, batch.endIndex),
          blocks: outcome.ranked.count))
    }
    outcome.ranked = Ranking.ranked(outcome.ranked)
    try sink.finish(ranked: outcome.ranked)
    return outcome
  }

  /// One file's part of a batch.
  private struct Content: Sendable {
    var input: ScreenInput
    var blocks: [DoseMatrix]
    var problems: [InputProblem]
  }

  /// Consecutive files of a bounded number and size.
  private func batches(of files: [FileDiscovery.Found]) -> [ArraySlice<FileDiscovery.Found>] {
    var batches: [ArraySlice<FileDiscovery.Found>] = []
    var start = 0
    var bytes = 0
    for (index, file) in files.enumerated() {
      if index > start, bytes + file.bytes > batchBytes || index - start >= batchFiles {
        batches.append(files[start..<index])
        start = index
        bytes = 0
      }
      bytes += file.bytes
    }
    if start < files.count { batches.append(files[start...]) }
    return batches
  }

  private func readAll(_ files: ArraySlice<FileDiscovery.Found>, prefixed: Bool) async -> [Content] {
    await Parallel.map(files.count, chunk: 1, threads: options.threads) { range in
      range.map { read(files[files.startIndex + $0], prefixed: prefixed) }
    }
  }

  private func read(_ file: FileDiscovery.Found, prefixed: Bool) -> Content {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: file.path), options: .mappedIfSafe)
    } catch {
      return Content(
        input: ScreenInput(path: file.path, sha256: nil, bytes: file.bytes, format: nil, response: nil, blocks: 0),
        blocks: [],
        problems: [
          InputProblem(
            file: file.path, severity: .refused,
            message: "the file could not be read (\(FileDiscovery.reason(error))); check that it is a file you may read"
          )
        ])
    }
    let content = ScreenFile.read(
      [UInt8](bytes), name: file.path, options: options.reading, blockPrefix: prefixed ? file.name + ":" : "")
    let hash = SHA256.hash(data: bytes).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }
    return Content(
      input: ScreenInput(
        path: file.path, sha256: hash.joined(), bytes: bytes.count, format: content.format, response: content.response,
        blocks: content.blocks.count),
      blocks: content.blocks, problems: content.problems)
  }

  /// An analysed block on its way to the sink.
  private struct Analysed<Fragment: Sendable>: Sendable {
    var fragment: Fragment
    var summary: BlockSummary
    var notes: [BlockNote]

    /// The notes that the reader of the file could not have made.
    func problems(file: String) -> [InputProblem] {
      notes.filter { !["no_control", "missing_wells"].contains($0.flag) }.map { note in
        InputProblem(file: file, blockID: summary.id, severity: .noted, message: note.message)
      }
    }
  }

  private func analyzeAll<Sink: ScreenSink>(
    _ blocks: [DoseMatrix], first: Int, sink: Sink.Type
  ) async -> [Result<Analysed<Sink.Fragment>, SynergyError>] {
    await Parallel.map(blocks.count, chunk: 8, threads: options.threads) { range in
      let analyzer = BlockAnalyzer(options: options.synergy)
      return range.map { index in
        Result { () throws(SynergyError) in
          let analysis = try analyzer.analyze(blocks[index])
          return Analysed(
            fragment: Sink.encode(analysis, index: first + index, options: options),
            summary: BlockSummary(index: first + index, analysis: analysis), notes: analysis.notes)
        }
      }
    }
  }
}

extension ScreenRun.Outcome {
  fileprivate mutating func pass(_ problem: InputProblem, to sink: some ScreenSink) throws {
    problems[problem.severity, default: 0] += 1
    try sink.append(problem)
  }
}
