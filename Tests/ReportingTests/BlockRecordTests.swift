import Assay
import Foundation
import Screening
import Synergy
import Testing

@testable import Reporting

/// What is read back of `results.json` is what was written.
@Suite("Blocks read back")
struct BlockRecordTests {
  private func readBack(_ analysis: BlockAnalysis, _ options: SynergyOptions = SynergyOptions()) throws -> BlockAnalysis
  {
    let bytes = BlockJSON.object(of: analysis, index: 3)
    return try JSONDecoder().decode(BlockRecord.self, from: Data(bytes)).analysis(
      models: options.models, inference: options.inference)
  }

  @Test("gives the same object again", arguments: 0..<14)
  func sameObject(number: Int) throws {
    let analysis = try (SampleScreen.varied() + SampleScreen.odd())[number]
    #expect(BlockJSON.object(of: try readBack(analysis), index: 3) == BlockJSON.object(of: analysis, index: 3))
  }

  @Test("an Emax that the data do not bound is no number, and the curve is read back to the bit")
  func unboundedEmax() throws {
    var analysis = try SampleScreen.analysis(SampleScreen.Recipe())
    analysis.monotherapies[0].fit.curve.emax = -5.866593669621035e40
    let text = String(decoding: BlockJSON.object(of: analysis, index: 3), as: UTF8.self)
    #expect(text.contains("\"emax\":null,") && text.contains("\"emax_unbounded\":\"-5.866593669621035e+40\""))
    #expect(try readBack(analysis).monotherapies[0].fit == analysis.monotherapies[0].fit)
    let table = String(decoding: FitTable.monotherapies(of: analysis), as: UTF8.self)
    let emax = table.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false)[4] }
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
    let recipe = SampleScreen.Recipe(
      drugs: ["bortezomib", "KPT-330", "c"], units: ["nM", "nM", "nM"], shape: [4, 5, 3])
    var analysis = try SampleScreen.analysis(recipe)
    analysis.matrix = analysis.matrix.written(names: ["bortezomib", "KPT-330", "c"], positions: [2, 0, 1])
      .arranged(names: ["bortezomib", "selinexor", "c"], order: [0, 1, 2])
    let again = try readBack(analysis)
    #expect(again.matrix.axes == analysis.matrix.axes)
    #expect(again.matrix.axes.map(\.writtenName) == ["bortezomib", "KPT-330", "c"])
    #expect(again.matrix.isTurned)
  }

  @Test("gives the same intervals, lines and tests again, whatever the order of the models")
  func sameInference() throws {
    var options = SynergyOptions()
    options.models = [.hsa, .zip, .bliss]
    options.inference.resamples = 100
    options.bigl.nulls = BIGLNull.allCases
    let analyzer = BlockAnalyzer(options: options)
    let matrix = try SampleScreen.analysis(.init(replicates: 2, missing: [[2, 3]])).matrix
    let analysis = try analyzer.analyze(matrix)
    #expect(analysis.inference != nil && analysis.bigl?.tests.count == BIGLNull.allCases.count)
    let again = try readBack(analysis, options)
    #expect(BlockJSON.object(of: again, index: 3) == BlockJSON.object(of: analysis, index: 3))
    #expect(again.models.map(\.model) == [.hsa, .zip, .bliss])
    #expect(again.inference?.noise == analysis.inference?.noise)
    #expect(again.lines.map(\.start) == analysis.lines.map(\.start))
    #expect(CellTable.rows(of: again) == CellTable.rows(of: analysis))
    #expect(FitTable.monotherapies(of: again) == FitTable.monotherapies(of: analysis))
    let (one, other) = (BlockSummary(index: 3, analysis: again), BlockSummary(index: 3, analysis: analysis))
    #expect("\(one)" == "\(other)")
  }

  @Test(
    "refuses what does not fit together",
    arguments: [
      ("\"shape\":[6,6]", "\"shape\":[6,7]"), ("\"shape\":[6,6]", "\"shape\":[4611686018427387904,4]"),
      ("\"replicates\":[1,", "\"replicates\":[2,"), ("\"status\":\"converged\"", "\"status\":\"perfect\""),
      ("\"drug\":1,", "\"drug\":7,"), ("\"reference\":[", "\"reference\":[1,"),
      ("\"response\":[", "\"response\":[\"x\","),
      ("\"unit\":\"nM\",", "\"unit\":\"nM\",\"position_as_read\":0,"),
    ])
  func mismatch(text: String, replacement: String) throws {
    let object = String(decoding: BlockJSON.object(of: try SampleScreen.analysis(.init()), index: 0), as: UTF8.self)
    let edited = object.replacingOccurrences(of: text, with: replacement)
    #expect(edited != object)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(BlockRecord.self, from: Data(edited.utf8)).analysis(
        models: NullModel.allCases, inference: InferenceOptions())
    }
  }
}
