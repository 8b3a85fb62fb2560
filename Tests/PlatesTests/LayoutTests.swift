import Assay
import Foundation
import PlateDesign
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// Layouts in every shape say the same.
@Suite struct LayoutTests {
  private func well(_ set: LayoutSet, _ plate: String, _ name: String) throws -> PlateLayout.Well {
    let layout = try #require(set.layouts.first { $0.plate == plate })
    return try #require(layout.wells.first { $0.position == WellPosition(name) })
  }

  @Test(arguments: [
    "plate,well,role,drug1,conc1,drug2,conc2,unit,sample,replicate\nP1,B02,sample,selinexor,0.5,bortezomib,2,nM,MM1,2\n",
    "Barcode;Well ID;Well Type;Compound1;Dose 1;Compound 2;Dose2;Conc Unit;Cell Line;Rep\nP1;b2;Treated;selinexor;0,5;bortezomib;2;nM;MM1;2\n",
    "PLATE_ID\tRow\tColumn\tdrug_a\tconc_a (nM)\tdrug_b\tconc_b (nM)\tsample_name\treplicate\nP1\tB\t2\tselinexor\t0.5\tbortezomib\t2\tMM1\t2\n",
    "plate,well,anchor,anchor conc,partner,partner conc,sample,replicate\nP1,B2,selinexor,0.5 nM,bortezomib,2nM,MM1,2\n",
  ])
  func tablesAreReadByTheirNames(text: String) throws {
    let set = layouts((name: "layout.csv", text: text))
    #expect(set.problems.isEmpty, "\(set.problems)")
    let well = try well(set, "P1", "B2")
    #expect(well.role == .sample && well.sample == "MM1" && well.replicate == 2 && well.line == 2)
    #expect(
      well.treatments == [
        .init(drug: "selinexor", dose: 0.5, unit: .init("nM")), .init(drug: "bortezomib", dose: 2, unit: .init("nM")),
      ])
  }

  @Test func rolesFollowFromTheirWordsOrFromTheDoses() throws {
    let words = layouts(
      (name: "a.csv", text: "plate,well,role\nP,A1,DMSO\nP,A2,kill control\nP,A3,Media only\nP,A4,unused\nP,A5,\n"))
    #expect(words.layouts[0].wells.map(\.role) == [.negative, .positive, .blank, .empty, .empty])
    let doses = layouts((name: "a.csv", text: "plate,well,drug1,conc1,unit\nP,A1,a,0,uM\nP,A2,a,1,uM\nP,A3,,,\n"))
    #expect(doses.layouts[0].wells.map(\.role) == [.negative, .sample, .empty])
  }

  @Test func aFileWithoutPlateNamesIsThePlateOfItsName() {
    #expect(layouts((name: "runs/P77.csv", text: "well,role\nA1,negative\n")).layouts.map(\.plate) == ["P77"])
  }

  @Test func theSameRowTwiceIsNotedAndKept() throws {
    let set = layouts((name: "a.csv", text: "plate,well,role\nP,A1,negative\nP,A1,negative\n"))
    #expect(set.problems.map(\.severity) == [.info])
    #expect(set.layouts[0].wells.map(\.role) == [.negative])
  }

  @Test func layoutsOfOnePlateInTwoFilesAreOne() {
    let set = layouts(
      (name: "a.csv", text: "plate,well,role\nP,A1,negative\n"),
      (name: "b.csv", text: "plate,well,role\np,A2,positive\n"))
    #expect(set.problems.isEmpty)
    #expect(set.layouts.map { $0.wells.map(\.role) } == [[.negative, .positive]])
  }

  @Test func gridsOfPlaterSayWhatATableSays() throws {
    let grids = """
      role,1,2,3
      A,negative,sample,sample
      B,positive,sample,blank

      drug1,1,2,3
      A,,selinexor,selinexor
      B,,selinexor,

      conc1 (uM),1,2,3
      A,,1,0.5
      B,,2,

      drug2,1,2,3
      A,,,bortezomib
      B,,,

      conc2 (uM),1,2,3
      A,,,0.01
      B,,,

      mood,1,2,3
      A,fine,,

      """
    let table = """
      plate,well,role,drug1,conc1,drug2,conc2,unit
      P9,A1,negative,,,,,uM
      P9,A2,sample,selinexor,1,,,uM
      P9,A3,sample,selinexor,0.5,bortezomib,0.01,uM
      P9,B1,positive,,,,,uM
      P9,B2,sample,selinexor,2,,,uM
      P9,B3,blank,,,,,uM

      """
    func stripped(_ set: LayoutSet) -> [PlateLayout.Well] {
      set.layouts.flatMap(\.wells).map { well in
        var well = well
        well.line = nil
        return well
      }
    }
    let read = layouts((name: "P9.csv", text: grids))
    #expect(read.formats == ["plater layout"] && read.layouts.map(\.plate) == ["P9"])
    #expect(stripped(read) == stripped(layouts((name: "t.csv", text: table))))
  }

  @Test func hostileLayoutsDoNotStopTheReader() {
    let texts = [
      "", "\u{0}\u{0}", "plate,well,role", "role,1,2,3\n" + String(repeating: "A,\"", count: 500),
      "plate,well,role,drug1,conc1\nP,A99999999999999999999,sample,a,1e999\nP,,,,\n,,,,\nP,A1,sample,a,nan\n",
      "role,1,2,3\nAAAA,negative\n\u{301},x\nB\n",
      "Source Well,Destination Well,Transfer Volume\nA1,A1,1e400\n,,\nA1\n",
    ]
    for text in texts {
      let set = layouts((name: "x.csv", text: text))
      #expect(!set.problems.isEmpty || set.layouts.allSatisfy { $0.wells.isEmpty }, "\(text.prefix(40))")
      _ = LayoutSet.recognises(Array(text.utf8))
      _ = WellMask(Array(text.utf8), file: "x.csv")
    }
  }

  @Test func spoiltLayoutsLogsAndMasksNeverStopTheScreen() throws {
    let design = try LayoutDesign(
      .init(anchors: [try #require(DoseSeries("a:9uM:1/3:3"))], partners: [try #require(DoseSeries("b:9uM:1/3:3"))]))
    let grids = "role,1,2,3\nA,negative,sample,positive\n\ndrug1,1,2,3\nA,,a,\n\nconc1 (uM),1,2,3\nA,,1,\n"
    let texts = [
      SmallPlate.layout(), String(LayoutWriter.pickList(design.picks).prefix(1500)), grids,
      "source well,drug,stock,unit\nA1,a,10,mM\nA2,b,1,uM\n", "plate,well,reason\nP1,A1,x\n",
    ].map { Array($0.utf8) }
    let bytes = Array("\u{0},;\t\"\n-+.eE019AZz#µ".utf8)
    var options = PlateOptions()
    options.transfers.wellVolume = 50_000
    options.normalisation.correction = .polish
    var random = SplitMix64(seed: 99)
    for round in 0..<1500 {
      var text = texts[round % texts.count]
      for _ in 0...Int(random.next() % 6) {
        let place = Int(random.next() % UInt64(text.count))
        switch random.next() % 3 {
        case 0: text[place] = bytes[Int(random.next() % UInt64(bytes.count))]
        case 1: text.insert(bytes[Int(random.next() % UInt64(bytes.count))], at: place)
        default: text.removeSubrange(place..<min(text.count, place + Int(random.next() % 40)))
        }
        if text.isEmpty { text = [44] }
      }
      let set = LayoutSet(files: [("layout.csv", text)], options: options.transfers)
      #expect(!set.layouts.isEmpty || !set.problems.isEmpty || set.formats == ["stock list"])
      let screen = ScreenPlates(
        exports: [.init(file: "P1.csv", reads: [SmallPlate.read()])], layouts: set.layouts,
        mask: WellMask(text, file: "mask.csv"), options: options)
      #expect(
        screen.plates.allSatisfy { plate in plate.wells.allSatisfy { plate.format.contains($0.design.position) } })
    }
  }

  @Test(
    "wells called blank hold no cells where others are untreated by name, and else nothing tells",
    arguments: [true, false])
  func blanks(isTold: Bool) {
    let set = layouts(
      (
        name: "layout.csv",
        text: "plate,well,drug1,conc1,unit\nP1,A1,blank,,nM\nP1,A2,\(isTold ? "DMSO" : "s"),1,nM\nP1,A3,s,10,nM\n"
      ))
    #expect(set.layouts.first?.wells.first?.role == (isTold ? .blank : .empty), "\(set.problems)")
    let told = set.problems.first { $0.message.contains("A1") }
    #expect(told?.severity == .warning)
    #expect(told?.message.contains(isTold ? "without cells" : "Specify it in a column role") == true)
  }
}
