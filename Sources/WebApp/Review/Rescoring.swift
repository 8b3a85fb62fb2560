import Reporting
import Screening
import Synergy

/// What a block's scores were in its run, and what they are without the wells that people left out since.
struct Rescoring: Sendable {
  let run: OpenRun
  let index: Int
  /// Every well of the screen that was left out, undone ones too.
  let leftOut: [LeftOutRecord]

  /// The block without the wells that are left out now; `nil` where nothing is left of it.
  ///
  /// - Throws: `SynergyError` when the rest cannot be scored.
  func analysis() async throws -> BlockAnalysis {
    let wells = leftOut.filter(\.isActive).map {
      WellsLeftOut.Well(
        blockID: run.run.inputs.block(of: $0.block), doses: $0.doses, response: $0.response, reason: $0.reason)
    }
    let reanalysis = try await run.reanalysis
    return try await Task.detached(executorPreference: SideThread.scoring) { [index] in
      try reanalysis.analysis(of: index, leavingOut: WellsLeftOut(wells))
    }.value
  }

  /// Whether the run was made with the wells left out that are left out now, in every block: the noise of a block without replicates
  /// depends on the others.
  var isAsRun: Bool { Self.isSame(leftOut, as: run.run) }

  /// Whether the wells left out now are those that a run left out.
  static func isSame(_ leftOut: [LeftOutRecord], as run: Run) -> Bool {
    let before = run.inputs.leftOut.map { Key(block: $0.block, doses: $0.doses, response: $0.response) }
    let now = leftOut.filter(\.isActive).map { Key(block: $0.block, doses: $0.doses, response: $0.response) }
    return before.count == now.count && Set(before) == Set(now)
  }

  private struct Key: Hashable {
    var block: String
    var doses: [Double]
    var response: Double?
  }
}
