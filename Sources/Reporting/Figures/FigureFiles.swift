import Results
import Foundation
import Screening

/// What a figure's file is.
public enum FigureFormat: String, Sendable, CaseIterable {
  /// Scalable, for slides and papers.
  case svg
  /// Dots, two for each pixel, for everything else.
  case png
}

/// `figures/`: one file a chart of the best blocks, in a folder for each block.
struct FigureFiles {
  let source: ReportSource
  let formats: [FigureFormat]
  /// The most blocks, best first.
  let mostBlocks: Int

  /// The folder's name in the results.
  static let folder = "figures"
  /// White around a chart, in pixels.
  private static let margin = 8.0
  /// Dots a pixel.
  private static let density = 2.0

  /// Writes the figures into a folder, which is made.
  func write(into folder: String) async throws {
    let blocks = Array(source.ranked.prefix(max(0, mostBlocks)))
    try Self.make(folder)
    for figure in ScreenFigures(source: source).all {
      for format in formats {
        try Self.draw(figure.chart, as: format, to: "\(folder)/\(figure.name).\(format.rawValue)")
      }
    }
    // A block's figures are nobody else's: as many blocks at a time as the run has threads.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (position, summary) in blocks.enumerated() {
        if position >= max(1, source.options.threads) { try await group.next() }
        group.addTask {
          try Task.checkCancellation()
          try write(summary, rank: position + 1, of: blocks.count, into: folder)
        }
      }
      try await group.waitForAll()
    }
  }

  private func write(_ summary: BlockSummary, rank: Int, of count: Int, into folder: String) throws(ResultsError) {
    let own = folder + "/" + Self.name(rank: rank, of: count, drugs: summary.drugs)
    try Self.make(own)
    for figure in BlockFigures(try source.blocks.analysis(of: summary.index)).all {
      for format in formats {
        try Self.draw(figure.chart, as: format, to: "\(own)/\(figure.name).\(format.rawValue)")
      }
    }
  }

  /// Draws a chart into a file, with white around it.
  static func draw(_ chart: any Chart, as format: FigureFormat, to path: String) throws(ResultsError) {
    let size = chart.size
    let (width, height) = (size.width + 2 * margin, size.height + 2 * margin)
    let file = try OutputFile(path: path)
    let drawing =
      switch format {
      case .svg: CairoDrawing.svg(width: width, height: height, to: file)
      case .png: CairoDrawing.picture(width: width, height: height, scale: density)
      }
    drawing.fill(x: 0, y: 0, width: width, height: height, PaperInk.white)
    var canvas = CairoCanvas(drawing: drawing, x: margin, y: margin)
    chart.draw(on: &canvas)
    if format == .png { try drawing.writePNG(to: file) }
    try drawing.finish(path: path)
    try file.close()
  }

  /// `007-selinexor-bortezomib`: the rank makes it unique, the letters are safe in any file system.
  static func name(rank: Int, of count: Int, drugs: [String]) -> String {
    let number = String(rank)
    let digits = max(3, String(count).count)
    let words = drugs.map { drug in
      drug.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
        .split(separator: "-").joined(separator: "-").prefix(40)
    }.filter { !$0.isEmpty }
    return ([String(repeating: "0", count: max(0, digits - number.count)) + number] + words.map(String.init))
      .joined(separator: "-")
  }

  private static func make(_ folder: String) throws(ResultsError) {
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw .cannotMakeDirectory(path: folder, reason: SystemReason.of(error))
    }
  }
}
