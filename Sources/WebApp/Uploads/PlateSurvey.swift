import Assay
import Plates
import Screening

/// A screen's exports joined with its layouts, before anything is analysed: plates and what they are worth.
struct PlateSurvey: Sendable, Codable {
  var report: PlateReport
  /// What was refused, doubted or noted of exports and layouts.
  var problems: [InputProblem]
}

extension PlateSurvey {
  /// Joins the files that lie in a folder; the folder is in no name that comes out.
  init(_ request: ReadingRequest.Survey) async {
    let (folder, inputs) = (request.folder, request.inputs)
    func paths(_ roles: [FileRole]) -> [String] {
      inputs.files.filter { roles.contains($0.role) }.map { folder + "/" + $0.name }
    }
    let corrections = inputs.fileCorrections.map { correction in
      var placed = correction
      placed.file = folder + "/" + correction.file
      return placed
    }
    let screen = await PlateScreen(
      FileDiscovery(paths: paths([.export, .unknown])), layouts: paths([.layout, .wells]),
      manifest: paths([.manifest]).first, mask: paths([.mask]).first,
      options: PlateOptions(), compounds: CompoundOptions(), corrections: FileCorrections(corrections), threads: 1)
    func plain(_ text: String) -> String { text.replacing(folder + "/", with: "") }
    report = screen.report
    for place in report.plates.indices {
      report.plates[place].file = plain(report.plates[place].file)
      report.plates[place].layoutFile = plain(report.plates[place].layoutFile)
    }
    problems = screen.problems.map { problem in
      InputProblem(
        file: plain(problem.file), blockID: problem.blockID, severity: problem.severity, line: problem.line,
        message: plain(problem.message))
    }
  }
}
