import Foundation
import ReferenceData
import Screening
import Testing

@testable import WebApp

@Suite("What an upload is")
struct FileReaderTests {
  private func read(_ text: String, corrections: [Correction] = []) -> FileUnderstanding {
    FileReader().read(
      Array(text.utf8), name: "f.csv", role: nil,
      corrections: FileCorrections(corrections.map { $0.stated(of: "f.csv") })
    ).reading
  }

  private static let matrix = """
    block_id,drug1,drug2,cell_line,conc1,conc2,inhibition,conc_unit
    1,A,B,S,0,0,0,uM
    1,A,B,S,1,0,20,uM
    1,A,B,S,0,1,30,uM
    1,A,B,S,1,1,60,uM

    """

  @Test(
    "A file's kind is told by its content",
    arguments: [
      (matrix, FileRole.matrix), ("plate,well,reason\nP1,A1,bubble\n", .mask),
      ("sample,TP53\nS1,wt\nS2,mut\n", .samples),
      ("plate,well,role,drug1,conc1\nP1,A1,negative,,\nP1,A2,sample,A,1\n", .layout), ("hello world\n", .unknown),
      ("", .unknown),
    ])
  func kinds(text: String, kind: FileRole) { #expect(read(text).kind == kind) }

  @Test("Corrections change what is read: the response's kind, units, samples")
  func corrections() {
    let plain = read(Self.matrix)
    #expect(plain.response == "inhibition, %" && plain.blocks[0].drugs.map(\.unit) == ["uM", "uM"])
    let corrected = read(
      Self.matrix,
      corrections: [
        Correction(response: "viability", sample: "MM.1S"), Correction(drug: "B", unit: "nM"),
      ])
    #expect(corrected.response?.hasPrefix("viability") == true)
    #expect(corrected.blocks[0].sample == "MM.1S" && corrected.blocks[0].drugs.map(\.unit) == ["uM", "nM"])
  }

  @Test("Problems keep their severity, block and line")
  func problems() {
    let reading = read(Self.matrix.replacing("1,1,60", with: "1,1,OVRFLW"))
    #expect(reading.problems.contains { $0.line == 5 && $0.message.contains("OVRFLW") })
  }

  @Test(
    "Real exports are exports, screens are matrices, the Echo log is a layout",
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func realFiles() throws {
    let folder = ReferenceData.folder.path
    for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/plates")
    where !name.hasPrefix(".") && !name.hasSuffix(".md") {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/plates/" + name)))
      let expected: FileRole = name.hasPrefix("echo") ? .layout : .export
      #expect(FileReader.kind(of: bytes) == expected, "\(name)")
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/screens") where !name.hasSuffix(".md") {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/screens/" + name)))
      let reading = FileReader().read(bytes, name: name, role: nil, corrections: FileCorrections())
      #expect(reading.reading.kind == .matrix && !reading.blocks.isEmpty, "\(name): \(reading.reading.summary)")
    }
  }
}
