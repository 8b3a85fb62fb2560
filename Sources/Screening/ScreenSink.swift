import Assay
import Synergy

/// Where a screen's results go while it runs.
///
/// `encode` is called on many threads at once, one block each, and must depend on nothing but its arguments; `append`
/// and the rest are called by one task at a time, blocks in their order, so that the output is the same on any number
/// of threads and memory does not grow with the screen.
public protocol ScreenSink: AnyObject, SendableMetatype {
  /// What `encode` makes of a block and `append` takes.
  associatedtype Fragment: Sendable
  /// Turns an analysed block into what is written of it.
  static func encode(_ analysis: BlockAnalysis, index: Int, options: ScreenOptions) -> Fragment
  /// Writes a block.
  func append(_ fragment: Fragment, of summary: BlockSummary) throws
  /// Writes a problem.
  func append(_ problem: InputProblem) throws
  /// Takes note of a file; comes after its blocks.
  func append(_ input: ScreenInput) throws
  /// Takes the plates of a plate screen and what they and the blocks are worth; comes once, after the files.
  func append(_ plates: PlateReport) throws
  /// Takes what is said of combinations that were tested in several samples; comes once, after the plates.
  func append(_ across: AcrossSamples) throws
  /// Closes the results; `ranked` holds every block, best first.
  func finish(ranked: [BlockSummary]) async throws
}

extension ScreenSink {
  /// Leaves the plates out.
  public func append(_ plates: PlateReport) throws {}
  /// Leaves the samples out.
  public func append(_ across: AcrossSamples) throws {}
}
