import Assay
import Testing

@Suite("A block under other names and in another order")
struct ArrangedMatrixTests {
  /// Three drugs, a missing cell, replicates; every response is told by its doses.
  static func block() throws -> DoseMatrix {
    var wells: [DoseMatrix.Well] = []
    for a in [0, 0.1, 3] {
      for b in [0, 7.0] {
        for c in [0, 1, 2, 4.0] where !(a == 3 && b == 7 && c == 4) {
          for replicate in 0..<(c == 2 ? 3 : 1) {
            wells.append(.init(doses: [a, b, c], response: 100 * a + 10 * b + c + 0.1 * Double(replicate)))
          }
        }
      }
    }
    return try DoseMatrix(
      id: "1", sample: "S", drugs: [("a", ConcentrationUnit("nM")), ("b", ConcentrationUnit("uM")), ("c", .unstated)],
      wells: wells)
  }

  @Test(
    "Every cell keeps its doses, replicates and mean, to the bit",
    arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func cells(order: [Int]) throws {
    let block = try Self.block()
    let arranged = block.arranged(names: ["A", "b", "C"], order: order)
    #expect(arranged.axes.map(\.drug) == order.map { ["A", "b", "C"][$0] })
    #expect(arranged.axes.map(\.writtenName) == order.map { ["a", "b", "c"][$0] })
    #expect(arranged.axes.map(\.unit) == order.map { block.axes[$0].unit })
    #expect(arranged.axes.map(\.writtenPosition) == order)
    #expect(arranged.isTurned == (order != [0, 1, 2]))
    #expect(arranged.shape == order.map { block.shape[$0] })
    #expect((arranged.wellCount, arranged.cellCount) == (block.wellCount, block.cellCount))
    for cell in 0..<block.cellCount {
      let position = block.axes.indices.map { block.position(of: cell, on: $0) }
      let place = arranged.cell(at: order.map { position[$0] })
      #expect(arranged.doses(of: place) == order.map { block.doses(of: cell)[$0] })
      #expect(arranged.replicates(of: place).map(\.bitPattern) == block.replicates(of: cell).map(\.bitPattern))
      #expect(arranged.mean[place].bitPattern == block.mean[cell].bitPattern)
      #expect(arranged.count[place] == block.count[cell])
    }
  }

  @Test("Names and places of the file stay through a second arrangement")
  func twice() throws {
    let turned = try Self.block().arranged(names: ["A", "B", "C"], order: [2, 0, 1])
      .arranged(names: ["c2", "a2", "b2"], order: [1, 2, 0])
    #expect(turned.axes.map(\.drug) == ["a2", "b2", "c2"])
    #expect(turned.axes.map(\.writtenName) == ["a", "b", "c"])
    #expect(!turned.isTurned)
    #expect(turned.mean.map(\.bitPattern) == (try Self.block().mean.map(\.bitPattern)))
  }
}
