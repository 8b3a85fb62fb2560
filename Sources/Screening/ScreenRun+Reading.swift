import Assay
import DoseTables
import Synchronization
import Synergy

/// How a run's files become blocks: batches, corrections, names, wells that are left out.
extension ScreenRun {
  /// One file's part of a batch.
  struct Content: Sendable {
    var input: ScreenInput
    var blocks: [DoseMatrix]
    /// Where each block stands; empty for plates'.
    var places: [BlockPlace] = []
    /// Whether blocks are a part of another file's now.
    var isPooled = false
    var problems: [InputProblem]
    /// The blocks that wells were left out of, those too of which nothing was left.
    var leftOut: Set<String> = []
    /// The drugs of every block, those that were refused too.
    var drugNames: Set<String> = []
    /// The names that were looked up among the renames.
    var namesLookedUp: Set<String> = []
    /// The options that had a use in it.
    var uses: Set<OptionUse> = []
  }

  /// Consecutive files of a bounded number and size; files that may hold replicates of one another are in one batch.
  func batches(of files: [FileDiscovery.Found]) -> [ArraySlice<FileDiscovery.Found>] {
    var batches: [ArraySlice<FileDiscovery.Found>] = []
    var start = 0
    var bytes = 0
    let last = lastOfTheirKind(files)
    var open = 0
    for (index, file) in files.enumerated() {
      defer { open = max(open, last[index]) }
      if index > start, open < index, bytes + file.bytes > batchBytes || index - start >= batchFiles {
        batches.append(files[start..<index])
        start = index
        bytes = 0
      }
      bytes += file.bytes
    }
    if start < files.count { batches.append(files[start...]) }
    return batches
  }

  /// Reads files. `readings` belongs to a run that reads them twice.
  func readAll(
    _ files: ArraySlice<FileDiscovery.Found>, prefixed: Bool, readings: FirstReadings? = nil
  ) async throws(CancellationError) -> [Content] {
    var contents = try await Parallel.cancellableMap(files.count, chunk: 1, threads: options.threads) { range in
      range.map { named(read(files[files.startIndex + $0], prefixed: prefixed, readings: readings)) }
    }
    if files.count > 1 { pool(&contents, names: files.map(\.name)) }
    return contents.map { content in
      reduced(content, scaling: content.input.response?.hasPrefix("raw signal") == true ? .block : nil)
    }
  }

  /// For each file the last one that is called as it is but for the word for a replicate.
  private func lastOfTheirKind(_ files: [FileDiscovery.Found]) -> [Int] {
    switch options.reading.replicates {
    case .separate: return Array(files.indices)
    case .pool: return files.indices.map { _ in files.count - 1 }
    case .auto:
      let names = files.map { ReplicateWord($0.name)?.rest ?? $0.name }
      var last: [String: Int] = [:]
      for (index, name) in names.enumerated() { last[name] = index }
      return names.map { last[$0] ?? 0 }
    }
  }

  /// Pools blocks of several files that are replicates of one another, and says which are there several times.
  private func pool(_ contents: inout [Content], names: [String]) {
    var all: [RepeatedBlocks.Block] = []
    for (content, name) in zip(contents, names) where content.places.count == content.blocks.count {
      all += zip(content.blocks, content.places).map {
        RepeatedBlocks.Block(matrix: $0, place: $1, file: content.input.path, name: name)
      }
    }
    let compounds = options.compounds
    let repeated = RepeatedBlocks(
      all, option: options.reading.replicates, tolerance: options.reading.doseTolerance,
      drugKey: { compounds.drugKey(of: $0) ?? $0.lowercased() })
    guard repeated.blocks.count < all.count || !repeated.problems.isEmpty else { return }
    if options.reading.replicates == .pool, !contents.isEmpty { contents[0].uses.insert(.pool) }
    let left = Dictionary(grouping: repeated.blocks, by: \.file)
    let said = Dictionary(grouping: repeated.problems, by: \.file)
    for place in contents.indices where contents[place].places.count == contents[place].blocks.count {
      let path = contents[place].input.path
      let own = left[path] ?? []
      contents[place].isPooled = own.count < contents[place].blocks.count
      contents[place].blocks = own.map(\.matrix)
      contents[place].places = own.map(\.place)
      contents[place].problems = contents[place].problems.map(repeated.renamed) + (said[path] ?? [])
    }
  }

