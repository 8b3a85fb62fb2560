import Assay
import Plates

extension FileReading {
  /// Corrects the barcodes of an export's plates, and says what became of the rows.
  func correct(_ reads: inout [PlateRead]) -> [InputProblem] {
    var problems: [InputProblem] = []
    let known = reads.map(Self.name).eachOnce
    let byName = Dictionary(grouping: reads.indices) { Self.name(reads[$0]).lowercased() }
    for row in rows {
      if row.response != nil || row.unit != nil || row.sample != nil {
        problems.append(
          corrections.problem(
            of: row, .warning,
            "\(row.file): only the barcodes of a plate reader's export are corrected; units and samples stand in its "
              + "layout, and its signals are normalised by their controls"))
      }
      guard let barcodes = row.plate.flatMap(Barcodes.init), !reads.isEmpty else { continue }
      if let only = barcodes.only {
        guard known.count == 1 else {
          problems.append(
            corrections.problem(
              of: row, .error,
              "\(row.file): plate is \(only) but the file holds the plates \(Self.list(known)); they were left as read. "
                + "Specify which, as \(known[0])=\(only)"))
          continue
        }
        for place in reads.indices { reads[place].barcode = only }
        problems.append(corrections.problem(of: row, .info, "\(row.file): corrected: the plate is \(only)"))
      }
      for (name, new) in barcodes.pairs {
        let places = byName[name.lowercased(), default: []]
        for place in places { reads[place].barcode = new }
        problems.append(
          corrections.problem(
            of: row, places.isEmpty ? .warning : .info,
            places.isEmpty
              ? "\(row.file): no plate is called \(name), so none was called \(new); the plates are \(Self.list(known))"
              : "\(row.file): corrected: plate \(name) is \(new)"))
      }
    }
    return problems
  }

  /// What a plate is called in its file: its barcode, else its number.
  private static func name(_ read: PlateRead) -> String {
    read.barcode.flatMap { $0.isEmpty ? nil : $0 } ?? read.plate ?? "(without a barcode)"
  }

  /// Corrects units and samples of a layout file's plates.
  func correct(_ layout: inout PlateLayout, samples: Set<String?>) {
    let sample = sample(insteadOf: samples)
    let names = sampleNames
    for place in layout.wells.indices {
      for drug in layout.wells[place].treatments.indices {
        if let unit = unit(of: layout.wells[place].treatments[drug].drug) {
          layout.wells[place].treatments[drug].unit = unit
        }
        layout.wells[place].treatments[drug].drug = renamed(layout.wells[place].treatments[drug].drug)
      }
      if let own = layout.wells[place].sample, let new = names[own] { layout.wells[place].sample = new }
      if let sample, layout.wells[place].sample != nil || layout.wells[place].role == .sample {
        layout.wells[place].sample = sample
      }
    }
  }

  /// The samples of a layout file's plates; a control without one serves all.
  static func samples(of layouts: [PlateLayout]) -> Set<String?> {
    Set(layouts.flatMap(\.wells).filter { $0.sample != nil || $0.role == .sample }.map(\.sample))
  }

  /// What became of the rows of a layout file, whose plates are as they were read.
  func problems(ofLayouts layouts: [PlateLayout]) -> [InputProblem] {
    guard !rows.isEmpty else { return [] }
    let drugs = layouts.flatMap { $0.wells.flatMap { $0.treatments.map(\.drug) } }.eachOnce
    return problems(drugs: drugs, samples: Self.samples(of: layouts)) { row in
      if layouts.isEmpty { return "no plate's layout begins in this file, so there is nothing to correct in it" }
      if row.columns != nil { return "a layout's columns are told by their names, so none was chosen" }
      if row.response != nil { return "a layout has no responses, so none was corrected" }
      return row.plate == nil ? nil : "this is a layout; the barcodes of the exports are corrected, not its own"
    }
  }
}
