import Assay
import Plates
import ReadingSamples
import Testing

/// What is wrong with one plate or well is told with its name, and the rest of the screen goes on.
@Suite struct PlateBadInputTests {
  /// A screen of P1, as it should be, and whatever is added.
  private func withP1(
    _ other: [(file: String, read: PlateRead)], layout: String? = nil
  ) -> (screen: ScreenPlates, problems: [InputProblem]) {
    SmallPlate.screen([("a.csv", SmallPlate.read())] + other, layout: layout)
  }

  private let two =
    SmallPlate.layout()
    + SmallPlate.layout(plate: "P2", sample: "T").split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"

  @Test func aBarcodeInNoLayoutIsRefusedAndTheOthersStay() throws {
    let (screen, problems) = withP1([("b.csv", SmallPlate.read(barcode: "X9"))])
    let problem = try #require(problems.first("X9", "is in no layout", "P1"))
    #expect(problem.severity == .error && problem.file == "b.csv")
    #expect(screen.blocks.count == 1 && screen.plates.count == 1)
  }

  @Test func aLayoutWithoutAPlateIsTold() throws {
    let (screen, problems) = withP1([], layout: two)
    let problem = try #require(problems.first("plate P2", "no reading"))
    #expect(problem.severity == .error && problem.file == "layout.csv")
    #expect(screen.blocks.count == 1)
  }

  @Test func aWellStatedTwiceWithTwoDesignsIsLeftOut() throws {
    let layout = SmallPlate.layout() + "P1,B2,sample,a,9,,,uM,S\n"
    let (screen, problems) = withP1([], layout: layout)
    let problem = try #require(problems.first("plate P1", "well B2", "stated twice", "lines 18, 48"))
    #expect(problem.severity == .warning && problem.file == "layout.csv" && problem.line == 48)
    #expect(screen.blocks.first?.matrix.axes[0].doses == [0, 1, 2, 4])
    #expect(screen.plates[0].wells.first { $0.design.position.description == "B2" }?.response == nil)
  }

  @Test func twoFilesWithOneBarcodeAndTwoChannelsAreBothNamed() throws {
    var other = SmallPlate.read()
    other.channel = "Lum"
    let (_, problems) = withP1([("b.csv", other)])
    let problem = try #require(problems.first("plate P1", "\"Lum\"", "\"b.csv\" holds another plate"))
    #expect(problem.severity == .error && problem.file == "a.csv")
  }

  @Test func aWellStatedTwiceAlikeIsTakenOnce() throws {
    let row = try #require(SmallPlate.layout().split(separator: "\n").first { $0.hasPrefix("P1,B3,") })
    let (screen, problems) = withP1([], layout: SmallPlate.layout() + row + "\n")
    #expect(problems.first("plate P1", "well B3", "alike", "taken once")?.severity == .info)
    #expect(screen.plates[0].wells.first { $0.design.position.description == "B3" }?.response != nil)
  }

  @Test func withoutALayoutThePlatesSayThatNoneCouldBeRead() {
    let set = layouts((name: "layout.csv", text: ""))
    #expect(set.problems.first("the file is empty", "a layout")?.severity == .error)
    let screen = ScreenPlates(exports: [.init(file: "a.csv", reads: [SmallPlate.read()])], layouts: set.layouts)
    #expect(screen.problems.first("plate P1 is in no layout (no layout could be read)")?.severity == .error)
  }

  @Test func aMaskedWellOfNoPlateIsNamedAsItIsWritten() {
    let (_, problems) = SmallPlate.screen(mask: "plate,well\nLost-7,A1\n")
    #expect(problems.first("plate Lost-7, well A1 is to be masked")?.line == 2)
  }

