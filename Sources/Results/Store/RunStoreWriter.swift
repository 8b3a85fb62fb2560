import Assay
import DoseTables
import DoseResponse
import Foundation
import Plates
import Screening
import Synergy

/// Writes the store of a run while the run goes.
///
/// Blocks are put there in groups, each whole or not at all: a run that is killed leaves a store that opens and holds
/// every group that was finished. It has no ranking until `finish`.
///
/// The same blocks in the same order give the same bytes.
public final class RunStoreWriter {
  /// The name of the file in a directory of results.
  public static let name = "results.sqlite"
  /// Blocks in a group.
  static let groupSize = 256

  private let database: Database
  private let inputs: Statement
  private let problems: Statement
  private let blocks: Statement
  private let drugs: Statement
  private let scores: Statement
  private let arrays: Statement
  private let notes: Statement
  private let exclusions: Statement
  private var inGroup = 0

  /// Makes the store of a run that begins.
  ///
  /// - Parameters:
  ///   - path: A file that is not there yet.
  ///   - title: The screen's name.
  ///   - version: The version of Isobole.
  public init(path: String, title: String, options: ScreenOptions, version: String) throws(ResultsError) {
    database = try Database(path: path, access: .create)
    // The file is new and nobody else's: after a kill the system has what was written, and the journal what to take back.
    try database.execute(
      "PRAGMA page_size = 8192; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF; "
        + "PRAGMA temp_store = MEMORY; BEGIN;" + StoreSchema.tables.map(\.creation).joined() + StoreSchema.views)
    inputs = try database.prepare(StoreSchema.inputs.insertion)
    problems = try database.prepare(StoreSchema.problems.insertion)
    blocks = try database.prepare(StoreSchema.blocks.insertion)
    drugs = try database.prepare(StoreSchema.drugs.insertion)
    scores = try database.prepare(StoreSchema.scores.insertion)
    arrays = try database.prepare(StoreSchema.arrays.insertion)
    notes = try database.prepare(StoreSchema.notes.insertion)
    exclusions = try database.prepare(StoreSchema.exclusions.insertion)
    for (name, value) in [
      ("format", "isobole-results"), ("format_version", "\(StoreSchema.version)"), ("isobole_version", version),
      ("title", title), ("options", try StoredOptions.text(of: options)),
    ] { try set(name, value) }
    try database.execute("COMMIT; BEGIN;")
  }

  private func set(_ name: String, _ value: String) throws(ResultsError) {
    try database.prepare(StoreSchema.run.insertion).run { row in
      row.add(name)
      row.add(value)
    }
  }

  /// Adds a block.
  public func append(_ analysis: BlockAnalysis, of summary: BlockSummary) throws(ResultsError) {
    try append(summary)
    try append(drugsOf: analysis, number: summary.index)
    try append(scoresOf: analysis, summary)
    try append(arraysOf: analysis, number: summary.index)
    for (position, note) in analysis.notes.enumerated() {
      try notes.run { row in
        row.add(summary.index)
        row.add(position)
        row.add(note.flag)
        row.add(note.message)
      }
    }
    for (position, excluded) in analysis.asRead.excluded.enumerated() {
      try exclusions.run { row in
        row.add(summary.index)
        row.add(position)
        row.add(excluded.well.doses)
        row.add(excluded.well.response)
        row.add(excluded.reason)
      }
    }
    if let bigl = analysis.bigl { try append(bigl, number: summary.index) }
    inGroup += 1
    if inGroup == Self.groupSize { try closeGroup() }
  }

  /// Adds a file.
  public func append(_ input: ScreenInput) throws(ResultsError) {
    try inputs.run { row in
      row.add(input.path)
      row.add(input.sha256)
      row.add(input.bytes)
      row.add(input.format)
      row.add(input.response)
      row.add(input.blocks)
    }
  }

