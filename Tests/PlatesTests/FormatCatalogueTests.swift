import DoseTables
import Plates
import ReadingSamples
import Testing

@Suite struct FormatCatalogueTests {
  @Test(arguments: FormatCatalogue.all.map(\.name))
  func `every sample reads as what it is said to be`(name: String) throws {
    let format = try #require(FormatCatalogue.all.first { $0.name == name })
    let bytes = Array(format.sample.utf8)
    switch format.kind {
    case .doses:
      let file = ScreenFile.read(bytes, name: name, options: .init())
      #expect(file.blocks.count == 1 && file.problems(.error).isEmpty, "\(file.problems)")
      #expect(!PlateExport.recognises(bytes))
    case .plates:
      let plate = PlateExport.read(bytes, name: name).plates.first
      #expect(plate?.value("A1") == 118_240 && plate?.note("B2") == .overflow && plate?.value("B3") == 3985)
      #expect(PlateExport.recognises(bytes))
    case .layouts:
      let set = LayoutSet(files: [(format.name, bytes)])
      #expect(LayoutSet.recognises(bytes) && set.formats != [nil])
      #expect(set.problems.allSatisfy { $0.severity == .info }, "\(set.problems)")
      // A configuration has no plate of its own.
      let wells = set.layouts.first?.wells ?? []
      #expect(wells.map(\.role) == (name == "cellhts2" ? [] : [.negative, .sample, .sample, .sample]))
      #expect(wells.last?.treatments.map(\.dose) ?? [1, 0.2] == [1, 0.2])
    case .manifests:
      #expect(PlateManifest(bytes, file: name).problems.isEmpty)
    }
  }

  @Test func `names are unique`() {
    #expect(Set(FormatCatalogue.all.map(\.name)).count == FormatCatalogue.all.count)
  }
}
