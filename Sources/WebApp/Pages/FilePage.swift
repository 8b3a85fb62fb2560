import Assay
import DoseTables
import Reporting

/// `/screens/{s}/files/{name}`: one file as it was understood, and the form that corrects it.
struct FilePage: Sendable {
  /// A correction that a person made.
  struct Correction: Sendable {
    /// The drug, as written; `nil` for all of the file.
    var drug: String?
    /// What a response means: a `ReadingOptions.Response` raw value.
    var response: String?
    /// The unit of the doses.
    var unit: String?
    /// The sample.
    var sample: String?
    /// Plates' names: `NEW`, or `OLD=NEW;OLD2=NEW2`.
    var plate: String?
    /// Which columns of a table hold what.
    var columns: String?
    /// The drug's name.
    var name: String?

    /// Makes a correction.
    init(
      drug: String? = nil, response: String? = nil, unit: String? = nil, sample: String? = nil, plate: String? = nil,
      columns: String? = nil, name: String? = nil
    ) {
      self.drug = drug
      self.response = response
      self.unit = unit
      self.sample = sample
      self.plate = plate
      self.columns = columns
      self.name = name
    }
  }

  /// What the file holds.
  struct Understanding: Sendable {
    /// The format in words; `nil` when none was recognised.
    var format: String?
    /// How responses were understood: `viability, %`.
    var response: String?
    /// The blocks of a table of dose matrices, with the corrections.
    var blocks: [DoseMatrix]
    /// The plates of a reader's export.
    var reads: [PlateRead]
    /// What else is worth saying, a line each: a layout's plates, wells of a mask, columns of annotations.
    var facts: [String]
    /// A table's columns and first rows.
    var excerpt: TableExcerpt?
    /// What each column was taken for.
    var columns: [ColumnUse]
    /// What was refused, doubted or noted.
    var problems: [InputProblem]

    /// Makes an understanding.
    init(
      format: String?, response: String? = nil, blocks: [DoseMatrix] = [], reads: [PlateRead] = [],
      facts: [String] = [], excerpt: TableExcerpt? = nil, columns: [ColumnUse] = [], problems: [InputProblem] = []
    ) {
      self.format = format
      self.response = response
      self.blocks = blocks
      self.reads = reads
      self.facts = facts
      self.excerpt = excerpt
      self.columns = columns
      self.problems = problems
    }
  }

  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The file.
  var file: FileRow
  /// What it holds.
  var understanding: Understanding
  /// What a person corrected.
  var corrections: [Correction]
  /// Names of the plates in the screen's layouts, to map an export's barcodes to.
  var layoutPlates: [String]
  /// What the API calls this state of the file (`ETag`).
  var version: String

  /// The most blocks and plates that are drawn; the others are listed.
  static let mostDrawn = 24

  /// Makes the page.
  init(
    frame: PageFrame, screen: ScreenHeading, file: FileRow, understanding: Understanding,
    corrections: [Correction] = [], layoutPlates: [String] = [], version: String = ""
  ) {
    self.frame = frame
    self.screen = screen
    self.file = file
    self.understanding = understanding
    self.corrections = corrections
    self.layoutPlates = layoutPlates
    self.version = version
  }

  /// The page.
  var html: String {
    let blocks = understanding.blocks
    var fields = file.fields(of: screen.id)
    fields.merge(ProblemRows.fields(understanding.problems)) { $1 }
    fields.merge(correctionFields) { $1 }
    fields.merge([
      "screen": screen.fields, "version": version, "format": understanding.format ?? "not recognised",
      "isRecognised": understanding.format != nil, "response": optional(understanding.response),
      "facts": understanding.facts, "hasFacts": !understanding.facts.isEmpty,
      "blockCount": blocks.isEmpty ? false : Words.count(blocks.count, "block") as Any,
      "readCount": understanding.reads.isEmpty ? false : Words.count(understanding.reads.count, "plate") as Any,
      "drugs": drugs.map { ["name": $0.name, "units": $0.units, "doses": $0.doses] as Fields },
      "opensForm": !corrections.isEmpty || understanding.format == nil || file.errors > 0,
      "hasDrugs": !drugs.isEmpty, "samples": samples.isEmpty ? "none named" : samples.joined(separator: ", "),
      "blocks": blocks.prefix(Self.mostDrawn).map(block),
      "blocksCut": blocks.count > Self.mostDrawn
        ? "The first \(Self.mostDrawn) of \(Words.number(blocks.count)) blocks are drawn." as Any : false,
      "reads": understanding.reads.prefix(Self.mostDrawn).map(read),
      "readsCut": understanding.reads.count > Self.mostDrawn
        ? "The first \(Self.mostDrawn) of \(Words.number(understanding.reads.count)) plates are drawn." as Any : false,
      "hasBlocks": !blocks.isEmpty, "hasReads": !understanding.reads.isEmpty,
      "responseLegend": Markup(ReportMaps.responseLegend), "signalLegend": Markup(ReportMaps.signalLegend),
      "roles": FileRow.Role.allCases.filter { $0 != .unknown }.map {
        ["value": $0.rawValue, "name": $0.words, "isOn": $0 == file.role && file.isRoleSet] as Fields
      },
    ]) { $1 }
    return Templates.page(
      "file", title: file.name, frame: frame, path: [("Screens", "/"), (screen.name, Links.screen(screen.id))], fields)
  }

