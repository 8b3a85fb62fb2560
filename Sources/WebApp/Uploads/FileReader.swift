import Assay
import DoseTables
import Foundation
import Plates
import Screening

/// Understands a file with the readers that a run uses.
struct FileReader: Sendable {
  /// Which names are of one drug.
  var compounds = CompoundOptions()

  /// What a file was read as: its reading, and the data behind it for pictures.
  struct Content: Sendable, Codable {
    var reading: FileUnderstanding
    var blocks: [DoseMatrix] = []
    var plates: [PlateRead] = []
    /// What else is worth saying, a line each.
    var facts: [String] = []
    /// A long table's columns and first rows.
    var excerpt: TableExcerpt?
    /// What each of its columns was taken for.
    var columns: [ColumnUse] = []

    /// The same with the wells of the first so many blocks and plates; of the others their drugs and names are kept.
    func drawing(first most: Int) -> Content {
      var content = self
      for place in blocks.indices.dropFirst(most) { content.blocks[place] = blocks[place].withoutWells }
      for place in plates.indices.dropFirst(most) { content.plates[place].wells = [] }
      return content
    }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - role: What a person says it is; `nil` to find out.
  ///   - corrections: What a person says of its content.
  func read(_ bytes: [UInt8], name: String, role: FileRole?, corrections: FileCorrections) -> Content {
    switch role ?? Self.kind(of: bytes) {
    case .export: return export(bytes, name: name, corrections: corrections)
    case .layout: return layout(bytes, name: name, corrections: corrections)
    case .wells:
      var content = layout(bytes, name: name, corrections: corrections)
      content.reading.kind = .wells
      return content
    case .mask:
      let mask = WellMask(bytes, file: name)
      return Content(
        reading: FileUnderstanding(
          kind: .mask, format: "wells to exclude", problems: mask.problems))
    case .manifest:
      let manifest = PlateManifest(bytes, file: name)
      return Content(
        reading: FileUnderstanding(
          kind: .manifest, format: "layouts and samples of plates", problems: manifest.problems),
        facts: manifest.facts)
    case .samples:
      let (table, problems) = SampleTable.read(bytes, file: name)
      let words = table.map { "\($0.samples.count) samples, \($0.columns.count) annotations" }
      return Content(
        reading: FileUnderstanding(
          kind: .samples, format: words ?? "annotations of samples",
          problems: problems))
    case .matrix, .unknown, .ignored: return matrix(bytes, name: name, corrections: corrections)
    }
  }

  /// How much of a text is looked at to tell what it is. The recognisers try a lot of shapes, and a text that is none
  /// of them (a log, a sequence) must not be tried to its end.
  static let headBytes = 1 << 16

  /// What a file is by its content.
  static func kind(of bytes: [UInt8]) -> FileRole {
    let isWorkbook = bytes.starts(with: Array("PK".utf8))
    let head = isWorkbook || bytes.count <= headBytes ? bytes : Array(bytes.prefix(headBytes))
    if WellTable.recognises(head) { return .wells }
    if LayoutSet.isGrids(head) { return .layout }
    if ScreenFile.recognises(head) { return .matrix }
    if LayoutSet.recognises(head) { return .layout }
    if WellMask.recognises(head) { return .mask }
    if PlateManifest.recognises(head) { return .manifest }
    if PlateExport.recognises(head) { return .export }
    return .matrix
  }

  private func matrix(_ bytes: [UInt8], name: String, corrections: FileCorrections) -> Content {
    let screen = FilePreview.table(bytes, name: name, corrections: corrections, compounds: compounds)
    if screen.blocks.isEmpty, SampleTable.recognises(Array(bytes.prefix(Self.headBytes))) {
      return read(bytes, name: name, role: .samples, corrections: corrections)
    }
    return Content(
      reading: FileUnderstanding(
        kind: screen.format == nil ? .unknown : .matrix, format: screen.format, response: screen.response,
        blocks: screen.blocks.map(FileUnderstanding.Block.init),
        problems: screen.problems),
      blocks: screen.blocks, excerpt: screen.excerpt, columns: screen.columns)
  }

  private func export(_ bytes: [UInt8], name: String, corrections: FileCorrections) -> Content {
    let export = FilePreview.export(bytes, name: name, corrections: corrections, compounds: compounds)
    return Content(
      reading: FileUnderstanding(
        kind: .export, format: export.reader, response: nil,
        plates: export.plates.map { plate in
          FileUnderstanding.Plate(
            barcode: plate.barcode ?? plate.plate, reader: plate.reader, channel: plate.channel,
            wells: plate.wells.count, format: plate.format.wells, repeatNumber: plate.repeatNumber)
        }, problems: export.problems),
      plates: export.plates)
  }

  private func layout(_ bytes: [UInt8], name: String, corrections: FileCorrections) -> Content {
    let (format, layouts, problems) = FilePreview.layout(
      bytes, name: name, corrections: corrections, compounds: compounds)
    return Content(
      reading: FileUnderstanding(
        kind: .layout, format: format ?? "layout", response: nil,
        plates: layouts.map { layout in
          FileUnderstanding.Plate(
            barcode: layout.plate, reader: format ?? "layout", channel: nil, wells: layout.wells.count,
            format: layout.wells.compactMap { PlateFormat(holding: $0.position)?.wells }.max() ?? 0, repeatNumber: 1)
        }, problems: problems),
      facts: layouts.map(Self.fact))
  }

  /// A layout's plate in a line: `P1: 96 wells, 8 negative and 8 positive controls, selinexor, bortezomib`.
  private static func fact(_ layout: PlateLayout) -> String {
    let roles = PlateLayout.Role.allCases.compactMap { role -> String? in
      let count = layout.wells.count { $0.role == role }
      return count == 0 ? nil : "\(count) \(role.rawValue)"
    }
    var drugs: [String] = []
    for drug in layout.wells.flatMap(\.treatments).map(\.drug) where !drugs.contains(drug) { drugs.append(drug) }
    let named = drugs.prefix(6).joined(separator: ", ") + (drugs.count > 6 ? ", … (\(drugs.count) drugs)" : "")
    return "\(layout.plate): wells \(roles.joined(separator: ", "))" + (named.isEmpty ? "" : "; \(named)")
  }
}

extension FileUnderstanding.Block {
  init(_ matrix: DoseMatrix) {
    self.init(
      id: matrix.id,
      drugs: matrix.axes.map { FileUnderstanding.Drug(name: $0.drug, unit: $0.unit.symbol, doses: $0.doses) },
      sample: matrix.sample, wells: matrix.wellCount, shape: matrix.shape)
  }
}
