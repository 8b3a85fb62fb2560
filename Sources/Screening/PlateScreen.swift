import Assay
import DoseResponse
import DoseTables
import Foundation
import Plates

/// A screen that plate readers wrote: exports and layouts, joined and normalised, as blocks that `ScreenRun` analyses.
public struct PlateScreen: Sendable {
  /// The plates, and what plates and blocks are worth.
  public private(set) var report: PlateReport
  /// The files, exports first, each with its problems; a block belongs to the layout file in which it begins.
  let contents: [ScreenRun.Content]
  /// Whether the time that may have been asked for chose among those of a plate.
  let usesTime: Bool

  /// Reads the exports that were found and the layouts, and makes the blocks.
  ///
  /// - Parameters:
  ///   - discovery: The exports; files among them that are also named as layouts are not taken for exports.
  ///   - layouts: Paths of layout tables, plater grids, transfer logs and stock lists.
  ///   - manifest: Path of a table that says which layout and sample plates have; `nil` for none.
  ///   - mask: Path of a table of wells to leave out; `nil` for none.
  ///   - options: How plates are normalised and judged.
  ///   - bounds: Bounds of the Hill fits by which a block's fit is judged.
  ///   - compounds: Which names are of one drug.
  ///   - corrections: Barcodes of exports, units and samples of layouts.
  ///   - threads: Number of worker threads; it never changes a number.
  public init(
    _ discovery: FileDiscovery, layouts: [String], manifest: String? = nil, mask: String? = nil,
    options: PlateOptions,
    bounds: HillBounds = .init(), compounds: CompoundOptions = .init(), corrections: FileCorrections = .init(),
    threads: Int
  ) async {
    let reading = { @Sendable (file: String) in
      FileReading(corrections, file: file, registry: compounds.registry)
    }
    let real = { (path: String) in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    let named = Set((layouts + [manifest, mask].compactMap(\.self)).map(real))
    var sides = layouts.map(SideFile.init(path:))
    // A layout that also holds what was measured is read as both.
    let both = sides.filter { $0.content.bytes.map(WellTable.recognises) ?? false }.map(\.content.path)
    let files =
      discovery.files.filter { !named.contains(real($0.path)) }
      + both.map { FileDiscovery.Found(path: $0, name: $0, bytes: 0) }
    var exports = await Parallel.map(files.count, chunk: 1, threads: threads) { range in
      range.map { place in
        var export = Export(files[place], options: options.exports)
        export.content.problems += reading(files[place].path).correct(&export.reads)
        return export
      }
    }
    let readable = sides.indices.filter { sides[$0].content.bytes != nil }
    let set = LayoutSet(
      files: readable.map { (sides[$0].content.path, sides[$0].content.bytes ?? []) }, options: options.transfers
    ) { stated in
      for side in sides.indices {
        let own = stated.indices.filter { stated[$0].file == sides[side].content.path }
        let reading = reading(sides[side].content.path)
        sides[side].content.problems += reading.problems(ofLayouts: own.map { stated[$0] })
        let samples = FileReading.samples(of: own.map { stated[$0] })
        for layout in own { reading.correct(&stated[layout], samples: samples) }
      }
    }
    for (place, format) in zip(readable, set.formats) { sides[place].format = format }
    var plates = PlateManifest()
    if let manifest {
      var side = SideFile(path: manifest)
      if let bytes = side.content.bytes { plates = PlateManifest(bytes, file: manifest) }
      side.format = "manifest"
      sides.append(side)
    }
    var wells = WellMask()
    if let mask {
      var side = SideFile(path: mask)
      wells = WellMask(side.content.bytes ?? [], file: mask)
      side.format = Self.maskFormat
      sides.append(side)
    }
    let joined = ScreenPlates(
      exports: exports.map { NamedExport(file: $0.content.path, reads: $0.reads) }, layouts: set.layouts,
      manifest: plates, mask: wells,
      options: options, drugKey: { compounds.drugKey(of: $0) ?? $0.lowercased() })
    usesTime = joined.usesTime

    var problems = set.problems + plates.problems + wells.problems + joined.problems
    var judged: [PlateReport.Block] = []
    let fitter = HillFitter(bounds: bounds)
    for block in joined.blocks {
      var quality = block.quality
      quality.values[.fit] = FitQuality.worst(of: block.matrix, fitter: fitter)
      quality.judge(options.thresholds)
      judged.append(
        .init(
          id: block.matrix.id, drugs: block.matrix.axes.map(\.drug), sample: block.matrix.sample, plates: block.plates,
          quality: quality))
      problems += Self.doubts(of: block, quality, plates: joined.plates, thresholds: options.thresholds)
    }
    report = PlateReport(plates: joined.plates, blocks: judged, thresholds: options.thresholds)

    let byFile = Dictionary(grouping: problems, by: \.file)
    for place in exports.indices where !both.contains(exports[place].content.path) {
      exports[place].content.problems += byFile[exports[place].content.path] ?? []
    }
    for export in exports where both.contains(export.content.path) {
      guard let side = sides.firstIndex(where: { $0.content.path == export.content.path }) else { continue }
      sides[side].content.problems += export.content.problems
    }
    exports.removeAll { both.contains($0.content.path) }
    for place in sides.indices { sides[place].content.problems += byFile[sides[place].content.path] ?? [] }
    contents =
      exports.map { $0.content.content(format: $0.format, response: "signal", blocks: []) }
      + sides.map { side in
        var content = side.content.content(
          format: side.format, response: nil,
          blocks: joined.blocks.filter { $0.file == side.content.path }.map(\.matrix))
        // Those that no block has too: a name that is near another may be why.
        for layout in set.layouts where layout.file == side.content.path {
          for well in layout.wells where well.role == .sample {
            for treatment in well.treatments { content.drugNames.insert(treatment.drug) }
          }
        }
        return content
      }
  }

  /// What was refused, doubted or noted of the files, exports first.
  public var problems: [InputProblem] { contents.flatMap(\.problems) }

  /// Whether a layout may be a transfer log; a workbook's first sheet alone says what it is.
  var hasTransfers: Bool {
    contents.contains { $0.input.format == "Echo transfers" || $0.input.path.lowercased().hasSuffix(".xlsx") }
  }

  /// What a table of wells to leave out is called among the files.
  static let maskFormat = "mask"

  /// What speaks against a block: its own figures, and the plates that fail.
  private static func doubts(
    of block: PlateBlock, _ quality: QualityFigures, plates: [ScreenPlate], thresholds: QualityThresholds
  ) -> [InputProblem] {
    var messages: [String] = []
    let own = quality.reasons.filter { $0.verdict == .fail }.map { $0.description(thresholds) }
    if !own.isEmpty { messages.append("the block's quality fails: \(own.joined(separator: "; ")); see qc.csv") }
    let failed = plates.filter { $0.quality.verdict == .fail && block.plates.contains($0.plate) }.map(\.plate)
    if !failed.isEmpty {
      let some = failed.prefix(5).joined(separator: ", ") + (failed.count > 5 ? ", …" : "")
      messages.append(
        "\(failed.count) of its \(block.plates.count) plates \(failed.count == 1 ? "fails" : "fail") (\(some)); see qc.csv"
      )
    }
    return messages.map {
      InputProblem(file: block.file, blockID: block.matrix.id, severity: .warning, line: block.line, message: $0)
    }
  }

  /// A file and what was said about it.
  private struct ReadFile: Sendable {
    var path: String
    var bytes: [UInt8]?
    var sha256: String?
    var size: Int
    var problems: [InputProblem] = []

    init(path: String, size: Int = 0) {
      self.path = path
      self.size = size
      do throws(InputProblem) {
        let content = try FileContent(path: path)
        (bytes, sha256, self.size) = (content.bytes, content.sha256, content.bytes.count)
      } catch {
        problems.append(error)
      }
    }

    func content(format: String?, response: String?, blocks: [DoseMatrix]) -> ScreenRun.Content {
      ScreenRun.Content(
        input: ScreenInput(
          path: path, sha256: sha256, bytes: size, format: format, response: format == nil ? nil : response,
          blocks: blocks.count),
        blocks: blocks, problems: problems)
    }
  }

  /// A layout or a mask.
  private struct SideFile {
    var content: ReadFile
    var format: String?

    init(path: String) { content = ReadFile(path: path) }
  }

  /// An export.
  private struct Export: Sendable {
    var content: ReadFile
    var reads: [PlateRead] = []
    var format: String?

    init(_ file: FileDiscovery.Found, options: PlateExportOptions) {
      content = ReadFile(path: file.path, size: file.bytes)
      guard let bytes = content.bytes else { return }
      if let table = OwnTable.name(bytes) {
        content.problems.append(.ownTable(table, file: file.path))
        content.bytes = nil
        return
      }
      let export = PlateExport.read(bytes, name: file.path, options: options)
      reads = export.plates
      format = export.plates.isEmpty ? nil : export.reader
      if export.plates.isEmpty, LayoutSet.recognises(bytes) {
        content.problems.append(
          InputProblem(
            file: file.path, severity: .info,
            message: "this is a layout, not a reading; give it with --layout if it belongs to the screen"))
      } else {
        content.problems += export.problems
      }
      content.bytes = nil
    }
  }
}
