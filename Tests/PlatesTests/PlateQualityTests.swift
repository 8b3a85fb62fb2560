import Assay
import Foundation
import PlateSimulation
import ReadingSamples
import Simulation
import Testing

@testable import Plates

/// The quality figures are those of the papers, and planted defects are found.
@Suite struct PlateQualityTests {
  @Test func controlFiguresAreThoseOfThePapers() throws {
    let layout = PlateLayout(
      plate: "P", file: "l.csv",
      wells: (0..<12).map { place in
        .init(position: .init(row: 0, column: place), role: place < 4 ? .negative : place < 8 ? .positive : .sample)
      })
    let signals: [Double] = [100, 110, 90, 100, 10, 12, 8, 10, 50, 50, 50, 50]
    let read = PlateRead(
      barcode: "P", format: PlateFormat.standard[4], reader: "test",
      wells: signals.enumerated().map { .init(position: .init(row: 0, column: $0), value: $1) })
    let screen = ScreenPlates(exports: [.init(file: "p.csv", reads: [read])], layouts: [layout])
    let values = try #require(screen.plates.first).quality.values
    // Means 100 and 10; SDs √(200/3) and √(8/3).
    let (negative, positive) = ((200.0 / 3).squareRoot(), (8.0 / 3).squareRoot())
    let expected: [QualityCheck: Double] = [
      .zPrime: 1 - 3 * (negative + positive) / 90,
      .robustZPrime: 1 - 3 * 1.4826 * (5 + 1) / 90,
      .ssmd: 90 / (200.0 / 3 + 8.0 / 3).squareRoot(),
      .signalToBackground: 10, .controlCV: negative,
    ]
    for (check, value) in expected {
      let found = try #require(values[check], "\(check)")
      #expect(abs(found - value) < 1e-9, "\(check)")
    }
  }

  @Test func aVerdictNamesEveryReasonGravestFirst() {
    var figures = QualityFigures()
    figures.values = [.zPrime: 0.4, .signalToBackground: 1.5, .edgeEffect: -40, .controlCV: 5]
    figures.judge(QualityThresholds()) { $0 != .edgeEffect }
    #expect(figures.reasons.map(\.check) == [.signalToBackground, .zPrime])
    #expect(figures.verdict == .fail)
    #expect(figures.reasons[1].description(QualityThresholds()) == "z-prime 0.4, expected 0.5 or more")
    var lenient = QualityThresholds()
    lenient[.signalToBackground] = .init(warn: 1.4, fail: 1)
    lenient[.zPrime] = .init(warn: 0.3, fail: 0)
    figures.judge(lenient) { $0 != .edgeEffect }
    #expect(figures.verdict == .pass)
  }

  @Test func plantedDefectsAreFlaggedAndCleanPlatesAreNot() throws {
    let rates = try PlateDetection.measure(plates: 24)
    #expect(rates.clean <= 1, "clean plates that were flagged: \(rates.clean) of 24")
    #expect(rates.edge >= 23, "plates with an edge effect that were flagged: \(rates.edge) of 24")
    #expect(rates.dispensing >= 23, "plates with a dispensing error that were flagged: \(rates.dispensing) of 24")
  }

  @Test func theWorstColumnIsNamed() throws {
    let design = try SimulatedScreen.single(seed: 3, usesEdges: true)
    var random = SplitMix64(seed: 5)
    let read = SimulatedScreen.plates.read(
      design.layouts[0], format: PlateFormat.standard[5], barcode: "P1", defects: [.column(6, -0.35)], random: &random)
    let screen = ScreenPlates(exports: [.init(file: "p.csv", reads: [read])], layouts: design.layouts)
    let quality = try #require(screen.plates.first).quality
    #expect(quality.places[.lineEffect] == "column 7")
    #expect(abs(try #require(quality.values[.lineEffect]) + 35) < 12)
    #expect(quality.verdict >= .warn)
  }

  @Test func polishTakesThePlantedEffectOff() throws {
    let design = try SimulatedScreen.single(seed: 3, usesEdges: true)
    var random = SplitMix64(seed: 6)
    let read = SimulatedScreen.plates.read(
      design.layouts[0], format: PlateFormat.standard[5], barcode: "P1", defects: [.edge(-0.25), .column(8, -0.3)],
      random: &random)
    var options = PlateOptions()
    options.normalisation.correction = .polish
    let screen = ScreenPlates(exports: [.init(file: "p.csv", reads: [read])], layouts: design.layouts, options: options)
    let correction = try #require(screen.plates.first?.normalisation?.correction)
    let (before, after) = (try #require(correction.edgeBefore), try #require(correction.edgeAfter))
    #expect(before < -15 && abs(after) < 5)
    #expect(try #require(correction.zPrimeAfter) > (try #require(correction.zPrimeBefore)))
    #expect(correction.columns[8] < -0.2)
  }

  @Test func outliersAreListedWithEvidenceAndStay() throws {
    let read = SmallPlate.read { if $0.position.description == "B7" { $0.value = 20 } }
    let (screen, problems) = SmallPlate.screen([("a.csv", read)])
    let well = try #require(screen.plates[0].wells.first { $0.design.position.description == "B7" })
    let evidence = try #require(well.outlier)
    #expect(evidence.contains("replicate") && evidence.contains("neighbours"))
    #expect(well.exclusion == nil && well.response != nil)
    #expect(screen.plates[0].quality.outlierCount == 1)
    #expect(problems.first("plate P1, well B7", "outlier", "it stays in")?.severity == .info)
    #expect(screen.blocks[0].matrix.wellCount == 38)

    var options = PlateOptions()
    options.masksOutliers = true
    let (masked, _) = SmallPlate.screen([("a.csv", read)], options: options)
    #expect(masked.blocks[0].matrix.wellCount == 37)
    #expect(masked.plates[0].wells.first { $0.design.position.description == "B7" }?.exclusion == .outlier)
  }

  @Test func aMaskLeavesItsWellsOutAndTellsWhatItDoesNotKnow() throws {
    let (screen, _) = SmallPlate.screen(mask: "plate,well,reason\np1,B2,bubble\nP1,C4,\n")
    #expect(screen.blocks[0].matrix.wellCount == 36)
    #expect(screen.plates[0].wells.first { $0.design.position.description == "B2" }?.exclusion == .mask("bubble"))
    let (_, problems) = SmallPlate.screen(mask: "plate,well\nP7,B2\n")
    #expect(problems.first("plate P7, well B2", "no well of this screen")?.line == 2)
  }

  @Test func drugsAloneThatDifferBetweenPlatesAreTold() throws {
    let layout =
      SmallPlate.layout() + SmallPlate.layout(plate: "P2").split(separator: "\n").dropFirst().joined(separator: "\n")
      + "\n"
    let alone = Set(SmallPlate.wells.filter { $0.role == .sample && ($0.first == 0 || $0.second == 0) }.map(\.well))
    let other = SmallPlate.read(barcode: "P2") { if alone.contains($0.position.description) { $0.value = 100 } }
    let (screen, _) = SmallPlate.screen([("a.csv", SmallPlate.read()), ("b.csv", other)], layout: layout)
    #expect(screen.blocks[0].plates == ["P1", "P2"])
    #expect(try #require(screen.blocks[0].quality.values[.monotherapyAgreement]) > 25)
    #expect(screen.blocks[0].quality.verdict == .fail)
  }
}
