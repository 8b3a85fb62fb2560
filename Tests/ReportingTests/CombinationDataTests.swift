import Assay
import Foundation
import Results
import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("the data of combinations that open on demand")
struct CombinationDataTests {
  /// The object as the page's script reads it.
  private struct Decoded {
    var models: [String]
    var synergyLimit: Int
    var blocks: [[Any]]
    var axes: [[Any]]

    init(_ data: CombinationData) throws {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(data.bytes)) as? [String: Any])
      models = try #require(object["models"] as? [String])
      synergyLimit = try #require(object["synergyLimit"] as? Int)
      blocks = try #require(object["blocks"] as? [[Any]])
      axes = try #require(object["axes"] as? [[Any]])
    }
  }

  private func blocks(_ count: Int) throws -> [BlockAnalysis] {
    try (0..<count).map { try SampleScreen.analysis(.init(id: "\($0)", effect: Double($0 * 7 % 10))) }
  }

  @Test("holds responses and synergy in tenths, row by row, of the blocks after the written pages")
  func values() async throws {
    let source = DocumentSample.source(try blocks(5))
    let data = try await CombinationData(of: source, from: 2)
    #expect(data.blocks == Set(source.ranked.dropFirst(2).map(\.index)))
    let decoded = try Decoded(data)
    #expect(decoded.models == source.options.synergy.models.map(\.name))
    #expect(decoded.synergyLimit == 50)
    #expect(decoded.blocks.count == 3)
    for (block, summary) in zip(decoded.blocks, source.ranked.dropFirst(2)) {
      #expect(block[0] as? Int == summary.index)
      let analysis = try source.blocks.analysis(of: summary.index)
      let matrix = analysis.matrix
      for drug in 0..<2 {
        let number = try #require(block[1 + drug] as? Int)
        let axis = try #require(decoded.axes.at(number))
        #expect(axis[0] as? String == matrix.axes[drug].drug)
        #expect((axis[2] as? [String])?.count == matrix.shape[drug])
      }
      let slice = try #require(block[3] as? [Any])
      #expect(slice[0] as? String == "")
      let responses = try #require(slice[1] as? [Int])
      #expect(responses == matrix.mean.map { Int(($0 * 10).rounded()) })
      for (place, score) in analysis.models.enumerated() {
        let synergy = try #require(slice[2 + place] as? [Int])
        let expected = (1..<matrix.shape[0]).flatMap { row in
          (1..<matrix.shape[1]).map { Int((score.synergy[matrix.cell(at: [row, $0])] * 10).rounded()) }
        }
        #expect(synergy == expected)
      }
    }
  }

  @Test("what was kept while the run scored is what the store gives")
  func held() async throws {
    var source = DocumentSample.source(try blocks(5))
    let read = try await CombinationData(of: source, from: 1)
    for summary in source.ranked {
      source.heldRows.add(CombinationData.row(try source.blocks.analysis(of: summary.index)), of: summary.index)
    }
    source.blocks = BlocksInMemory([:])
    let kept = try await CombinationData(of: source, from: 1)
    #expect(kept.bytes == read.bytes && kept.blocks == read.blocks)
  }

  @Test("what was not measured or not scored is null")
  func missing() async throws {
    let analysis = try SampleScreen.analysis(.init(missing: [[1, 1]], unscored: [[5, 5]]))
    let decoded = try Decoded(try await CombinationData(of: DocumentSample.source([analysis]), from: 0))
    let slice = try #require(decoded.blocks[0][3] as? [Any])
    let responses = try #require(slice[1] as? [Any])
    #expect(responses[7] is NSNull && responses.count { $0 is NSNull } == 1)
    let loewe = try #require(analysis.models.firstIndex { $0.model == .loewe })
    #expect((slice[2 + loewe] as? [Any])?.last is NSNull)
  }

  @Test("a three-drug block has its slices with their captions")
  func slices() async throws {
    let three = try SampleScreen.analysis(
      .init(drugs: ["a", "b", "c"], units: ["nM", "nM", "nM"], shape: [3, 3, 4]))
    let decoded = try Decoded(try await CombinationData(of: DocumentSample.source([three]), from: 0))
    let slices = decoded.blocks[0].dropFirst(3).compactMap { $0 as? [Any] }
    #expect(slices.count == MatrixSlice.shown(of: three.matrix).count)
    #expect(slices.allSatisfy { ($0[0] as? String)?.hasPrefix("c ") == true })
  }

  @Test("ends where it would become too large, with whole blocks")
  func bound() async throws {
    let source = DocumentSample.source(try blocks(6))
    let whole = try await CombinationData(of: source, from: 0)
    let part = try await CombinationData(of: source, from: 0, maxBytes: whole.bytes.count / 2)
    #expect(part.blocks.count < 6 && !part.blocks.isEmpty)
    #expect(part.blocks == Set(source.ranked.prefix(part.blocks.count).map(\.index)))
    #expect(try Decoded(part).blocks.count == part.blocks.count)
    #expect(try await CombinationData(of: source, from: 6).bytes.isEmpty)
  }

  @Test("5,000 blocks of 10 × 10 doses have room")
  func room() async throws {
    let analysis = try SampleScreen.analysis(.init(shape: [10, 10], effect: 40))
    let data = try await CombinationData(of: DocumentSample.source([analysis]), from: 0)
    #expect(data.bytes.count * 5000 <= HeldRows.maxBytes + 400 * 5000)
    #expect(data.bytes.count <= 2800)
  }

  @Test("no name can end the script that holds it")
  func inert() async throws {
    let hostile = "</script><!--<b>"
    let analysis = try SampleScreen.analysis(
      .init(drugs: [hostile, hostile + "2", hostile + "3"], units: [hostile, "nM", hostile], shape: [3, 3, 3]))
    let data = try await CombinationData(of: DocumentSample.source([analysis]), from: 0)
    #expect(!data.bytes.contains(UInt8(ascii: "<")))
    #expect(try Decoded(data).axes[0][0] as? String == hostile)
  }
}