  /// Adds a problem.
  public func append(_ problem: InputProblem) throws(ResultsError) {
    try problems.run { row in
      row.add(problem.file)
      row.add(problem.blockID)
      row.add(problem.severity.rawValue)
      row.add(problem.line)
      row.add(problem.message)
    }
  }

  /// Adds the plates of a plate screen.
  public func append(_ report: PlateReport) throws(ResultsError) {
    let plates = try database.prepare(StoreSchema.plates.insertion)
    for plate in report.plates {
      let record = try StoredOptions.text(of: plate)
      try plates.run { row in
        row.add(plate.plate)
        row.add(PlateReport.verdict(of: plate))
        row.add(record)
      }
    }
    let quality = try database.prepare(StoreSchema.blockQuality.insertion)
    for block in report.blocks {
      let record = try StoredOptions.text(of: block)
      try quality.run { row in
        row.add(block.id)
        row.add(record)
      }
    }
  }

  /// Adds the annotations of the samples.
  public func append(_ annotations: SampleTable) throws(ResultsError) {
    try set("annotations", try StoredOptions.text(of: annotations))
  }

  /// Adds the gene screen and the targets that the run is joined with.
  public func append(genes: some Encodable) throws(ResultsError) {
    try set("genes", try StoredOptions.text(of: genes))
  }

  /// Adds the ranking, best first, and closes the store.
  public func finish(ranked: [BlockSummary]) throws(ResultsError) {
    let ranking = try database.prepare(StoreSchema.ranking.insertion)
    for (place, block) in ranked.enumerated() {
      try ranking.run { row in
        row.add(place + 1)
        row.add(block.index)
        row.add(block.verdict?.call.rawValue)
        row.add(block.verdict?.words)
        row.add(block.verdict?.agreeing)
        row.add(block.verdict?.models)
        row.add(block.verdict.map { $0.isBelowBetterDrug ? 1 : 0 })
      }
    }
    let calls = try database.prepare(StoreSchema.calls.insertion)
    for block in ranked.sorted(by: { $0.index < $1.index }) {
      for score in block.scores where score.q != nil {
        try calls.run { row in
          row.add(block.index)
          row.add(score.model.rawValue)
          row.add(score.q)
          row.add(score.call?.rawValue)
        }
      }
    }
    try set("state", "finished")
    try database.execute("COMMIT; PRAGMA journal_mode = DELETE;")
  }

  private func closeGroup() throws(ResultsError) {
    inGroup = 0
    try database.execute("COMMIT; BEGIN;")
  }
}

extension RunStoreWriter {
  private func append(_ summary: BlockSummary) throws(ResultsError) {
    try blocks.run { row in
      row.add(summary.index)
      row.add(summary.key.description)
      row.add(summary.id)
      row.add(summary.sample)
      row.add(summary.replicates)
      row.add(summary.consensus)
      row.add(summary.consensusUpper)
      row.add(summary.css)
      row.add(summary.cssInterval)
      row.add(summary.baseline.level)
      row.add(summary.baseline.error)
      row.add(summary.baseline.estimate?.level)
      row.add(summary.baseline.estimate?.error)
      row.add(summary.anchor?.drug)
      row.add(summary.anchor?.blocks)
      row.add(summary.anchor.map { $0.isShared ? 1 : 0 })
      row.add(summary.noise?.source.rawValue)
      row.add(summary.noise?.sdAt0)
      row.add(summary.noise?.shape.logRatio)
      row.add(summary.noise?.degrees)
      row.add(summary.reachable?.cells)
      row.add(summary.flags.joined(separator: ";"))
    }
  }

