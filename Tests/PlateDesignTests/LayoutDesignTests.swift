import Assay
import Foundation
import PlateDesign
import Plates
import ReadingSamples
import Testing

/// Experiments laid out on plates.
@Suite struct LayoutDesignTests {
  @Test func aDesignReadsBackFromItsTableAndFromItsPicks() throws {
    var request = LayoutDesign.Request(
      anchors: [try #require(DoseSeries("selinexor:10uM:1/3:8"))],
      partners: [try #require(DoseSeries("bortezomib:0.1uM:1/3:8")), try #require(DoseSeries("venetoclax:3uM:0.5:6"))])
    request.samples = ["MM.1S", "a, \"b\""]
    request.controls = [.negative: 12, .positive: 8, .blank: 2]
    request.kill = DoseSeries("staurosporine:5uM")
    let design = try LayoutDesign(request)
    let table = layouts((name: "layout.csv", text: LayoutWriter.table(design.layouts)))
    #expect(table.problems.isEmpty)
    #expect(table.layouts.map(\.plate) == design.layouts.map(\.plate))
    for (read, made) in zip(table.layouts, design.layouts) {
      #expect(read.wells.map(\.position) == made.wells.map(\.position))
      #expect(read.wells.map(\.treatments) == made.wells.map(\.treatments))
      #expect(read.wells.map(\.role) == made.wells.map(\.role))
      #expect(read.wells.map(\.sample) == made.wells.map(\.sample))
      #expect(read.wells.map(\.replicate) == made.wells.map(\.replicate))
    }

    var options = TransferOptions()
    options.wellVolume = request.wellVolume
    let picks = layouts((name: "picks.csv", text: LayoutWriter.pickList(design.picks)), options: options)
    #expect(picks.problems.isEmpty, "\(picks.problems.prefix(3))")
    for (read, made) in zip(picks.layouts, design.layouts) {
      #expect(read.plate == made.plate)
      #expect(read.wells.map(\.position) == made.wells.map(\.position))
      #expect(read.wells.map { Set($0.treatments) } == made.wells.map { Set($0.treatments) })
    }
    // Both together agree, and every well has as much solvent as any other.
    let both = layouts(
      (name: "layout.csv", text: LayoutWriter.table(design.layouts)),
      (name: "picks.csv", text: LayoutWriter.pickList(design.picks)), options: options)
    #expect(both.problems.isEmpty)
    let volumes = Dictionary(grouping: design.picks) { "\($0.plate) \($0.well)" }.values.map { own in
      own.reduce(0) { $0 + $1.volume }
    }
    #expect(Set(volumes) == [100])
  }

  @Test func aDesignIsScatteredSeededAndOffTheEdge() throws {
    var request = LayoutDesign.Request(
      anchors: [try #require(DoseSeries("a:10uM:1/3:8"))], partners: [try #require(DoseSeries("b:1uM:1/3:8"))])
    request.controls = [.negative: 16, .positive: 16]
    let design = try LayoutDesign(request)
    #expect(design.layouts.map(\.wells.count) == [272])
    #expect(
      design.layouts[0].wells.allSatisfy {
        (1...14).contains($0.position.row) && (1...22).contains($0.position.column)
      })
    #expect(try LayoutDesign(request).layouts == design.layouts)
    request.seed = 2
    #expect(try LayoutDesign(request).layouts != design.layouts)
    // Replicates of a treatment are not all in one row or column.
    let groups = Dictionary(grouping: design.layouts[0].wells.filter { $0.role == .sample }, by: \.treatments)
    #expect(groups.count == 80 && groups.values.allSatisfy { $0.count == 3 })
    #expect(groups.values.count { Set($0.map(\.position.row)).count > 1 } >= 78)
    request.replicates = 5
    #expect(try LayoutDesign(request).layouts.count == 2)
    request.controls = [.negative: 400]
    #expect(throws: LayoutDesignError.noRoom(usable: 308, controls: 400)) { try LayoutDesign(request) }
  }

  @Test(arguments: [
    "a", "a:1", "a:1uM:2:8", "a:1uM:1/3:0", "a:1uM:1/0:3", ":1uM:1/3:3", "a:-1uM:1/3:3", "a:1uM:1/3:900",
  ])
  func oddSeriesAreRefused(text: String) { #expect(DoseSeries(text) == nil) }

  @Test(arguments: [
    "plate,well,role\n", "role,1,2,3\n", "source well,drug,stock\n", "Source Well,Destination Well,Transfer Volume\n",
  ])
  func aLayoutWithoutAWellIsRefused(text: String) {
    let set = layouts((name: "x.csv", text: text))
    #expect(set.problems.first("holds no row that could be used")?.severity == .error)
    #expect(set.layouts.isEmpty)
  }
}
