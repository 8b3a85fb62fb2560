import ArgumentParser
import Reporting

/// Which documents are made, and how much they show.
struct DocumentArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Formats of the report, separated by commas: html, pdf, xlsx, md.", valueName: "list"))
  var formats: ModelList<ReportFormat> = ModelList(models: ReportFormat.allCases)

  @Option(help: ArgumentHelp("Blocks that get pages of their own in report.pdf, best first.", valueName: "n"))
  var pdfBlocks = DocumentOptions().pdfBlocks

  @Option(
    help: ArgumentHelp(
      "Write every chart of the best blocks into figures/: svg, png or svg,png. (default: none)", valueName: "list"))
  var figures: ModelList<FigureFormat>?

  @Option(help: ArgumentHelp("Blocks that get figures, best first.", valueName: "n"))
  var figureBlocks = DocumentOptions().figureBlocks

  /// The same for the writer.
  var options: DocumentOptions {
    var options = DocumentOptions()
    options.formats = formats.models
    options.pdfBlocks = pdfBlocks
    options.figures = figures?.models ?? []
    options.figureBlocks = figureBlocks
    return options
  }

  func validate() throws {
    if pdfBlocks < 0 { throw ValidationError("--pdf-blocks \(pdfBlocks): expected 0 or more.") }
    if figureBlocks < 0 { throw ValidationError("--figure-blocks \(figureBlocks): expected 0 or more.") }
  }
}
