import Assay
import Testing

private let drugs: [(name: String, unit: ConcentrationUnit)] = [
  ("a", ConcentrationUnit("nM")), ("b", ConcentrationUnit("nM")),
]
private func matrix(_ wells: [DoseMatrix.Well]) throws -> DoseMatrix {
  try DoseMatrix(id: "1", sample: nil, drugs: drugs, wells: wells)
}
private let square: [DoseMatrix.Well] = [
  .init(doses: [0, 0], response: 1), .init(doses: [0, 5], response: 20), .init(doses: [10, 0], response: 30),
  .init(doses: [10, 5], response: 60),
]

@Suite struct DoseMatrixTests {
  @Test func `cells run row-major with the last drug fastest`() throws {
    let block = try matrix(square)
    #expect(block.shape == [2, 2] && block.strides == [2, 1] && block.mean == [1, 20, 30, 60])
    #expect(block.doses(of: 1) == [0, 5] && block.cell(at: [1, 0]) == 2)
    #expect(block.control == 0 && block.combinationCells == [3])
    #expect(block.monotherapy(of: 0) == [0, 2] && block.monotherapy(of: 1) == [0, 1])
  }

  @Test func `the order of the wells does not matter`() throws {
    let wells = square + [.init(doses: [10, 5], response: 50)]
    let one = try matrix(wells)
    let other = try matrix(wells.reversed())
    #expect(one.mean == other.mean && one.axes == other.axes)
    #expect(Array(one.replicates(of: 3)) == [50, 60] && Array(other.replicates(of: 3)) == [50, 60])
    #expect(one.wellCount == 5 && one.count == [1, 1, 1, 2])
  }

  @Test func `a missing cell has no wells and no mean`() throws {
    let block = try matrix(Array(square.dropFirst()))
    #expect(block.count == [0, 1, 1, 1] && block.mean[0].isNaN && block.control == nil)
  }

  @Test func `without zero doses there is no control and no monotherapy`() throws {
    let block = try matrix([.init(doses: [1, 0], response: 1), .init(doses: [2, 3], response: 2)])
    #expect(block.control == nil && block.monotherapy(of: 1) == nil && block.monotherapy(of: 0) == [0, 2])
  }

  @Test func `negative zero is zero`() throws {
    let block = try matrix([.init(doses: [-0.0, 0], response: 1), .init(doses: [0, 0], response: 3)])
    #expect(block.shape == [1, 1] && block.mean == [2])
  }

  private static let invalid: [(wells: [DoseMatrix.Well], error: DoseMatrixError)] = {
    typealias Well = DoseMatrix.Well
    let diagonal = (0..<1001).map { Well(doses: [Double($0), Double($0)], response: 1) }
    return [
      ([], .noWells),
      ([Well(doses: [1], response: 1)], .doseCount(expected: 2, found: 1)),
      ([Well(doses: [-1, 0], response: 1)], .invalidDose(drug: "a", dose: -1)),
      ([Well(doses: [0, .infinity], response: 1)], .invalidDose(drug: "b", dose: .infinity)),
      ([Well(doses: [0, 1], response: -.infinity)], .invalidResponse(-.infinity)),
      (diagonal, .gridTooLarge(shape: [1001, 1001], wells: 1001)),
    ]
  }()

  @Test(arguments: invalid)
  func `wells that make no block are refused with the reason`(wells: [DoseMatrix.Well], error: DoseMatrixError) {
    #expect(throws: error) { try matrix(wells) }
  }

  @Test func `one drug is no combination`() {
    #expect(throws: DoseMatrixError.tooFewDrugs(1)) {
      try DoseMatrix(id: "1", sample: nil, drugs: [("a", .unstated)], wells: [.init(doses: [1], response: 1)])
    }
  }

  @Test(arguments: [
    (DoseMatrixError.tooFewDrugs(1), "two or more drugs, found 1"), (.noWells, "no measured well"),
    (.doseCount(expected: 2, found: 3), "states 3 doses"), (.invalidDose(drug: "a", dose: -1), "dose -1.0 of a"),
    (.invalidResponse(.infinity), "expected a finite number"), (.gridTooLarge(shape: [9, 9], wells: 9), "9 × 9"),
  ])
  func `an error says what was found`(error: DoseMatrixError, part: String) {
    #expect(error.description.contains(part))
  }
}
