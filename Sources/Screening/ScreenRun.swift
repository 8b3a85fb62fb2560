import Assay
import DoseTables
import Statistics
import Synergy

/// Runs a screen: reads its files, analyses their blocks on all cores, passes the results on in their order, and ranks.
///
/// Files are read in batches of a bounded size and their blocks analysed in portions of a bounded number of cells, so
/// that memory does not grow with the screen; within a batch or a portion the work is parallel. The results are the
/// same, bit for bit, on any number of threads.
public struct ScreenRun: Sendable {
  /// What the user asked for.
  public var options: ScreenOptions
  /// Bytes of input in one batch, unless a single file has more. Default: 32 MB.
  public var batchBytes = 32 << 20
  /// Files in one batch. Default: 256.
  public var batchFiles = 256
  /// Cells whose results are held at once, unless a single block has more. Default: 32,768.
  public var cellsAtOnce = 1 << 15
  /// Blocks whose results are held at once. Default: 512.
  public var blocksAtOnce = 512
  /// What files say otherwise than they should. Default: nothing.
  public var corrections = FileCorrections()
  /// Wells that are left out of their blocks. Default: none.
  public var leftOut = WellsLeftOut()
  /// Options about plates that a person gave for a run that may have none; they are told there. Default: none.
  public var plateOptionsGiven: [String] = []
  /// Those of them that are about transfer logs alone. Default: none.
  public var transferOptionsGiven: [String] = []

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
    /// The first inputs that were refused or doubted, a few.
    public var gravest: [InputProblem] = []
    /// How many are kept in `gravest`.
    public static let mostGravest = 5
    /// Problems by severity.
    public var problems: [InputProblem.Severity: Int] = [:]
    /// Whether any input was left out.
    public var hasRefusals: Bool { problems[.error, default: 0] > 0 }
  }

  /// Analyses the files and closes the sink.
  ///
  /// With `plates`, the files are plate readers' exports that were already joined with their layouts; the blocks are
  /// theirs. `samples` holds annotations of the samples, `classes` what is known of the drugs; both are for
  /// `AcrossSamples` and change no block.
  ///
  /// - Throws: what the sink throws, and `CancellationError`. Bad input is not thrown but goes to the sink as problems.
  public func run<Sink: ScreenSink>(
    _ discovery: FileDiscovery, plates: PlateScreen? = nil, samples: SamplesFile? = nil, classes: DrugClasses? = nil,
    into sink: Sink,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> Outcome {
    var outcome = Outcome()
    outcome.files = discovery.files.count
    try Task.checkCancellation()
    for problem in discovery.problems { try outcome.pass(problem, to: sink) }
    for problem in correctionProblems(discovery, plates: plates) { try outcome.pass(problem, to: sink) }
    let total = max(1, discovery.files.reduce(0) { $0 + $1.bytes + 1 })
    var done = 0
    var met = 0
    var contents: [String: String] = [:]
    var named: Set<String> = []
    var uses: Set<OptionUse> = []
    var excluded: [(block: String, excluded: DoseMatrix.ExcludedWell)] = []
    let batches = plates == nil ? batches(of: discovery.files) : [discovery.files[...]]
    let isPrefixed = discovery.files.count > 1
    // A screen in one batch is read once; a larger one twice, since no block's noise and untreated level are known before
    // all are read.
    var first: [Content]?
    if let plates {
      first = plates.contents.map(prepared)
    } else if batches.count == 1 {
      first = try await readAll(batches[0], prefixed: isPrefixed)
    }
    let readings = batches.count > 1 && options.synergy.needsEvidence ? FirstReadings() : nil
    var naming = DrugNaming(options: options.compounds)
    var samplesMet = SampleNaming()
    let screen = try await pooledEvidence(batches, only: first, prefixed: isPrefixed, readings: readings)
    for batch in batches {
      try Task.checkCancellation()
      let read: [Content]
      if let known = first {
        read = known
        first = nil
      } else {
        read = try await readAll(batch, prefixed: isPrefixed, readings: readings)
      }
      let blocks = read.flatMap(\.blocks)
      let weight = batch.reduce(0) { $0 + $1.bytes + 1 }
      let doubts = Self.doubts(of: read)
      // While the results of one portion of the blocks are passed on, the next is analysed.
      try await withThrowingTaskGroup(of: [Result<Analysed<Sink.Fragment>, SynergyError>].self) { group in
        var (portion, ahead) = (0..<0, 0..<0)
        var analysed: [Result<Analysed<Sink.Fragment>, SynergyError>] = []
        func begin(_ start: Int) {
          ahead = start..<end(ofPortion: start, in: blocks)
          let (portion, done, met) = (ahead, done, met)
          group.addTask {
            try await analyzeAll(blocks[portion], screen: screen, doubts: doubts, first: met, sink: Sink.self) {
              count in
              // The end of a batch is told when its files are done.
              guard portion.lowerBound + count < blocks.count else { return }
              let share = Double(weight) * Double(portion.lowerBound + count) / Double(blocks.count)
              progress(
                Progress(
                  fraction: (Double(done) + share) / Double(total), files: batch.startIndex,
                  blocks: met + portion.lowerBound + count))
            }
          }
        }
        var next = 0
        for content in read {
          var input = content.input
          input.blocks = 0
          for problem in content.problems { try outcome.pass(problem, to: sink) }
          naming.meet(content.drugNames, lookedUp: content.namesLookedUp, file: input.path)
          named.formUnion(content.leftOut)
          uses.formUnion(content.uses)
          if let hash = input.sha256, !content.blocks.isEmpty || content.isPooled {
            if let twin = contents[hash] { try outcome.pass(.twins(input.path, twin), to: sink) }
            contents[hash] = contents[hash] ?? input.path
          }
          let corrected = FileReading(corrections, file: input.path, registry: options.compounds.registry)
          for block in content.blocks {
            samplesMet.meet(block.sample, file: input.path)
            for problem in naming.problems(of: block, file: input.path, isCorrected: { corrected.renamed($0) != $0 }) {
              try outcome.pass(problem, to: sink)
            }
            if next == portion.upperBound {
              if next == ahead.upperBound {
                try Task.checkCancellation()
                begin(next)
              }
              analysed = try await group.next() ?? []
              portion = ahead
              if options.threads > 1, portion.upperBound < blocks.count { begin(portion.upperBound) }
            }
            switch analysed[next - portion.lowerBound] {
            case .success(let block):
              if plates != nil { excluded += blocks[next].excluded.map { (blocks[next].id, $0) } }
              try sink.append(block.fragment, of: block.summary)
              outcome.ranked.append(block.summary)
              input.blocks += 1
              for problem in block.problems(file: input.path) { try outcome.pass(problem, to: sink) }
            case .failure(let error):
              try outcome.pass(
                InputProblem(
                  file: input.path, blockID: blocks[next].id, severity: .error, message: error.description),
                to: sink)
            }
            next += 1
          }
          try sink.append(input)
        }
      }
      done += weight
      met += blocks.count
      progress(Progress(fraction: Double(done) / Double(total), files: batch.endIndex, blocks: met))
    }
    for problem in naming.nearNames() { try outcome.pass(problem, to: sink) }
    for problem in samplesMet.problems() { try outcome.pass(problem, to: sink) }
    if !discovery.files.isEmpty {
      let unused = UnusedOptions(
        options.reading, uses: uses, areOfPlates: plates != nil, platesUseTime: plates?.usesTime ?? false,
        plateOptions: plates == nil ? plateOptionsGiven : [],
        transferOptions: plates?.hasTransfers ?? true ? [] : transferOptionsGiven, renames: naming.unusedRenames)
      for problem in unused.problems { try outcome.pass(problem, to: sink) }
    }
    for problem in leftOut.unknownBlocks(besides: named) { try outcome.pass(problem, to: sink) }
    for input in [corrections.input, leftOut.input].compactMap(\.self) { try sink.append(input) }
    FalseDiscovery.judge(&outcome.ranked, options: options.synergy.inference)
    outcome.ranked = Ranking.ranked(outcome.ranked)
    if let plates {
      try sink.append(
        plates.report.naming { DrugNaming.named($0, options: options.compounds) }.excluding(excluded))
    }
    try await compareSamples(samples, classes, of: &outcome, into: sink)
    try await sink.finish(ranked: outcome.ranked)
    return outcome
  }

  /// Analyses combinations over samples, where some were tested in several.
  private func compareSamples(
    _ samples: SamplesFile?, _ classes: DrugClasses?, of outcome: inout Outcome, into sink: some ScreenSink
  ) async throws {
    let across = await AcrossSamples.analyze(
      outcome.ranked.map(BlockOutline.init), table: samples?.table, classes: classes, options: options.acrossSamples,
      inference: options.synergy.inference, threads: options.threads)
    if let samples {
      for problem in samples.problems + AcrossSamples.problems(across, of: samples) {
        try outcome.pass(problem, to: sink)
      }
      try sink.append(samples.input)
    }
    try Task.checkCancellation()
    if let across { try sink.append(across) }
  }

  /// What all blocks together say about noise and untreated levels.
  private func pooledEvidence(
    _ batches: [ArraySlice<FileDiscovery.Found>], only first: [Content]?, prefixed: Bool, readings: FirstReadings?
  ) async throws -> ScreenEvidence {
    let inference = options.synergy.inference
    guard options.synergy.needsEvidence else { return .none }
    var evidence: [BlockEvidence] = []
    for batch in batches {
      try Task.checkCancellation()
      let read: [Content]
      if let first {
        read = first
      } else {
        read = try await readAll(batch, prefixed: prefixed, readings: readings)
      }
      let blocks = read.flatMap(\.blocks)
      evidence += try await Parallel.cancellableMap(blocks.count, chunk: 8, threads: options.threads) { range in
        var estimator = NoiseEstimator(options: inference)
        return range.map { estimator.evidence(of: blocks[$0]) }
      }
    }
    return ScreenEvidence(evidence, options: options.synergy)
  }

  /// Where the portion of blocks that begins at `start` ends: at least one block, else at most `cellsAtOnce` cells and
  /// `blocksAtOnce` blocks.
  private func end(ofPortion start: Int, in blocks: [DoseMatrix]) -> Int {
    var end = start + 1
    var cells = blocks[start].cellCount
    while end < blocks.count, end - start < blocksAtOnce, cells + blocks[end].cellCount <= cellsAtOnce {
      cells += blocks[end].cellCount
      end += 1
    }
    return end
  }

  /// An analysed block on its way to the sink.
  private struct Analysed<Fragment: Sendable>: Sendable {
    var fragment: Fragment
    var summary: BlockSummary
    var notes: [BlockNote]

    /// The notes that the reader of the file could not have made.
    func problems(file: String) -> [InputProblem] {
      notes.filter { !["no_control", "missing_wells", BlockNote.inputWarning].contains($0.flag) }.map { note in
        InputProblem(
          file: file, blockID: summary.id, severity: note.isWarning ? .warning : .info, message: note.message)
      }
    }
  }

  /// Analyses a portion of a batch, whose first block is the screen's block number `first`; tells how many blocks of it
  /// are done.
  private func analyzeAll<Sink: ScreenSink>(
    _ blocks: ArraySlice<DoseMatrix>, screen: ScreenEvidence, doubts: [String: [String]], first: Int, sink: Sink.Type,
    done: @escaping @Sendable (Int) -> Void
  ) async throws(CancellationError) -> [Result<Analysed<Sink.Fragment>, SynergyError>] {
    let counter = RisingCount(tell: done)
    return try await Parallel.cancellableMap(blocks.count, chunk: 8, threads: options.threads) { range in
      let analyzer = BlockAnalyzer(options: options.synergy)
      defer { counter.add(range.count) }
      return range.map { place in
        let index = blocks.startIndex + place
        return Result { () throws(SynergyError) in
          var analysis = try analyzer.analyze(blocks[index], screen: screen)
          analysis.noteSynonyms(options.compounds.registry)
          let doubted = doubts[blocks[index].id, default: []]
          analysis.notes += doubted.map { BlockNote(flag: BlockNote.inputWarning, message: $0) }
          return Analysed(
            fragment: Sink.encode(analysis, index: first + index, options: options),
            summary: BlockSummary(
              index: first + index, analysis: analysis, registry: options.compounds.registry), notes: analysis.notes)
        }
      }
    }
  }
}

extension InputProblem {
  /// A file has the content of one that was read before.
  fileprivate static func twins(_ path: String, _ twin: String) -> InputProblem {
    InputProblem(
      file: path, severity: .warning,
      message: "the same content as \(twin): its blocks are in the results twice; remove one of the files")
  }
}

extension ScreenRun.Outcome {
  fileprivate mutating func pass(_ problem: InputProblem, to sink: some ScreenSink) throws {
    problems[problem.severity, default: 0] += 1
    if problem.severity != .info {
      // Errors before warnings, each in the order in which they came.
      let place = problem.severity == .error ? gravest.firstIndex { $0.severity != .error } : nil
      gravest.insert(problem, at: place ?? gravest.count)
      if gravest.count > Self.mostGravest { gravest.removeLast() }
    }
    try sink.append(problem)
  }
}