  private func append(drugsOf analysis: BlockAnalysis, number: Int) throws(ResultsError) {
    for (position, axis) in analysis.asRead.axes.enumerated() {
      let alone = analysis.monotherapies[position]
      let curve = alone.fit.curve
      let band = analysis.inference?.curves[position]
      try drugs.run { row in
        row.add(number)
        row.add(position)
        row.add(axis.drug)
        row.add(axis.writtenName)
        row.add(axis.writtenPosition)
        row.add(axis.unit.symbol)
        row.add(axis.doses)
        for value in [curve.e0, curve.emax, curve.hill, curve.ec50, alone.fit.rss, alone.fit.r2] { row.add(value) }
        row.add(alone.fit.points)
        row.add(alone.fit.status.rawValue)
        for value in [alone.relativeIC50, alone.absoluteIC50, alone.relativeInhibition] { row.add(value) }
        row.add(analysis.inference?.ic50[position])
        row.add(analysis.inference?.emax[position])
        row.add(band?.map(\.low))
        row.add(band?.map(\.high))
      }
    }
  }

  private func append(scoresOf analysis: BlockAnalysis, _ summary: BlockSummary) throws(ResultsError) {
    for score in analysis.models {
      let inference = analysis.inference(of: score.model)
      let reachable = summary.reachable?.score(of: score.model)
      try scores.run { row in
        row.add(summary.index)
        row.add(score.model.rawValue)
        row.add(score.mean)
        row.add(score.meanWithoutOutliers)
        row.add(score.scoredCells)
        row.add(score.unscoredCells)
        for (window, inference) in [(score.peak, inference?.peak), (score.trough, inference?.trough)] {
          row.add(window?.mean)
          row.add(window?.doses.flatMap { [$0.lowerBound, $0.upperBound] })
          row.add(inference?.corrected)
          row.add(inference?.interval)
        }
        row.add(inference != nil)
        row.add(inference?.bias)
        row.add(inference?.standardError)
        row.add(inference?.interval)
        row.add(inference?.p)
        row.add(inference?.equivalence)
        row.add(reachable?.mean)
        row.add(reachable?.cells)
      }
    }
  }

  private func append(arraysOf analysis: BlockAnalysis, number: Int) throws(ResultsError) {
    let matrix = analysis.asRead
    let lines = analysis.lines
    try arrays.run { row in
      row.add(number)
      row.add(counts: matrix.count)
      row.add((0..<matrix.cellCount).flatMap(matrix.replicates))
      for model in NullModel.allCases {
        let score = analysis.score(of: model)
        let inference = analysis.inference(of: model)
        row.add(score?.reference)
        row.add(score?.fit)
        row.add(inference?.cells.map(\.low))
        row.add(inference?.cells.map(\.high))
        row.add(inference?.cellP)
      }
      row.add(counts: lines.map(\.drug))
      row.add(counts: lines.map(\.start))
      row.add(lines.flatMap { [$0.fit.curve.e0, $0.fit.curve.emax, $0.fit.curve.hill, $0.fit.curve.ec50] })
      row.add(lines.map(\.fit.rss))
      row.add(lines.map(\.fit.r2))
      row.add(counts: lines.map(\.fit.points))
      row.add(lines.map(\.fit.status.rawValue).joined(separator: " "))
    }
  }

  private func append(_ bigl: BIGLAnalysis, number: Int) throws(ResultsError) {
    if let marginals = bigl.marginals {
      try database.prepare(StoreSchema.surfaceMarginals.insertion).run { row in
        row.add(number)
        row.add(marginals.first.e0)
        row.add([marginals.first, marginals.second].flatMap { [$0.emax, $0.hill, $0.ec50] })
        row.add(marginals.rss)
        row.add(marginals.degrees)
      }
    }
    for test in bigl.tests {
      try database.prepare(StoreSchema.surfaceTests.insertion).run { row in
        row.add(number)
        row.add(test.null.rawValue)
        row.add(test.f)
        row.add(test.degrees.0)
        row.add(test.degrees.1)
        row.add(test.p)
        row.add(test.cutoff)
        row.add(counts: test.cells)
        row.add(test.predictions)
        row.add(test.studentized)
        row.add(test.calls.map(\.rawValue).joined(separator: " "))
      }
    }
  }
}

extension Statement.Binder {
  /// Both ends of an interval.
  fileprivate mutating func add(_ interval: Interval?) {
    add(interval?.low)
    add(interval?.high)
  }
}
