import Assay
import Testing

@Suite("A block without some of its wells")
struct LeavingOutTests {
  /// Wells of two drugs, two replicates in one cell; `turned` gives them in another order.
  private static let wells: [DoseMatrix.Well] = {
    var wells: [DoseMatrix.Well] = []
    for one in [0, 0.1, 3] {
      for other in [0, 7.0, 9] {
        for replicate in 0..<(one == 3 && other == 7 ? 3 : 1) {
          wells.append(.init(doses: [one, other], response: 1 / 3 + 10 * one + other + 0.7 * Double(replicate)))
        }
      }
    }
    return wells
  }()

  private static func block(_ wells: [DoseMatrix.Well]) throws -> DoseMatrix {
    try DoseMatrix(
      id: "1", sample: "S", drugs: [("a", ConcentrationUnit("nM")), ("b", ConcentrationUnit("uM"))], wells: wells)
  }

  /// The numbers of the wells at some doses.
  private static func numbers(of block: DoseMatrix, where isOut: ([Double]) -> Bool) -> Set<Int> {
    Set((0..<block.cellCount).filter { isOut(block.doses(of: $0)) }.flatMap { block.wells(of: $0) })
  }

  private static func expectSame(_ one: DoseMatrix, _ other: DoseMatrix) {
    #expect(one.axes == other.axes)
    #expect((one.id, one.sample) == (other.id, other.sample))
    #expect((one.shape, one.strides, one.count) == (other.shape, other.strides, other.count))
    #expect(one.mean.map(\.bitPattern) == other.mean.map(\.bitPattern))
    #expect(
      (0..<one.cellCount).map { Array(one.replicates(of: $0)) }
        == (0..<other.cellCount).map { Array(other.replicates(of: $0)) })
  }

  @Test(
    "It is the block that the other wells make, to the bit",
    arguments: [
      { (doses: [Double]) in doses == [3, 9] }, { doses in doses == [0, 0] }, { doses in doses[0] == 0.1 },
      { doses in doses[1] == 0 }, { doses in doses[0] == 3 || doses[1] == 9 },
    ] as [@Sendable ([Double]) -> Bool])
  func same(isOut: @Sendable ([Double]) -> Bool) throws {
    let block = try Self.block(Self.wells)
    let left = try #require(block.leavingOut(Self.numbers(of: block, where: isOut)))
    try Self.expectSame(left, Self.block(Self.wells.filter { !isOut($0.doses) }))
  }

  @Test("One replicate of a cell can be excluded; the mean is that of the others")
  func replicate() throws {
    let block = try Self.block(Self.wells)
    let cell = block.cell(at: [2, 1])
    let well = try #require(block.wells(of: cell).first { block.response(ofWell: $0) > 38 })
    let left = try #require(block.leavingOut([well]))
    #expect(left.count[cell] == 2)
    try Self.expectSame(left, Self.block(Self.wells.filter { $0.response != block.response(ofWell: well) }))
  }

  @Test("Names as read and the drugs' places stay")
  func names() throws {
    let block = try Self.block(Self.wells).arranged(names: ["A", "B"], order: [1, 0])
    let left = try #require(block.leavingOut([0]))
    #expect(left.axes.map(\.drug) == ["B", "A"])
    #expect(left.axes.map(\.writtenName) == ["b", "a"])
    #expect(left.axes.map(\.writtenPosition) == [1, 0])
  }

  @Test("Without any well there is no block; without a number nothing changes")
  func ends() throws {
    let block = try Self.block(Self.wells)
    #expect(block.leavingOut(Set(0..<block.wellCount)) == nil)
    try Self.expectSame(#require(block.leavingOut([])), block)
    try Self.expectSame(#require(block.leavingOut([-1, block.wellCount])), block)
  }
}
