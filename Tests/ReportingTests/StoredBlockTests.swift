import Assay
import DoseTables
import Foundation
import ReferenceData
import Screening
import Statistics
import Synergy
import Testing

@testable import Reporting
@testable import Results

/// What is read back of a run's store is what was written.
@Suite("Blocks in the store")
struct StoredBlockTests {
  /// A store with these blocks, opened, and the directory that it lies in.
  static func store(
    _ analyses: [BlockAnalysis], _ synergy: SynergyOptions = SynergyOptions(), in directory: TemporaryDirectory
  ) throws -> RunStore {
    var options = ScreenOptions(threads: 2)
    options.synergy = synergy
    let path = directory.path + "/" + RunStoreWriter.name
    let writer = try RunStoreWriter(path: path, title: "a <screen>", options: options, version: "0.1.0")
    var summaries: [BlockSummary] = []
    for (index, analysis) in analyses.enumerated() {
      let summary = BlockSummary(index: index, analysis: analysis)
      try writer.append(analysis, of: summary)
      summaries.append(summary)
    }
    FalseDiscovery.judge(&summaries, options: synergy.inference)
    try writer.finish(ranked: Ranking.ranked(summaries))
    return try RunStore(path: path, threads: 2)
  }

  private func readBack(_ analysis: BlockAnalysis, _ options: SynergyOptions = SynergyOptions()) throws -> BlockAnalysis
  {
    let directory = try TemporaryDirectory()
    return try Self.store([analysis], options, in: directory).analysis(of: 0)
  }

  @Test("every kind of block comes back to the bit, and so does its summary")
  func same() async throws {
    // The store has no synergy: it is what the definition gives of response, fit and reference.
    let analyses = try (SampleScreen.varied() + SampleScreen.odd()).map { analysis in
      var analysis = analysis
      let matrix = analysis.matrix
      for drug in analysis.monotherapies.indices {
        analysis.monotherapies[drug].cells = matrix.monotherapy(of: drug) ?? []
      }
      for place in analysis.models.indices {
        let score = analysis.models[place]
        analysis.models[place].synergy = ModelScore.synergy(
          compared: score.fit ?? matrix.mean, reference: score.reference, count: matrix.count,
          present: (0..<matrix.cellCount).map(matrix.drugsPresent))
      }
      return analysis
    }
    let directory = try TemporaryDirectory()
    let store = try Self.store(analyses, in: directory)
    for (number, analysis) in analyses.enumerated() {
      #expect("\(try store.analysis(of: number))" == "\(analysis)", "\(analysis.matrix.id)")
    }
    var summaries = analyses.enumerated().map { BlockSummary(index: $0.offset, analysis: $0.element) }
    FalseDiscovery.judge(&summaries, options: InferenceOptions())
    let ranked = Ranking.ranked(summaries)
    let stored = try await store.ranked()
    #expect(stored.map { "\($0)" } == ranked.map { "\($0)" })
    let outlines = try await store.outlines()
    #expect(outlines.map { "\($0)" } == ranked.map { "\(BlockOutline($0))" })
    // Read by several connections: the same, in parts, more than there are blocks.
    let read: RunStore.Read<BlockOutline> = { database, options, numbers throws(ResultsError) in
      var reader = try OutlineReader(database, options: options)
      return try reader.outlines(numbers)
    }
    let (whole, parts) = (try await store.parts(threads: 1, read), try await store.parts(threads: 3, read))
    #expect(whole.count == 1 && parts.count == 12)
    #expect(parts.joined().map { "\($0)" } == whole[0].map { "\($0)" })
    // By their places: the same, in the order in which they are asked for.
    let places = try store.places()
    #expect(places.map(\.block) == ranked.map(\.index))
    #expect(try store.summaries(at: places.reversed()).map { "\($0)" } == ranked.reversed().map { "\($0)" })
    #expect(throws: ResultsError.blockMissing(index: 99)) { try store.analysis(of: 99) }
  }

