import Assay
import Foundation
import Testing

@Suite struct CodableMatrixTests {
  private let wells = [
    DoseMatrix.Well(doses: [0, 0], response: 1.0 / 3), .init(doses: [1, 0], response: 20),
    .init(doses: [1, 0], response: 20.1),
    .init(doses: [1, 0], response: 0.7), .init(doses: [0, 2], response: -30),
  ]

  @Test func `a block that is written and read back is the same to the bit, missing cells included`() throws {
    let unit = ConcentrationUnit("µM")
    let block = try DoseMatrix(id: "1", sample: nil, drugs: [("A", unit), ("B", unit)], wells: wells)
      .arranged(names: ["Alpha", "Beta"], order: [1, 0])
    let back = try JSONDecoder().decode(DoseMatrix.self, from: JSONEncoder().encode(block))
    #expect(back.id == "1" && back.sample == nil && back.axes == block.axes && back.shape == block.shape)
    #expect(back.count == block.count && back.mean.map(\.bitPattern) == block.mean.map(\.bitPattern))
    #expect((0..<block.cellCount).allSatisfy { back.replicates(of: $0) == block.replicates(of: $0) })
    let excluded = try #require(block.excluding([2: "bubble"]))
    let again = try JSONDecoder().decode(DoseMatrix.self, from: JSONEncoder().encode(excluded))
    #expect(excluded.excluded.count == 1 && again.excluded == excluded.excluded)
    #expect(block.withoutWells.axes == block.axes && block.withoutWells.wellCount == 0)
  }

  @Test(arguments: ["[1,3,1]", "[1,3,1,1]", "[1,3,2,-1]", "[]", "[9223372036854775807,1,1,1]"])
  func `numbers of wells that are not those of the grid are refused`(count: String) throws {
    let unit = ConcentrationUnit("uM")
    let block = try DoseMatrix(id: "1", sample: "s", drugs: [("A", unit), ("B", unit)], wells: wells)
    let text = String(decoding: try JSONEncoder().encode(block), as: UTF8.self)
    let changed = text.replacing(/"count":\[[^\]]*\]/, with: "\"count\":\(count)")
    #expect(changed != text)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(DoseMatrix.self, from: Data(changed.utf8)) }
  }
}
