import Assay
import Synergy

/// Blocks of a finished run scored again without some wells, at once, with the numbers that a run with `--exclude-wells`
/// gives, to the bit.
///
/// What each block says about noise is kept; of the blocks that wells are left out of it is taken anew, so that the
/// screen's noise is that of the changed screen. Only the block that is asked for is analysed.
///
/// ```swift
/// let again = await BlockReanalysis(matrices: blocks, options: options, threads: 2)
/// let analysis = try again.analysis(of: 17, leavingOut: WellsLeftOut(wells))
/// ```
public struct BlockReanalysis: Sendable {
  private let options: ScreenOptions
  private let matrices: [DoseMatrix]
  /// The matrices' places by the blocks' indices and by their names.
  private let places: [Int: Int]
  private let placesByName: [String: Int]
  /// What each block says about noise and its untreated level; empty where neither is needed.
  private let evidence: [BlockEvidence]

  /// Takes the blocks of a run.
  ///
  /// - Parameters:
  ///   - matrices: **All** blocks that the run analysed, each with its index, as its results have them; every one has
  ///     its part in the screen's noise. They still hold the wells that will be left out.
  ///   - options: What the run was asked for.
  ///   - threads: Worker threads; they never change a number.
  public init(matrices: [(index: Int, matrix: DoseMatrix)], options: ScreenOptions, threads: Int) async {
    self.options = options
    let blocks = matrices.map(\.matrix)
    self.matrices = blocks
    places = Dictionary(
      matrices.enumerated().map { ($1.index, $0) }, uniquingKeysWith: { first, _ in first })
    placesByName = Dictionary(blocks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let inference = options.synergy.inference
    evidence =
      !options.synergy.needsEvidence
      ? []
      : await Parallel.map(blocks.count, chunk: 8, threads: threads) { range in
        var estimator = NoiseEstimator(options: inference)
        return range.map { estimator.evidence(of: blocks[$0]) }
      }
  }

  /// The block of an index as the run analysed it; `nil` when it is none of these.
  public func matrix(of index: Int) -> DoseMatrix? { places[index].map { matrices[$0] } }

  /// Scores a block again.
  ///
  /// - Parameters:
  ///   - index: The block's index.
  ///   - leavingOut: The wells that are left out of the **whole** screen, those of other blocks too, since they change
  ///     its noise. Rows that no well answers to say nothing (see `WellsLeftOut.applied(to:)`).
  /// - Returns: The analysis; its notes are those of the analysis, not those that the reader of the file added
  ///   (`BlockNote.doubted`).
  /// - Throws: `SynergyError` when what is left of the block cannot be scored; `noWells` also for an unknown index.
  public func analysis(of index: Int, leavingOut: WellsLeftOut) throws(SynergyError) -> BlockAnalysis {
    guard let place = places[index] else { throw .noWells }
    let changed = reduced(leavingOut)
    guard let matrix = changed[place] ?? matrices[place] else { throw .noWells }
    if let refusal = BlockAnalyzer.refusal(of: matrix) { throw refusal }
    var analysis = try BlockAnalyzer(options: options.synergy).analyze(matrix, screen: screen(changed))
    analysis.noteSynonyms(options.compounds.registry)
    return analysis
  }

  /// The blocks that wells are left out of; `nil` for one of which none is left.
  private func reduced(_ leavingOut: WellsLeftOut) -> [Int: DoseMatrix?] {
    var changed: [Int: DoseMatrix?] = [:]
    for name in leavingOut.blockIDs {
      if let place = placesByName[name] {
        changed.updateValue(leavingOut.applied(to: matrices[place]).matrix, forKey: place)
      }
    }
    return changed
  }

  /// What the changed screen says about noise: as in a run, blocks that cannot be scored have no part in it.
  private func screen(_ changed: [Int: DoseMatrix?]) -> ScreenEvidence {
    guard !evidence.isEmpty else { return .none }
    var estimator = NoiseEstimator(options: options.synergy.inference)
    let now = evidence.indices.compactMap { place -> BlockEvidence? in
      guard let change = changed[place] else { return evidence[place] }
      guard let matrix = change, BlockAnalyzer.refusal(of: matrix) == nil else { return nil }
      return estimator.evidence(of: matrix)
    }
    return ScreenEvidence(now, options: options.synergy)
  }
}
