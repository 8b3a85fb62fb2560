import Assay
import Foundation
import ReadingSamples
import Testing

@testable import Plates

/// Signals become % inhibition by the formulas of the papers.
@Suite struct NormalisationTests {
  /// A plate of explicit signals: role, sample, drug dose and signal of each well in turn.
  private func plates(
    _ wells: [(role: PlateLayout.Role, dose: Double, signal: Double)], name: String = "P", isDayZero: Bool = false
  ) -> (PlateLayout, NamedExport) {
    let places = wells.indices.map { WellPosition(row: $0 / 12, column: $0 % 12) }
    let layout = PlateLayout(
      plate: name, file: "layout.csv", isDayZero: isDayZero,
      wells: zip(places, wells).map { place, well in
        .init(
          position: place, role: well.role,
          treatments: well.dose > 0 ? [.init(drug: "a", dose: well.dose, unit: .init("uM"))] : [])
      })
    let read = PlateRead(
      barcode: name, format: PlateFormat.standard[4], reader: "test",
      wells: zip(places, wells).map { .init(position: $0, value: $1.signal) })
    return (layout, NamedExport(file: name + ".csv", reads: [read]))
  }

  private func screen(_ parts: [(PlateLayout, NamedExport)], _ options: PlateOptions) -> ScreenPlates {
    ScreenPlates(exports: parts.map(\.1), layouts: parts.map(\.0), options: options)
  }

  private let wells: [(role: PlateLayout.Role, dose: Double, signal: Double)] = [
    (.negative, 0, 1000), (.negative, 0, 1100), (.negative, 0, 9000), (.positive, 0, 200), (.positive, 0, 210),
    (.positive, 0, 190), (.blank, 0, 100), (.blank, 0, 90), (.blank, 0, 110), (.sample, 1, 650), (.sample, 2, 200),
  ]

  @Test func bothControlsGiveNormalisedPercentInhibition() throws {
    let plate = try #require(screen([plates(wells)], .init()).plates.first)
    // Medians: negative 1100, positive 200, blank 100; the blank cancels.
    #expect(plate.wells[9].response == 50)
    #expect(plate.wells[10].response == 100)
    let record = try #require(plate.normalisation)
    #expect(record.method == .npi && record.blank == 100)
    #expect(record.controls.map(\.negative) == [1000] && record.controls.map(\.positive) == [100])
  }

  @Test func theNegativeControlGivesPercentOfControl() throws {
    var options = PlateOptions()
    options.normalisation.method = .poc
    let plate = try #require(screen([plates(wells)], options).plates.first)
    let expected: Double = 100 * (1 - 550.0 / 1000)
    #expect(plate.wells[9].response == expected)
    options.normalisation.subtractsBlank = false
    let kept = try #require(screen([plates(wells)], options).plates.first)
    let unblanked: Double = 100 * (1 - 650.0 / 1100)
    #expect(kept.wells[9].response == unblanked)
    #expect(kept.normalisation?.blank == nil)
  }

  @Test func meansMayReplaceMedians() throws {
    var options = PlateOptions()
    options.normalisation.centre = .mean
    let plate = try #require(screen([plates(wells)], options).plates.first)
    let negative = 11_100.0 / 3
    let expected = 100 * (negative - 650) / (negative - 200)
    let response = try #require(plate.wells[9].response)
    #expect(abs(response - expected) < 1e-9)
  }

  @Test func withoutPositiveControlsTheScreenIsNormalisedByTheNegativeOnes() throws {
    let plate = try #require(screen([plates(wells.filter { $0.role != .positive })], .init()).plates.first)
    #expect(plate.normalisation?.method == .poc)
  }

  @Test func growthRatesAreHafners() throws {
    var options = PlateOptions()
    options.normalisation.method = .gr
    // x0 = 100, control 400: two doublings. 200 is one doubling, GR = 2^(1/2) − 1; 100 is no growth; 50 is a loss.
    let treated: [(role: PlateLayout.Role, dose: Double, signal: Double)] = [
      (.negative, 0, 400), (.sample, 1, 200), (.sample, 2, 100), (.sample, 3, 50), (.sample, 4, 400), (.sample, 5, 0),
    ]
    let start: [(role: PlateLayout.Role, dose: Double, signal: Double)] = [(.negative, 0, 90), (.negative, 0, 110)]
    let screen = screen([plates(treated), plates(start, name: "D0", isDayZero: true)], options)
    let responses = screen.plates[0].wells.dropFirst().map { $0.response ?? .nan }
    let expected: [Double] = [100 * (2 - 2.0.squareRoot()), 100, 100 * (2 - 0.5.squareRoot()), 0, 200]
    for (response, value) in zip(responses, expected) { #expect(abs(response - value) < 1e-9) }
    #expect(screen.plates[0].normalisation?.dayZeroPlate == "D0")
    #expect(screen.problems.first("plate P", "well A6", "no more than the blank")?.severity == .warning)
    #expect(screen.plates[1].normalisation == nil)
  }

  @Test func growthRatesNeedAPlateOfTheStart() {
    var options = PlateOptions()
    options.normalisation.method = .gr
    let screen = screen([plates(wells)], options)
    #expect(screen.problems.first("plate P", "plate of the start", "day")?.severity == .error)
  }

  @Test func samplesWithControlsOfTheirOwnAreNormalisedByThem() throws {
    let made = plates([
      (.negative, 0, 1000), (.positive, 0, 0), (.negative, 0, 500), (.positive, 0, 100), (.sample, 1, 500),
      (.sample, 1, 500),
    ])
    var layout = made.0
    for (well, sample) in zip(layout.wells.indices, ["A", "A", "B", "B", "A", "B"]) {
      layout.wells[well].sample = sample
    }
    let plate = try #require(screen([(layout, made.1)], .init()).plates.first)
    #expect(plate.wells[4].response == 50 && plate.wells[5].response == 0)
  }
}

/// Tukey's median polish, on the table that R documents it with.
@Suite struct MedianPolishTests {
  @Test func agreesWithMedpolish() {
    // `medpolish(deaths)` of R's stats: overall 8, residuals sum to 19.
    let polish = MedianPolish([14, 15, 14, 7, 4, 7, 8, 2, 10, 15, 9, 10, 0, 2, 0], rows: 5, columns: 3)
    #expect(polish.overall == 8)
    #expect(polish.rows == [6, -1, 0, 2, -8])
    #expect(polish.columns == [0, -1, 0])
    let left = polish.residuals.reduce(0.0) { sum, residual in sum + abs(residual) }
    #expect(left == 19)
  }

  @Test func findsPlantedEffectsThroughHoles() {
    let rows: [Double] = [3, 0, -2, 0, 1]
    let columns: [Double] = [0, 5, 0, -1]
    var table: [Double] = []
    for row in rows { for column in columns { table.append(10 + row + column) } }
    table[6] = .nan
    let polish = MedianPolish(table, rows: 5, columns: 4)
    #expect(polish.residuals.allSatisfy { $0.isNaN || abs($0) < 1e-12 })
    #expect(polish.residuals[6].isNaN)
  }
}