  /// A file's part with its drugs named by the registry and without the wells that are left out.
  func prepared(_ content: Content) -> Content { reduced(named(content), scaling: .plate) }

  /// A file's part with its drugs named by the registry.
  private func named(_ content: Content) -> Content {
    var content = content
    content.blocks = content.blocks.map { DrugNaming.named($0, options: options.compounds) }
    return content
  }

  /// A file's part without the wells that are left out.
  private func reduced(_ content: Content, scaling: WellsLeftOut.Scaling?) -> Content {
    var content = content
    content.places = []
    var blocks: [DoseMatrix] = []
    for block in content.blocks {
      guard leftOut.concerns(block) else {
        blocks.append(block)
        continue
      }
      let reduced = leftOut.reduced(block, file: content.input.path, scaling: scaling)
      content.leftOut.insert(block.id)
      content.problems += reduced.problems
      if let left = reduced.matrix { blocks.append(left) }
    }
    content.blocks = blocks
    return content
  }

  private func read(_ file: FileDiscovery.Found, prefixed: Bool, readings: FirstReadings?) -> Content {
    let content: FileContent
    do throws(InputProblem) {
      if let readings {
        content = try readings.content(of: file.path)
      } else {
        content = try FileContent(path: file.path)
      }
    } catch {
      return Content(
        input: ScreenInput(path: file.path, sha256: nil, bytes: file.bytes, format: nil, response: nil, blocks: 0),
        blocks: [], problems: [error])
    }
    let correction = FileReading(corrections, file: file.path, registry: options.compounds.registry)
    let key = correction.drugKey(options.compounds)
    // A block has one name of a drug that its rows name in two ways.
    let looked = LookedUp()
    let isRenamed = !options.compounds.renames.isEmpty
    let screen = ScreenFile.read(
      content.bytes, name: file.path, options: correction.options(options.reading),
      blockPrefix: prefixed ? file.name + ":" : "",
      drugKey: { name in
        if isRenamed { looked.add(name) }
        return key(name)
      }, units: correction.unit(of:), otherKinds: .plates)
    return Content(
      input: ScreenInput(
        path: file.path, sha256: content.sha256, bytes: content.bytes.count, format: screen.format,
        response: screen.response, blocks: screen.blocks.count),
      blocks: correction.correct(screen.blocks), places: screen.places,
      problems: screen.problems + correction.problems(ofTable: screen.blocks),
      drugNames: Set(screen.drugNames.map(correction.renamed)), namesLookedUp: looked.names,
      uses: screen.uses)
  }

  /// Rows of the corrections that cannot be used or name no file of the run.
  func correctionProblems(_ discovery: FileDiscovery, plates: PlateScreen?) -> [InputProblem] {
    let more = plates?.contents.filter { $0.input.format != PlateScreen.maskFormat }.map(\.input.path) ?? []
    let files = (discovery.files.map(\.path) + more).eachOnce
    return corrections.problems + corrections.unmatched(files) + leftOut.problems
  }

  /// What was doubted about each block when it was read.
  static func doubts(of contents: [Content]) -> [String: [String]] {
    var doubts: [String: [String]] = [:]
    for problem in contents.lazy.flatMap(\.problems) where problem.severity == .warning {
      if let block = problem.blockID { doubts[block, default: []].append(problem.message) }
    }
    return doubts
  }
}

/// The drugs' names that were looked up while a file was read.
private final class LookedUp: Sendable {
  private let all = Mutex<Set<String>>([])

  var names: Set<String> { all.withLock { $0 } }

  func add(_ name: String) { all.withLock { _ = $0.insert(name) } }
}
