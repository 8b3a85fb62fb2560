import Assay
import ReferenceData
import Screening
import Testing

@Suite("Excluded wells of blocks")
struct WellsLeftOutTests {
  private typealias Well = WellsLeftOut.Well

  private static func block() throws -> DoseMatrix {
    var wells: [DoseMatrix.Well] = []
    for one in [0, 0.1, 3] {
      for other in [0, 7.0] {
        for replicate in 0..<2 {
          wells.append(.init(doses: [one, other], response: 100 * one + other + Double(replicate) / 3))
        }
      }
    }
    return try DoseMatrix(
      id: "b", sample: nil, drugs: [("a", ConcentrationUnit("nM")), ("b", ConcentrationUnit("nM"))], wells: wells)
  }

  private static func read(_ text: String) throws(InputProblem) -> WellsLeftOut {
    try WellsLeftOut(Array(text.utf8), file: "out.csv")
  }

  @Test("A row takes the replicate whose response it states, and no other")
  func replicate() throws {
    let block = try Self.block()
    let (left, unmatched) = WellsLeftOut([.init(blockID: "b", doses: [0.1, 7], response: 17, reason: "")]).applied(
      to: block)
    #expect(unmatched.isEmpty)
    let cell = block.cell(at: [1, 1])
    #expect(left?.count[cell] == 1)
    #expect(left?.mean[cell] == 17 + 1.0 / 3)
    #expect(left?.wellCount == block.wellCount - 1)
  }

  @Test("A row without a response takes all wells at its doses")
  func cell() throws {
    let (left, unmatched) = try WellsLeftOut([.init(blockID: "b", doses: [3, 7], response: nil, reason: "")]).applied(
      to: Self.block())
    #expect(unmatched.isEmpty)
    #expect(left?.count == [2, 2, 2, 2, 2, 0])
  }

  @Test("Two equal rows take two equal wells; a third has none")
  func equal() throws {
    let row = Well(blockID: "b", doses: [0, 0], response: 5, reason: "")
    let block = try DoseMatrix(
      id: "b", sample: nil, drugs: [("a", .unstated), ("b", .unstated)],
      wells: [[0, 0], [0, 0], [1, 0], [0, 1], [1, 1]].map { .init(doses: $0, response: 5) })
    #expect(WellsLeftOut([row]).applied(to: block).matrix?.count == [1, 1, 1, 1])
    let (left, unmatched) = WellsLeftOut([row, row, row]).applied(to: block)
    #expect(left?.count == [0, 1, 1, 1])
    #expect(unmatched == [row])
  }

  @Test("Numbers may be off by what writing and reading back does, and by no more")
  func tolerance() throws {
    let block = try Self.block()
    func matches(_ doses: [Double], _ response: Double) -> Bool {
      WellsLeftOut([.init(blockID: "b", doses: doses, response: response, reason: "")]).applied(to: block).unmatched
        .isEmpty
    }
    #expect(matches([0.1, 7], 17))
    #expect(matches([0.1 * (1 + 5e-10), 7 * (1 - 5e-10)], 17 * (1 + 5e-10)))
    #expect(!matches([0.1 * (1 + 2e-9), 7], 17))
    #expect(!matches([0.1, 7], 17 * (1 + 2e-9)))
    #expect(!matches([0.1, 7], 16.99))
    #expect(!matches([7, 0.1], 17))
    #expect(!matches([0.1], 17))
    #expect(!matches([0.1, 7, 0], 17))
  }

  @Test("Another block's rows say nothing of this one")
  func otherBlock() throws {
    let (left, unmatched) = try WellsLeftOut([.init(blockID: "c", doses: [0, 0], response: nil, reason: "")]).applied(
      to: Self.block())
    #expect(left?.wellCount == 12)
    #expect(unmatched.isEmpty)
  }

  @Test("When all wells are excluded nothing is left")
  func nothing() throws {
    let block = try Self.block()
    let rows = (0..<block.cellCount).map {
      Well(blockID: "b", doses: block.doses(of: $0), response: nil, reason: "")
    }
    let (left, unmatched) = WellsLeftOut(rows).applied(to: block)
    #expect(left == nil)
    #expect(unmatched.isEmpty)
  }

  @Test("A table of rows reads back to them, to the bit")
  func roundTrip() throws {
    let rows = [
      Well(blockID: "a:1", doses: [0.1 + 0.2, 1e-9], response: -1.0 / 3, reason: "bubble, \"large\""),
      Well(blockID: "=2", doses: [1e22, 0, 5], response: nil, reason: "-"),
      Well(blockID: "#3", doses: [0, 0], response: 0, reason: ""),
    ]
    var read = try Self.read(WellsLeftOut.csv(rows)).wells
    #expect(read.map(\.line) == [2, 3, 4])
    for place in read.indices { read[place].line = nil }
    #expect(read == rows)
  }

  @Test("Rows keep their lines, the table its hash")
  func input() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("o.csv", "reason,conc2,conc1,block_id,response\nx,7,0.1,b,17\n")
    let table = try WellsLeftOut(path: path)
    #expect(table.wells == [.init(blockID: "b", doses: [0.1, 7], response: 17, reason: "x", line: 2)])
    #expect(table.input?.path == path)
    #expect(table.input?.sha256?.count == 64)
    #expect(table.problems.isEmpty)
  }

  @Test(
    "A faulty row is refused with its line, what was read and what was expected; the others count",
    arguments: [
      (",1,2,3,", "block_id is empty, expected the name of a block"),
      ("b,,2,3,", "conc1 is empty, expected a dose"),
      ("b,1,x,3,", "conc2 is “x”, expected a dose"),
      ("b,-1,2,3,", "conc1 is “-1”, expected a dose of 0 or more"),
      ("b,1,2,high,", "response is “high”, expected % inhibition"),
    ])
  func faulty(row: String, message: String) throws {
    let table = try Self.read("block_id,conc1,conc2,response,reason\n\(row)\nb,1,2,3,ok\n")
    #expect(table.wells.map(\.reason) == ["ok"])
    #expect(table.problems.map(\.severity) == [.error])
    #expect(table.problems.map(\.line) == [2])
    #expect(table.problems.map(\.file) == ["out.csv"])
    #expect(table.problems.first?.message.contains(message) == true, "\(table.problems)")
  }

  @Test("What is no such table is refused as a whole")
  func noTable() throws {
    #expect(throws: InputProblem.self) { try Self.read("block_id,conc1,response\nb,1,2\n") }
    #expect(throws: InputProblem.self) { try WellsLeftOut(path: "/nowhere/o.csv") }
  }
}
