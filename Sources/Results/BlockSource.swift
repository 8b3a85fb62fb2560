import Synergy

/// Where the analyses of a screen's blocks are found: in memory, in a store.
public protocol BlockSource: Sendable {
  /// A block's analysis, as it was made. May be called on many threads at once.
  ///
  /// - Parameter index: `BlockSummary.index`.
  func analysis(of index: Int) throws(ResultsError) -> BlockAnalysis
}

/// Analyses that are held in memory.
public struct BlocksInMemory: BlockSource {
  private let analyses: [Int: BlockAnalysis]

  /// Takes analyses by their index.
  public init(_ analyses: [Int: BlockAnalysis]) { self.analyses = analyses }

  /// A block's analysis.
  public func analysis(of index: Int) throws(ResultsError) -> BlockAnalysis {
    guard let analysis = analyses[index] else { throw .blockMissing(index: index) }
    return analysis
  }
}
