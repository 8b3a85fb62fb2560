import Assay
import GeneTargets
import Results
import Screening

extension ResultsFile {
  /// What a report of the chosen blocks is made of: of the others, at most the outlines are read. Maps over samples keep the
  /// combinations of the chosen blocks, plates those that they stand on.
  ///
  /// - Parameter selection: The blocks. Default: all.
  /// - Throws: `ResultsError.nothingChosen`, which says what there is to choose from, or what is wrong with the store.
  public func report(of selection: ReportSelection = .init()) async throws(ResultsError) -> ReportSource {
    guard isCompared else {
      var file = self
      try await file.compareSamples()
      return try await file.report(of: selection)
    }
    var source = head
    guard !selection.isAll else {
      source.show(try await store.ranked(threads: threads), ranks: Array(1..<places.count + 1))
      source.joined = genes.map { JoinedScreens($0, source.ranked, options: head.options) }
      return source
    }
    // The partners are those of the whole run, as q and calls are.
    if let genes {
      source.joined = JoinedScreens(genes, try await store.ranked(threads: threads), options: head.options)
    }
    let chosen =
      selection.isTopAlone && !places.isEmpty
      ? Array(places.indices.prefix(selection.top ?? 0))
      : try selection.places(in: try await store.outlines(threads: threads), compounds: head.compounds)
    source.show(try store.summaries(at: chosen.lazy.map { places[$0] }), ranks: chosen.map { $0 + 1 })
    source.choice = selection.words
    source.across = head.across.flatMap { $0.restricted(to: Set(source.ranked.map { $0.drugs.sorted() })) }
    if let plates = head.plates {
      let blocks = Set(source.ranked.map(\.id))
      let kept = plates.blocks.filter { blocks.contains($0.id) }
      let names = Set(kept.flatMap(\.plates))
      source.plates = PlateReport(
        plates: plates.plates.filter { names.contains($0.plate) || $0.isDayZero }, blocks: kept,
        thresholds: plates.thresholds)
    }
    return source
  }

  /// Joins another gene screen than the run's; its files and problems are among those of reports.
  public mutating func take(_ genes: GeneScreen, inputs: [ScreenInput], problems: [InputProblem]) {
    self.genes = genes
    for problem in problems { head.problemCounts.count(problem.severity) }
    head.problems = Array((problems + head.problems).prefix(ReportSource.maxProblems))
    head.inputs = Array((inputs + head.inputs).prefix(ReportSource.maxInputs))
    head.inputCount += inputs.count
  }

  /// What is said of the whole run, for a page that reads the blocks that it shows: every block in outline alone.
  public func overview() async throws(ResultsError) -> ReportSource {
    var source = head
    source.outlines = try await store.outlines(threads: threads)
    source.ranks = Array(1..<places.count + 1)
    return source
  }

  /// Analyses combinations over samples, by default with the options and the table of annotations that the run had.
  ///
  /// - Parameters:
  ///   - samples: The table; `nil` for that of the run.
  ///   - change: What is other than in the run's options.
  /// - Returns: What is to be told of the table; it is among the problems of reports too.
  @discardableResult
  public mutating func compareSamples(
    _ samples: SamplesFile? = nil, change: (inout AcrossSamplesOptions) -> Void = { _ in }
  ) async throws(ResultsError) -> [InputProblem] {
    change(&head.options.acrossSamples)
    if let samples { head.annotations = samples.table }
    isCompared = true
    if try store.hasSamples() {
      head.across = await AcrossSamples.analyze(
        try await store.outlines(threads: threads), table: head.annotations, classes: DrugClasses(head.compounds),
        options: head.options.acrossSamples, inference: head.options.synergy.inference, threads: threads)
    }
    guard let samples else { return [] }
    let told = samples.problems + AcrossSamples.problems(head.across, of: samples)
    for problem in told { head.problemCounts.count(problem.severity) }
    head.problems = Array((told + head.problems).prefix(ReportSource.maxProblems))
    head.inputs = Array(([samples.input] + head.inputs).prefix(ReportSource.maxInputs))
    head.inputCount += 1
    return told
  }
}

extension ReportSource {
  fileprivate mutating func show(_ blocks: [BlockSummary], ranks: [Int]) {
    (ranked, self.ranks) = (blocks, ranks)
    outlines = blocks.map(BlockOutline.init)
  }
}
