import Assay
import Hummingbird
import Plates
import Screening

/// The plates of a screen, before anything is analysed.
struct PlateRoutes {
  let services: Services

  struct Answer: Encodable {
    var plates: [Plate]
    var problems: [Problem]
  }

  struct Plate: Encodable {
    var plate: String
    var file: String
    var layout: String
    var reader: String
    var channel: String?
    var format: Int
    var verdict: String
    var reasons: [String]
    /// By the checks' names, in their units.
    var figures: [String: Double]
    var outliers: Int
  }

  struct Problem: Encodable {
    var file: String
    var severity: String
    var line: Int?
    var message: String
  }

  func add(to group: RouterGroup<WebContext>) {
    group.get("screens/:screen/plates") { _, context in
      let screen = try await services.screen(context)
      let survey = try await context.whileClientStays { try await self.survey(of: screen) }
      return try JSONBody.response(
        Answer(
          plates: survey.report.plates.map { Self.plate($0, survey.report.thresholds) },
          problems: survey.problems.map {
            Problem(file: $0.file, severity: $0.severity.rawValue, line: $0.line, message: $0.message)
          }))
    }
  }

  /// The plates of a screen as its files stand now.
  func survey(of screen: Screen) async throws -> PlateSurvey {
    let files = try await services.store.files(of: screen.id)
    let inputs = try RunInputs(title: screen.name, files: files, leftOut: [])
    return try await services.surveys.survey(inputs)
  }

  private static func plate(_ plate: ScreenPlate, _ thresholds: QualityThresholds) -> Plate {
    let figures = plate.quality.values.filter(\.value.isFinite).map { ($0.key.rawValue, $0.value) }
    return Plate(
      plate: plate.plate, file: plate.file, layout: plate.layoutFile, reader: plate.reader, channel: plate.channel,
      format: plate.format.wells, verdict: PlateReport.verdict(of: plate),
      reasons: plate.quality.reasons.map { $0.description(thresholds) },
      figures: Dictionary(figures, uniquingKeysWith: { first, _ in first }), outliers: plate.quality.outlierCount)
  }
}
