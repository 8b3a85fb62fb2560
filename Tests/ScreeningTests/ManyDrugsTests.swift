import Assay
import Compounds
import DoseTables
import Foundation
import Synergy
import Testing

@testable import Screening

/// Work that grows with the square of a file's blocks, drugs or rows takes hours here. The time limits are there to end
/// it; what the linear work takes is a second.
@Suite("Files with very many drugs")
struct ManyDrugsTests {
  private static let count = 60_000
  private static let drugs = (0..<count).map { "Drug \($0)" }

  @Test("A correction of every drug is found by name, whatever the case", .timeLimit(.minutes(10)))
  func corrections() {
    let rows = Self.drugs.enumerated().map { number, drug in
      FileCorrections.Correction(
        file: "a.csv", drug: number % 2 == 0 ? drug : drug.uppercased(),
        unit: ConcentrationUnit(["nM", "uM", "mM"][number % 3]), line: number + 2)
    }
    let contradiction = FileCorrections.Correction(
      file: "a.csv", drug: "DRUG 3", unit: ConcentrationUnit("pM"), line: Self.count + 2)
    let corrections = FileCorrections(rows + [contradiction])
    #expect(corrections.corrections.count == Self.count)
    #expect(corrections.problems.map(\.line) == [Self.count + 2])
    #expect(corrections.problems.first?.message.contains("the unit of DRUG 3 is nM on line 5") == true)
    let reading = FileReading(corrections, file: "a.csv", registry: .builtIn)
    for (number, drug) in Self.drugs.enumerated() {
      #expect(reading.unit(of: drug)?.symbol == ["nM", "uM", "mM"][number % 3])
    }
    #expect(reading.unknownDrugs(among: Self.drugs).isEmpty)
    #expect(reading.unknownDrugs(among: Array(Self.drugs.dropLast(5))).map(\.drug) == Array(rows.suffix(5).map(\.drug)))
  }

  @Test("So are blocks of which wells are excluded", .timeLimit(.minutes(10)))
  func wellsLeftOut() throws {
    let left = WellsLeftOut(
      Self.drugs.map { WellsLeftOut.Well(blockID: $0, doses: [1, 1], response: nil, reason: "") })
    let block = try DoseMatrix(
      id: "Drug 17", sample: nil, drugs: [("A", ConcentrationUnit("uM")), ("B", ConcentrationUnit("uM"))],
      wells: [DoseMatrix.Well(doses: [0, 0], response: 1), DoseMatrix.Well(doses: [1, 1], response: 2)])
    var concerned = 0
    for _ in 0..<Self.count where left.concerns(block) { concerned += 1 }
    #expect(concerned == Self.count)
  }

  @Test("A table's blocks of distinct drugs are told apart", .timeLimit(.minutes(10)))
  func table() throws {
    let blocks = try Self.drugs.map { drug in
      try DoseMatrix(
        id: drug, sample: nil, drugs: [(drug, ConcentrationUnit("uM")), ("B of \(drug)", ConcentrationUnit("uM"))],
        wells: [DoseMatrix.Well(doses: [0, 0], response: 1), DoseMatrix.Well(doses: [1, 1], response: 2)])
    }
    let corrections = FileCorrections([.init(file: "a.csv", drug: "no such drug", unit: ConcentrationUnit("nM"))])
    let problems = FileReading(corrections, file: "a.csv", registry: .builtIn).problems(ofTable: blocks)
    #expect(problems.map(\.severity) == [.warning])
    #expect(problems.first?.message.contains("no drug is called no such drug") == true)
    #expect(FileReading(FileCorrections(), file: "a.csv", registry: .builtIn).problems(ofTable: blocks).isEmpty)
  }
}
