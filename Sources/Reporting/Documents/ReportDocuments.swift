import Screening

/// The documents that are made from a source: page, PDF, workbook, Markdown and figures, side by side on the cores.
struct ReportDocuments {
  let source: ReportSource
  let options: DocumentOptions
  /// The most combinations that have a full page in `report.html`, best first.
  let reportBlocks: Int

  /// The order in which they are begun: what takes longest first.
  private static let order: [ReportFormat] = [.pdf, .xlsx, .html, .markdown]

  /// Writes what was asked for into a directory that is there, each document on a thread of its own.
  func write(into directory: String) async throws {
    let digest = ReportDigest(source: source.withShownNames)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for format in Self.order where options.formats.contains(format) {
        let path = directory + "/" + format.fileName
        switch format {
        case .html:
          group.addTask {
            let file = try OutputFile(path: path)
            try await ReportPage(digest: digest, blockLimit: reportBlocks).write(to: file)
            try file.close()
          }
        case .pdf:
          group.addTask {
            let file = try OutputFile(path: path)
            try PDFReport(digest: digest, mostBlocks: options.pdfBlocks).write(to: file)
            try file.close()
          }
        case .xlsx: group.addTask { try WorkbookReport(digest: digest, folder: directory).write(to: path) }
        case .markdown:
          group.addTask {
            let file = try OutputFile(path: path)
            try file.append(MarkdownReport(digest: digest).text)
            try file.close()
          }
        }
      }
      if !options.figures.isEmpty {
        group.addTask {
          try await FigureFiles(source: digest.source, formats: options.figures, mostBlocks: options.figureBlocks)
            .write(into: directory + "/" + FigureFiles.folder)
        }
      }
      try await group.waitForAll()
    }
  }
}
