import Statistics

/// Everything that is said of a contrast.
public struct GeneAnalysis: Sendable {
  /// A guide in the contrast.
  public struct Guides: Sendable {
    /// log2 fold change, centred; NaN for guides without reads, as the next two.
    public var foldChange: [Double]
    /// How far guides with as many reads scatter that do nothing, log2.
    public var spread: [Double]
    /// Fold change over spread.
    public var z: [Double]
    /// P of so few and so many reads from MAGeCK's model; paired: the smallest over pairs. Empty without method rra.
    public var pLow: [Double]
    /// P of so many.
    public var pHigh: [Double]
    /// The score that it is ranked by; paired: the mean over pairs. Empty without method rra.
    public var rankScore: [Double]
    /// Scaled medians. Empty without method rra; paired: the first pair's.
    public var control: [Double]
    /// The same of the treatments.
    public var treatment: [Double]
  }

  /// What was compared, samples in the order of their names.
  public let contrast: Contrast
  /// The counts that it rests on.
  public let table: CountTable
  /// What was asked for.
  public let options: GeneOptions
  /// The genes: by the score of z (rra alone: by ρ of depletion), ties by name. The strongest sensitising ones stand first, the strongest
  /// protecting ones last.
  public let genes: [GeneScore]
  /// The guides in the order of `table`.
  public let guides: Guides
  /// Figures of samples, replicates, the contrast and the controls among themselves.
  public let quality: [QualityMeasure]
  /// What a person should know.
  public let notes: [CountTable.Note]

  /// The genes of a call, the strongest first.
  public func genes(called call: GeneCall) -> [GeneScore] {
    let own = genes.filter { $0.call == call }
    return call == .protects ? own.reversed() : own
  }

  /// Analyses a contrast.
  ///
  /// - Parameters:
  ///   - table: Counts with at least its samples; others have no part in it.
  ///   - sets: Guides of which something is known.
  /// - Throws: `CountError`.
  public init(
    _ table: CountTable, contrast: Contrast, sets: GuideSets = .init(), options: GeneOptions = .init()
  ) throws(CountError) {
    let counts = try ContrastCounts(table, contrast)
    let scoring = try ContrastScores(counts, sets: sets, options: options)
    (self.table, self.contrast, self.options) = (table, counts.contrast, options)
    genes = scoring.genes
    guides = Guides(scoring, counts)
    quality = try QualityReport.measures(counts, scoring, sets: sets, options: options)
    notes = table.notes + scoring.notes
  }
}

extension GeneAnalysis.Guides {
  init(_ scoring: ContrastScores, _ counts: ContrastCounts) {
    let n = counts.table.guides.count
    (foldChange, spread, z) = (scoring.z.foldChange, scoring.z.spread, scoring.z.guideZ)
    (pLow, pHigh, rankScore, control, treatment) = ([], [], [], [], [])
    guard let tests = scoring.rra?.tests else { return }
    let pairs = tests.score.count / n
    func over(_ values: [Double], _ join: (Double, Double) -> Double) -> [Double] {
      pairs == 1
        ? values : (0..<n).map { guide in (1..<pairs).reduce(values[guide]) { join($0, values[guide + $1 * n]) } }
    }
    (pLow, pHigh) = (over(tests.pLow, min), over(tests.pHigh, min))
    rankScore = pairs == 1 ? tests.score : over(tests.score, +).map { $0 / Double(pairs) }
    (control, treatment) = (Array(tests.control[..<n]), Array(tests.treatment[..<n]))
  }
}