  /// Each drug once, with its units and doses as they were read.
  private var drugs: [(name: String, units: String, doses: String)] {
    var order: [String] = []
    var units: [String: Set<String>] = [:]
    var doses: [String: Set<Double>] = [:]
    for axis in understanding.blocks.flatMap(\.axes) {
      if doses[axis.writtenName] == nil { order.append(axis.writtenName) }
      units[axis.writtenName, default: []].insert(axis.unit.description)
      doses[axis.writtenName, default: []].formUnion(axis.doses)
    }
    return order.map { name in
      let own = units[name, default: []].map { $0.isEmpty ? "no unit" : $0 }.sorted()
      let sorted = doses[name, default: []].filter { $0 > 0 }.sorted()
      let range = [sorted.first, sorted.last].compactMap { $0.map { ReportText.significant($0, digits: 3) } }
      return (
        name, own.joined(separator: ", "),
        Words.count(sorted.count, "dose") + (range.isEmpty ? "" : ", \(range.joined(separator: " to "))")
      )
    }
  }

  private var samples: [String] {
    understanding.blocks.compactMap(\.sample).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func block(_ matrix: DoseMatrix) -> Fields {
    [
      "id": matrix.id, "drugNames": matrix.axes.map(\.drug).joined(separator: " × "),
      "sample": optional(matrix.sample), "shape": matrix.shape.map(String.init).joined(separator: " × ") + " doses",
      "wells": Words.count(matrix.wellCount, "well"), "map": Markup(ReportMaps.responses(of: matrix)),
    ]
  }

  private func read(_ read: PlateRead) -> Fields {
    let name = read.barcode ?? read.plate.map { "plate \($0)" } ?? "no barcode"
    return [
      "plateName": name, "reader": read.reader, "channel": optional(read.channel),
      "size": "\(read.format.wells) wells", "values": Words.count(read.wells.count { $0.value != nil }, "value"),
      "without": read.wells.contains { $0.value == nil }
        ? "\(read.wells.count { $0.value == nil }) without a value" as Any : false,
      "roleName": read.role == .measured ? false : read.role.rawValue as Any, "map": Markup(ReportMaps.plate(read)),
    ]
  }

  private var correctionFields: Fields {
    let whole = corrections.first { $0.drug == nil && ($0.response != nil || $0.sample != nil) }
    let barcodes = understanding.reads.compactMap(\.barcode).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    // A file whose plates have no barcode is of one plate, as far as a person can say.
    let named = barcodes.isEmpty && !understanding.reads.isEmpty ? [""] : barcodes
    let mapped = PlateNames.parsed(corrections.compactMap(\.plate), barcodes: named)
    return [
      "correctedSample": whole?.sample ?? corrections.compactMap(\.sample).first ?? "",
      "responses": RunOptionsForm.responses(
        chosen: corrections.compactMap(\.response).first.flatMap(ReadingOptions.Response.init)),
      "units": drugs.map { drug -> Fields in
        let own = corrections.filter { $0.drug == drug.name }
        let corrected = own.compactMap(\.unit).first ?? corrections.first { $0.drug == nil && $0.unit != nil }?.unit
        return [
          "drugName": drug.name, "asRead": drug.units, "corrected": corrected ?? "",
          "renamed": own.compactMap(\.name).first ?? "",
        ]
      },
      "columns": excerptColumns, "hasColumns": !excerptColumns.isEmpty,
      "excerptRows": (understanding.excerpt?.rows ?? []).map { row -> Fields in
        ["cells": namedColumns.map { $0 < row.count ? row[$0] : "" }]
      },
      "barcodes": named.map {
        ["barcode": $0, "plateLabel": $0.isEmpty ? "This plate" : $0, "mappedTo": mapped[$0] ?? ""] as Fields
      },
      "hasBarcodes": !named.isEmpty, "layoutPlates": layoutPlates, "hasLayoutPlates": !layoutPlates.isEmpty,
    ]
  }
}

extension FilePage {
  /// The most columns that are shown.
  private static let mostColumns = 60

  /// The places of the columns that have a name.
  fileprivate var namedColumns: [Int] {
    let columns = understanding.excerpt?.columns ?? []
    return columns.indices.filter { !columns[$0].isEmpty }
  }

  /// Each column of a table with what it was taken for, and what it can be chosen for.
  fileprivate var excerptColumns: [Fields] {
    guard let excerpt = understanding.excerpt, excerpt.columns.count <= Self.mostColumns else { return [] }
    let chosen = corrections.lazy.compactMap(\.columns).first.flatMap(ColumnChoices.init(rawValue:))
    return namedColumns.map { place in
      let column = excerpt.columns[place]
      let role = chosen?.role(of: column)
      let read = understanding.columns.first { $0.column == column }.map { ColumnChoices.words(of: $0.role) }
      return [
        "columnName": column, "asRead": read ?? "not needed",
        "columnRoles": ColumnChoices.roles.map {
          ["value": $0, "name": ColumnChoices.words(of: $0), "isOn": $0 == role] as Fields
        },
      ]
    }
  }
}

/// A correction's names of plates: `NEW`, or `OLD=NEW;OLD2=NEW2`.
enum PlateNames {
  /// The new name of each barcode that has one.
  static func parsed(_ texts: [String], barcodes: [String]) -> [String: String] {
    var names: [String: String] = [:]
    for text in texts {
      for part in text.split(separator: ";") {
        let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
        if sides.count == 2 {
          names[sides[0]] = sides[1]
        } else if let only = barcodes.first, barcodes.count == 1, let name = sides.first {
          names[only] = name
        }
      }
    }
    return names
  }
}