  @Test("an Emax that the data do not bound is no number in fits.csv, and the curve is read back to the bit")
  func unboundedEmax() throws {
    var analysis = try SampleScreen.analysis(SampleScreen.Recipe())
    analysis.monotherapies[0].fit.curve.emax = -5.866593669621035e40
    #expect(try readBack(analysis).monotherapies[0].fit == analysis.monotherapies[0].fit)
    let table = String(decoding: FitTable.monotherapies(of: analysis), as: UTF8.self)
    let emax = table.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false)[6] }
    #expect(emax.first == "" && emax.last != "")
  }

  @Test("tells of a drug that other blocks measured too", arguments: [true, false])
  func anchor(isShared: Bool) throws {
    var analysis = try SampleScreen.analysis(SampleScreen.Recipe())
    #expect(try readBack(analysis).anchor == nil)
    analysis.anchor = AnchorReading(drug: 1, name: "bortezomib", blocks: 40, isShared: isShared)
    let again = try readBack(analysis).anchor
    #expect(again?.drug == 1 && again?.name == "bortezomib" && again?.blocks == 40 && again?.isShared == isShared)
  }

  @Test("gives the names and the order of the file again")
  func sameNames() throws {
    let plain = try SampleScreen.analysis(
      SampleScreen.Recipe(drugs: ["bortezomib", "KPT-330", "c"], units: ["nM", "nM", "nM"], shape: [4, 5, 3]))
    let turned = plain.matrix.written(names: ["bortezomib", "KPT-330", "c"], positions: [2, 0, 1])
      .arranged(names: ["bortezomib", "selinexor", "c"], order: [0, 1, 2])
    let analysis = BlockAnalysis(
      asRead: turned, monotherapies: plain.monotherapies, models: plain.models, lines: plain.lines, css: plain.css,
      notes: plain.notes)
    let again = try readBack(analysis)
    #expect(again.matrix.axes == turned.axes)
    #expect(again.matrix.axes.map(\.writtenName) == ["bortezomib", "KPT-330", "c"])
    #expect(again.matrix.isTurned)
  }

  @Test("gives the same intervals, lines, tests and corrected responses again, whatever the order of the models")
  func sameInference() throws {
    var options = SynergyOptions()
    options.models = [.hsa, .zip, .bliss]
    options.inference.resamples = 100
    options.bigl.nulls = BIGLNull.allCases
    let matrix = try SampleScreen.analysis(.init(replicates: 2, missing: [[2, 3]])).matrix
    var analysis = try BlockAnalyzer(options: options).analyze(matrix)
    #expect(analysis.inference != nil && analysis.bigl?.tests.count == BIGLNull.allCases.count)
    let again = try readBack(analysis, options)
    #expect(again.models.map(\.model) == [.hsa, .zip, .bliss])
    #expect("\(again.models)" == "\(analysis.models)")
    #expect("\(again.inference as Any)" == "\(analysis.inference as Any)")
    #expect("\(again.lines)" == "\(analysis.lines)")
    #expect("\(again.notes)" == "\(analysis.notes)")
    #expect(again.bigl?.tests.map { "\($0)" } == analysis.bigl?.tests.map { "\($0)" })
    #expect(ReportFragment(again).cells == ReportFragment(analysis).cells)
    let (one, other) = (BlockSummary(index: 3, analysis: again), BlockSummary(index: 3, analysis: analysis))
    #expect("\(one)" == "\(other)")
    // Responses on the scale of a baseline.
    analysis = BlockAnalysis(
      asRead: matrix, baseline: BlockBaseline(level: -8.5, error: 1.25, estimate: (level: -9, error: 2)),
      monotherapies: analysis.monotherapies, models: analysis.models, lines: [], css: nil, notes: [])
    let corrected = try readBack(analysis, options)
    #expect("\(corrected.matrix)" == "\(analysis.matrix)")
    #expect(corrected.asRead.mean != corrected.matrix.mean)
    #expect(corrected.baseline.estimate?.error == 2)
  }

  @Test("a key stays when files are added, rows permuted and drugs swapped, and tells other wells apart")
  func keys() throws {
    let matrix = try SampleScreen.analysis(.init()).matrix
    let key = BlockKey(matrix)
    #expect("\(key)".count == 16)
    #expect(BlockKey("\(key)") == key)
    #expect(BlockKey("00000000000000ag") == nil)
    let wells = (0..<matrix.cellCount).flatMap { cell in
      matrix.replicates(of: cell).map { DoseMatrix.Well(doses: matrix.doses(of: cell), response: $0) }
    }
    func block(
      _ wells: [DoseMatrix.Well], id: String = "other", sample: String? = "MM.1S",
      drugs: [String] = ["selinexor", "bortezomib"]
    ) throws -> BlockKey {
      BlockKey(
        try DoseMatrix(
          id: id, sample: sample, drugs: drugs.map { (name: $0, unit: ConcentrationUnit("nM")) }, wells: wells))
    }
    #expect(try block(wells.reversed()) == key)
    #expect(
      try block(
        wells.map { .init(doses: $0.doses.reversed(), response: $0.response) }, drugs: ["bortezomib", "selinexor"])
        == key)
    #expect(try block(wells, sample: "OPM-2") != key)
    #expect(try block(wells, drugs: ["selinexor", "carfilzomib"]) != key)
    var changed = wells
    changed[7].response += 1e-9
    #expect(try block(changed) != key)
    // A well that is excluded stays part of what the block is; so does a dose that had no other well.
    let cell = try #require((0..<matrix.cellCount).first { matrix.count[$0] == 1 })
    let excluded = try #require(matrix.excluding([matrix.wells(of: cell).lowerBound: "bubble"]))
    #expect(excluded.wellCount == matrix.wellCount - 1)
    #expect(BlockKey(excluded) == key)
    #expect("\(excluded.withExcluded)" == "\(matrix)")
    let last = (0..<matrix.cellCount).filter { matrix.position(of: $0, on: 1) == matrix.shape[1] - 1 }
    let numbers = last.flatMap { matrix.wells(of: $0) }
    let narrower = try #require(matrix.excluding(Dictionary(uniqueKeysWithValues: numbers.map { ($0, "") })))
    #expect(narrower.shape[1] == matrix.shape[1] - 1)
    #expect(BlockKey(narrower) == key)
    // Twins have one key, whichever was read first.
    let directory = try TemporaryDirectory()
    let twin = try SampleScreen.analysis(.init(id: "2"))
    let store = try Self.store([try SampleScreen.analysis(.init()), twin], in: directory)
    let keys = try store.values(of: StoreSchema.blocks).map { $0[1] }
    #expect(keys == [.text("\(key)"), .text("\(key)")])
  }

  @Test(
    "what does not fit together is refused, and says what",
    arguments: [
      ("UPDATE drugs SET doses = NULL WHERE position = 0", "do not fit each other"),
      ("UPDATE drugs SET doses = x'0011'", "doses is not numbers of 8 bytes"),
      ("UPDATE arrays SET wells = x'ffffffff'", "do not fit each other"),
      ("UPDATE arrays SET zip_reference = x'0000000000000000'", "ZIP of block 1 has not one value a cell"),
      ("UPDATE arrays SET line_start = x'ffffff7f'", "lines of block 1 do not fit"),
      ("UPDATE drugs SET status = 'perfect'", "status is not a word of Status"),
      ("UPDATE scores SET model = 'luck' WHERE model = 'zip'", "model is not a word of NullModel"),
      ("DELETE FROM arrays", "block 1 has no wells"), ("DELETE FROM drugs", "do not fit each other"),
      ("UPDATE run SET value = '9' WHERE name = 'format_version'", "has version 9 of the format"),
      ("DELETE FROM run WHERE name = 'options'", "does not say of which run"),
      ("DROP TABLE scores", "no such table"),
    ])
  func damaged(change: String, reason: String) throws {
    let directory = try TemporaryDirectory()
    _ = try Self.store([try SampleScreen.analysis(.init())], in: directory)
    let path = directory.path + "/" + RunStoreWriter.name
    try Database(path: path, access: .create).execute(change)
    #expect {
      _ = try RunStore(path: path, threads: 1).analysis(of: 0)
    } throws: { "\($0)".contains(reason) }
  }

  @Test(
    "a ranking that is not of the blocks is refused",
    arguments: [
      ("DELETE FROM blocks WHERE number = 1", "has 1 blocks and a ranking of 2"),
      ("UPDATE ranking SET block = 0", "names a block twice"),
      ("UPDATE ranking SET block = 7 WHERE block = 1", "names block 7, which is not there"),
      ("UPDATE ranking SET call = 'perhaps'", "call is not a call"),
    ])
  func otherRanking(change: String, reason: String) throws {
    let directory = try TemporaryDirectory()
    _ = try Self.store(Array(try SampleScreen.varied().prefix(2)), in: directory)
    let path = directory.path + "/" + RunStoreWriter.name
    try Database(path: path, access: .create).execute(change)
    #expect {
      let store = try RunStore(path: path, threads: 1)
      _ = try store.summaries(at: store.places())
    } throws: { "\($0)".contains(reason) }
  }

  @Test("the first of the ranking are read without a look at the others") func firstAlone() async throws {
    let directory = try TemporaryDirectory()
    _ = try Self.store(try SampleScreen.varied(), in: directory)
    let path = directory.path + "/" + RunStoreWriter.name
    let last = try #require(try RunStore(path: path, threads: 1).places().last)
    try Database(path: path, access: .create).execute("UPDATE blocks SET key = '?' WHERE number = \(last.block)")
    let store = try RunStore(path: path, threads: 1)
    let places = try store.places()
    #expect(try store.summaries(at: places.dropLast()).map(\.index) == places.dropLast().map(\.block))
    #expect(throws: ResultsError.self) { try store.summaries(at: [last]) }
    await #expect(throws: ResultsError.self) { try await store.ranked() }
  }

  @Test("a file that is no store, and one that was cut off, are refused") func noStore() async throws {
    let directory = try TemporaryDirectory()
    _ = try Self.store(try SampleScreen.varied(), in: directory)
    let path = directory.path + "/" + RunStoreWriter.name
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for bytes in [Data(), Data("{}".utf8), whole.prefix(whole.count / 2), whole.prefix(8192)] {
      try bytes.write(to: URL(fileURLWithPath: path))
      await #expect(throws: ResultsError.self) {
        let store = try RunStore(path: path, threads: 1)
        _ = try await store.ranked()
        for number in 0..<6 { _ = try store.analysis(of: number) }
      }
    }
  }

  @Test("the same blocks give the same bytes") func sameBytes() throws {
    let (one, other) = (try TemporaryDirectory(), try TemporaryDirectory())
    for directory in [one, other] { _ = try Self.store(try SampleScreen.varied(), in: directory) }
    let files = try [one, other].map { try Data(contentsOf: URL(fileURLWithPath: $0.path + "/" + RunStoreWriter.name)) }
    #expect(files[0] == files[1])
  }
}
