import Assay
import Screening

extension ReportSource {
  /// Analyses combinations over samples, by default with the options and the table of annotations that the run had.
  ///
  /// - Parameters:
  ///   - samples: The table; `nil` for that of the run.
  ///   - threads: Worker threads; they never change a number.
  ///   - change: What is other than in the run's options.
  /// - Returns: What is to be told of the table; it is among the source's problems too.
  @discardableResult
  public mutating func compareSamples(
    _ samples: SamplesFile? = nil, threads: Int, change: (inout AcrossSamplesOptions) -> Void = { _ in }
  ) async -> [InputProblem] {
    var across = options.acrossSamples
    change(&across)
    options.acrossSamples = across
    if let samples { annotations = samples.table }
    self.across = await AcrossSamples.analyze(
      ranked, table: annotations, classes: DrugClasses(compounds), options: across,
      inference: options.synergy.inference, threads: threads)
    guard let samples else { return [] }
    let told = samples.problems + AcrossSamples.problems(self.across, of: samples)
    for problem in told { problemCounts.count(problem.severity) }
    problems = Array((told + problems).prefix(ReportSource.maxProblems))
    inputs = Array(([samples.input] + inputs).prefix(ReportSource.maxInputs))
    inputCount += 1
    return told
  }
}