  @Test func rowsPastThePlateAreTold() throws {
    let (screen, problems) = withP1(
      [], layout: SmallPlate.layout() + "P1,Q3,sample,a,1,,,uM,S\nP1,ZZ9,sample,a,1,,,uM,S\n")
    let off = try #require(problems.first("plate P1", "well Q3", "96-well plate", "A to H"))
    #expect(off.severity == .warning && off.file == "layout.csv" && off.line == 48)
    #expect(problems.first("plate P1", "\"ZZ9\" is no well")?.line == 49)
    #expect(screen.blocks.count == 1)
  }

  @Test(arguments: [PlateLayout.Role.negative, .positive])
  func missingControlsRefuseThePlateAlone(role: PlateLayout.Role) throws {
    let bad = SmallPlate.layout(plate: "P2", sample: "T") { $1.contains(role.rawValue) ? nil : $1 }
    let layout = SmallPlate.layout() + bad.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    let (screen, problems) = withP1([("b.csv", SmallPlate.read(barcode: "P2"))], layout: layout)
    let problem = try #require(problems.first("plate P2, sample T, has no \(role.rawValue) control"))
    #expect(problem.severity == .error && problem.file == "b.csv")
    #expect(screen.blocks.map(\.matrix.sample) == ["S"])
    #expect(screen.plates[1].normalisation == nil && screen.plates[0].normalisation != nil)
  }

  @Test func swappedControlsAreRefused() throws {
    let (screen, problems) = withP1(
      [("b.csv", SmallPlate.read(barcode: "P2", live: 10, dead: 1000))], layout: two)
    let problem = try #require(problems.first("plate P2", "swapped", "--signal-direction higher"))
    #expect(problem.severity == .error && problem.file == "b.csv")
    #expect(screen.blocks.count == 1)
  }

  @Test func signalsThatRiseWithDeathAreReadWhenToldSo() throws {
    var options = PlateOptions()
    options.normalisation.positiveIs = .higher
    let (screen, problems) = SmallPlate.screen([("a.csv", SmallPlate.read(live: 10, dead: 1000))], options: options)
    #expect(problems.first("swapped") == nil)
    let matrix = try #require(screen.blocks.first?.matrix)
    #expect(abs(try #require(matrix.response(at: 4, 4)) - SmallPlate.inhibition(4, 4)) < 3)
  }

  @Test func aTruncatedExportLosesItsMissingWellsOnly() throws {
    var read = SmallPlate.read()
    read.wells.removeAll { $0.position.row > 3 }
    let (screen, problems) = SmallPlate.screen([("a.csv", read)])
    let problem = try #require(problems.first("plate P1", "wells E1, E12, F1", "cut off"))
    #expect(problem.severity == .warning && problem.file == "a.csv")
    #expect(screen.blocks.count == 1)
  }

  @Test func twoPlatesWithOneBarcodeAreRefusedAndTheSameReadingTwiceIsUsedOnce() throws {
    let other = SmallPlate.read { if $0.position.description == "C4" { $0.value = 5 } }
    let (screen, problems) = SmallPlate.screen(
      [("a.csv", SmallPlate.read()), ("b.csv", other), ("c.csv", SmallPlate.read(barcode: "P2"))], layout: two)
    let problem = try #require(problems.first("plate P1", "twice", "a.csv", "well C4"))
    #expect(problem.severity == .error && problem.file == "b.csv")
    #expect(screen.blocks.map(\.matrix.sample) == ["T"])

    let (same, notes) = SmallPlate.screen([("a.csv", SmallPlate.read()), ("b.csv", SmallPlate.read())])
    #expect(notes.first("plate P1", "also in a.csv")?.severity == .info)
    #expect(same.blocks.count == 1)
  }

