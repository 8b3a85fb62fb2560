import Assay
import Foundation
import Plates
import ReadingSamples
import Testing

/// Plates that were read at several times, and layouts whose numbers may be thousands.
@Suite struct PlateTimesTests {
  @Test(arguments: ["time", "day", "timepoint"])
  func timesOfAManifestAreNoReplicates(column: String) {
    let manifest = PlateManifest(
      Array("plate,layout,sample,\(column)\nR1,l.csv,X,24\nR2,l.csv,X,72\n".utf8), file: "m.csv")
    #expect(manifest.facts == ["R1: layout l.csv, sample X, \(column) 24", "R2: layout l.csv, sample X, \(column) 72"])
    #expect(manifest.problems.contains { $0.severity == .warning && $0.message.contains("several times") })
  }

  @Test func aSecondColumnOfSamplesIsDoubted() {
    let manifest = PlateManifest(
      Array("plate,layout,sample,donor\nR1,l.csv,PDX,1\nR2,l.csv,PDX,2\n".utf8), file: "m.csv")
    #expect(manifest.problems.contains { $0.severity == .warning && $0.message.contains("donor") })
  }

  @Test func timesOfALayoutAreNoReplicates() {
    var text = "plate,well,role,drug1,conc1,drug2,conc2,unit,sample,time\n"
    for (plate, time) in [("P1", 24), ("P2", 72)] {
      for (well, one, two) in [("A1", 1, 0), ("A2", 0, 1), ("A3", 1, 1), ("A4", 2, 1)] {
        text += "\(plate),\(well),sample,a,\(one),b,\(two),nM,X,\(time)\n"
      }
    }
    let set = layouts((name: "l.csv", text: text))
    let samples = Set(set.layouts.flatMap(\.wells).map(\.sample))
    #expect(samples.count == 2 && !samples.contains("X"), "\(samples)")
  }

  @Test func aPointThatMaySeparateThousandsIsAsked() {
    let set = layouts(
      (
        name: "l.csv",
        text: "well;role;drug1;conc1;unit\nA1;negative;;;\nA2;sample;sel;1.000;nM\nA3;sample;sel;500;nM\n"
      ))
    #expect(set.problems.contains { $0.severity == .error && $0.message.contains("1.000") }, "\(set.problems)")
  }

  @Test func aTableOfWellsIsNoManifest() {
    #expect(PlateManifest.recognises(Array("plate,layout,sample\nR1,l.csv,X\n".utf8)))
    #expect(!PlateManifest.recognises(Array("plate,well,layout,drug1,conc1\nR1,A1,l,a,1\n".utf8)))
    #expect(!PlateManifest.recognises(Array("plate,sample\nR1,X\n".utf8)))
  }
}