  @Test func mixedMolarUnitsAreConvertedAndOthersRefuseTheBlock() throws {
    let converted = SmallPlate.layout { well, row in
      well == "B2" ? row.replacing(",b,1,uM", with: ",b,1000,nM") : row
    }
    let (screen, problems) = withP1([], layout: converted)
    #expect(screen.blocks.first?.matrix.axes[1].doses == [0, 1000, 2000, 4000])
    #expect(problems.first("converted") != nil)

    let mixed = SmallPlate.layout { well, row in well == "B3" ? row.replacing(",b,2,uM", with: ",b,2,mg/mL") : row }
    let (refused, told) = withP1([], layout: mixed)
    #expect(refused.blocks.isEmpty)
    let problem = try #require(told.first("b is given in", "mg/mL"))
    #expect(problem.severity == .error && problem.file == "layout.csv" && problem.blockID == "1")
    #expect(refused.plates.count == 1)
  }

  @Test func wellsWithoutAValueKeepTheirMeaning() throws {
    let read = SmallPlate.read { well in
      switch well.position.description {
      case "B5": (well.value, well.note) = (nil, .overflow)
      case "B6": well.note = .masked
      default: break
      }
    }
    let (screen, problems) = SmallPlate.screen([("a.csv", read)])
    #expect(problems.first("plate P1", "well B5", "more than the reader can measure")?.severity == .warning)
    #expect(problems.first("plate P1", "well B6", "masked in the reader")?.severity == .info)
    let matrix = try #require(screen.blocks.first?.matrix)
    #expect(matrix.wellCount == 30 + 8 - 2)
  }

  @Test func badRowsOfALayoutAreToldWithPlateAndWell() throws {
    let layout =
      SmallPlate.layout() + """
        P1,F2,wat,a,1,,,uM,S
        P1,F3,sample,a,-1,,,uM,S
        P1,F4,sample,,3,,,uM,S
        P1,F5,sample,a,1,A,2,uM,S

        """
    let (screen, problems) = withP1([], layout: layout)
    #expect(problems.first("plate P1, well F2", "role \"wat\"")?.line == 48)
    #expect(problems.first("plate P1, well F3", "dose \"-1\" of a")?.line == 49)
    #expect(problems.first("plate P1, well F4", "without a drug's name in drug1")?.line == 50)
    #expect(problems.first("plate P1, well F5", "named twice")?.line == 51)
    #expect(screen.blocks.count == 1)
  }

  @Test func aFileNamedAfterItsPlateNeedsNoBarcode() throws {
    let (screen, problems) = SmallPlate.screen([("runs/2026-11 P1 luminescence.csv", SmallPlate.read(barcode: nil))])
    #expect(problems.first("no barcode", "plate P1")?.severity == .info)
    #expect(screen.blocks.count == 1)
    let (none, told) = SmallPlate.screen([("runs/other.csv", SmallPlate.read(barcode: nil))])
    #expect(told.first("states no barcode", "P1")?.severity == .error)
    #expect(none.blocks.isEmpty)
  }

  @Test func severalChannelsAreAskedAboutAndSeveralRepeatsDoubted() throws {
    var one = SmallPlate.read()
    one.channel = "544"
    var two = SmallPlate.read(live: 500)
    two.channel = "590"
    let (asked, problems) = SmallPlate.screen([("a.csv", one), ("a.csv", two)])
    #expect(asked.blocks.isEmpty && problems.first("plate P1", "544", "590", "--channel")?.severity == .error)
    var options = PlateOptions()
    options.channel = "590"
    #expect(SmallPlate.screen([("a.csv", one), ("a.csv", two)], options: options).screen.blocks.count == 1)

    two.channel = "544"
    two.repeatNumber = 2
    let (last, told) = SmallPlate.screen([("a.csv", one), ("a.csv", two)])
    #expect(told.first("plate P1", "read 2 times", "repeat 2")?.severity == .warning)
    #expect(last.plates[0].normalisation?.controls[0].negative ?? 0 < 600)
  }

  @Test func aFileThatIsNoLayoutIsRefused() {
    let set = layouts((name: "odd.csv", text: "x,y\n1,2\n"), (name: "layout.csv", text: SmallPlate.layout()))
    #expect(set.problems.first("not a layout", "\"x\"")?.severity == .error)
    #expect(set.layouts.map(\.plate) == ["P1"])
  }
}
